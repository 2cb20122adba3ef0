"""Each transaction as one line of money."""

from babel.numbers import list_currencies
from django.utils.translation import gettext as _

from initiatives.choices import AmountKind, FundingType, Instrument
from initiatives.exchange.cells import join
from initiatives.exchange.iati.mapping.participants import Participants
from initiatives.exchange.iati.mapping.words import MAIN, ours_or_any
from initiatives.exchange.iati.reading import Activity, Side, Transaction
from initiatives.notation import AMOUNT, Number, exact_text, read_number

_TYPES = {
    "1": FundingType.DISBURSEMENT,  # incoming funds
    "2": FundingType.COMMITMENT,
    "3": FundingType.DISBURSEMENT,
    "4": FundingType.EXPENDITURE,
    "5": FundingType.REPAYMENT,  # interest
    "6": FundingType.REPAYMENT,
    "7": FundingType.DISBURSEMENT,  # reimbursement
    "8": FundingType.DISBURSEMENT,  # purchase of equity
    "9": FundingType.REPAYMENT,  # sale of equity
    "10": FundingType.COMMITMENT,  # credit guarantee
    "11": FundingType.COMMITMENT,
    "12": FundingType.PLEDGE,
    "13": FundingType.PLEDGE,
}
# Several types of IATI become one of ours; their names stand in the note.
_FOLDED = {
    "1": "Incoming Funds",
    "5": "Interest Payment",
    "7": "Reimbursement",
    "9": "Sale of Equity",
    "11": "Incoming Commitment",
    "13": "Incoming Pledge",
}
_INCOMING = {"1", "11", "13"}
_BY_TYPE = {"8": Instrument.EQUITY, "9": Instrument.EQUITY, "10": Instrument.GUARANTEE}
_BY_FINANCE = {"110": Instrument.GRANT, "1100": Instrument.GUARANTEE} | {
    code: instrument
    for instrument, listed in {
        Instrument.LOAN: "410 411 412 413 414 421 431",
        Instrument.EQUITY: "432 510 511 512 520",
    }.items()
    for code in listed.split()
}
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
)


def cells(activity: Activity, find: Participants, notes: list) -> tuple[dict[str, str], list]:
    """The cells, and the note of each line by language; what is left out is added to `notes`."""
    lines, told = [], []
    for place, transaction in enumerate(activity.transactions, start=1):
        try:
            line = _line(activity, transaction, find)
        except ValueError as error:
            notes.append(_("Transaction %(place)s is left out: ") % {"place": place} + str(error))
        else:
            lines.append(line)
            told.append(_note(transaction))
            if note := _amount(transaction).note:
                notes.append(_("Transaction %(place)s: ") % {"place": place} + note)
    columns = zip(*lines, strict=True) if lines else [()] * len(COLUMNS)
    return dict(zip(COLUMNS, map(join, columns), strict=True)), told


def _note(one: Transaction) -> dict[str, str]:
    """Its description, after the name of its type where that says more than ours does."""
    texts = ours_or_any(one.description)
    if one.type not in _FOLDED:
        return texts
    name = f"IATI {one.type}, {_FOLDED[one.type]}"
    return {code: f"{name}. {text}" for code, text in texts.items()} or {MAIN: f"{name}."}


def _line(activity: Activity, one: Transaction, find: Participants) -> tuple[str, ...]:
    """Raises ValueError, with the reason in words, for what is no line of money."""
    kind = _TYPES.get(one.type)
    if kind is None:
        raise ValueError(_("“%(code)s” is no type of transaction.") % {"code": one.type[:20]})
    number = _amount(one)
    amount = number.value
    if one.currency not in list_currencies():
        raise ValueError(_("“%(code)s” is no currency.") % {"code": one.currency[:10]})
    if kind is FundingType.COMMITMENT and amount < 0:
        kind, amount = FundingType.CANCELLATION, -amount
    day = one.day or one.value_day
    provider, receiver = _sides(activity, one)
    return (
        kind.value,
        AmountKind.EXACT.value,
        exact_text(amount),
        "",
        one.currency,
        str(day) if day else "",
        (_BY_TYPE.get(one.type) or _BY_FINANCE.get(one.finance_type, Instrument.UNKNOWN)).value,
        find.organisation(provider) or "",
        find.state(provider) or "",
        find.organisation(receiver) or "",
    )


def _sides(activity: Activity, one: Transaction) -> tuple[Side | None, Side | None]:
    """The standard: a side that is not named is the one that reports, if it acts itself."""
    if activity.is_secondary:
        return one.provider, one.receiver
    if one.type in _INCOMING:
        return one.provider, one.receiver or activity.reporting
    return one.provider or activity.reporting, one.receiver


def _amount(one: Transaction) -> Number:
    """NotRead, which is a ValueError, says what is wrong; a currency beside the digits counts."""
    amount = read_number(one.amount, AMOUNT, point=True)
    if amount.currencies and one.currency not in amount.currencies:
        told = {"text": one.amount[:40], "code": one.currency[:10]}
        raise ValueError(_("“%(text)s” is another currency than %(code)s.") % told)
    return amount
