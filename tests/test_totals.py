"""Sums of money as rules: what is added, what stays apart, and what is counted once."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from initiatives.choices import AmountKind, FundingType
from initiatives.public.organisations import folded, paid_first
from initiatives.totals import Total, of_lines, totals

pytestmark = pytest.mark.once
PLEDGE, COMMITMENT = FundingType.PLEDGE, FundingType.COMMITMENT
EXACT, ABOUT, RANGE = AmountKind.EXACT, AmountKind.ABOUT, AmountKind.RANGE
UP_TO, UNDISCLOSED = AmountKind.UP_TO, AmountKind.UNDISCLOSED


def line(amount, kind=EXACT, *, of=1, most=None, currency="USD", type=COMMITMENT):
    amounts = (one if one is None else Decimal(one) for one in (amount, most))
    return of, type, currency, *amounts, kind


def total(low, high=None, *, rows=1, **fields):
    values = {"currency": "USD", "type": COMMITMENT, "about": False, "undisclosed": 0} | fields
    return Total(low=Decimal(low), high=Decimal(high or low), rows=rows, **values)


def summed(*lines, **parents):
    return totals(lines, {int(part[1:]): whole for part, whole in parents.items()})


@pytest.mark.parametrize(
    ("lines", "sum_"),
    [
        ([line("5"), line("7.50")], total("12.50", rows=2)),
        ([line("5"), line("7", UP_TO)], total("5", "12", rows=2)),
        ([line("5"), line("7", RANGE, most="9")], total("12", "14", rows=2)),
        ([line("5"), line("7", ABOUT, most="9")], total("12", rows=2, about=True)),
        ([line("5"), line(None, UNDISCLOSED)], total("5", undisclosed=1)),
        ([line(None, UNDISCLOSED)] * 2, total("0", rows=0, undisclosed=2)),
        ([line("0"), line("-3")], total("-3", rows=2)),
    ],
)
def test_amounts_are_added_by_what_is_known_of_them(lines, sum_):
    assert summed(*lines) == [sum_]


def test_nothing_has_no_totals():
    assert summed() == []


def test_currencies_come_by_name_and_none_last_and_types_in_their_order():
    types = list(FundingType)
    lines = [line("1", currency=code, type=one) for code in ("", "USD", "KZT") for one in types]
    found = [(one.currency, one.type) for one in summed(*reversed(lines))]
    assert found == [(code, one) for code in ("KZT", "USD", "") for one in types]


@pytest.mark.parametrize(
    ("part", "rows"),
    [
        (line("2", of=2), 1),
        (line("2", of=2, currency="KZT"), 2),
        (line("2", of=2, type=PLEDGE), 2),
        (line(None, UNDISCLOSED, of=2), 1),
        (line("2", of=3), 2),
    ],
)
def test_a_part_is_covered_by_money_of_the_same_kind_of_its_whole(part, rows):
    found = summed(line("10", of=1), part, _2=1)
    assert sum(one.rows + one.undisclosed for one in found) == rows


def test_a_part_is_covered_by_the_whole_of_a_whole_without_money():
    lines = line("10", of=1), line("2", of=3), line("3", of=4)
    assert summed(*lines, _3=2, _2=1) == [total("13", rows=2)]
    assert summed(*lines, _4=3, _3=2, _2=1) == [total("10")]


def test_a_whole_is_not_covered_by_its_part():
    assert summed(line("10", of=1), _2=1) == [total("10")]


def test_lines_that_are_there_are_summed_as_those_of_one_record():
    names = ("initiative_id", "type", "currency", "amount", "amount_max", "amount_kind")
    rows = line("5"), line("7", RANGE, most="9"), line("2", of=2)
    made = [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in rows]
    assert of_lines(made) == [total("14", "16", rows=3)]
    assert of_lines(made, {2: 1}) == [total("12", "14", rows=2)]


def test_records_in_a_circle_are_looked_at_once():
    assert summed(line("1", of=1), _1=2, _2=3, _3=2) == [total("1")]
    assert summed(line("1", of=1), _1=1) == [total("1")]
    assert summed(line("1", of=1), _1=2, _2=1) == [total("1")]
    assert summed(line("1", of=1), line("2", of=2), _1=2, _2=1) == []


@pytest.mark.parametrize(
    ("currency", "order"), [("", ["EUR", "USD", ""]), ("USD", ["USD", "EUR", ""])]
)
def test_what_names_no_currency_stands_behind_all_others(currency, order):
    sums = [total("0", currency="", rows=0, undisclosed=1), total("5"), total("7", currency="EUR")]
    assert [one.currency for one in paid_first(sums, currency)] == order
    assert [one.currency for one in folded(sums, currency).shown] == order
