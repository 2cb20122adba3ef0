"""The money of the index: whose lines are whose, where they stand, and what covers what."""

from decimal import Decimal
from random import Random
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from initiatives import totals
from initiatives.choices import AmountKind, FundingType
from initiatives.editions.index.money import MoneyLines
from initiatives.totals import Total

pytestmark = pytest.mark.once
SHORT = settings(max_examples=60)
AMOUNTS = ("10.00", "0.001", "-5.00", "8999999999999999.999", "-8999999999999999.999")


def line(amount="10.00", number=1, **fields):
    values = {
        "number": number,
        "type": "pledge",
        "currency": "USD",
        "amount": amount,
        "amount_max": None,
        "amount_kind": "exact" if amount else "undisclosed",
        "provider": None,
        "receiver": None,
    }
    return SimpleNamespace(**values | fields)


def filled(*funding):
    """Money of places, the first of which is 1."""
    money = MoneyLines()
    for place, lines in enumerate(funding, 1):
        money.add(place, SimpleNamespace(funding=lines))
    return money


def alone(places):
    return np.zeros(len(places), np.int64)


def sums(money, *places, **sides):
    return money.totals(np.array(places, np.uint32), alone, **sides)


def total(low, high=None, **fields):
    values = {"currency": "USD", "type": FundingType.PLEDGE, "about": False, "rows": 1}
    amounts = {"low": Decimal(low), "high": Decimal(low if high is None else high)}
    return Total(**values | {"undisclosed": 0} | amounts | fields)


# --- Sums -----------------------------------------------------------------------------------------


def test_a_sum_keeps_bounds_estimates_and_what_is_undisclosed_apart():
    money = filled(
        [line("10.00"), line("4.00", amount_kind="up_to")],
        [line("1.00", amount_kind="range", amount_max="2.50"), line(None)],
        [line("7.00", amount_kind="about")],
        [],
    )
    assert sums(money, 1) == [total("10", "14", rows=2)]
    assert sums(money, 2) == [total("1", "2.50", undisclosed=1)]
    assert sums(money, 3) == [total("7", about=True)]
    assert sums(money, 1, 2, 3) == [total("18", "23.5", about=True, rows=4, undisclosed=1)]
    assert sums(money, 4) == sums(money) == []


def test_an_estimate_without_an_amount_makes_no_sum_approximate():
    assert sums(filled([line("1.00"), line(None, amount_kind="about")]), 1) == [
        total("1", undisclosed=1)
    ]


def test_totals_are_in_the_order_of_currencies_and_types_and_without_a_currency_last():
    types = ("disbursement", "pledge")
    lines = [
        line(type=kind, currency=currency) for kind in types for currency in ("", "USD", "KZT")
    ]
    found = [(one.currency, str(one.type)) for one in sums(filled(lines), 1)]
    assert found == [(money, kind) for money in ("KZT", "USD", "") for kind in reversed(types)]


def drawn(random):
    """Lines of up to six places, and the whole of each."""
    funding = [
        [
            line(
                random.choice((None, *AMOUNTS)),
                number,
                type=random.choice(FundingType.values[:2]),
                currency=random.choice(("USD", "KZT")),
                amount_kind=random.choice([kind for kind in AmountKind.values if kind != "range"]),
                provider=random.choice((None, "bank", "fund")),
            )
            for number in range(random.randint(0, 3))
        ]
        for _place in range(6)
    ]
    return funding, [0, *(random.choice((0, random.randint(1, 6))) for _place in range(6))]


@SHORT
@given(st.integers(0, 2**32).map(Random))
def test_what_a_whole_covers_is_what_the_rules_of_totals_say(random):
    funding, wholes = drawn(random)
    places = sorted(random.sample(range(1, 7), random.randint(0, 6)))
    side = random.choice(({}, {"provider": "bank"}))
    rows = [
        SimpleNamespace(
            **vars(each) | {"initiative_id": place, "amount": each.amount and Decimal(each.amount)}
        )
        for place in places
        for each in funding[place - 1]
        if all(getattr(each, name) == slug for name, slug in side.items())
    ]
    parents = {place: whole for place, whole in enumerate(wholes) if whole}
    found = filled(*funding).totals(
        np.array(places, np.uint32), lambda asked: np.array(wholes)[asked], **side
    )
    assert found == totals.of_lines(rows, parents)


def test_a_part_is_covered_at_whatever_distance_its_whole_stands():
    length = 40
    funding = [[line()] if place in (1, length) else [] for place in range(1, length + 1)]
    wholes = np.array([0, 0, *range(1, length)])
    found = filled(*funding).totals(np.arange(1, length + 1), lambda asked: wholes[asked])
    assert found == [total("10")]


def test_a_whole_with_money_of_another_kind_covers_nothing():
    funding = [[line()], [line(type="commitment"), line(currency="KZT"), line("3.00")]]
    found = filled(*funding).totals(np.array([1, 2]), lambda asked: np.array([0, 0, 1])[asked])
    assert [(one.currency, str(one.type), one.low) for one in found] == [
        ("KZT", "pledge", 10),
        ("USD", "pledge", 10),
        ("USD", "commitment", 10),
    ]


# --- Whose money ----------------------------------------------------------------------------------


@pytest.fixture
def of_bank():
    """The bank pays in the first, gets in the second, and has nothing to do with the third."""
    return filled(
        [line(number=2, provider="bank"), line(number=1, provider="bank", receiver="fund")],
        [line(number=7, receiver="bank", provider="fund")],
        [line(number=3), line(number=4, provider="fund")],
    )


def test_sides_leave_the_lines_of_an_organisation_alone(of_bank):
    assert sums(of_bank, 1, 2, 3, provider="bank") == [total("20", rows=2)]
    assert sums(of_bank, 1, 2, 3, receiver="bank") == [total("10")]
    assert sums(of_bank, 1, 2, 3, provider="bank", receiver="fund") == [total("10")]
    assert sums(of_bank, 1, 2, 3, provider="nobody") == []


def test_a_line_is_of_whoever_pays_or_gets_it(of_bank):
    lines = np.arange(5)
    assert of_bank.is_of(lines, "bank").tolist() == [True, True, True, False, False]
    assert of_bank.is_of(lines, "fund").tolist() == [False, True, True, False, True]
    assert of_bank.is_of(lines, "nobody").tolist() == [False] * 5


def test_lines_are_found_by_the_order_of_the_codes_and_their_numbers(of_bank):
    def backwards(places):
        return -places.astype(np.int64)

    places = np.array([1, 2, 3], np.uint32)
    paid = of_bank.paid(places, backwards, "provider", "fund")
    assert [of_bank.where(each) for each in paid] == [(3, 4), (2, 7)]
    paid = of_bank.paid(places, backwards, "provider", "bank")
    assert [of_bank.where(each) for each in paid] == [(1, 1), (1, 2)]
    assert [
        of_bank.where(each) for each in of_bank.paid(places, backwards, "receiver", "bank")
    ] == [(2, 7)]
    assert of_bank.paid(places, backwards, "receiver", "nobody").tolist() == []


def test_each_place_knows_its_first_line(of_bank):
    assert [of_bank.first(place) for place in (1, 2, 3)] == [0, 2, 3]


# --- Of all organisations at once -----------------------------------------------------------------


@SHORT
@given(st.integers(0, 2**32).map(Random))
def test_the_sums_of_all_organisations_are_those_of_each(random):
    funding, wholes = drawn(random)
    places = np.array(sorted(random.sample(range(1, 7), random.randint(0, 6))), np.uint32)
    money = filled(*funding)
    for currency in ("USD", "KZT", "EUR"):
        for kind in FundingType.values[:2]:
            upper, lower = money.sums_of_each(
                places, lambda asked: np.array(wholes)[asked], "provider", (currency, kind)
            )
            for slug, number in money.organisations.items():
                (low,) = [
                    one.low
                    for one in money.totals(
                        places, lambda asked: np.array(wholes)[asked], provider=slug
                    )
                    if (one.currency, str(one.type)) == (currency, kind)
                ] or [Decimal(0)]
                assert int(upper[number]) * 10**9 + int(lower[number]) == low * 1000


def test_who_pays_is_told_by_currency_and_side():
    money = filled(
        [line(provider="bank"), line(provider="bank", currency="KZT"), line(receiver="fund")],
        [line(None, provider="fund", receiver="bank", currency="")],
    )
    places, number = np.array([1, 2], np.uint32), money.organisations

    def told(*asked):
        found = money.paying(places, *asked)
        return found[number["bank"]], found[number["fund"]]

    assert told("provider") == (2, 1)
    assert told("provider", "KZT") == (1, 0)
    assert told("provider", "CHF") == (0, 0)
    assert told("receiver") == (1, 1)
    assert money.currencies(places, "provider") == {"USD": 1, "KZT": 1}
    assert money.initiatives(places, "provider", "bank") == 1
    assert money.initiatives(places, "receiver", "nobody") == 0
