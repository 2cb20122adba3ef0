"""The parts of the index: slices in order, ranks of texts, sums beyond 64 bits, days of flags."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

import numpy as np
import pytest
from django.db import OperationalError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from initiatives.editions import record as public
from initiatives.editions.facts import facts_of, lasting_flags
from initiatives.editions.index.columns import Column, Lines
from initiatives.editions.index.flags import UNCHECKED, FlagDays
from initiatives.editions.index.instants import microseconds
from initiatives.editions.index.money import MoneyLines
from initiatives.editions.index.promised import Promised
from initiatives.editions.index.ranking import Ranking, by_code_points
from initiatives.editions.index.slices import slice_in_order
from initiatives.models import ReviewCheck
from tests.plain_register import flags_of
from tests.public_records import BEGINNING, Chance

pytestmark = pytest.mark.once

seeds = st.integers(0, 2**32).map(Random)
few_examples = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@few_examples
@given(st.lists(st.integers(0, 9), max_size=60), st.integers(0, 70), st.integers(0, 70))
def test_a_slice_is_that_of_the_sorted_rows(values, start, stop):
    ties = np.array(random.Random(len(values)).sample(range(99), len(values)), np.int64)
    wanted = sorted(range(len(values)), key=lambda row: (values[row], ties[row]))[start:stop]
    assert slice_in_order(np.array(values, np.int64), ties, start, stop).tolist() == wanted


def test_a_slice_of_many_rows_is_found_by_a_sample_of_them():
    values = np.random.default_rng(1).integers(0, 3000, 20_000)
    ties = np.arange(20_000)[::-1].copy()
    order = np.lexsort((ties, values))
    for start, stop in ((0, 20), (40, 60), (280, 300), (19_990, 20_000), (9_000, 9_020)):
        assert slice_in_order(values, ties, start, stop).tolist() == order[start:stop].tolist()


@few_examples
@given(st.lists(st.lists(st.text("abAB", max_size=3), max_size=9), max_size=9))
def test_ranks_are_those_of_all_texts_however_they_come(parcels):
    compared = []

    def alphabet(texts):
        compared.append(len(texts))
        return by_code_points([text.lower() for text in texts])

    texts = ["", *(f"{letter}{number}" for letter in "abc" for number in range(30))]
    ranking = Ranking(texts, alphabet)
    for parcel in ([], *parcels):
        texts.extend(parcel)
        assert ranking.ranks().tolist() == alphabet(texts).tolist()
    compared.clear()
    assert len(ranking.ranks()) == len(texts)
    assert compared == []


def test_a_new_text_among_many_is_compared_with_few_of_them():
    compared = []

    def alphabet(texts):
        compared.append(len(texts))
        return by_code_points(texts)

    texts = [f"{number:06}" for number in range(50_000)]
    ranking = Ranking(texts, alphabet)
    ranking.ranks()
    compared.clear()
    texts += ["0300005", "999999", "-"]
    assert ranking.ranks()[-3:].tolist() == [30_002, 50_002, 0]
    assert sum(compared) < 5000


@pytest.mark.parametrize("last", [0, 63, 64, 500])
def test_places_at_which_nothing_was_set_are_empty_however_far(last):
    column = Column(np.int32, -1)
    column[0] = 7
    assert column[np.array([last, 0, 200], np.uint32)].tolist() == [7 if not last else -1, 7, -1]
    assert column[200] == -1
    assert column[np.array([], np.uint32)].tolist() == []


def test_lines_of_places_are_found_in_the_order_of_the_places():
    lines = Lines()
    for place, number in ((2, 3), (3, 0), (7, 2)):
        lines.append(place, number)
    assert lines.of(np.array([2, 3, 7])).tolist() == [0, 1, 2, 3, 4]
    assert lines.of(np.array([3, 7])).tolist() == [3, 4]
    assert lines.of(np.array([], np.uint32)).tolist() == []


@few_examples
@given(seeds)
def test_the_flags_of_any_day_are_those_of_the_rules(random):
    chance = Chance(random)
    record = chance.record("CI-2025-0001")
    checked_at = chance.pick([None, chance.instant()])
    due_on = chance.instant().date()
    check = chance.pick([None, ReviewCheck(key=record.code, checked_at=checked_at, due_on=due_on)])
    promised = Promised()
    flag_days = FlagDays(promised)
    promised.add(5, record)
    flag_days.add(5, record)
    lasting, places = set(lasting_flags(record)), np.array([5])
    due = np.array([due_on.toordinal() if check else UNCHECKED])
    turns = {due_on, *_days_of(record)}
    days = {
        day + timedelta(more) for day in turns for more in (-91, -90, -1, 0, 1, 90, 91, 270, 271)
    }
    for day in days:
        found = flag_days.flagged(places, day.toordinal(), due)
        by_day = {flag for flag, rows in found.items() if 5 in rows}
        assert by_day | lasting == flags_of(record, day, check)


def _days_of(record):
    facts = facts_of(record, today=BEGINNING.date())
    end = facts.planned_end and min(facts.planned_end.last, date(9000, 1, 1))
    return {facts.created_on, facts.last_movement_on, end or facts.created_on}


def test_sums_may_leave_64_bits():
    def money(number, amount):
        values = {"type": "pledge", "amount_kind": "exact", "currency": "USD"}
        values |= {"instrument": "loan", "recorded_at": "", "updated_at": ""}
        return public.Money(number=number, amount=amount, **values)

    lines = MoneyLines()
    amounts = ["8999999999999999.999"] * 5 + ["-8999999999999999.999", "0.001", "-0.002"]
    record = Chance(Random(0)).record("CI-2025-0001")
    funding = tuple(money(number, amount) for number, amount in enumerate(amounts))
    changed = {name: getattr(record, name) for name in record.__struct_fields__}
    lines.add(1, type(record)(**(changed | {"funding": funding})))
    (total,) = lines.totals(np.array([1]), np.zeros_like)
    assert total.low == total.high == sum(map(Decimal, amounts))
    assert total.low == Decimal("35999999999999999.995")


def test_a_chain_of_wholes_is_followed_to_its_end_and_a_circle_is_left():
    lines = MoneyLines()
    chance = Chance(Random(1))
    funded = next(one for one in (chance.record("CI-2025-0001") for _ in range(99)) if one.funding)
    without = next(
        one for one in (chance.record("CI-2025-0001") for _ in range(99)) if not one.funding
    )
    for place in range(1, 9):
        lines.add(place, funded if place in (1, 5) else without)

    def sums(parents):
        whole = np.zeros(9, np.int64)
        for place, parent in parents.items():
            whole[place] = parent
        return lines.totals(np.arange(1, 9), lambda places: whole[places])

    one, both = lines.totals(np.array([1]), np.zeros_like), sums({})
    assert [total.rows + total.undisclosed for total in both] == [
        2 * (total.rows + total.undisclosed) for total in one
    ]
    assert sums({5: 4, 4: 3, 3: 2, 2: 1}) == one  # covered by the whole of a whole of its whole
    assert sums({1: 2, 2: 3, 3: 2}) == both  # a circle that does not lead back to it
    assert sums({1: 2, 2: 3, 3: 1}) == both  # one that leads back to it alone
    assert sums({1: 5, 5: 1}) == []  # each covers the other


def test_an_instant_is_a_number_of_microseconds():
    instant = datetime.fromisoformat("2025-06-30T12:00:00.000001Z")
    assert microseconds(instant) == 1_751_284_800_000_001


@pytest.mark.parametrize("known", [0, 100])
def test_texts_that_could_not_be_compared_are_put_in_order_the_next_time(known):
    def alphabet(texts):
        if fails:
            raise OperationalError
        return by_code_points(texts)

    fails, texts = [], [f"{number:06}" for number in range(known)]
    ranking = Ranking(texts, alphabet)
    ranking.ranks()
    texts += ["b", "a"]
    fails.append(True)
    with pytest.raises(OperationalError):
        ranking.ranks()
    fails.clear()
    assert ranking.ranks().tolist() == by_code_points(texts).tolist()
