"""Fills an empty database with a register of any size: working rows, editions and checks.

In the order in which a desk would have published them, by a clock that runs through twelve years.
Of the working rows there is what pages and peers ask for: records, who takes part, events and
money; milestones, histories, sources and changes are in the editions alone.
"""

from collections.abc import Callable, Iterator
from heapq import heappop, heappush
from itertools import count, islice

from django.db import transaction

from benchmarks.large import rows
from benchmarks.large.batches import Maker, Published, Task, making, processes_for
from benchmarks.large.bulk_load import hurried, indexed_at_the_end
from benchmarks.large.chance import SEED
from benchmarks.large.records import clocks
from benchmarks.large.reference import Reference
from benchmarks.large.register import Issue, Register
from benchmarks.large.stories import stories
from initiatives.choices import EditionCause, EditionKind
from initiatives.editions import record as public
from initiatives.editions.chain import sha256
from initiatives.editions.search.documents import terms_of_event

BATCH = 1_000  # records in memory at a time; whole families


def fill(
    total: int,
    *,
    seed: int = SEED,
    processes: int | None = None,
    reached: Callable[[int], None] = lambda number: None,
) -> None:
    """Write `total` public records; the database has the tables and nothing in them.

    The records are made in so many `processes` besides this one, if that is not given in those that
    there are processors for; they are the same whatever the number.
    """
    if processes is None:
        processes = processes_for(-(-total // BATCH))
    with hurried():
        with transaction.atomic():
            reference = Reference.of(total, seed=seed)
        tales = stories(total, reference, seed=seed)
        filling = Filling(reference)
        with (
            indexed_at_the_end(filling.tables),
            making(Maker(total, seed, reference, tales), processes) as made,
        ):
            number = 0
            for published, working in made(_tasks(total, tales)):
                with transaction.atomic():
                    filling.write(published, working)
                number += len(published)
                reached(number)
            with transaction.atomic():
                filling.end()


def _tasks(total: int, tales) -> Iterator[Task]:
    instants = clocks(total, tales)
    for first in range(1, total + 1, BATCH):
        yield Task(first, list(islice(instants, BATCH)))


class Filling:
    def __init__(self, reference: Reference) -> None:
        self._register, self._working = Register(), rows.tables()
        self._order, self._due = count(), []
        for begun, event in reference.event_records():
            body = public.encoded(event)
            cause = EditionCause.PUBLICATION.value
            terms = " ".join(sorted(terms_of_event(event)))
            issue = Issue(EditionKind.EVENT.value, event.slug, 1, body, sha256(body), cause, terms)
            self._put_off(begun, issue)

    @property
    def tables(self) -> list[str]:
        written = [*self._register.tables, *self._working.values()]
        return [table.model._meta.db_table for table in written]

    def write(self, published: list[Published], working: rows.Rows) -> None:
        for clock, first, due, now in published:
            while self._due and self._due[0][0] < clock:
                self._issue_next()
            self._register.append(first, clock)
            if now is not None:
                self._put_off(due, now)
        self._register.write()
        for name, table in self._working.items():
            table.write(working[name])

    def end(self) -> None:
        """What is due after the last record."""
        while self._due:
            self._issue_next()
        self._register.write()
        rows.end(self._working.values())

    def _put_off(self, since, issue) -> None:
        heappush(self._due, (since, next(self._order), issue))

    def _issue_next(self) -> None:
        since, _order, issue = heappop(self._due)
        self._register.append(issue, since)
