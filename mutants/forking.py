"""A plugin of pytest: the tests pass once, and then run with each mutant in a fork of the process.

A fork has imported everything, and has the database of the tests. It knows what the tests before
have kept, too: so what survives here is tried again in a process of its own, see `trials`.
"""

import os
import signal
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from types import FunctionType
from typing import NamedTuple

import pytest
from _pytest.runner import runtestprotocol

from mutants.code_objects import NotInFunctions, differences, exchange, functions_in
from mutants.jobs import JOB, KILLED, SURVIVES, TESTS_FAIL, TO_BE_IMPORTED, TOO_LONG, Job
from mutants.reached import Reached, unwatched

_STATUS = {0: SURVIVES, 1: KILLED, 3: TO_BE_IMPORTED}


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> Iterator[None]:
    """What is set up for all tests is there before any fork, so no mutant runs in it."""
    with unwatched() if fixturedef.scope == "session" else nullcontext():
        return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    job, items = Job(os.environ[JOB]), list(session.items)
    begun, reached = time.monotonic(), Reached(job.sources)
    failed = "they cannot be collected" if session.testsfailed else _first_failure(items, reached)
    took = time.monotonic() - begun
    job.tell(f"{TESTS_FAIL}: {failed}" if failed else f"{took:.1f}")
    if failed:
        return True
    warm = _Warm(job, functions_in(job.sources), int(job.longer * took + job.more))
    killers: Counter[str] = Counter()  # what failed often comes first
    for file, other in job.others:
        items.sort(key=lambda item: -killers[item.nodeid])
        job.tell(_result(warm, items, reached, file, other))
        if job.failed.exists():
            killers[job.failed.read_text()] += 1
            job.failed.unlink()
    return True


class _Warm(NamedTuple):
    """A process that has imported all, which a fork may work for `limit` seconds."""

    job: Job
    functions: list[FunctionType]
    limit: int


def _result(warm: _Warm, items: list, reached: Reached, file: str, other: str) -> str:
    try:
        pairs = differences(warm.job.sources[file], other, file)
    except NotInFunctions:
        return TO_BE_IMPORTED
    tests = reached.tests_of(before for before, _after in pairs)
    items = [item for item in items if item.nodeid in tests]
    return _in_a_fork(warm, items, pairs) if items else SURVIVES


def _in_a_fork(warm: _Warm, items: list, pairs: list) -> str:
    _close_databases()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of threads that a fork does not have
        pid = os.fork()
    if pid == 0:
        _end_after(warm.limit)
        try:
            status = _tried(warm, items, pairs)
        except BaseException:
            traceback.print_exc()
            status = 3
        os._exit(status)
    _pid, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        return TOO_LONG
    return _STATUS.get(os.WEXITSTATUS(status), KILLED)


def _end_after(seconds: int) -> None:
    """Of work; of waiting much later, since a machine that is busy lets it wait as well."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.alarm(10 * seconds + 300)


def _tried(warm: _Warm, items: list, pairs: list) -> int:
    """The exit status of the fork, which must not go on as the process that it was."""
    try:
        exchange(pairs, warm.functions)
    except NotInFunctions:
        return 3
    try:
        failed = _first_failure(items)
        warm.job.failed.write_text(failed)
    except BaseException:
        return 1
    return 1 if failed else 0


def _first_failure(items: list, reached: Reached | None = None) -> str:
    """The name of the first test that fails, or ""; what belongs to all tests stays set up."""
    items[0].session._setupstate.teardown_exact(items[0])  # what others have set up
    for place, item in enumerate(items):
        item._initrequest()
        following = items[(place + 1) % len(items)]
        with reached.by(item.nodeid) if reached else nullcontext():
            reports = runtestprotocol(item, log=False, nextitem=following)
        if any(report.failed for report in reports):
            return item.nodeid
    return ""


def _close_databases() -> None:
    """A connection is not to be used by two processes."""
    from django.conf import settings
    from django.db import connections

    if settings.configured:
        connections.close_all()
