"""The page of a session: pasted, found, mended, saved once, with nothing lost on the way."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.choices import DeskRole
from initiatives.models import ChangeSet, Event, Initiative, Source
from tests.desk import address, errors_in, make_officer, signed_in, values_of
from tests.factories import (
    cite,
    make_country,
    make_event,
    make_initiative,
    make_sector,
    make_source,
    make_status_change,
)
from tests.session_desk import FACTS, PAGE, at_row, pasted, press, rows_of, save

pytestmark = pytest.mark.django_db
SAVED = "The session is saved with its points."
LOOK = "look at the records that were found"


@pytest.fixture(autouse=True)
def countries():
    make_country("UZ"), make_country("KZ"), make_country("TJ"), make_sector()


@pytest.fixture
def publisher():
    return signed_in(make_officer("publisher", DeskRole.PUBLISHER))


def published(**fields):
    made = make_initiative(summary_en="Short", **fields)
    cite(make_status_change(made))
    return made


def test_a_pasted_list_becomes_rows_and_is_saved(publisher):
    record = published(title_en="Solar power station in Syrdarya")
    text = (
        "1. Start the study of the solar power station in Syrdarya. Responsible: Kazakhstan. "
        "Term: first quarter of 2027.\n2. Take note\nof trade."
    )
    page = pasted(publisher, text)
    first, second = rows_of(page)
    assert (first["number"], first["deadline"], first["responsible"]) == (
        "1",
        "2027-Q1",
        "Kazakhstan",
    )
    assert (first["choice"], first["initiative"]) == (str(record.pk), record.code)
    assert (second["decision"], second["choice"]) == ("Take note\nof trade.", "none")
    assert values_of(page)["paste"] == ""
    assert not Event.objects.exists()
    answer = save(publisher, page)
    made = ChangeSet.objects.get()
    assert answer.headers["Location"] == address("changeset", "change", made.pk)
    event = Event.objects.get()
    assert (event.title_en, event.place_en, str(event.start), event.state) == (
        FACTS["title"],
        "Tashkent",
        "2025-11-20",
        "held",
    )
    assert {country.iso2 for country in event.countries.all()} == {"UZ", "KZ"}
    assert event.outcome_en == "2. Take note\nof trade."
    step = record.milestones.get()
    assert (str(step.planned), step.responsible.iso2) == ("2027-Q1", "KZ")
    told = publisher.get(answer.headers["Location"]).content.decode()
    assert SAVED in told
    assert record.code in told


@pytest.mark.parametrize("language", ["en", "ru", "uz", "kk"])
def test_texts_are_kept_in_the_language_of_the_protocol(publisher, language):
    record = published()
    page = pasted(publisher, "1. Решили.", language=language)
    page = press(publisher, "check", page, **{"points-1-initiative": record.code})
    save(publisher, page)
    assert getattr(Event.objects.get(), f"title_{language}") == FACTS["title"]
    assert getattr(record.events.get(), f"decision_{language}") == "Решили."


@pytest.mark.parametrize("typed", ["{code}", "Most quvvati", "МОСТ КУВВАТИ", "quvvati"])
def test_a_record_is_found_by_code_title_and_words_in_any_script(publisher, typed):
    record = published(title_en="x", title_uz="Most quvvati")
    page = pasted(publisher, "1. Build.")
    typed = typed.format(code=record.code)
    page = press(publisher, "check", page, **{"points-1-initiative": typed})
    offered = page.context["form"].points[0].offered
    assert (str(record.pk), str(record)) in [(key, f"{label}") for key, label in offered] or (
        str(record.pk) in dict(offered)
    )


def test_several_records_are_offered_and_one_has_to_be_chosen(publisher):
    near = [published(title_en=f"Border road, section {n}") for n in (1, 2)]
    page = pasted(publisher, "1. Build.")
    page = press(publisher, "_save", page, **{"points-1-initiative": "border road"})
    assert at_row(page, 0) == "Choose the record, a new one, or none."
    answer = save(publisher, page, **{"points-1-choice": str(near[1].pk)})
    assert answer.status_code == 302
    assert near[1].events.exists()


def test_what_is_guessed_is_shown_before_it_is_saved(publisher):
    page = pasted(publisher, "1. Set it up.")
    page = save(publisher, page, **{"points-1-initiative": "Institute of seismology"})
    assert LOOK in page.content.decode()
    assert rows_of(page)[0]["choice"] == "new"
    assert not Event.objects.exists()
    answer = save(publisher, page, **{"points-1-kind": "institution"})
    assert answer.status_code == 302
    made = Initiative.objects.get()
    assert (made.title_en, made.kind, made.publication) == (
        "Institute of seismology",
        "institution",
        "draft",
    )


def test_another_text_lets_the_record_be_looked_for_anew(publisher):
    one, two = published(), published()
    page = pasted(publisher, "1. Build.")
    page = press(publisher, "check", page, **{"points-1-initiative": one.code})
    page = press(publisher, "check", page, **{"points-1-initiative": two.code})
    assert rows_of(page)[0]["choice"] == str(two.pk)


def test_rows_that_were_typed_stay_when_a_list_is_pasted_below(publisher):
    page = press(
        publisher, "more", **FACTS, **{"points-0-decision": "First", "points-0-number": "0"}
    )
    page = press(publisher, "rows", page, paste="1. Second\n2. Third")
    assert [row["decision"] for row in rows_of(page)] == ["First", "Second", "Third"]


def test_an_error_stands_at_its_box_and_nothing_typed_is_lost(publisher):
    record = published()
    page = pasted(publisher, "1. Build.\n2. Repair.")
    typed = {
        "start": "sometime",
        "sides": "Uzbekistan, Atlantis",
        "points-1-initiative": record.code,
        "points-1-deadline": "soon",
        "points-2-responsible": "Nowhere",
        "points-2-to": "planned",
    }
    page = save(publisher, page, **typed)
    assert page.status_code == 200
    said = errors_in(page)
    assert any("“sometime” is not a date" in text for text in said)
    assert any("“Atlantis” is not in the list of countries" in text for text in said)
    assert "“soon” is not a date" in at_row(page, 0)
    assert "“Nowhere” is not in the list of countries" in at_row(page, 1)
    assert "A status belongs to a record" in at_row(page, 1)
    kept = values_of(page)
    assert {name: kept[name] for name in typed} == typed
    assert not Event.objects.exists()


def test_what_a_status_lacks_stands_at_the_box_that_meets_it(publisher):
    record = published()
    page = pasted(publisher, "1. Close.\n2. New.", source="Letter")
    typed = {"points-1-initiative": record.code, "points-1-to": "suspended"}
    typed |= {"points-2-initiative": "Quite another", "points-2-to": "planned"}
    page = press(publisher, "check", page, **typed)
    page = save(publisher, page)
    assert at_row(page, 0) == "Say which side decided."
    assert at_row(page, 1) == "Mark one sector as the main sector."
    assert not Event.objects.exists()


def test_the_same_form_is_saved_once_and_keeps_what_was_typed(publisher):
    page = pasted(publisher, "1. Take note.")
    sent = {**values_of(page), "_save": "1"}
    assert publisher.post(PAGE, sent).status_code == 302
    again = publisher.post(PAGE, sent)
    assert "This form was saved already" in again.content.decode()
    assert values_of(again)["points-1-decision"] == "Take note."
    assert (Event.objects.count(), ChangeSet.objects.count()) == (1, 1)


def test_an_equal_session_is_told_and_may_be_another_one(publisher):
    stored = make_event(title_en=FACTS["title"], start="2025-11-20", publication="published")
    page = save(publisher, pasted(publisher, "1. Take note."))
    assert "This session is stored already" in page.content.decode()
    assert edit_of(stored) in page.content.decode()
    assert save(publisher, page, another="on").status_code == 302
    assert Event.objects.count() == 2


def edit_of(event):
    return address("event", "change", event.pk)


def test_a_stored_protocol_is_found_by_its_title(publisher):
    stored = make_source("protocol-4", title="Protocol No. 4")
    save(publisher, pasted(publisher, "1. Take note."))
    assert list(Source.objects.all()) == [stored]


def test_a_list_that_was_not_made_into_rows_is_not_forgotten(publisher):
    page = save(
        publisher,
        press(publisher, "more", **FACTS),
        paste="1. Build.",
        **{"points-0-decision": "x"},
    )
    assert "Make rows of this list first" in page.content.decode()
    assert values_of(page)["paste"] == "1. Build."


def test_more_points_than_a_page_takes_are_refused_whole(publisher):
    text = "\n".join(f"{n}. Point" for n in range(1, 202))
    page = pasted(publisher, text)
    assert "At most 150 are entered at once." in page.content.decode()
    assert values_of(page)["paste"] == text


def test_a_long_decision_asks_for_the_name_of_its_milestone(publisher):
    record, text = published(), "Build the road. " * 30
    page = pasted(publisher, f"1. {text}")
    typed = {"points-1-initiative": record.code, "points-1-deadline": "2027"}
    page = save(publisher, page, **typed)
    assert "too long for the name of a milestone" in at_row(page, 0)
    assert save(publisher, page, **{"points-1-milestone": "The road"}).status_code == 302
    assert record.milestones.get().title_en == "The road"
    assert record.events.get().decision_en == text.strip()


def test_one_record_gets_one_status(publisher):
    record = published()
    page = pasted(publisher, "1. Agree.\n2. Begin.")
    typed = {f"points-{n}-initiative": record.code for n in (1, 2)}
    page = save(publisher, page, **typed, **{"points-1-to": "agreed", "points-2-to": "in_progress"})
    assert "Point 1 already gives this record a status" in at_row(page, 1)


# Rights


# Cost and bad input


@pytest.mark.once
def test_the_page_asks_as_often_for_10_rows_as_for_1(publisher):
    records = [published(title_en=f"Road of Number {n} Termez") for n in range(10)]
    assert queries(publisher, records[:1]) == queries(publisher, records)


def queries(client, records):
    text = "\n".join(f"{n}. Build {one.title}" for n, one in enumerate(records, 1))
    page = pasted(client, text)
    typed = {f"points-{n}-initiative": one.code for n, one in enumerate(records, 1)}
    typed |= {"title": ""}  # refused, so that all is looked at and nothing stored
    with CaptureQueriesContext(connection) as captured:
        assert save(client, page, **typed).status_code == 200
    return len(captured)


@pytest.mark.once
def test_each_row_more_costs_the_same_to_save(publisher):
    counts = []
    for number in (1, 2, 3):
        records = [published() for _ in range(number)]
        page = pasted(
            publisher, "\n".join(f"{n}. Build" for n in range(1, number + 1)), another="on"
        )
        typed = {f"points-{n}-initiative": one.code for n, one in enumerate(records, 1)}
        with CaptureQueriesContext(connection) as captured:
            answer = save(
                publisher, page, **typed, start=f"2025-0{number}-01", source=f"P {number}"
            )
        assert answer.status_code == 302
        counts.append(len(captured))
    assert counts[2] - counts[1] == counts[1] - counts[0]


_BOXES = "kind start sides token paste points-99999999999-decision points-x-to".split() + [
    f"points-0-{name}"
    for name in "choice to relation sector kind deadline initiative number found_for".split()
]


@pytest.mark.parametrize("box", _BOXES)
def test_no_value_makes_it_fail(publisher, box):
    blank = values_of(publisher.get(PAGE))
    for value in ("\0", "9" * 400, "'\"><b>\u202e", "1\n2"):
        for button in ("rows", "_save"):
            sent = {**blank, **FACTS, "points-0-decision": "Build.", box: value, button: "1"}
            assert publisher.post(PAGE, sent).status_code in (200, 302)
