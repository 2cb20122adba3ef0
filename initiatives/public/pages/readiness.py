"""Whether this process can answer the public, found out in a bounded time.

A server that is silent holds whoever asks it, so a thread of its own does, one at a time, and who
watches the process waits for it no longer than `SECONDS`.
"""

import logging
from dataclasses import dataclass
from threading import Lock, Thread

from django.db import Error, connection, connections
from django.db.migrations.executor import MigrationExecutor

from initiatives.editions.index import index

SECONDS = 1.8
_NO_ANSWER = "the database does not answer"
_NOT_BUILT = "the index of the register is not built yet"
_CANNOT_BUILD = "the index of the register cannot be built"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Readiness:
    """The position of the register that is known here, or the reason why none is."""

    position: int = 0
    reason: str = ""


class _Check(Thread):
    def __init__(self) -> None:
        super().__init__(name="readiness", daemon=True)
        self.found, self.waits_for = Readiness(), _NO_ANSWER

    def run(self) -> None:
        try:
            self.found = self._look()
        except Error:
            self.found = Readiness(reason=_NO_ANSWER)
        except Exception:
            _log.exception("The index of the register cannot be built")
            self.found = Readiness(reason=_CANNOT_BUILD)
        finally:
            connections.close_all()

    def _look(self) -> Readiness:
        if waiting := _unapplied_migrations():
            return Readiness(reason=f"migrations are not applied: {waiting}")
        self.waits_for = _NOT_BUILT
        position = index.catch_up()
        if damaged := index.damaged():
            place, *others = sorted(damaged)
            more = f", and {len(others)} more" if others else ""
            return Readiness(reason=f"the body at position {place} {damaged[place]}{more}")
        return Readiness(position)


_lock = Lock()
_last: _Check | None = None


def readiness() -> Readiness:
    global _last
    with _lock:
        if _last is None or not _last.is_alive():
            _last = _Check()
            _last.start()
        check = _last
    check.join(SECONDS)
    return Readiness(reason=check.waits_for) if check.is_alive() else check.found


def _unapplied_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
