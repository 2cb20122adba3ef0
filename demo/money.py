"""Amounts of the invented records: exact, about, up to, between two, and undisclosed."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from initiatives import actions
from initiatives.choices import AmountKind
from initiatives.models import Funding, Organisation

if TYPE_CHECKING:
    from demo.records import Entry


def plan_money(entry: "Entry") -> None:
    """Enter each amount on the day after its date, but not before the record."""
    for text in entry.row.get("money", ()):
        parts = [part.strip() for part in text.split(";")]
        day = max(int(parts[4]) + 1, entry.begun)
        entry.calendar.on(day, lambda parts=parts: _enter(entry, *parts))


def _enter(
    entry: "Entry", kind: str, provider: str, amount: str, currency: str, day: str, instrument: str
) -> None:
    row = Funding(
        initiative=entry.initiative,
        type=kind,
        provider=Organisation.objects.filter(slug=provider).first(),
        currency=currency,
        date=entry.calendar.date(day),
        instrument=instrument,
        **_amount(amount),
    )
    actions.save(row, by=entry.people["publisher"])
    actions.cite(row, entry.source(entry.begun), by=entry.people["publisher"], locator="P9")


def _amount(text: str) -> dict[str, Any]:
    """“?” is undisclosed, “~5” about 5, “<=5” up to 5, “2..3” between them."""
    if text == "?":
        return {"amount": None, "amount_kind": AmountKind.UNDISCLOSED}
    if text.startswith("~"):
        return {"amount": Decimal(text[1:]), "amount_kind": AmountKind.ABOUT}
    if text.startswith("<="):
        return {"amount": Decimal(text[2:]), "amount_kind": AmountKind.UP_TO}
    least, between, most = text.partition("..")
    if between:
        kind = AmountKind.RANGE
        return {"amount": Decimal(least), "amount_max": Decimal(most), "amount_kind": kind}
    return {"amount": Decimal(text), "amount_kind": AmountKind.EXACT}
