"""A plugin of pytest: the tests pass once, and then run with each mutant in a fork of the process.

A fork has imported everything, and has the database of the tests. It knows what the tests before
have kept, too: so what survives here is tried again in a process of its own, see `trials`.
"""

import json
import os
import signal
import time
import traceback
import warnings
from collections import Counter
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

from mutants.code_objects import NotInFunctions, exchange

JOB = "MUTANTS_JOB"  # names a file in the environment: what to do, see `Job`
KILLED, SURVIVES, TOO_LONG, TO_BE_IMPORTED, TESTS_FAIL = (
    *("killed", "survives", "too long", "to be imported", "the tests fail"),
)
_STATUS = {0: SURVIVES, 1: KILLED, 3: TO_BE_IMPORTED}


class Job:
    """`others` are the sources of the mutants of the module in `file`. To the file `results` a line
    is written for the tests without a mutant, and one for each mutant as soon as it is known."""

    def __init__(self, path: str) -> None:
        job = json.loads(Path(path).read_text())
        self.file, self.others, self.longer, self.more = (
            job[name] for name in ("file", "others", "longer", "more")
        )
        self.source = Path(self.file).read_text()
        self.results, self.failed = Path(job["results"]), Path(f"{path}.failed")

    def tell(self, result: str) -> None:
        with self.results.open("a") as results:
            results.write(f"{result}\n")


def pytest_configure() -> None:
    """To look for the smallest input that fails takes long, and nobody reads it."""
    from hypothesis import Phase, settings

    settings.register_profile("mutants", phases=[Phase.explicit, Phase.generate], database=None)
    settings.load_profile("mutants")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session) -> bool:
    job, items = Job(os.environ[JOB]), list(session.items)
    begun = time.monotonic()
    failed = "they cannot be collected" if session.testsfailed else _first_failure(items)
    took = time.monotonic() - begun
    job.tell(f"{TESTS_FAIL}: {failed}" if failed else f"{took:.1f}")
    if failed:
        return True
    killers: Counter[str] = Counter()  # what failed often comes first
    for other in job.others:
        items.sort(key=lambda item: -killers[item.nodeid])
        job.tell(_in_a_fork(job, items, other, limit=int(job.longer * took + job.more)))
        if job.failed.exists():
            killers[job.failed.read_text()] += 1
            job.failed.unlink()
    return True


def _in_a_fork(job: Job, items: list, other: str, *, limit: int) -> str:
    _close_databases()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of threads that a fork does not have
        pid = os.fork()
    if pid == 0:
        _end_after(limit)
        try:
            status = _tried(job, items, other)
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


def _tried(job: Job, items: list, other: str) -> int:
    """The exit status of the fork, which must not go on as the process that it was."""
    try:
        exchange(job.source, other, job.file)
    except NotInFunctions:
        return 3
    try:
        failed = _first_failure(items)
        job.failed.write_text(failed)
    except BaseException:
        return 1
    return 1 if failed else 0


def _first_failure(items: list) -> str:
    """The name of the first test that fails, or ""; what belongs to all tests stays set up."""
    items[0].session._setupstate.teardown_exact(items[0])  # what others have set up
    for place, item in enumerate(items):
        item._initrequest()
        following = items[(place + 1) % len(items)]
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
