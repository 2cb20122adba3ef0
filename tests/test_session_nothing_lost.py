"""What a row of a session would make nothing of is told; no text makes the page fail."""

import time

import pytest

from initiatives.choices import DeskRole
from initiatives.desk.forms.session.page_form import LONGEST_LIST
from initiatives.desk.forms.session.point_form import MOST_POINTS
from initiatives.models import ChangeSet, Event
from tests.desk import make_officer, signed_in, values_of
from tests.factories import (
    cite,
    make_country,
    make_initiative,
    make_sector,
    make_source,
    make_status_change,
)
from tests.session_desk import FACTS, at_row, pasted, press, rows_of, save

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


@pytest.mark.parametrize(
    ("stored", "row", "named"),
    [
        ({"actual_start": "2024"}, {"to": "in_progress", "day": "2025-03"}, "actual start"),
        (
            {"outcome_en": "48 km of road."},
            {"to": "implemented", "outcome": "40 km of road.", "delivered": "full"},
            "48 km of road.",
        ),
        (
            {"actual_end": "2025-10"},
            {"to": "implemented", "outcome": "x", "day": "2025-11", "delivered": "full"},
            "October 2025",
        ),
    ],
)
def test_what_a_record_says_already_is_shown_and_not_replaced(desk, stored, row, named):
    record = make_initiative(summary_en="Short", **stored)
    make_status_change(record)
    typed = {"number": "1", "decision": "Done.", "initiative": record.code, **row}
    page = pasted_row(desk, record, typed)
    answer = save(desk, page)
    assert "The record says already" in at_row(answer, 0)
    assert named in at_row(answer, 0)
    assert rows_of(answer)[0].items() >= row.items()
    record.refresh_from_db()
    assert {name: str(getattr(record, name)) for name in stored} == stored
    assert not ChangeSet.objects.exists()


def test_the_same_as_the_record_says_is_no_contradiction(desk):
    record = make_initiative(summary_en="Short", actual_start="2025-03")
    cite(make_status_change(record))
    typed = {"number": "1", "decision": "Go.", "initiative": record.code}
    page = pasted_row(desk, record, {**typed, "to": "in_progress", "day": "2025-03"})
    save(desk, page)
    assert ChangeSet.objects.exists()


def pasted_row(desk, record, typed):
    """The page with one row of a record that was chosen."""
    boxes = {f"points-0-{name}": value for name, value in typed.items()}
    chosen = {"points-0-choice": str(record.pk), "points-0-found_for": record.code}
    return press(desk, "check", **FACTS, **boxes, **chosen)
