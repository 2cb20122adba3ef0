"""Rows that somebody chose by their numbers."""

from argparse import ArgumentTypeError
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
            ranges.append((int(first), int(last or first)))
        return cls(tuple(ranges))

    def __call__(self, number: int) -> bool:
        return any(first <= number <= last for first, last in self.ranges)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10
