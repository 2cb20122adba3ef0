"""What stands around the digits of a number: its sign, its scale, a currency, per cent."""

import re
from dataclasses import dataclass

from initiatives.notation.currencies import currencies_of
from initiatives.notation.scales import scale_of

_PERCENT = re.compile(r"%|percent|per cent|процент(?:а|ов)?|foiz|фоиз|пайыз")


@dataclass(frozen=True)
class Units:
    """`power` is the power of ten by which the digits are multiplied."""

    negative: bool = False
    power: int = 0
    currencies: tuple[str, ...] = ()
    percent: bool = False


def units_of(before: str, after: str) -> Units | None:
    """What the texts before and after the digits say; None if anything of them is not known."""
    negative, before = _signed(before)
    leading = currencies_of(before)
    if before and not leading:
        return None
    power, after = _scaled(after.strip())
    if _PERCENT.fullmatch(after):
        return None if leading or power else Units(negative, percent=True)
    trailing = currencies_of(after)
    if (after and not trailing) or not _agree(leading, trailing):
        return None
    both = tuple(code for code in leading if code in trailing)
    return Units(negative, power, both or leading or trailing)


def _agree(leading: tuple[str, ...], trailing: tuple[str, ...]) -> bool:
    return not (leading and trailing) or not set(leading).isdisjoint(trailing)


def _signed(before: str) -> tuple[bool, str]:
    """A sign stands first (-$5) or at the digits ($-5)."""
    before = before.strip()
    for rest, sign in ((before[1:], before[:1]), (before[:-1], before[-1:])):
        if sign and sign in "+-":
            return sign == "-", rest.strip()
    return False, before


def _scaled(after: str) -> tuple[int, str]:
    """The scale stands first (млн сум) or last (USD mln); the other part is given back."""
    first = re.match(r"[^\W\d_]+\.?", after)
    if first and (power := scale_of(first[0])):
        return power, after[first.end() :].strip()
    rest, _space, last = after.rpartition(" ")
    if rest and (power := scale_of(last)):
        return power, rest.strip()
    return 0, after
