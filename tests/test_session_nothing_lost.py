"""What a row of a session would make nothing of is told; no text makes the page fail."""

import time

import pytest

from initiatives.choices import DeskRole
from initiatives.forms.session.page_form import LONGEST_LIST
from initiatives.forms.session.point_form import MOST_POINTS
from initiatives.models import Event
from tests.desk import make_officer, signed_in, values_of
from tests.factories import (
    cite,
    make_country,
    make_initiative,
    make_sector,
    make_source,
    make_status_change,
)
from tests.session_desk import at_row, pasted, press, rows_of, save

pytestmark = pytest.mark.django_db
NO_RECORD = "This belongs to a record: choose one, make a new one, or empty the box."
NO_STATUS = "This goes with a status that asks for it: choose one, or empty the box."
NO_DEADLINE = "This goes with a deadline: give one, or empty the box."
NOT_NEW = "Only a new record gets its main sector here; empty the box."


@pytest.fixture
def desk():
    make_country("UZ"), make_country("KZ")
    return signed_in(make_officer("publisher", DeskRole.PUBLISHER))


@pytest.fixture
def record():
    made = make_initiative(summary_en="Short")
    cite(make_status_change(made))
    return made


def row(desk, text="1. Build.", **typed):
    """The answer to saving one row with what was typed into it."""
    boxes = {f"points-1-{name}": value for name, value in typed.items()}
    page = press(desk, "check", pasted(desk, text), **boxes)
    return save(desk, page)


@pytest.mark.parametrize(
    ("box", "text"),
    [
        ("deadline", "2027"),
        ("responsible", "Kazakhstan"),
        ("milestone", "The road"),
        ("day", "2025"),
        ("outcome", "Done."),
    ],
)
def test_what_only_a_record_keeps_is_not_lost_without_one(desk, box, text):
    assert at_row(row(desk, **{box: text}), 0) == NO_RECORD
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("box", "text", "told"),
    [
        ("day", "2025", NO_STATUS),
        ("outcome", "Done.", NO_STATUS),
        ("milestone", "The road", NO_DEADLINE),
        ("responsible", "Kazakhstan", NO_DEADLINE),
    ],
)
def test_what_goes_with_something_else_is_not_lost_without_it(desk, record, box, text, told):
    assert at_row(row(desk, initiative=record.code, **{box: text}), 0) == told
    assert not Event.objects.exists()


def test_a_day_is_not_lost_with_a_status_that_has_none(desk, record):
    answer = row(desk, initiative=record.code, to="agreed", day="2025")
    assert at_row(answer, 0) == NO_STATUS


def test_the_sector_of_a_stored_record_is_not_changed_here(desk, record):
    answer = row(desk, initiative=record.code, sector=make_sector("energy").pk)
    assert at_row(answer, 0) == NOT_NEW


def test_what_stands_in_the_decision_is_kept_by_it(desk):
    assert row(desk, "1. Build. Responsible: Kazakhstan. Term: 2027.").status_code == 302
    assert "Kazakhstan. Term: 2027." in Event.objects.get().outcome_en


@pytest.mark.parametrize("text", ["x" * 60_000, "%" * 60_000, "a\0b"])
def test_no_text_makes_the_search_for_records_fail(desk, record, text):
    page = press(desk, "_save", pasted(desk, "1. Build."), **{"points-1-initiative": text})
    page = save(desk, page)
    assert page.status_code == 200
    assert at_row(page, 0)


@pytest.mark.parametrize("text", ["1. x" + "\n" * 900_000 + "y", "1. " + "by " * 300_000])
def test_a_giant_list_is_refused_at_once_and_stays_in_its_box(desk, text):
    start = time.process_time()
    page = pasted(desk, text)
    assert time.process_time() - start < 10
    assert str(LONGEST_LIST) in page.context["form"].paste_error
    assert len(values_of(page)["paste"]) > LONGEST_LIST


def test_no_row_is_added_that_could_not_be_kept(desk):
    page = pasted(desk, "\n".join(f"{n}. Build." for n in range(1, MOST_POINTS + 1)))
    page = press(desk, "more", page)
    assert len(rows_of(page)) == MOST_POINTS
    assert f"At most {MOST_POINTS} points are entered at once." in page.content.decode()


@pytest.mark.parametrize(
    ("box", "text", "stored"),
    [
        ("source_url", "https://example.org/2", "https://example.org/1"),
        ("source_is_public", "no", "everybody"),
    ],
)
def test_what_is_typed_of_a_stored_source_is_not_lost(desk, box, text, stored):
    make_source(title="Protocol No. 4", url="https://example.org/1", is_public=True)
    page = save(desk, pasted(desk, "1. Build."), **{box: text})
    told = f"The stored source says “{stored}”. Edit it there, or give the same here."
    assert page.context["form"].facts.errors[box] == [told]
    assert not Event.objects.exists()
