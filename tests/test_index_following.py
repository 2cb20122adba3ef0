"""The index follows the register of the database, and trusts nothing that is there no more."""

from datetime import date, timedelta
from random import Random
from threading import Thread

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from initiatives.editions.chain import instant
from initiatives.editions.facts import local_day
from initiatives.editions.index import Index, Selection
from initiatives.editions.index.content import Content
from initiatives.models import ReviewCheck
from tests.factories import make_sector
from tests.public_records import BEGINNING, Chance, Line, append

pytestmark = pytest.mark.django_db
NOW = BEGINNING + timedelta(400)
ALL = Selection()


def line(number=1, *, since=BEGINNING, seed=0, withdrawn=False):
    code = f"CI-2025-{number:04}"
    return Line(0, code, since, None if withdrawn else Chance(Random(seed)).record(code))


def read(index, *, now=NOW, **when):
    """(position, code) of all that is public."""
    with index.reading(now=now, **when) as reading:
        positions = reading.find(ALL).page("updated", 0, 999, language="en")
        return sorted(zip(positions, reading.keys(positions), strict=True))


def answers(index, **when):
    """All that can be asked of the whole register."""
    with index.reading(now=NOW, **when) as reading:
        found = reading.find(ALL)
        facets = ("status", "sector", "country", "party", "kind", "funded", "currency", "flag")
        tallies = {name: found.tally(name) for name in facets}
        pages = [found.page(name, 0, 99, language="ru") for name in ("title", "-amount", "start")]
        return tallies, found.organisations(9), found.money(), pages, found.positions


def check(number=1, *, due_on, recorded_at=BEGINNING):
    return ReviewCheck.objects.create(
        key=f"CI-2025-{number:04}", due_on=due_on, recorded_at=recorded_at
    )


def test_what_is_published_later_is_read_when_it_is_there():
    index = Index()
    assert read(index) == []
    append(line(1), line(2))
    assert read(index) == [(1, "CI-2025-0001"), (2, "CI-2025-0002")]
    append(line(1, seed=1), line(3))
    assert read(index) == [(2, "CI-2025-0002"), (3, "CI-2025-0001"), (4, "CI-2025-0003")]


def test_events_have_positions_but_are_no_rows():
    index = Index()
    append(line(1))
    append(line(7), kind="event")
    assert read(index) == [(1, "CI-2025-0001")]
    append(line(2))
    assert read(index) == [(1, "CI-2025-0001"), (3, "CI-2025-0002")]


@pytest.mark.parametrize("seed", range(3))
def test_following_step_by_step_gives_what_reading_all_anew_gives(seed):
    chance, following = Random(seed), Index()
    for step in range(12):
        numbers = [chance.randint(1, 6) for _ in range(chance.randint(0, 3))]
        since = BEGINNING + timedelta(chance.randint(-300, 500))
        append(*(line(n, seed=chance.random(), since=since, withdrawn=n == 6) for n in numbers))
        recorded_at = BEGINNING + timedelta(step)
        for number in set(numbers):
            due_on = BEGINNING.date() + timedelta(chance.randint(0, 900))
            check(number, due_on=due_on, recorded_at=recorded_at)
        for when in ({}, {"at": BEGINNING}, {"day": date(2025, 6, 1)}):
            assert answers(following, **when) == answers(Index(), **when)


def test_a_register_that_did_not_grow_costs_one_query():
    append(line(1), line(2))
    check(1, due_on=NOW.date())
    index = Index()
    read(index)
    with CaptureQueriesContext(connection) as queries:
        read(index)
    assert len(queries) == 1


def test_what_is_read_anew_does_not_grow_with_the_register():
    index, numbers = Index(), []
    for first in (1, 20):
        append(*(line(number) for number in range(first, first + 15)))
        read(index)
        append(line(1))
        check(1, due_on=NOW.date(), recorded_at=NOW + timedelta(first))
        with CaptureQueriesContext(connection) as queries:
            read(index)
        numbers.append(len(queries))
    assert numbers[0] <= numbers[1] <= 9


def test_nothing_stays_of_a_transaction_that_was_rolled_back():
    index = Index()
    append(line(1))
    for seed in (1, 2):
        with transaction.atomic():
            append(line(1, seed=seed), line(2))
            assert read(index) == [(2, "CI-2025-0001"), (3, "CI-2025-0002")]
            transaction.set_rollback(True)
        if seed == 2:
            assert read(index) == [(1, "CI-2025-0001")]


def test_other_editions_at_the_same_positions_are_read_anew():
    index = Index()
    for number in (1, 2):
        with transaction.atomic():
            append(line(number), line(3))
            assert read(index) == [(1, f"CI-2025-000{number}"), (2, "CI-2025-0003")]
            transaction.set_rollback(True)


def flagged(index, **when):
    with index.reading(now=NOW, **when) as reading:
        return reading.find(ALL).tally("flag").get("stale", 0)


def make_open():
    """An open record whose staleness is decided by checks alone, and the day of its entry."""
    records = ((seed, line(seed=seed).record) for seed in range(99))
    seed, record = next(
        (seed, one)
        for seed, one in records
        if one.status == "planned" and one.created_at < instant(BEGINNING)
    )
    append(line(seed=seed))
    return local_day(record.created_at)


def test_a_check_by_the_desk_is_known_without_an_edition():
    entered, index, day = make_open(), Index(), NOW.date()
    assert [flagged(index, day=entered + timedelta(days)) for days in (90, 91)] == [0, 1]
    check(due_on=day - timedelta(1), recorded_at=BEGINNING)
    assert flagged(index) == 1
    assert flagged(index, day=day - timedelta(1)) == 0
    check(due_on=day, recorded_at=BEGINNING + timedelta(100))
    assert flagged(index) == 0
    assert flagged(index, at=BEGINNING + timedelta(99)) == 1  # as it was known then


def test_a_check_that_was_rolled_back_is_known_no_more():
    entered, index, day = make_open(), Index(), NOW.date()
    for late in (1, 0):
        with transaction.atomic():
            check(due_on=day - timedelta(late), recorded_at=BEGINNING + timedelta(late))
            assert flagged(index) == late
            transaction.set_rollback(True)
    assert [flagged(index, day=entered + timedelta(days)) for days in (90, 91)] == [0, 1]


def test_an_embargo_ends_by_time_alone():
    until = NOW + timedelta(hours=1)
    append(line(1), line(1, since=until, seed=1), line(2, since=until))
    index, before = Index(), until - timedelta(microseconds=1)
    assert read(index, now=before) == [(1, "CI-2025-0001")]
    assert read(index, now=until) == [(2, "CI-2025-0001"), (3, "CI-2025-0002")]
    # Threads do not read their clocks in the order in which they come.
    assert read(index, now=before) == [(1, "CI-2025-0001")]
    assert read(index, now=until, at=before) == [(1, "CI-2025-0001")]


def test_what_was_overtaken_under_an_embargo_never_holds():
    append(line(1, since=NOW + timedelta(2)), line(1, since=NOW + timedelta(1), seed=1))
    index = Index()
    assert read(index) == []
    assert read(index, now=NOW + timedelta(1)) == [(2, "CI-2025-0001")]
    assert read(index, now=NOW + timedelta(3)) == [(2, "CI-2025-0001")]


def test_what_is_withdrawn_is_gone_from_its_past_as_well():
    index, later = Index(), BEGINNING + timedelta(1)
    append(line(1), line(2))
    assert read(index, at=BEGINNING) == [(1, "CI-2025-0001"), (2, "CI-2025-0002")]
    append(line(1, since=later, withdrawn=True))
    assert read(index) == read(index, at=BEGINNING) == [(2, "CI-2025-0002")]
    append(line(1, since=later, seed=1))
    assert read(index) == [(2, "CI-2025-0002"), (4, "CI-2025-0001")]
    assert read(index, at=BEGINNING) == [(1, "CI-2025-0001"), (2, "CI-2025-0002")]


def test_a_day_of_the_past_shows_the_editions_of_that_day():
    append(line(1), line(2, since=BEGINNING + timedelta(5)))
    append(line(1, since=BEGINNING + timedelta(9), seed=1))
    index = Index()
    assert read(index, at=BEGINNING - timedelta(1)) == []
    assert read(index, at=BEGINNING) == [(1, "CI-2025-0001")]
    assert read(index, at=BEGINNING + timedelta(6)) == [(1, "CI-2025-0001"), (2, "CI-2025-0002")]
    assert read(index) == [(2, "CI-2025-0002"), (3, "CI-2025-0001")]


def test_a_body_that_was_emptied_shows_nothing():
    append(line(1), line(2))
    index, later = Index(), BEGINNING + timedelta(1)
    read(index)
    empty(1)
    append(line(1, since=later, withdrawn=True))
    assert read(index) == [(2, "CI-2025-0002")]
    append(line(1, since=later, seed=1))
    wanted = [(2, "CI-2025-0002"), (4, "CI-2025-0001")]
    assert read(index) == read(Index()) == wanted
    assert read(index, at=BEGINNING) == read(Index(), at=BEGINNING) == [(2, "CI-2025-0002")]


def empty(position):
    """As it is done by whoever runs the site, beside the program."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE initiatives_edition SET body = '', redacted_at = since WHERE position = %s",
            [position],
        )


def test_a_body_that_cannot_be_read_is_told_and_shown_to_nobody(caplog):
    broken = line(1)
    append(line(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Line, "body", '{"form":1}')
        append(broken)
    assert read(Index()) == [(1, "CI-2025-0002")]
    assert "position 2" in caplog.text


def test_a_sector_that_becomes_part_of_another_is_counted_there():
    seed = next(n for n in range(99) if [s.slug for s in line(seed=n).record.sectors] == ["gas"])
    append(line(seed=seed))
    index = Index()
    energy, gas = make_sector("energy"), make_sector("gas")
    for parent, wanted in ((None, {"gas": 1}), (energy, {"gas": 1, "energy": 1})):
        gas.parent = parent
        gas.save()
        with index.reading(now=NOW) as reading:
            assert reading.find(ALL).tally("sector") == wanted
            assert reading.find(Selection(sector=("energy",))).total == len(wanted) - 1


@pytest.mark.django_db(transaction=True)
def test_threads_that_read_while_others_publish_never_see_less_than_was_there():
    index, seen, wrong = Index(), [0], []

    def look():
        try:
            for _ in range(15):
                at_least = seen[0]
                with index.reading() as reading:
                    found = reading.find(ALL)
                    total, page = found.total, found.page("-updated", 0, 99, language="en")
                if not total >= at_least or len(page) != total:
                    wrong.append((at_least, total, len(page)))
        finally:
            connection.close()

    readers = [Thread(target=look) for _ in range(4)]
    for reader in readers:
        reader.start()
    for number in range(1, 9):
        with transaction.atomic():
            append(line(number))
        seen[0] = number
    for reader in readers:
        reader.join()
    assert wrong == []
    assert len(read(index, now=None)) == 8


def test_what_fails_half_way_is_read_anew(monkeypatch):
    index, add = Index(), Content.add
    append(line(1))
    read(index)
    append(line(2), line(3))

    def broken(content, position, *rest):
        if position == 3:
            raise OSError("gone")
        add(content, position, *rest)

    monkeypatch.setattr(Content, "add", broken)
    with pytest.raises(OSError, match="gone"):
        read(index)
    monkeypatch.undo()
    assert [code for _position, code in read(index)] == [f"CI-2025-000{n}" for n in (1, 2, 3)]
