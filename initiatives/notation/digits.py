"""Digits with their separators."""

import re
from collections.abc import Iterator
from decimal import Decimal

_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([ '.,])\d{3})(?:\1\d{3})*", re.ASCII)
_DIGITS = re.compile(r"\d+", re.ASCII)


def readings(body: str, *, point: bool = False) -> list[Decimal]:
    """The numbers that `body` may mean: none, one, or two.

    Separators of thousands part groups of three; spaces and apostrophes are nothing else, point
    and comma may also be the decimal sign. Both together, a group of another length, or a second
    separator of the same kind leave one reading. `point` says that whoever wrote it writes a
    decimal point, as machine formats do.
    """
    if point and (number := _number(body, ".")) is not None:
        return [number]
    return list(dict.fromkeys(_possible(body)))


def _possible(body: str) -> Iterator[Decimal]:
    whole = _whole(body)
    if whole is not None:
        yield Decimal(whole)
    for sign in ".,":
        if (number := _number(body, sign)) is not None:
            yield number


def _number(body: str, sign: str) -> Decimal | None:
    """`body` with `sign` as the decimal sign."""
    if body.count(sign) != 1:
        return None
    before, _sign, after = body.partition(sign)
    whole = _whole(before) if before else "0"
    if whole is None or not _DIGITS.fullmatch(after):
        return None
    return Decimal(f"{whole}.{after}")


def _whole(text: str) -> str | None:
    """The digits of a whole number, in groups of three or not in groups."""
    if _DIGITS.fullmatch(text):
        return text
    if found := _GROUPED.fullmatch(text):
        return text.replace(found[1], "")
    return None
