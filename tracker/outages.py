"""What to do while a server that we can go without does not answer: leave it alone for a while.

Nobody waits for it again and again, and the log has one line for its going and one for its return.
"""

import logging
from threading import Lock
from time import monotonic

RETRY_SECONDS = 5
_log = logging.getLogger(__name__)


class Outage:
    """Of one server, for all threads of a process; `without` says what is done without it, and
    `to` what it cannot be."""

    def __init__(
        self, server: str, without: str, *, level: int = logging.WARNING, to: str = "used"
    ) -> None:
        self._server, self._without, self._level, self._to = server, without, level, to
        self._waits = to == "used"  # what cannot be written is tried each time
        self._lock, self.lasts, self._until = Lock(), False, 0.0

    def may_ask(self) -> bool:
        """Whether to ask the server. While it was last away, one asks every `RETRY_SECONDS`."""
        if not self.lasts:
            return True
        with self._lock:
            if monotonic() < self._until:
                return False
            self._until = monotonic() + RETRY_SECONDS
            return True

    def begin(self, error: Exception) -> None:
        with self._lock:
            self._until, first = monotonic() + RETRY_SECONDS, not self.lasts
            self.lasts = True
        if first:
            reason = " ".join(str(error).split()) or type(error).__name__
            again = f"; it is asked again every {RETRY_SECONDS} seconds" if self._waits else ""
            _log.log(
                self._level, "%s cannot be %s: %s. %s%s.",
                self._server, self._to, reason, self._without, again,
            )  # fmt: skip

    def end(self) -> None:
        if self.lasts:
            with self._lock:
                ended, self.lasts = self.lasts, False
            if ended:
                _log.warning("%s can be %s again.", self._server, self._to)
