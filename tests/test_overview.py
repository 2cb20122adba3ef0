"""The figures of the home and pair pages, and above all that no money is counted twice."""

from datetime import date
from decimal import Decimal

import pytest

from initiatives.public import overview
from tests import factories as make
from tests.listing import figures, money

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TODAY = date(2026, 6, 1)


def totals():
    return {(row.currency, row.type.value): (row.low, row.high) for row in money()}


def test_every_status_is_counted_and_drafts_are_not():
    make.make_initiative(status="agreed")
    make.make_initiative(status="agreed", publication="draft")
    with figures() as found:
        counts = {row.status.value: row.count for row in overview.by_status(found.statuses())}
    assert counts["agreed"] == 1
    assert sum(counts.values()) == 1


def test_types_and_currencies_are_never_added_up():
    initiative = make.make_initiative()
    make.make_funding(initiative, "5", type="pledge")
    make.make_funding(initiative, "7", type="commitment")
    make.make_funding(initiative, "9", type="pledge", currency="KZT")
    assert totals() == {
        ("USD", "pledge"): (5, 5),
        ("USD", "commitment"): (7, 7),
        ("KZT", "pledge"): (9, 9),
    }


def test_a_part_is_not_added_to_its_whole_at_any_depth():
    whole = make.make_initiative()
    middle = make.make_initiative(parent=whole)
    part = make.make_initiative(parent=middle)
    make.make_funding(whole, "10", type="pledge")
    make.make_funding(part, "4", type="pledge")
    make.make_funding(part, "3", type="disbursement")
    assert totals() == {("USD", "pledge"): (10, 10), ("USD", "disbursement"): (3, 3)}


def test_a_part_counts_where_its_whole_is_not_in_the_set():
    whole = make.make_initiative(publication="draft")
    make.make_funding(whole, "10", type="pledge")
    make.make_funding(make.make_initiative(parent=whole), "4", type="pledge")
    assert totals() == {("USD", "pledge"): (4, 4)}


def test_ranges_and_upper_bounds_stay_ranges():
    initiative = make.make_initiative()
    make.make_funding(initiative, "10", amount_kind="range", amount_max="15")
    make.make_funding(initiative, "4", amount_kind="up_to")
    make.make_funding(initiative, "1", amount_kind="about")
    total = money()[0]
    assert (total.low, total.high, total.about) == (Decimal(11), Decimal(20), True)


def test_undisclosed_money_is_counted_as_rows_and_not_as_zero():
    make.make_funding(make.make_initiative(), None, undisclosed_in="USD")
    total = money()[0]
    assert (total.rows, total.undisclosed) == (0, 1)


def test_late_is_what_is_open_after_its_last_possible_day():
    make.make_initiative("CI-2025-0001", planned_end="2026-05")
    make.make_initiative("CI-2025-0002", planned_end="2026")
    make.make_initiative("CI-2025-0003", planned_end="2025", status="implemented")
    with figures(day=TODAY) as found:
        assert found.overdue(9) == ["CI-2025-0001"]


def test_the_next_events_are_those_to_come_dated_ones_first():
    initiative = make.make_initiative()
    for slug, state, start in (
        ("undated", "planned", None),
        ("soon", "confirmed", "2026"),
        ("past", "planned", "2025"),
        ("held", "held", "2026-07"),
        ("later", "postponed", "2027"),
    ):
        make.link_event(initiative, make.make_event(slug, state=state, start=start))
    with figures(day=TODAY) as found:
        assert found.next_events(9) == ["soon", "later", "undated"]


def test_the_next_milestones_are_open_and_to_come():
    initiative = make.make_initiative()
    make.make_milestone(initiative, planned="2026-09")
    make.make_milestone(initiative, planned="2026-08", actual="2026-05")
    make.make_milestone(initiative, planned="2026-08", dropped_reason_ru="Не нужно")
    make.make_milestone(initiative, planned="2025")
    with figures(day=TODAY) as found:
        assert [key.number for key in found.next_milestones(9)] == [1]
