"""Rows that somebody chose by their numbers."""

from argparse import ArgumentTypeError
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Numbers:
    """Ranges of numbers, both ends included; called with a number it says whether that is one."""

    ranges: tuple[tuple[int, int], ...]

    @classmethod
    def parse(cls, text: str) -> "Numbers":
        """From `3,5-9`. Raises ArgumentTypeError for anything else."""
        ranges = []
        for part in text.split(","):
            first, sign, last = part.partition("-")
            if not (_is_number(first) and (_is_number(last) if sign else not last)):
                raise ArgumentTypeError(f"{part!r} is no row; write for example 3,5-9.")
            if not 0 < int(first) <= int(last or first):
                raise ArgumentTypeError(f"{part!r} has no row; write for example 3,5-9.")
            ranges.append((int(first), int(last or first)))
        return cls(tuple(ranges))

    def missing(self, numbers: Iterable[int]) -> str:
        """The ranges in which none of `numbers` lies, as they are written; empty without one."""
        left = list(self.ranges)
        for number in numbers:
            left = [(first, last) for first, last in left if not first <= number <= last]
        return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in left)

    def __call__(self, number: int) -> bool:
        return any(first <= number <= last for first, last in self.ranges)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10
