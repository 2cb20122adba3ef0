"""Measuring in turn, with a limit for each, so that what is slow does not stop the run."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Timer

from django.db import DatabaseError, close_old_connections, connection

from benchmarks.large.statistics import in_milliseconds, median, percentile

Action = Callable[[], object]


class OverLimit(BaseException):
    """Not an Exception, so that no view takes it for an error of its own."""


@dataclass
class Measured:
    """Seconds of each run: by the clock, and of this process's processors."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    is_over_limit: bool = False

    def figures(self) -> dict[str, object]:
        """The figure so far where the limit was reached: then it is a lower bound."""
        return {
            "median_ms": in_milliseconds(median(self.wall)),
            "p95_ms": in_milliseconds(percentile(self.wall, 95)),
            "cpu_ms": in_milliseconds(median(self.cpu)),
            "runs": len(self.wall),
            "over_limit": self.is_over_limit,
        }


def in_turn(
    actions: dict[str, Action],
    *,
    rounds: int,
    limit: float,
    before: Callable[[], object] = lambda: None,
) -> dict[str, Measured]:
    """Run all, round after round, `before` each of them something that is not measured.

    In turn, because what else the machine does at a moment then slows all of them alike. The first
    round is not counted, except of what uses up `limit` seconds in it; what has used them up all
    in all is left out of further rounds.
    """
    found = {name: Measured() for name in actions}
    used = dict.fromkeys(actions, 0.0)
    for number in range(rounds + 1):
        for name, action in actions.items():
            if used[name] >= limit or found[name].is_over_limit:
                continue
            before()
            wall, cpu, is_over = timed(action, limit)
            used[name] += wall
            if number or is_over or used[name] >= limit:
                found[name].wall.append(wall)
                found[name].cpu.append(cpu)
                found[name].is_over_limit = is_over
    return found


def timed(action: Action, limit: float) -> tuple[float, float, bool]:
    """(seconds by the clock, of the processors, whether it was stopped at the limit)."""
    wall, cpu = time.perf_counter(), time.process_time()
    is_over = False
    try:
        with at_most(limit):
            close_old_connections()
            action()
    except OverLimit:
        is_over = True
    except DatabaseError:
        if time.perf_counter() - wall < limit:
            raise
        is_over = True
    took = time.perf_counter() - wall
    is_over = is_over or took >= limit  # where nothing could be stopped, as in a destructor
    if is_over:
        connection.close()
    return took, time.process_time() - cpu, is_over


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raises OverLimit in the block once the time is up; SQLite would let a signal wait."""

    def stop(number: int, frame: object) -> None:
        raise OverLimit

    held = connection if connection.vendor == "sqlite" else None
    timer = Timer(seconds, _interrupt, [held])
    timer.daemon = True
    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    timer.start()
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        timer.cancel()
        signal.signal(signal.SIGALRM, before)


def _interrupt(held) -> None:
    if held is not None and held.connection is not None:
        held.connection.interrupt()
