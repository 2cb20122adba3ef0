"""Batches of the large register, made in processes of their own where there are several."""

import gc
import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from benchmarks.large.chance import draws
from benchmarks.large.records import Batch, Made, Version
from benchmarks.large.reference import Reference
from benchmarks.large.register import Issue
from benchmarks.large.rows import Rows, WorkingRows
from benchmarks.large.stories import Story
from benchmarks.large.texts import Terms
from initiatives.choices import EditionCause, EditionKind

_AHEAD = 2  # batches for each process that wait to be written
_INITIATIVE, _PUBLICATION = EditionKind.INITIATIVE.value, EditionCause.PUBLICATION.value
_HOW = "fork"  # which takes along what is made already


class Task(NamedTuple):
    """A batch to be made: the number of its first record, and when each is published."""

    first: int
    clocks: list[datetime]


class Published(NamedTuple):
    """The first edition of a record and when it begins, and the second one when it is due, if it
    has one."""

    clock: datetime
    first: Issue
    due: datetime | None
    now: Issue | None


class Maker:
    def __init__(self, total: int, seed: int, reference: Reference, tales: list[Story]) -> None:
        self._total, self._seed, self._reference, self._tales = total, seed, reference, tales
        self._rows = WorkingRows(reference)
        # Terms of first editions, which are published in this order.
        self._known: set[str] = set()
        self._learned: set[Terms] = set()

    def made(self, task: Task) -> tuple[list[Published], Rows]:
        """The editions of a batch, and its working rows."""
        batch = Batch(
            draws(task.first, seed=self._seed),
            self._reference,
            self._tales,
            first=task.first,
            clocks=task.clocks,
            total=self._total,
        )
        records = list(batch.made())
        return [self._published(made) for made in records], self._rows.of(records)

    def _published(self, made: Made) -> Published:
        new, shared = set(made.first.own), made.first.shared
        if shared not in self._learned:
            self._learned.add(shared)
            new.update(shared.in_order)
        new -= self._known
        self._known |= new
        first = _issue(made.code, 1, made.first, _PUBLICATION, sorted(new))
        now = _issue(made.code, 2, made.now, made.cause) if made.due else None
        return Published(made.clock, first, made.due, now)


def _issue(code: str, number: int, version: Version, cause: str, new=None) -> Issue:
    body, digest, terms = version[:3]
    return Issue(_INITIATIVE, code, number, body, digest, cause, terms, new)


def processes_for(batches: int) -> int:
    """How many processes are worth starting; none where they cannot be forked."""
    can_fork = _HOW in multiprocessing.get_all_start_methods()
    return min(batches, os.cpu_count() or 1) if can_fork and batches > 1 else 0


@contextmanager
def making(maker: Maker, processes: int) -> Iterator:
    """What makes the batches of tasks, in their order, a few of them ahead."""
    if not processes:
        yield lambda tasks: map(maker.made, tasks)
        return
    context = multiprocessing.get_context(_HOW)
    with ProcessPoolExecutor(processes, context, _begin, (maker,)) as pool:
        yield lambda tasks: _in_order(pool, tasks, _AHEAD * processes)


def _in_order(pool: ProcessPoolExecutor, tasks: Iterable[Task], ahead: int) -> Iterator:
    waiting = deque()
    for task in tasks:
        waiting.append(pool.submit(_made, task))
        if len(waiting) > ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


_maker: list[Maker] = []  # of this process


def _begin(maker: Maker) -> None:
    gc.disable()  # nothing goes round in circles, and looking for it takes a third of the time
    _maker[:] = [maker]


def _made(task: Task) -> tuple[list[Published], Rows]:
    return _maker[0].made(task)
