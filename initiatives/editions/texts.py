"""How values of the models stand in public records, where they have no type of their own."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from initiatives.editions.chain import instant
from initiatives.partial_dates import PartialDate

_IN_TEXT: dict[type, Callable[[Any], str]] = {
    datetime: instant,
    date: date.isoformat,
    time: time.isoformat,
    PartialDate: str,
    Decimal: str,
    UUID: str,
}


def stored(value: Any) -> Any:
    """The text of a date, an instant, an amount or a UUID; what else there is, as it is."""
    in_text = _IN_TEXT.get(type(value))
    return value if in_text is None else in_text(value)
