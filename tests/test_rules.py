"""Every flag as a table: what raises it, and what lies just beside it and does not."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override

from initiatives.choices import Language
from initiatives.lifecycle import FINAL, OPEN, Status
from initiatives.partial_dates import PartialDate
from initiatives.rules import (
    DUE_SOON_DAYS,
    EXPLANATIONS,
    STALLED_DAYS,
    Facts,
    Finding,
    Flag,
    Reason,
    findings,
    flags,
)

pytestmark = pytest.mark.once
TODAY = date(2027, 6, 1)
SOUND = Facts(
    today=TODAY,
    status=Status.AGREED,
    created_on=TODAY,
    last_checked_on=TODAY,
    last_movement_on=TODAY,
    sourced=True,
)
EVERYTHING_WRONG = Facts(
    today=TODAY,
    status=Status.PLANNED,
    created_on=date(2020, 1, 1),
    planned_start=PartialDate.parse("2028"),
    planned_end=PartialDate.parse("2027-05"),
    has_disbursement=True,
    missing_languages=("uz",),
)


def ago(days):
    return TODAY - timedelta(days)


def day(text):
    return PartialDate.parse(text)


def money(**amounts):
    return {currency: Decimal(amount) for currency, amount in amounts.items()}


def percents(*given):
    return tuple(None if percent is None else Decimal(percent) for percent in given)


P, A, G, I, S, C = Status  # noqa: E741 - planned, agreed, in progress, implemented, suspended, cancelled
RAISED = [
    (Reason.OVERDUE, {"planned_end": day("2027-05-31")}),
    (Reason.OVERDUE, {"planned_end": day("2027-05")}),
    (Reason.OVERDUE, {"planned_end": day("2026"), "actual_start": day("2026")}),
    (Reason.DUE_SOON, {"planned_end": day("2027-06-01")}),
    (Reason.DUE_SOON, {"planned_end": day("2027-08-30")}),
    (Reason.DUE_SOON, {"planned_end": day("2027-Q2")}),
    (Reason.CHECK_IS_OLD, {"last_checked_on": ago(91)}),
    (Reason.CHECK_IS_OLD, {"last_checked_on": ago(31), "review_every_days": 30}),
    (Reason.NEVER_CHECKED, {"last_checked_on": None, "created_on": ago(91)}),
    (Reason.STALLED, {"last_movement_on": ago(271), "created_on": ago(400)}),
    (Reason.STALLED, {"last_movement_on": None, "created_on": ago(271)}),
    (Reason.OPEN_MILESTONES, {"status": I, "milestones_total": 3, "milestones_open": 1}),
    (Reason.ENDED_IN_PROGRESS, {"status": G, "actual_end": day("2027")}),
    (Reason.PAID_WHILE_PLANNED, {"status": P, "has_disbursement": True}),
    (
        Reason.DISBURSED_TOO_MUCH,
        {"disbursed": money(USD="10.01"), "committed": money(USD="10", KZT="99")},
    ),
    (Reason.PLANNED_BACKWARDS, {"planned_start": day("2029"), "planned_end": day("2028-H2")}),
    (Reason.ENDED_BEFORE_START, {"actual_start": day("2026-02"), "actual_end": day("2026-01-31")}),
    (Reason.SECTOR_PERCENTS, {"sector_percents": percents("60", "39.99")}),
    (Reason.SECTOR_PERCENTS, {"sector_percents": percents("60", "40.01")}),
    (Reason.SECTOR_PERCENTS, {"sector_percents": percents("60", None)}),
    (Reason.UNSOURCED, {"sourced": False}),
    (Reason.UNTRANSLATED, {"missing_languages": ("uz", "kk")}),
]
NOT_RAISED = [
    {"planned_end": None},
    {"planned_end": day("2027-08-31")},
    {"planned_end": day("2027-Q3")},
    {"planned_end": day("2027"), "planned_start": day("2026")},
    {"last_checked_on": ago(90)},
    {"last_checked_on": ago(30), "review_every_days": 30},
    {"last_checked_on": None, "created_on": ago(90)},
    {"last_movement_on": ago(270), "created_on": ago(400)},
    {"last_movement_on": ago(271), "created_on": ago(270)},
    {"last_movement_on": None, "created_on": ago(270), "last_checked_on": TODAY},
    {"status": I, "milestones_total": 3, "milestones_open": 0},
    {"status": G, "milestones_total": 3, "milestones_open": 3},
    {"status": I, "actual_end": day("2027")},
    {"status": A, "has_disbursement": True},
    {"disbursed": money(USD="10.00"), "committed": money(USD="10")},
    {"disbursed": money(USD="10"), "committed": money(KZT="1")},
    {"disbursed": {}, "committed": money(USD="1")},
    {"planned_start": day("2028"), "planned_end": day("2028-H1")},
    {"planned_start": day("2028-06-30"), "planned_end": day("2028")},
    {"actual_start": day("2026-05-14"), "actual_end": day("2026-05-14")},
    {"planned_start": day("2028"), "planned_end": None},
    {"actual_start": None, "actual_end": day("2026-01")},
    {"planned_start": day("2029"), "actual_end": day("2026")},
    {"sector_percents": percents("33.33", "33.33", "33.34")},
    {"sector_percents": percents("100", None)},
    {"sector_percents": percents(None, None)},
]


def reasons(**changes):
    return [finding.reason for finding in findings(replace(SOUND, **changes))]


@pytest.mark.parametrize(("reason", "changes"), RAISED)
def test_it_is_found(reason, changes):
    assert reasons(**changes) == [reason]


@pytest.mark.parametrize("changes", NOT_RAISED)
def test_it_is_not_found_just_beside_the_rule(changes):
    assert reasons(**changes) == []


def test_the_table_has_every_reason():
    assert {reason for reason, _ in RAISED} == set(Reason)


NEGLECTED = {"created_on": ago(400), "last_movement_on": None, "last_checked_on": None}


@pytest.mark.parametrize("status", sorted(OPEN))
def test_an_open_status_can_be_late_and_neglected(status):
    found = flags(replace(SOUND, status=status, planned_end=day("2026"), **NEGLECTED))
    assert found == [Flag.OVERDUE, Flag.STALE, Flag.STALLED]


@pytest.mark.parametrize("end", ["2026", "2027-06"])
@pytest.mark.parametrize("status", sorted(FINAL))
def test_a_final_status_is_neither_late_nor_neglected(status, end):
    assert flags(replace(SOUND, status=status, planned_end=day(end), **NEGLECTED)) == []


def test_each_contradiction_is_a_finding_of_its_own():
    over = {"disbursed": money(USD="2", KZT="2", EUR="1"), "committed": money(USD="1", KZT="1")}
    found = findings(replace(SOUND, status=P, has_disbursement=True, **over))
    assert [finding.flag for finding in found] == [Flag.CONTRADICTION] * 3
    assert [finding.values.get("currency") for finding in found] == [None, "KZT", "USD"]


def test_flags_come_once_each_and_in_their_order():
    found = flags(EVERYTHING_WRONG)
    assert found == [flag for flag in Flag if flag != Flag.DUE_SOON]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"planned_end": day("2027-05-31")}, "1 day past the planned end (2027-05-31)."),
        ({"planned_end": day("2027-05-30")}, "2 days past the planned end (2027-05-30)."),
        ({"planned_end": day("2027-06")}, "29 days left until the planned end (2027-06)."),
        (
            {"status": I, "milestones_total": 3, "milestones_open": 1},
            "The status is “implemented”, but 1 milestone of 3 is open.",
        ),
        (
            {"disbursed": money(USD="2500000.50"), "committed": money(USD="1000000.00")},
            "More disbursed (USD 2,500,000.5) than committed (USD 1,000,000).",
        ),
        (
            {"sector_percents": percents("60", "39.99")},
            "The sectors add up to 99.99 percent, not to 100.",
        ),
        ({"missing_languages": ("uz", "kk")}, "Title or summary missing in: Uzbek, Kazakh."),
    ],
)
def test_a_finding_says_in_words_what_is_wrong(changes, sentence):
    assert [str(finding) for finding in findings(replace(SOUND, **changes))] == [sentence]


@pytest.mark.parametrize(("reason", "changes"), RAISED)
@pytest.mark.parametrize("language", Language.values)
def test_every_finding_can_be_said_in_every_language(reason, changes, language):
    (finding,) = findings(replace(SOUND, **changes))
    with override(language):
        said = finding.sentence(lambda when: f"<{when}>")
    assert len(said) > 10
    assert "%(" not in said
    dates = [value for value in finding.values.values() if isinstance(value, PartialDate)]
    assert all(f"<{when}>" in said for when in dates)


def test_numbers_are_written_as_the_reader_writes_them():
    finding = Finding(Flag.CONTRADICTION, Reason.SECTOR_PERCENTS, {"total": Decimal("99.99")})
    with override("ru"):
        assert "99,99" in str(finding)


def test_every_flag_is_explained_with_the_numbers_of_the_rules():
    assert list(EXPLANATIONS) == list(Flag)
    assert f"{DUE_SOON_DAYS} days" in EXPLANATIONS[Flag.DUE_SOON]
    assert f"{STALLED_DAYS} days" in EXPLANATIONS[Flag.STALLED]
