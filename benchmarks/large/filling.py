"""Fills an empty database with a register of any size: working rows, editions and checks.

In the order in which a desk would have published them, by a clock that runs through twelve years.
Of the working rows there is what pages and peers ask for: records, who takes part, events and
money; milestones, histories, sources and changes are in the editions alone.
"""

from collections.abc import Callable
from datetime import timedelta
from heapq import heappop, heappush
from itertools import count

from django.db import transaction

from benchmarks.large.chance import SEED, draws
from benchmarks.large.records import PARTS, Batch, place_in_family
from benchmarks.large.reference import Reference
from benchmarks.large.register import Issue, Register
from benchmarks.large.rows import WorkingRows
from benchmarks.large.search import indexed_at_the_end
from benchmarks.large.stories import stories
from benchmarks.large.tables import hurried
from benchmarks.story import moment
from initiatives.choices import EditionCause, EditionKind

BATCH = 1_000  # records in memory at a time; whole families
_STEP = timedelta(seconds=1)  # between two publications of the same day
_EVENT, _INITIATIVE = EditionKind.EVENT.value, EditionKind.INITIATIVE.value
_PUBLISHED = EditionCause.PUBLICATION.value


def fill(
    total: int, *, seed: int = SEED, reached: Callable[[int], None] = lambda number: None
) -> None:
    """Write `total` public records; the database has the tables and nothing in them."""
    with hurried(), indexed_at_the_end():
        with transaction.atomic():
            filling = Filling(total, seed)
        for first in range(1, total + 1, BATCH):
            last = min(first + BATCH - 1, total)
            with transaction.atomic():
                filling.write(first, last)
            reached(last)
        with transaction.atomic():
            filling.end()


class Filling:
    def __init__(self, total: int, seed: int) -> None:
        self._total, self._seed = total, seed
        self._reference = Reference.written(total, seed=seed)
        self._tales = stories(total, self._reference, seed=seed)
        self._register, self._rows = Register(), WorkingRows(self._reference)
        self._order, self._due = count(), []
        self._clock = moment(self._tales[0].last_day)
        for event in self._reference.event_records:
            issue = Issue(_EVENT, event.slug, 1, event, _PUBLISHED)
            self._put_off(self._reference.begun[event.slug], issue)

    def write(self, first: int, last: int) -> None:
        batch = Batch(
            draws(first, seed=self._seed),
            self._reference,
            self._tales,
            first=first,
            rows=last - first + 1,
            total=self._total,
        )
        for number in range(first, last + 1):
            if place_in_family(number) not in PARTS:  # a family is published at once
                self._move(self._tales[batch.present(number)])
            self._publish(number, batch.made(number, self._clock))
        self._register.write()
        self._rows.write()

    def end(self) -> None:
        """What is due after the last record."""
        while self._due:
            self._issue_next()
        self._register.write()
        self._rows.end()

    def _move(self, story) -> None:
        clock = max(self._clock + _STEP, moment(story.last_day))
        while self._due and self._due[0][0] < clock:
            self._issue_next()
        self._clock = clock

    def _publish(self, number, made) -> None:
        code = made.now.record.code
        first = Issue(_INITIATIVE, code, 1, made.first.record, _PUBLISHED, made.first.pieces)
        self._register.append(first, self._clock)
        if made.due is not None:
            now = Issue(_INITIATIVE, code, 2, made.now.record, made.cause, made.now.pieces)
            self._put_off(made.due, now)
        self._rows.add(number, made)

    def _put_off(self, since, issue) -> None:
        heappush(self._due, (since, next(self._order), issue))

    def _issue_next(self) -> None:
        since, _order, issue = heappop(self._due)
        self._register.append(issue, since)
