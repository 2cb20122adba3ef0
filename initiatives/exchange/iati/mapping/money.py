"""Each transaction as one line of money."""

from django.utils.translation import gettext as _

from initiatives.choices import AmountKind, FundingType
from initiatives.exchange.cells import join
from initiatives.exchange.iati.mapping.amounts import amount_of, check_currency
from initiatives.exchange.iati.mapping.notes import Notes
from initiatives.exchange.iati.mapping.participants import Participants
from initiatives.exchange.iati.mapping.words import ours_or_any
from initiatives.exchange.iati.reading import Activity, Side, Transaction
from initiatives.exchange.iati.transactions import (
    INCOMING,
    NAMES,
    TYPES,
    instrument_of,
    is_told_by_type,
)
from initiatives.fields.money import plain
from initiatives.models import Funding
from initiatives.notation import exact_text

COLUMNS = (
    "funding_types",
    "funding_amount_kinds",
    "funding_amounts",
    "funding_amounts_max",
    "funding_currencies",
    "funding_dates",
    "funding_instruments",
    "funding_providers",
    "funding_provider_countries",
    "funding_receivers",
    "funding_references",
    "funding_value_dates",
    "funding_transaction_types",
    "funding_finance_types",
)
_LONGEST_REFERENCE = Funding._meta.get_field("reference").max_length or 0
_LONGEST_FINANCE_TYPE = Funding._meta.get_field("finance_type").max_length or 0


def cells(
    activity: Activity, find: Participants, notes: Notes
) -> tuple[dict[str, str], list[dict[str, str]]]:
    """The cells, and the note of each line by language. What is no line is left and told."""
    lines, told = [], []
    for place, transaction in enumerate(activity.transactions, start=1):
        try:
            line = _line(activity, transaction, find, notes, _place(place, transaction))
        except ValueError as error:
            transaction.leave()
            notes.add(_("Transaction %(place)s is left out: ") % {"place": place} + str(error))
        else:
            lines.append(line)
            told.append(ours_or_any(transaction.description))
    columns = zip(*lines, strict=True) if lines else [()] * len(COLUMNS)
    return dict(zip(COLUMNS, map(join, columns), strict=True)), told


def _place(place: int, one: Transaction) -> str:
    return one.ref[:60] or _("transaction %d") % place


def _line(
    activity: Activity, one: Transaction, find: Participants, notes: Notes, place: str
) -> tuple[str, ...]:
    """Raises ValueError, with the reason in words, for what is no line of money."""
    kind = TYPES.get(one.type)
    if kind is None:
        raise ValueError(_("“%(code)s” is no type of transaction.") % {"code": one.type[:20]})
    amount = amount_of(one.amount, notes, place, currency=one.currency)
    check_currency(one.currency)
    if kind is FundingType.COMMITMENT and amount < 0:
        kind, amount = FundingType.CANCELLATION, -amount
        notes.add(_("Commitments below zero, entered as cancellations:"), place)
    provider, receiver = _sides(activity, one, notes)
    return (
        kind.value,
        AmountKind.EXACT.value,
        exact_text(plain(amount)),
        "",
        one.currency,
        _day(one, notes, place),
        instrument_of(one.type, one.finance_type).value,
        *_provider(find, provider),
        find.organisation(receiver) or "",
        _reference(one),
        str(one.value_day) if one.value_day else "",
        _type(one, notes),
        one.finance_type if len(one.finance_type) <= _LONGEST_FINANCE_TYPE else "",
    )


def _day(one: Transaction, notes: Notes, place: str) -> str:
    if one.day is None and one.value_day is not None:
        notes.add(_("Transactions without a day, entered on the day of their value:"), place)
    elif one.day is None:
        notes.add(_("Transactions without a day:"), place)
    elif one.value_day is None:
        notes.add(_("Transactions without a day of their value:"), place)
    day = one.day or one.value_day
    return str(day) if day else ""


def _type(one: Transaction, notes: Notes) -> str:
    """The code, where several types of IATI become one of ours."""
    if is_told_by_type(one.type):
        return ""
    told = f"{one.type} {NAMES[one.type]} → {TYPES[one.type].label}"
    notes.add(_("Types of transactions that are kept beside a wider one:"), told)
    return one.type


def _reference(one: Transaction) -> str:
    if len(one.ref) <= _LONGEST_REFERENCE:
        return one.ref
    one.leave_ref()
    return ""


def _provider(find: Participants, side: Side | None) -> tuple[str, str]:
    """An organisation, or the country whose government it is."""
    country = find.state(side)
    return ("", country) if country else (find.organisation(side) or "", "")


def _sides(activity: Activity, one: Transaction, notes: Notes) -> tuple[Side | None, Side | None]:
    """The standard: a side that is not named is the one that reports, if it acts itself."""
    provider, receiver = one.provider, one.receiver
    if activity.is_secondary:
        return provider, receiver
    if one.type in INCOMING and receiver is None:
        receiver = activity.reporting
    elif one.type not in INCOMING and provider is None:
        provider = activity.reporting
    if (provider, receiver) != (one.provider, one.receiver):
        told = _("Transactions that do not name their side, which is the publisher then:")
        notes.add(told, activity.reporting.ref)
    return provider, receiver
