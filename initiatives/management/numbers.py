"""Numbers that are given to a command."""

from argparse import ArgumentTypeError
from collections.abc import Callable

_MOST = 100_000  # of days and seconds alike; more days than that leave the calendar


def number(kind: type[int] | type[float], *, least: int = 0) -> Callable[[str], int | float]:
    """A type of argparse: a number of this kind, not below `least`."""

    def read(text: str) -> int | float:
        try:
            value = kind(text)
        except ValueError:
            value = least - 1
        if not least <= value <= _MOST:
            raise ArgumentTypeError(f"{text!r} is no number from {least} to {_MOST}.")
        return value

    return read
