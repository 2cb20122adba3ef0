"""Which editions hold, whatever the order in which they come, wait, withdraw and are dropped."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from initiatives.editions.index.validity import NOBODY, Validity

pytestmark = pytest.mark.once
SHORT, KEYS = settings(max_examples=40), ("a", "b", "c")


class Plain:
    """The same by the definition: of those that have begun the one with the highest number."""

    def __init__(self) -> None:
        self.lines: list[tuple[int, str, int, bool]] = []

    def holding(self, at):
        """By key the edition that holds, shown or not."""
        return {key: (place, shown) for place, key, since, shown in self.lines if since <= at}

    def rows(self, at):
        return {place for place, shown in self.holding(at).values() if shown}

    def drop(self, dropped):
        self.lines = [
            (place, key, since, shown and place != dropped)
            for place, key, since, shown in self.lines
        ]


def filled(random, *, length=14):
    """Both, and the instant up to which they were moved."""
    validity, plain, now = Validity(), Plain(), 0
    for place in range(1, length + 1):
        key, since = random.choice(KEYS), random.randint(0, 12)
        shown = random.random() < 0.8
        validity.add(place, key, since, shown=shown)
        plain.lines.append((place, key, since, shown))
        if random.random() < 0.15:
            dropped = random.randint(1, place)
            validity.drop(dropped), plain.drop(dropped)
        if random.random() < 0.4:
            now = max(now, random.randint(0, 12))
            validity.move(now)
    now = max(now, random.randint(0, 12))
    validity.move(now)
    return validity, plain, now


@SHORT
@given(st.integers(0, 2**32).map(Random))
def test_the_rows_of_every_instant_are_those_of_the_definition(random):
    validity, plain, now = filled(random)
    assert set(validity.rows(now)) == set(validity.current) == plain.rows(now)
    for at in range(-1, now):
        assert set(validity.rows(at)) == plain.rows(at), at


@SHORT
@given(st.integers(0, 2**32).map(Random), st.integers(0, 12))
def test_the_holder_of_a_key_is_its_row(random, at):
    validity, plain, now = filled(random)
    at = min(at, now)
    rows = validity.rows(at)
    holders = {
        name: int(validity.holders(rows)[validity.number_of(name)]) for name in list(validity.names)
    }
    wanted = {key: place for key, (place, shown) in plain.holding(at).items() if shown}
    assert {name: place for name, place in holders.items() if place != NOBODY} == wanted
    for names in ([], ["a"], ["b", "c", "nobody"]):
        held = validity.held(rows, names)
        assert set(held) == {wanted[name] for name in names if name in wanted}


@SHORT
@given(st.integers(0, 2**32).map(Random))
def test_the_edition_before_is_the_last_one_that_began_earlier(random):
    validity, plain, _now = filled(random)
    for place, key, since, shown in plain.lines:
        earlier = [line for line in plain.lines if line[1] == key and line[0] < place]
        before = [line[0] for line in earlier if line[2] < since]
        assert validity.before(place) == max(before, default=NOBODY)
        assert validity.has_earlier(place) is bool(earlier)
        assert validity.is_shown(place) is shown


def test_a_move_gives_what_has_become_a_row():
    validity = Validity()
    validity.add(1, "a", 3, shown=True)
    validity.add(2, "b", 5, shown=True)
    validity.add(3, "c", 3, shown=False)
    assert [validity.move(now) for now in (2, 3, 4)] == [[], [1], []]
    assert validity.turned == 3
    assert [validity.move(now) for now in (9, 8)] == [[2], []]
    assert validity.turned == 5
    validity.add(4, "a", 4, shown=True)
    assert (validity.turned, validity.move(9)) == (5, [4])
    assert set(validity.current) == {2, 4}
    validity.add(5, "b", 7, shown=True)
    assert validity.turned == 7


def test_what_is_dropped_is_shown_no_more_and_its_key_stays_known():
    validity = Validity()
    validity.add(1, "a", 1, shown=True)
    validity.move(1)
    validity.drop(1)
    assert validity.is_shown(1) is False
    assert validity.move(1) == []
    assert (validity.has("a"), validity.has("b"), validity.size) == (True, False, 2)
    assert not validity.current
    assert validity.held(BitMap(), ["a"]) == BitMap()


def test_instants_are_kept_by_place():
    validity = Validity()
    for place, since in ((1, 7), (3, 2)):
        validity.add(place, "a", since, shown=True)
    assert validity.begun(np.array([3, 1])).tolist() == [2, 7]


def test_before_anything_is_added_there_are_no_places_and_no_rows():
    validity = Validity()
    assert (validity.size, validity.move(5), validity.names) == (0, [], [])
    assert [set(validity.rows(at)) for at in (-1, 5)] == [set(), set()]
    assert validity.held(BitMap(), ["a"]) == BitMap()
