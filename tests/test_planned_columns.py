"""What can be read from a file is planned: no cell is passed over in silence."""

import pytest

from initiatives.imports.planning.cells import DATA
from tests import importing
from tests.importing import CODE, errors, plan_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
lists = importing.lists
bridge = importing.bridge


@pytest.mark.parametrize("column", sorted(DATA.keys() - {"code"}))
def test_a_cell_of_each_readable_column_is_done_refused_or_told(bridge, column):
    (row,) = plan_of({"code": CODE, column: "strange?"}).rows()
    noted = {name for name, _text in row.notes}
    assert row.action in ("update", "error") or column in noted


def test_a_reason_is_used_where_something_moves(bridge):
    bridge.planned_end = "2026"
    bridge.save()
    (row,) = plan_of({"code": CODE, "planned_end": "2027", "moved_because": "Rain"}).rows()
    assert (row.action, row.notes) == ("update", [])


@pytest.mark.parametrize(
    ("version", "said"),
    [("3a", "“3a” is no number of a version."), ("99", "The file says version 99,")],
)
def test_a_version_that_cannot_be_relied_on_is_refused(bridge, version, said):
    ((_number, column, message),) = errors(
        {"code": CODE, "version": version, "title_en": "Long bridge"}
    )
    assert (column, message.startswith(said)) == ("version", True)


def test_a_row_without_a_version_is_planned(bridge):
    (row,) = plan_of({"code": CODE, "version": " ", "title_en": "Long bridge"}).rows()
    assert row.action == "update"
