"""The desks of an officer are read once for a request or an import, whatever it does with rows."""

from unittest import mock

import pytest

from initiatives import actions, rights
from initiatives.rights import memberships_of
from tests.desk import edit, errors_in, make_officer, signed_in, values_of
from tests.factories import make_initiative, make_milestone
from tests.importing import kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def read():
    """Counts how often desks are read."""
    with mock.patch.object(rights, "memberships_of", side_effect=memberships_of) as counted:
        yield counted


@pytest.mark.parametrize("rows", [1, 4])
def test_a_save_reads_the_desks_once(rows, read):
    record = make_initiative()
    for number in range(rows):
        make_milestone(record, title_ru=f"Опора {number}")
    desk = signed_in(make_officer())
    values = values_of(desk.get(edit(record)))
    read.reset_mock()
    answer = desk.post(edit(record), {**values, "internal_note": "Ask again.", "_save": ""})
    assert answer.status_code == 302, errors_in(answer)
    assert read.call_count == 1


@pytest.mark.parametrize("rows", [1, 4])
def test_an_import_reads_the_desks_once(rows, read):
    officer = make_officer()
    known = [make_initiative(f"CI-2025-{number:04}") for number in range(1, rows + 1)]
    new = [{"title_en": f"Bridge {number}"} for number in range(rows)]
    batch = kept(*({"code": one.code, "title_en": "Port"} for one in known), *new, by=officer)
    read.reset_mock()
    actions.imports.apply(batch, by=officer)
    assert set(batch.rows.values_list("outcome", flat=True)) <= {"done", "waiting"}
    assert read.call_count == 1
