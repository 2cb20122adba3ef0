"""What the index answers is what the bodies of the editions say, for any register and question."""

from functools import partial
from random import Random
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pyroaring import BitMap

from initiatives.choices import Kind
from initiatives.editions.index import Selection
from initiatives.editions.index.content import Content
from initiatives.editions.index.instants import microseconds
from initiatives.editions.index.reading import Reading
from initiatives.editions.index.titles import reading_order
from initiatives.lifecycle import Status
from initiatives.rules import Flag
from initiatives.text.alphabets import in_alphabet
from tests.plain_register import Plain
from tests.public_records import COUNTRIES, ORGANISATIONS, PARENTS, SECTORS, Chance

# Alphabets are asked of the database, where it has them.
pytestmark = [pytest.mark.django_db, pytest.mark.once]
FACETS = ("status", "kind", "sector", "country", "party", "funded", "currency", "flag")
ORDERS = ("updated", "title", "status", "start", "end", "amount")
CHOICES = {
    "status": Status.values,
    "kind": Kind.values,
    "sector": [*SECTORS, "none"],
    "country": COUNTRIES,
    "party": COUNTRIES,
    "organisation": [*ORGANISATIONS, "nobody"],
    "year": range(2022, 2029),
    "funded": ["yes", "no"],
    "currency": ["USD", "KZT", "CHF"],
    "flag": Flag.values,
}
# A seed: to draw every number from hypothesis costs more than all that is tested.
randoms = st.integers(0, 2**32).map(Random)
few_examples = examples(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


class Question:
    """A random register with checks, and a random question about it."""

    def __init__(self, random) -> None:
        self.chance = chance = Chance(random)
        self.lines = chance.lines()
        self.checks = [self._check() for _ in range(random.randint(0, 6))]
        self.now = chance.instant()
        self.at = chance.pick([self.now, min(self.now, chance.instant())])
        self.day = chance.instant().date()
        self.selection = self._selection()

    def _check(self):
        day = self.chance.instant().date()
        key = f"CI-2025-{self.chance.random.randint(1, 6):04}"
        return SimpleNamespace(
            key=key, recorded_at=self.chance.instant(), due_on=day, checked_at=None
        )

    def _selection(self):
        chance, names = self.chance, self.chance.some(CHOICES, 3)
        positions = [line.position for line in self.lines]
        return Selection(
            **{name: tuple(chance.some(CHOICES[name])) for name in names},
            all_countries=chance.pick([True, False]),
            updated_since=chance.pick([None, None, chance.instant()]),
            matching=chance.pick(
                [None, None, None, BitMap(chance.some(positions * 2, len(positions)))]
            ),
            refused=frozenset(chance.pick([(), (), (), ("status",), ("country", "kind")])),
        )

    def content(self):
        """All at once, or with readings of other instants between."""
        content = Content()
        for line in self.lines:
            instants = line.since, line.issued_at
            content.add(line.position, line.key, *instants, line.state, line.body)
            if self.chance.random.random() < 0.3:
                self._read(content, self.chance.instant())
        for check in self.checks:
            content.check(check.key, check.recorded_at, check.due_on)
            if self.chance.random.random() < 0.3:
                self._read(content, self.chance.instant())
        return content

    def _read(self, content, now):
        content.move(microseconds(now))
        reading = Reading(content, now=now, day=self.day, parents=PARENTS)
        found = reading.find(Selection(flag=tuple(Flag.values)))
        assert found.total <= len(found.page("title", 0, 99, language="uz"))

    def found(self):
        content = self.content()
        content.move(microseconds(self.now))
        reading = Reading(content, now=self.now, at=self.at, day=self.day, parents=PARENTS)
        return reading.find(self.selection)

    def plain(self):
        instants = {"at": self.at, "now": self.now, "day": self.day}
        return Plain(self.lines, parents=PARENTS, checks=self.checks, **instants)


@few_examples
@given(randoms)
def test_rows_and_counts_are_those_of_the_bodies(random):
    question = Question(random)
    found, plain, selection = question.found(), question.plain(), question.selection
    assert list(found.positions) == sorted(row.position for row in plain.find(selection))
    assert found.total == len(found.positions)
    for name in FACETS:
        assert found.tally(name) == plain.tally(selection, name), name


@few_examples
@given(randoms, st.integers(1, 5))
def test_organisations_are_counted_the_most_frequent_first(random, limit):
    question = Question(random)
    tally = question.plain().tally(question.selection, "organisation")
    first = sorted(tally, key=lambda slug: (-tally[slug], slug))[:limit]
    wanted = {slug: tally[slug] for slug in (*first, "firm") if tally[slug]}
    found = question.found()
    assert found.organisations(limit, ["firm"]) == wanted
    options, rows = found._content.options, found.alternatives("organisation")
    assert options._largest_first(rows, limit) == {slug: tally[slug] for slug in first}


@few_examples
@given(randoms)
def test_years_are_counted_as_the_time_in_which_records_are_active(random):
    question = Question(random)
    tally = question.plain().tally(question.selection, "year")
    years = question.found().years()
    assert {year: years.number(year) for year in range(2020, 2030) if years.number(year)} == tally


@few_examples
@given(randoms, st.sampled_from(ORDERS), st.sampled_from(["", "-"]), st.integers(0, 4))
def test_pages_are_those_of_the_whole_list_in_order(random, name, direction, start):
    question = Question(random)
    language = question.chance.pick(["en", "ru", "uz", "kk"])
    wanted = _ordered(question, direction + name, language)
    found = question.found()
    for stop in (start, start + 2, 99):
        page = found.page(direction + name, start, stop, language=language)
        assert page == wanted[start:stop]


def _ordered(question, order, language):
    plain, languages = question.plain(), reading_order(language)
    key = partial(in_alphabet, language=language)
    return plain.ordered(question.selection, order, languages, key)


@few_examples
@given(randoms, st.sampled_from(["", "provider", "receiver"]))
def test_sums_of_money_are_those_of_the_rules_of_totals(random, side):
    question = Question(random)
    sides = {side: question.chance.pick(ORGANISATIONS)} if side else {}
    assert question.found().money(**sides) == question.plain().money(question.selection, **sides)
