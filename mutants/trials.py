"""Running the tests of a module with mutants of it, in a copy of the tree.

The tree itself is only read, so whatever happens to a run leaves it as it was.
"""

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mutants import examples, forking, jobs

_LEFT_OUT = shutil.ignore_patterns(
    *(".git", ".venv", ".env", "staticfiles", "media", "results"),
    *("*.sqlite3", "*.sqlite3-*", ".ruff_cache", ".mypy_cache", ".hypothesis"),
)
_PYTEST = (
    *("-m", "pytest", "--quiet", "--exitfirst", "--no-header", "--numprocesses=0"),
    *("-p", "no:schemathesis"),  # its import takes as long as a whole module of tests
    *("-p", examples.__name__),
)
_SAME_INPUTS = "--hypothesis-seed=1"  # so that the same mutant meets the same tests again
# A mutant may run in circles. A process of its own has to start, too, on a machine that is busy.
_LONGER, _SECONDS_MORE, _START = 5, 10, 300
_PASSED, _NO_TESTS = 0, 5  # exit statuses of pytest


class BaselineFails(Exception):
    """The tests of a module do not pass on the module as it is."""


class Tree:
    """A copy of the tree `root` in the directory `place`, which is made."""

    def __init__(self, root: Path, place: Path) -> None:
        self.root = shutil.copytree(root, place.resolve(), ignore=_LEFT_OUT, symlinks=True)

    def results(self, others: list[tuple[str, str]], tests: Iterable[str]) -> Iterator[str]:
        """What becomes of each of `others`, modules with another source, in words of `jobs`.

        Before them comes how many seconds the tests take. Raises BaselineFails with the name of
        a test that fails as things are.
        """
        results = self.root.parent / "results"
        results.write_text("")
        files = [(str(self.root / module), other) for module, other in others]
        job = {"others": files, "results": str(results)}
        job |= {"longer": _LONGER, "more": _SECONDS_MORE}
        file = self.root.parent / "job.json"
        file.write_text(json.dumps(job))
        with self._pytest("-p", forking.__name__, *tests, **{jobs.JOB: str(file)}) as running:
            known = 0
            while known <= len(others):
                has_ended = running.poll() is not None
                lines = results.read_text().splitlines()
                for line in lines[known:]:
                    if line.startswith(jobs.TESTS_FAIL):
                        raise BaselineFails(line)
                    yield line
                if has_ended and len(lines) == known:
                    raise BaselineFails(running.communicate()[0])
                known = len(lines)
                time.sleep(0.05)

    def survives(self, module: str, other: str, tests: Iterable[str], *, took: float) -> bool:
        """Whether all tests, which take so many seconds else, pass with `other` as the source of
        the module, in a process of their own."""
        file = self.root / module
        source = file.read_text()
        try:
            _write(file, other)
            with self._pytest(*tests, PYTHONDONTWRITEBYTECODE="1") as running:
                running.communicate(timeout=_LONGER * took + _SECONDS_MORE + _START)
                return running.returncode in (_PASSED, _NO_TESTS)
        except subprocess.TimeoutExpired:
            return False
        finally:
            _write(file, source)

    @contextmanager
    def _pytest(self, *options: str, **environment: str) -> Iterator[subprocess.Popen]:
        """A process that ends, with all that it has started, when nobody waits for it any more."""
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        running = subprocess.Popen(
            [sys.executable, *_PYTEST, _SAME_INPUTS, *options],
            cwd=self.root,
            env=kept | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            yield running
        finally:
            if running.poll() is None:
                os.killpg(running.pid, signal.SIGKILL)
            running.communicate()


def _write(file: Path, source: str) -> None:
    """Compiled code is told from its source by seconds and length: another mutant may have both."""
    Path(importlib.util.cache_from_source(str(file))).unlink(missing_ok=True)
    file.write_text(source)
