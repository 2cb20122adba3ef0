"""What is known when a status is entered, and what an import may leave open, in so many words."""

from dataclasses import asdict, replace
from datetime import date
from types import SimpleNamespace

import pytest

from initiatives.lifecycle import (
    OPEN_ELSEWHERE,
    OPEN_ON_IMPORT,
    Need,
    Status,
    StatusFacts,
    iati_status,
    missing,
)
from initiatives.partial_dates import PartialDate

pytestmark = pytest.mark.once
TODAY = date(2027, 6, 1)
NOTHING = StatusFacts(today=TODAY)


def test_of_what_nobody_says_nothing_is_known():
    assert asdict(NOTHING) == {
        "today": TODAY,
        "effective": None,
        "previous": None,
        "reason": "",
        "source_kinds": frozenset(),
        "public_source": False,
        "held_event_relations": frozenset(),
        "main_sectors": 0,
        "parties": 0,
        "organisations": 0,
        "start": None,
        "end": None,
        "open_milestones": 0,
        "outcome": "",
        "delivered": "",
        "not_delivered": "",
        "decided_by": "",
        "second_person": False,
        "imported": False,
        "elsewhere": False,
    }


def test_a_status_of_which_nothing_is_known_lacks_all_that_has_to_be_said():
    assert missing(Status.IMPLEMENTED, NOTHING) == [
        Need.EFFECTIVE_DATE,
        Need.END,
        Need.PUBLIC_SOURCE,
        Need.OUTCOME,
        Need.DELIVERED,
        Need.SECOND_PERSON,
    ]


def test_an_import_may_leave_open_dates_how_much_was_delivered_and_the_second_person():
    dates = {Need.EFFECTIVE_DATE, Need.START, Need.END}
    assert dates | {Need.DELIVERED, Need.SECOND_PERSON} == OPEN_ON_IMPORT


def test_another_publisher_may_leave_open_what_iati_does_not_ask_for_as_well():
    ours_alone = {Need.MAIN_SECTOR, Need.PARTIES, Need.OUTCOME, Need.DECIDING_SIDE}
    assert OPEN_ON_IMPORT | ours_alone == OPEN_ELSEWHERE


@pytest.mark.parametrize("name", ["effective", "end"])
def test_today_is_not_the_future_and_tomorrow_is(name):
    needs = {"effective": Need.NOT_IN_FUTURE, "end": Need.END_NOT_IN_FUTURE}
    today, tomorrow = (
        replace(NOTHING, **{name: PartialDate(date(2027, 6, day))}) for day in (1, 2)
    )
    assert needs[name] not in missing(Status.IMPLEMENTED, today)
    assert needs[name] in missing(Status.IMPLEMENTED, tomorrow)


# --- Facts of rows --------------------------------------------------------------------------------


def source(kind="protocol", *, is_public=True):
    return SimpleNamespace(kind=kind, is_public=is_public)


def test_a_source_gives_its_kind_and_whether_the_public_sees_it():
    facts = StatusFacts.of(today=TODAY, source=source())
    assert (facts.source_kinds, facts.public_source) == ({"protocol"}, True)
    hidden = StatusFacts.of(today=TODAY, source=source("media", is_public=False))
    assert (hidden.source_kinds, hidden.public_source) == ({"media"}, False)


def test_rows_of_nothing_are_facts_of_nothing():
    assert StatusFacts.of(today=TODAY) == NOTHING


def test_a_text_in_any_language_is_enough():
    facts = StatusFacts.of(today=TODAY, reasons=[None, "Қаулы", ""], outcomes=["", "Построен"])
    assert (facts.reason, facts.outcome) == ("Қаулы", "Построен")


def test_milestones_count_as_long_as_they_are_open():
    milestones = [SimpleNamespace(is_open=is_open) for is_open in (True, False, True)]
    assert StatusFacts.of(today=TODAY, milestones=milestones).open_milestones == 2


def test_what_else_is_known_stays_as_it_is():
    facts = StatusFacts.of(today=TODAY, parties=2, decided_by="UZ", imported=True)
    assert facts == replace(NOTHING, parties=2, decided_by="UZ", imported=True)


def test_without_word_of_money_the_code_of_an_end_is_that_of_the_closed():
    assert iati_status(Status.IMPLEMENTED) == 4
