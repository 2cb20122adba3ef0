"""How far a long filling is: a bar on a terminal, a line now and then elsewhere."""

import sys
import time
from typing import TextIO

_WIDTH = 30
_SECONDS_ON_A_TERMINAL, _SECONDS_IN_A_LOG = 0.2, 10


class Bar:
    def __init__(self, total: int, what: str, *, stream: TextIO | None = None) -> None:
        self._total, self._what, self._stream = total, what, stream or sys.stdout
        self._is_terminal = self._stream.isatty()
        self._begun = self._last = time.monotonic()

    def reached(self, number: int) -> None:
        now, is_last = time.monotonic(), number >= self._total
        pause = _SECONDS_ON_A_TERMINAL if self._is_terminal else _SECONDS_IN_A_LOG
        if is_last or now - self._last >= pause:
            self._last = now
            self._write(self.line(number, now - self._begun), is_last=is_last)

    def line(self, number: int, seconds: float) -> str:
        """`seconds` is how long it took to reach the `number`."""
        share = number / self._total if self._total else 1.0
        full = int(share * _WIDTH)
        rate = number / max(seconds, 1e-9)
        left = (self._total - number) / max(rate, 1e-9)
        return (
            f"  [{'#' * full}{'.' * (_WIDTH - full)}] {number:,} of {self._total:,} {self._what}, "
            f"{rate:,.0f} a second, {left:,.0f} s left"
        )

    def _write(self, line: str, *, is_last: bool) -> None:
        before = "\r" if self._is_terminal else ""
        after = "" if self._is_terminal and not is_last else "\n"
        self._stream.write(before + line + after)
        self._stream.flush()
