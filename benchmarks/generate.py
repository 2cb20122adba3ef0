"""Fills a throwaway database with initiatives like real ones, the same on every run.

It writes through the ORM and not through the actions: these rows are nobody's data, and writing
them one by one with all checks would take longer than what is measured.
"""

import time
from collections import defaultdict
from collections.abc import Iterable
from random import Random

from django.db import transaction
from django.db.models import Model

from benchmarks.reference import Reference
from benchmarks.rows import rows
from benchmarks.story import Story
from initiatives.models import Citation, Initiative
from initiatives.publication import desk_rows

SEED = 2025
SECONDS_BETWEEN_LINES = 5
BATCH = 500  # initiatives that are in memory at a time, with some 30 rows each

# As many as a register of some years has, and what a large one has for each initiative.
_LISTS = {"organisations": (100, 0.2), "sources": (300, 0.05), "events": (150, 0.03)}


def fill(total: int, *, seed: int = SEED) -> None:
    """Add initiatives until there are `total`, and say how far it is.

    One in ten is a draft and one in fifty is withdrawn. In a database that `fill` has begun it goes
    on with the next number.
    """
    reference = _reference(total, seed=seed)
    told = Progress(Initiative.objects.count(), total)
    parents: list[int] = []
    for first in range(told.present + 1, total + 1, BATCH):
        last = min(first + BATCH - 1, total)
        numbers = range(first, last + 1)
        parents = _write_batch(
            [Story(number, seed=seed, reference=reference, parents=parents) for number in numbers]
        )
        told.reached(last)
    desk_rows.follow_all()


class Progress:
    """A line every few seconds and one at the end: how many there are and how fast it goes."""

    def __init__(self, present: int, total: int) -> None:
        self.present, self.total = present, total
        self.start = self.last_line = time.monotonic()

    def reached(self, number: int) -> None:
        now = time.monotonic()
        if number < self.total and now - self.last_line < SECONDS_BETWEEN_LINES:
            return
        self.last_line = now
        rate = (number - self.present) / (now - self.start)
        print(f"  {number:,} of {self.total:,} initiatives, {rate:,.0f} a second", flush=True)


def _reference(total: int, *, seed: int) -> Reference:
    """What `total` initiatives point to; what an earlier `fill` has written is kept."""
    sizes = {name: max(least, round(part * total)) for name, (least, part) in _LISTS.items()}
    with transaction.atomic():
        return Reference.written(Random(f"{seed} {total}"), **sizes)


@transaction.atomic
def _write_batch(stories: list[Story]) -> list[int]:
    """Write the stories; return the ids of those that later ones may be part of."""
    tables = _by_model(row for story in stories for row in rows(story))
    for model, of_model in tables.items():
        model.objects.bulk_create(of_model, batch_size=BATCH)
    return [story.initiative.pk for story in stories if story.initiative.parent_id is None]


def _by_model(all_rows: Iterable[Model]) -> dict[type[Model], list[Model]]:
    """The rows by model, what is cited before the citations; initiatives are the first to come."""
    tables = defaultdict(list)
    for row in all_rows:
        tables[type(row)].append(row)
    return dict(sorted(tables.items(), key=lambda table: table[0] is Citation))
