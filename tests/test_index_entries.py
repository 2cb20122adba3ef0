"""What the index tells of what became known is what the bodies of the editions say."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.editions import record as public
from initiatives.editions.chain import instant
from initiatives.editions.index import EntryKey, Index, Selection, found_entries, sequence
from tests.editions import append, changed, plain_record, redact, withdrawal
from tests.plain_entries import MILESTONE, NEW, STATUS, entries
from tests.public_records import ORGANISATIONS
from tests.test_index import Question, few_examples, randoms

pytestmark = [pytest.mark.django_db, pytest.mark.once]
T0 = datetime(2026, 3, 1, 9, tzinfo=UTC)


def within_of(chance):
    instants = sorted([chance.instant(), chance.instant()])
    return {
        "since": chance.pick([None, instants[0]]),
        "until": chance.pick([None, instants[1]]),
        "history": chance.pick([True, False]),
        "organisation": chance.pick(["", *ORGANISATIONS, "nobody"]),
    }


@pytest.fixture(params=["few", "many", "unordered"])
def _many(request, monkeypatch):
    """As if there were more rows than are all looked at, in parts of one line at first."""
    if request.param != "few":
        monkeypatch.setattr(found_entries, "_FEW", 0)
        monkeypatch.setattr(found_entries, "_AT_ONCE", 1)
    if request.param == "many":
        monkeypatch.setattr(sequence, "_LATELY", 2)


@pytest.mark.usefixtures("_many")
@few_examples
@given(randoms, st.integers(0, 4))
def test_entries_are_those_of_the_bodies_in_their_order(random, start):
    question = Question(random)
    within, plain = within_of(question.chance), question.plain()
    wanted = entries(question.lines, plain.find(question.selection), **within)
    found = question.found().entries(**within)
    assert found.total == len(wanted)
    for stop in (start, start + 2, 999):
        assert found.keys(start, stop) == wanted[start:stop]


@pytest.mark.usefixtures("_many")
@few_examples
@given(randoms, st.integers(1, 4))
def test_a_page_is_found_by_any_entry_before_or_after_it(random, number):
    question = Question(random)
    within, plain = within_of(question.chance), question.plain()
    wanted = entries(question.lines, plain.find(question.selection), **within)
    found = question.found().entries(**within)
    for place, key in enumerate(wanted):
        assert found.beyond(EntryKey(*key), number) == wanted[place + 1 :][:number]
        before = found.beyond(EntryKey(*key), number, later=True)
        assert before == wanted[max(place - number, 0) : place]
    at = question.chance.instant()
    strange = EntryKey(at, 1, "CI-2025-0003A", 7)
    assert found.beyond(strange, 99) == [key for key in wanted if key < strange]


def day(number):
    return T0 + timedelta(number)


def record(*moves, published=0, **fields):
    """A record that is public since a day, with a status for each day of `moves`."""
    history = tuple(
        public.StatusChange(number=n, to_status="planned", recorded_at=instant(day(at)))
        for n, at in enumerate(moves, 1)
    )
    return plain_record(published_at=instant(day(published)), history=history, **fields)


def told(index=None, **within):
    """(day, rank, number) of each entry."""
    with (index or Index()).reading(now=day(99)) as reading:
        keys = reading.find(Selection()).entries(**within).keys(0, 99)
    return [((key.at - T0).days, key.rank, key.number) for key in keys]


def test_what_a_record_held_when_it_became_public_is_known_since_then():
    append(record(-9, 3), since=day(5))
    assert told() == [(3, STATUS, 2), (0, STATUS, 1), (0, NEW, 0)]
    assert told(history=False) == [(3, STATUS, 2), (0, NEW, 0)]


def test_an_embargo_that_ends_early_ends_when_the_earlier_edition_begins():
    append(record(-9), since=day(50))
    append(record(-9), since=day(7))
    assert told() == [(7, STATUS, 1), (7, NEW, 0)]


def test_what_was_recorded_while_a_record_was_withdrawn_is_known_since_it_is_back():
    append(record(-9, 2), since=day(0))
    append(withdrawal(en="Wrong"), since=day(3))
    assert told() == []
    append(record(-9, 2, 4), since=day(6))
    append(record(-9, 2, 4, 8), since=day(8))
    wanted = [(8, STATUS, 4), (6, STATUS, 3), (2, STATUS, 2), (0, STATUS, 1), (0, NEW, 0)]
    assert told() == wanted
    assert told(history=False) == [wanted[0], wanted[1], wanted[2], wanted[4]]


def test_what_was_taken_out_of_the_register_tells_of_nothing():
    (first,) = append(record(-9, 2), since=day(0))
    following = Index()
    assert told(following) == [(2, STATUS, 2), (0, STATUS, 1), (0, NEW, 0)]
    append(withdrawal(en="Wrong"), since=day(3))
    redact(first)
    append(record(-9, 2), since=day(6))
    wanted = [(6, STATUS, 2), (6, STATUS, 1), (0, NEW, 0)]
    assert told(following) == told(Index()) == wanted


def step(actual, at):
    return public.Milestone(
        number=1, weight=1, actual=actual, version=1, updated_at=instant(day(at))
    )


def test_a_milestone_is_reached_when_an_edition_first_says_so():
    bodies = [(None, 1), ("2025", 2), ("2025", 3), ("2026", 4), (None, 5), ("2026", 6)]
    known = []
    for actual, at in bodies:
        append(record(milestones=(step(actual, at),)), since=day(at))
        known.append([at for at, rank, _number in told() if rank == MILESTONE])
    assert known == [[], [2], [2], [4], [], [6]]


def test_lines_come_in_the_order_of_time_as_the_register_grows(monkeypatch):
    monkeypatch.setattr(sequence, "_LATELY", 1)
    monkeypatch.setattr(found_entries, "_FEW", 0)
    following = Index()
    for number in (3, 1, 2):
        code = f"CI-2025-000{number}"
        append(changed(record(number * 2, published=number), code=code), key=code, since=day(60))
        assert told(following) == told(Index())
    assert [at for at, _rank, _number in told(following)] == [6, 4, 3, 2, 2, 1]
