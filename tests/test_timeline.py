"""The life of one initiative, in words and in order."""

import pytest
import time_machine
from django.utils import translation

from initiatives import timeline
from initiatives.partial_dates import PartialDate
from tests import factories as make
from tests.register import as_public
from tests.stories import revise, tell_story

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def life(initiative):
    return timeline.of_initiative(as_public(initiative))


def titles(entries):
    return [entry.title for entry in entries]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "2027-05-14", "14 May 2027"),
        ("en", "2027-05", "May 2027"),
        ("en", "2027-Q2", "Q2 2027"),
        ("en", "2027-H1", "first half of 2027"),
        ("en", "2027-H2", "second half of 2027"),
        ("en", "2027", "2027"),
        ("ru", "2027-05", "май 2027 г."),
        ("ru", "2027", "2027 г."),
        ("uz", "2027-05", "2027-yil may"),
        ("kk", "2027-05-14", "2027 ж. 14 мамыр"),
    ],
)
def test_a_partial_date_is_told_as_exactly_as_it_is_known(language, text, words):
    with translation.override(language):
        told = timeline.date_in_words(PartialDate.parse(text))
    assert told.split() == words.split()  # CLDR has narrow spaces, too


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({"amount": "5000000000"}, "USD 5,000,000,000 committed"),
        ({"amount": "5", "amount_kind": "about"}, "About USD 5 committed"),
        ({"amount": "5.50", "amount_kind": "up_to"}, "Up to USD 5.50 committed"),
        ({"amount": "5", "amount_max": "7", "amount_kind": "range"}, "USD 5 – 7 committed"),
        ({"amount": None}, "An undisclosed amount committed"),
        ({"type": "cancellation"}, "Commitment of USD 1,000,000 cancelled"),
    ],
)
def test_money_is_told_as_exactly_as_it_is_known(fields, title):
    initiative = make.make_initiative()
    make.make_funding(initiative, **fields)
    assert titles(life(initiative)) == [title]


def test_money_names_its_provider():
    initiative = make.make_initiative()
    bank = make.make_organisation("ndb", name_en="New Development Bank")
    make.make_funding(initiative, "5000000000", type="pledge", provider=bank)
    make.make_funding(initiative, type="pledge", provider_country=make.make_country("KZ"))
    assert titles(life(initiative)) == [
        "USD 5,000,000,000 pledged by New Development Bank",
        "USD 1,000,000 pledged by Kazakhstan",
    ]


def test_a_status_is_told_with_the_one_before_it():
    initiative = make.make_initiative()
    first = make.make_status_change(initiative, "planned", effective="2023")
    make.make_status_change(initiative, "in_progress", effective="2024")
    make.make_status_change(initiative, "planned", effective="2025", corrects=first)
    assert titles(life(initiative)) == [
        "Status: planned",
        "Status: planned → in progress",
        "Status corrected: in progress → planned",
    ]


def test_a_moved_date_is_told_from_what_to_what():
    initiative = make.make_initiative()
    revise(initiative)
    revise(initiative, new=None)
    step = make.make_milestone(initiative, "First turbine", planned="2031")
    revise(initiative, "planned", "2027", "2031", milestone=step)
    assert titles(life(initiative)) == [
        "Planned end moved from 2027 to first half of 2028",
        "Planned end no longer stated, was 2027",
        "Milestone “First turbine” moved from 2027 to 2031",
        "Milestone due: First turbine",
    ]


def test_a_milestone_is_due_reached_or_dropped_on_the_day_that_recorded_it():
    initiative = make.make_initiative()
    make.make_milestone(initiative, "A", planned="2027")
    make.make_milestone(initiative, "B", planned="2028", actual="2026")
    with time_machine.travel("2025-03-12T08:00:00Z", tick=False):
        make.make_milestone(initiative, "C", planned="2029", dropped_reason_en="No money")
    assert [(entry.title, str(entry.on), entry.body) for entry in life(initiative)] == [
        ("Milestone dropped: C", "2025-03-12", "No money"),
        ("Milestone reached: B", "2026", ""),
        ("Milestone due: A", "2027", ""),
    ]


def test_an_event_is_told_by_what_it_was_for_the_initiative():
    initiative = make.make_initiative()
    make.link_event(initiative, make.make_event("summit", start="2024"), "signed")
    planned = make.make_event("next-summit", start="2030", state="planned")
    make.link_event(initiative, planned, "reviewed", decision_en="To be decided")
    assert titles(life(initiative)) == ["Signed at: Summit", "Reviewed at: Next summit (planned)"]


def test_a_year_stands_after_all_that_is_known_to_lie_in_it():
    initiative = make.make_initiative()
    for planned in ("2027", "2027-H2", "2027-12-31", "2027-05", "2027-05-14", "2028-01-01"):
        make.make_milestone(initiative, planned, planned=planned)
    assert [str(entry.on) for entry in life(initiative)] == [
        "2027-05-14",
        "2027-05",
        "2027-12-31",
        "2027-H2",
        "2027",
        "2028-01-01",
    ]


def test_what_has_no_date_stands_in_a_group_of_its_own():
    initiative = make.make_initiative()
    make.make_milestone(initiative, "some day")
    make.make_milestone(initiative, "soon", planned="2027")
    found = life(initiative)
    assert titles(found.dated) == ["Milestone due: soon"]
    assert titles(found.undated) == ["Milestone due: some day"]
    assert len(found) == 2


@pytest.mark.parametrize("others", [0, 9])
def test_a_life_asks_only_what_it_names_by_key(django_assert_num_queries, others):
    initiative = tell_story(make.make_initiative())
    for number in range(others):
        make.make_milestone(initiative, f"Step {number}", actual="2025")
    found = as_public(initiative)
    with django_assert_num_queries(2):  # countries, and the events of decisions
        assert len(timeline.of_initiative(found)) == 6 + others


def test_a_reason_is_told_in_the_language_of_the_reader_or_the_next_best():
    initiative = make.make_initiative()
    make.make_status_change(initiative, reason_en="Signed", reason_ru="Подписано")
    told = {}
    for language in ("en", "ru", "kk"):
        with translation.override(language):
            (entry,) = life(initiative)
            told[language] = (entry.body, entry.language)
    assert told == {"en": ("Signed", "en"), "ru": ("Подписано", "ru"), "kk": ("Подписано", "ru")}


def test_only_public_sources_are_cited():
    initiative = make.make_initiative()
    change = make.make_status_change(initiative)
    make.cite(change)
    make.cite(change, make.make_source("letter", kind="letter", is_public=False))
    (entry,) = life(initiative)
    assert [citation.source.slug for citation in entry.citations] == ["protocol"]


def test_an_entry_points_to_its_row_on_the_page():
    entries = life(tell_story(make.make_initiative("CI-2025-0001")))
    assert {entry.anchor for entry in entries} == {
        "status-1",
        "status-2",
        "moved-1",
        "money-1",
        "milestone-1",
        "event-event-of-ci-2025-0001",
    }
