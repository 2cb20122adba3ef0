"""Lines of money, told apart by their numbers."""

from django.utils.translation import gettext as _

from initiatives.choices import AmountKind, Instrument, Language
from initiatives.exchange.planning.wish import Wish, as_text
from initiatives.models import Funding
from initiatives.models.texts import text_of

FIELDS = {  # columns → fields of a line
    "funding_types": "type",
    "funding_amount_kinds": "amount_kind",
    "funding_amounts": "amount",
    "funding_amounts_max": "amount_max",
    "funding_currencies": "currency",
    "funding_dates": "date",
    "funding_instruments": "instrument",
    "funding_providers": "provider",
    "funding_provider_countries": "provider_country",
    "funding_receivers": "receiver",
    "funding_references": "reference",
    "funding_value_dates": "value_date",
    "funding_transaction_types": "transaction_type",
    "funding_finance_types": "finance_type",
    **{f"funding_notes_{language}": f"note_{language}" for language in Language.values},
}
COLUMNS = ("funding_numbers", *FIELDS)
# An empty value of these is not nothing, but what the field has by default.
_DEFAULTS = {"amount_kind": AmountKind.EXACT.value, "instrument": Instrument.UNKNOWN.value}
_LISTS = {
    "funding_providers": "organisations",
    "funding_provider_countries": "countries",
    "funding_receivers": "organisations",
}
_LAST_NUMBER = 2_147_483_647  # SQLite would take more, and PostgreSQL would not
_SAID = {
    rule.name: getattr(rule, "violation_error_message", "") for rule in Funding._meta.constraints
}


def plan_money(wish: Wish) -> None:
    if not wish.cells.any_changed(COLUMNS):
        return
    rows = {} if wish.stored is None else {row.number: row for row in wish.stored.funding.all()}
    lines = _lines(wish, rows)
    for number, row in rows.items():
        if number not in lines:
            wish.remove(row)
    for number, line in lines.items():
        _edit(wish, number, rows.get(number), line)


def _lines(wish: Wish, rows: dict) -> dict[int, dict]:
    """Number → the values that the file gives to the line."""
    columns = {name: wish.cells.value(name) for name in FIELDS if name in wish.cells}
    numbers = _numbers(wish, rows, max(map(len, columns.values()), default=0))
    for name, values in columns.items():
        if len(values) not in (0, len(numbers)):
            told = {"lines": len(numbers), "values": len(values)}
            message = _("%(values)s values stand here for %(lines)s lines of money.")
            wish.cells.refuse(name, message % told)
        columns[name] = values or [None] * len(numbers)
    return {
        number: {FIELDS[name]: values[place] for name, values in columns.items()}
        for place, number in enumerate(numbers)
    }


def _numbers(wish: Wish, rows: dict, most: int) -> list[int]:
    if "funding_numbers" in wish.cells and (wish.cells.texts["funding_numbers"] or not most):
        numbers = wish.cells.value("funding_numbers")
        if None in numbers or len(set(numbers)) < len(numbers):
            wish.cells.refuse("funding_numbers", _("Each line of money needs a number of its own."))
        if max(numbers, default=0) > _LAST_NUMBER:
            told = _("The numbers of lines of money go up to %d.") % _LAST_NUMBER
            wish.cells.refuse("funding_numbers", told)
        return numbers
    if most < len(rows):
        message = _(
            "Add the column funding_numbers: it says which line of money is no longer here."
        )
        wish.cells.refuse(next(name for name in FIELDS if name in wish.cells), message)
    last = max(rows, default=0)
    return [*rows, *range(last + 1, last + 1 + most - len(rows))]


def _edit(wish: Wish, number: int, row, line: dict) -> None:
    line = {
        name: _DEFAULTS.get(name) if value in (None, "") else value for name, value in line.items()
    }
    _check_codes(wish, row, line)
    _check_amount(wish, {name: line.get(name, row and getattr(row, name)) for name in _ASKED}, line)
    texts = {name: as_text(value) for name, value in line.items()}
    if row is None:
        wish.add(
            "funding", [number], number=number, **_DEFAULTS | {k: v for k, v in texts.items() if v}
        )
        return
    changed = {name: [text_of(row, name), text] for name, text in texts.items()}
    changed = {name: values for name, values in changed.items() if values[0] != values[1]}
    if changed:
        wish.change("funding", [number], **changed)


_ASKED = ("type", "amount_kind", "amount", "amount_max", "currency")


def _check_codes(wish: Wish, row, line: dict) -> None:
    for column, known in _LISTS.items():
        code = line.get(FIELDS[column])
        if code and (row is None or text_of(row, FIELDS[column]) != code):
            wish.cells.known(column, [code], getattr(wish.lists, known))


def _check_amount(wish: Wish, line: dict, given: dict) -> None:
    """The rules of the table, asked here so that no row needs a query for them."""
    kind, amount, most = line["amount_kind"] or AmountKind.EXACT, line["amount"], line["amount_max"]
    if not line["type"]:
        _refuse(wish, "funding_types", _("Say what each line of money is, for example commitment."))
    if (kind == AmountKind.UNDISCLOSED) != (amount is None):
        _refuse(wish, "funding_amounts", _SAID["funding_undisclosed_has_no_amount"])
    is_range = most is not None and amount is not None and most > amount
    if (kind == AmountKind.RANGE) != is_range or (most is not None and not is_range):
        _refuse(wish, "funding_amounts_max", _SAID["funding_range_has_an_upper_amount"])
    if amount is not None and not line["currency"]:
        _refuse(wish, "funding_currencies", _SAID["funding_amount_has_a_currency"])


def _refuse(wish: Wish, column: str, message) -> None:
    """At the column itself, or at one that is in the file."""
    here = column if column in wish.cells else next(c for c in COLUMNS if c in wish.cells)
    wish.cells.refuse(here, message)
