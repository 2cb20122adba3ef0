"""What the cells of the spreadsheet for reading may hold, made of what a public record says.

A text is `str`, a number `int`, a date `PartialDate`; nothing is None.
"""

from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import get_language

from initiatives.choices import IN_LANGUAGE
from initiatives.editions.facts import local_day
from initiatives.editions.record import Text
from initiatives.editions.spoken import text_and_language
from initiatives.partial_dates import PartialDate


class Amount(NamedTuple):
    number: Decimal
    currency: str


class LinkCell(NamedTuple):
    text: str
    address: str


Cell = str | int | PartialDate | Amount | LinkCell | None


def said(text: Text) -> str:
    """In the reader's language, else in the first other, which is named behind it as on pages."""
    words, language = text_and_language(text)
    return words if language in ("", get_language()) else f"{words} ({IN_LANGUAGE[language]})"


def day_of(instant: str) -> PartialDate:
    """The day of the site on which an instant of the register lies."""
    return PartialDate(local_day(instant))


def amount(number: str | None, currency: str) -> Amount | None:
    return None if number is None else Amount(Decimal(number), currency)
