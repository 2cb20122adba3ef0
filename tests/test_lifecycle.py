"""Every move and every need of the six statuses, as data-model tables."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from initiatives.lifecycle import (
    DEFINITIONS,
    NEED_LABELS,
    NEEDS,
    OPEN_ELSEWHERE,
    OPEN_ON_IMPORT,
    Need,
    Status,
    StatusFacts,
    contradiction_of,
    definitions,
    iati_status,
    label_of,
    missing,
    moves_from,
)
from initiatives.partial_dates import PartialDate

pytestmark = pytest.mark.once

P, A, G, I, S, C = Status  # noqa: E741 - planned, agreed, in progress, implemented, suspended, cancelled
ALLOWED = {
    None: {P, A, G, I, S, C},
    P: {A, G, I, S, C},
    A: {G, I, S, C},
    G: {I, S, C},
    I: set(),
    S: {P, A, G, C},
    C: set(),
}
TODAY = date(2027, 6, 1)
COMPLETE = StatusFacts(
    today=TODAY,
    effective=PartialDate.parse("2027-05-14"),
    reason="A decision.",
    source_kinds=frozenset({"protocol"}),
    public_source=True,
    held_event_relations=frozenset({"signed"}),
    main_sectors=1,
    parties=2,
    organisations=1,
    start=PartialDate.parse("2025"),
    end=PartialDate.parse("2027-05"),
    open_milestones=0,
    outcome="Delivered.",
    delivered="part",
    not_delivered="The second bridge.",
    decided_by="UZ",
    second_person=True,
)
NO_DECISION = {"source_kinds": frozenset({"media"}), "held_event_relations": frozenset()}
WITHOUT = {
    Need.MAIN_SECTOR: {"main_sectors": 0},
    Need.SOURCE: {"source_kinds": frozenset()},
    Need.PUBLIC_SOURCE: {"public_source": False},
    Need.DECIDING_SOURCE: NO_DECISION,
    Need.PARTIES: {"parties": 1, "organisations": 0},
    Need.EFFECTIVE_DATE: {"effective": None},
    Need.NOT_IN_FUTURE: {"effective": PartialDate.parse("2027-07")},
    Need.IN_ORDER: {"previous": PartialDate.parse("2027-06")},
    Need.START: {"start": None},
    Need.END: {"end": None},
    Need.END_NOT_IN_FUTURE: {"end": PartialDate.parse("2028")},
    Need.MILESTONES: {"open_milestones": 1},
    Need.OUTCOME: {"outcome": " "},
    Need.DELIVERED: {"delivered": ""},
    Need.NOT_DELIVERED: {"not_delivered": " "},
    Need.SECOND_PERSON: {"second_person": False},
    Need.REASON: {"reason": " "},
    Need.DECIDING_SIDE: {"decided_by": ""},
}


@pytest.mark.parametrize(("old", "new"), [*product([None, *Status], Status)])
def test_each_move_is_allowed_or_refused_as_defined(old, new):
    assert (new in moves_from(old)) == (new in ALLOWED[old])


@pytest.mark.parametrize("status", Status)
def test_complete_facts_meet_every_need(status):
    assert missing(status, COMPLETE) == []


@pytest.mark.parametrize(("status", "need"), [*product(Status, Need)])
def test_each_need_is_asked_for_exactly_where_it_is_defined(status, need):
    lacking = missing(status, replace(COMPLETE, **WITHOUT[need]))
    assert (need in lacking) == (need in NEEDS[status])


@pytest.mark.parametrize(("status", "need"), [*product(Status, sorted(OPEN_ON_IMPORT))])
def test_an_import_may_leave_open_what_a_document_does_not_tell(status, need):
    facts = replace(COMPLETE, imported=True, **WITHOUT[need])
    assert need not in missing(status, facts)


@pytest.mark.parametrize(("status", "need"), [*product(Status, Need)])
def test_what_another_publisher_says_may_leave_open_what_iati_has_no_place_for(status, need):
    facts = replace(COMPLETE, imported=True, elsewhere=True, **WITHOUT[need])
    assert (need in missing(status, facts)) == (need in set(NEEDS[status]) - OPEN_ELSEWHERE)


def test_only_an_import_repeats_what_another_publisher_says():
    facts = replace(COMPLETE, elsewhere=True, **WITHOUT[Need.OUTCOME])
    assert missing(Status.IMPLEMENTED, facts) == [Need.OUTCOME]


def test_what_was_delivered_in_full_leaves_nothing_to_say():
    assert missing(I, replace(COMPLETE, delivered="full", not_delivered="")) == []


@pytest.mark.parametrize(
    ("delivered", "texts", "fits"),
    [
        ("", ["", ""], True),
        ("full", ["", ""], True),
        ("part", ["", "Двух станций нет."], True),
        ("part", [" ", ""], False),
        ("full", ["", "Двух станций нет."], False),
        ("", ["Two stations.", ""], False),
    ],
)
def test_what_was_not_delivered_stands_with_in_part_alone(delivered, texts, fits):
    assert (contradiction_of(delivered, texts) is None) is fits


@pytest.mark.parametrize(
    ("status", "delivered", "name"),
    [
        (I, "full", "Implemented in full"),
        (I, "part", "Implemented in part"),
        (I, "", "Implemented"),
        (G, "part", "In progress"),
    ],
)
def test_the_name_of_a_status_says_how_much_was_delivered(status, delivered, name):
    assert str(label_of(status, delivered)) == name


def test_an_import_may_not_leave_out_the_source():
    facts = replace(COMPLETE, imported=True, **WITHOUT[Need.SOURCE])
    assert missing(Status.PLANNED, facts) == [Need.SOURCE]


def test_a_held_event_carries_an_agreement_without_a_deciding_source():
    facts = replace(COMPLETE, source_kinds=frozenset({"media"}))
    assert missing(Status.AGREED, facts) == []


def test_a_party_and_an_organisation_are_enough():
    assert missing(Status.PLANNED, replace(COMPLETE, parties=1, organisations=1)) == []


def test_two_main_sectors_are_one_too_many():
    assert missing(Status.PLANNED, replace(COMPLETE, main_sectors=2)) == [Need.MAIN_SECTOR]


def test_a_year_that_has_begun_is_not_the_future():
    assert missing(Status.AGREED, replace(COMPLETE, effective=PartialDate.parse("2027"))) == []


def test_every_status_and_need_is_put_into_words():
    assert set(DEFINITIONS) == set(NEEDS) == set(Status)
    assert set(NEED_LABELS) == set(Need)
    assert [status for status, _, _ in definitions()] == [*Status]


@pytest.mark.parametrize(
    ("status", "money_open", "code"),
    [
        (P, False, 1),
        (A, False, 1),
        (G, False, 2),
        (I, True, 3),
        (I, False, 4),
        (S, False, 6),
        (C, False, 5),
    ],
)
def test_the_iati_code_follows_the_table(status, money_open, code):
    assert iati_status(status, money_open=money_open) == code


@pytest.mark.parametrize(
    ("previous", "effective", "fits"),
    [
        ("2027-05-14", "2027-05-14", True),
        ("2027-05-14", "2027-05-13", False),
        ("2027-05-14", "2027", True),  # it may have been in December
        ("2027-05-14", "2026", False),
        ("2027", "2027-01-01", True),
        ("2027-Q2", "2027-03", False),
        (None, "1999", True),
        ("2027", None, True),
    ],
)
def test_a_status_may_not_be_certainly_older_than_the_one_before(previous, effective, fits):
    dates = [day and PartialDate.parse(day) for day in (previous, effective)]
    facts = replace(COMPLETE, previous=dates[0], effective=dates[1])
    assert (Need.IN_ORDER not in missing(C, facts)) is fits
