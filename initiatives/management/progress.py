"""How far a long run is and how fast it goes, on one line of a terminal."""

import time
from types import TracebackType
from typing import Any

SECONDS_BETWEEN = 0.5


class ProgressLine:
    """Writes to `stream` only if it is a terminal, and nothing for what takes no time."""

    def __init__(self, stream: Any, what: str) -> None:
        self._stream, self._what = stream, what
        self._is_shown = bool(getattr(stream, "isatty", lambda: False)())
        self._begun = self._last = time.monotonic()
        self._number = 0
        self._has_written = False

    def __enter__(self) -> "ProgressLine":
        return self

    def __exit__(
        self, kind: type | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._has_written:
            self._write("\n")

    def more(self, number: int) -> None:
        self.reached(self._number + number)

    def reached(self, number: int) -> None:
        self._number, now = number, time.monotonic()
        if self._is_shown and now - self._last >= SECONDS_BETWEEN:
            self._last = now
            rate = number / (now - self._begun)
            self._write(f"\r{number:,} rows {self._what}, {rate:,.0f} a second")

    def _write(self, text: str) -> None:
        self._has_written = True
        self._stream.write(text, ending="")
        self._stream.flush()
