"""The source of a status that a file gives: named for a new one, kept where a date is mended."""

import pytest

from tests import importing
from tests.factories import cite, make_initiative, make_source, make_status_change
from tests.importing import CODE, applied, only_error, plan_of

pytestmark = pytest.mark.django_db
lists = importing.lists


@pytest.fixture
def bridge():
    made = make_initiative(CODE, title_en="Bridge", publication="draft")
    cite(make_status_change(made, "planned", effective="2024"), make_source("treaty"))
    return made


@pytest.mark.parametrize("cells", [{}, {"status_source": ""}])
def test_a_new_status_does_not_take_the_source_of_the_one_before(bridge, cells):
    row = {"code": CODE, "status": "agreed", "status_since": "2025", **cells}
    column, message = only_error(row)
    assert column == "status"
    assert "status_source" in message


def test_a_new_status_cites_the_source_that_the_file_names(bridge):
    cells = {"status": "agreed", "status_since": "2025", "status_source": "protocol"}
    applied({"code": CODE, **cells})
    last = bridge.status_changes.last()
    assert (last.to_status, last.citations.get().source.slug) == ("agreed", "protocol")


@pytest.mark.parametrize("cells", [{}, {"status": "planned"}, {"status_source": ""}])
def test_a_date_that_is_mended_keeps_the_source_of_the_status(bridge, cells):
    row = {"code": CODE, "status_since": "2023", **cells}
    (planned,) = plan_of(row).rows()
    assert planned.move["source"] == "treaty"
    applied(row)
    first, last = bridge.status_changes.all()
    assert last.corrects == first
    assert (str(last.effective), last.citations.get().source.slug) == ("2023", "treaty")


def test_a_date_that_is_mended_may_have_another_source(bridge):
    row = {"code": CODE, "status_since": "2023", "status_source": "protocol"}
    (planned,) = plan_of(row).rows()
    assert planned.move["source"] == "protocol"
