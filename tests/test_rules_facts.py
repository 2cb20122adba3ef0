"""What the rules take for granted where a record says nothing, and which flags last."""

from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from initiatives.lifecycle import Status
from initiatives.partial_dates import PartialDate
from initiatives.rules import Facts, Finding, Flag, Reason, findings, lasting_flags

pytestmark = pytest.mark.once
TODAY = date(2027, 6, 1)
NEW = Facts(today=TODAY, status=Status.AGREED, created_on=TODAY)


def test_a_new_record_of_which_nothing_more_is_known():
    assert asdict(NEW) == {
        "today": TODAY,
        "status": Status.AGREED,
        "created_on": TODAY,
        "planned_start": None,
        "planned_end": None,
        "actual_start": None,
        "actual_end": None,
        "last_checked_on": None,
        "review_every_days": 90,
        "last_movement_on": None,
        "milestones_total": 0,
        "milestones_open": 0,
        "disbursed": {},
        "committed": {},
        "has_disbursement": False,
        "sector_percents": (),
        "sourced": False,
        "missing_languages": (),
    }


def test_a_flag_that_lasts_does_not_depend_on_the_day():
    late = replace(
        NEW,
        status=Status.PLANNED,
        created_on=date(2020, 1, 1),
        planned_start=PartialDate.parse("2028"),
        planned_end=PartialDate.parse("2027-05"),
        has_disbursement=True,
        missing_languages=("uz",),
    )
    assert lasting_flags(late) == [Flag.CONTRADICTION, Flag.UNSOURCED, Flag.UNTRANSLATED]
    assert lasting_flags(replace(NEW, sourced=True)) == []


@pytest.mark.parametrize(("committed", "is_found"), [("0.50", False), ("-0.50", True)])
def test_where_nothing_is_disbursed_it_counts_as_zero(committed, is_found):
    facts = replace(NEW, sourced=True, committed={"USD": Decimal(committed)})
    assert bool(findings(facts)) is is_found


def test_without_a_language_numbers_are_written_as_in_english():
    finding = Finding(Flag.CONTRADICTION, Reason.SECTOR_PERCENTS, {"total": Decimal("1099.99")})
    with translation.override(None):
        assert "1,099.99" in str(finding)
