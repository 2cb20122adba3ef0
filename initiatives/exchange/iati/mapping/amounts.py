"""Amounts and shares as files write them."""

import re
from decimal import Decimal

from babel.numbers import list_currencies
from django.utils.translation import gettext as _

from initiatives.exchange.iati.mapping.notes import Notes
from initiatives.fields.money import LIMIT, SCALE
from initiatives.notation import AMOUNT, PERCENT, Measure, NotRead, read_number

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)", re.ASCII)  # xsd:decimal, as IATI has it
_SHOWN = 40
_CENT = Decimal("0.01")
ALL = Decimal(100)


def amount_of(text: str, notes: Notes, place: str, *, currency: str) -> Decimal:
    """Raises ValueError, with the reason in words. What is finer than is kept is rounded, and
    told."""
    amount = _number(text, AMOUNT, notes, currency)
    if abs(amount) >= LIMIT:
        raise ValueError(_("“%(text)s” is too large an amount.") % {"text": text[:_SHOWN]})
    rounded = round(amount, SCALE)
    if rounded == amount:
        return amount
    notes.add(_("Rounded to thousandths:"), f"{text[:_SHOWN]} → {rounded:f} ({place})")
    return rounded


def _number(text: str, measure: Measure, notes: Notes, currency: str = "") -> Decimal:
    """The number of a file; one that is not written as IATI has it is read if it has one reading,
    and told. Raises ValueError, with the reason in words."""
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    try:
        found = read_number(text, measure, point=True)
    except NotRead as refusal:
        raise ValueError(refusal.message) from refusal
    if found.currencies and currency not in found.currencies:
        told = {"text": text[:_SHOWN], "code": currency[:10]}
        raise ValueError(_("“%(text)s” is another currency than %(code)s.") % told)
    number = found.value
    notes.add(_("Numbers that are written otherwise than IATI has it:"), f"{text} → {number:f}")
    return number


def check_currency(code: str) -> None:
    """Raises ValueError, with the reason in words."""
    if not code:
        raise ValueError(_("It has no currency, and the activity has none by default."))
    if code not in list_currencies():
        raise ValueError(_("“%(code)s” is no currency.") % {"code": code[:10]})


def percent_of(text: str, notes: Notes) -> Decimal | None:
    """A share of 100; None where the text is none, which is told."""
    try:
        percent = _number(text, PERCENT, notes)
    except ValueError as error:
        notes.add(_("Shares that are not read:"), str(error))
        return None
    return percent if 0 <= percent <= ALL else None


def in_hundredths(given: dict[str, Decimal], notes: Notes) -> dict[str, Decimal]:
    """The shares as they are kept. What rounding takes from 100 goes to the largest one; shares
    that give something else stay as they are."""
    rounded = {key: percent.quantize(_CENT) for key, percent in given.items()}
    lost = ALL - sum(rounded.values())
    if rounded and sum(given.values()) != sum(rounded.values()) and abs(lost) <= _CENT * len(given):
        largest = max(rounded, key=rounded.__getitem__)
        rounded[largest] += lost
    for key, percent in given.items():
        if percent != rounded[key]:
            notes.add(_("Shares rounded to hundredths:"), f"{key} {percent} → {rounded[key]}")
    return rounded
