"""Lines of money; which one is which is told in `lines`."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from django.utils.translation import gettext as _

from initiatives.choices import AmountKind, Instrument, Language
from initiatives.exchange.separators import PARTED
from initiatives.imports.planning.currencies import agree
from initiatives.imports.planning.money_lines import identify, tell_gone
from initiatives.imports.planning.row_plan import RowPlan, as_text
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


def plan_money(row_plan: RowPlan) -> None:
    if not row_plan.cells.any_changed(COLUMNS):
        return
    rows = [] if row_plan.stored is None else list(row_plan.stored.funding.all())
    given = _lines(row_plan)
    found = identify(row_plan, rows, given)
    gone = [row for place, row in enumerate(rows) if place not in found]
    for line_gone in gone:
        row_plan.remove(line_gone)
    numbers = _new_numbers(rows, given, found)
    for line, place in zip(given, found, strict=True):
        row = None if place is None else rows[place]
        _edit(row_plan, next(numbers) if row is None else row.number, row, line)
    tell_gone(row_plan, gone, added=found.count(None))


def _lines(row_plan: RowPlan) -> list[dict]:
    """The values that the file gives to each line, with its number if it gives one."""
    columns = {name: row_plan.cells.value(name) for name in FIELDS if name in row_plan.cells}
    numbers = _numbers(row_plan, max(map(len, columns.values()), default=0))
    for name, values in columns.items():
        if len(values) not in (0, len(numbers)):
            told = {"lines": len(numbers), "values": len(values)}
            message = _("There are %(values)s values here for %(lines)s lines of money.")
            row_plan.cells.refuse(name, f"{message % told} {PARTED}")
        columns[name] = values or [None] * len(numbers)
    lines = [
        {"number": number} | {FIELDS[name]: _value(name, columns[name][place]) for name in columns}
        for place, number in enumerate(numbers)
    ]
    agree(row_plan, lines)
    return lines


def _value(column: str, value: Any) -> Any:
    return _DEFAULTS.get(FIELDS[column]) if value in (None, "") else value


def _numbers(row_plan: RowPlan, most: int) -> list[int | None]:
    if "funding_numbers" not in row_plan.cells or not (
        row_plan.cells.texts["funding_numbers"] or most
    ):
        return [None] * most
    numbers = row_plan.cells.value("funding_numbers")
    if not numbers:
        return [None] * most
    if None in numbers or len(set(numbers)) < len(numbers):
        row_plan.cells.refuse("funding_numbers", _("Each line of money needs a number of its own."))
    if max(numbers) > _LAST_NUMBER:
        told = _("The numbers of lines of money go up to %d.") % _LAST_NUMBER
        row_plan.cells.refuse("funding_numbers", told)
    return numbers


def _new_numbers(rows: list, given: list[dict], found: list) -> Iterator[int]:
    """The number of each new line: the one that the file gives to it, if no stored line has it."""
    taken = {row.number for row in rows}
    wanted = [line["number"] for line, place in zip(given, found, strict=True) if place is None]
    later = count(max([*taken, *filter(None, wanted)], default=0) + 1)
    for number in wanted:
        yield next(later) if number is None or number in taken else number


def _edit(row_plan: RowPlan, number: int, row: Funding | None, line: dict) -> None:
    line = {name: value for name, value in line.items() if name != "number"}
    if row is not None and row_plan.elsewhere:
        line = _said(line)
    _check_codes(row_plan, row, line)
    _check_amount(
        row_plan, {name: line.get(name, row and getattr(row, name)) for name in _ASKED}, line
    )
    texts = {name: as_text(value) for name, value in line.items()}
    if row is None:
        row_plan.add(
            "funding", [number], number=number, **_DEFAULTS | {k: v for k, v in texts.items() if v}
        )
        return
    changed = {name: [text_of(row, name), text] for name, text in texts.items()}
    changed = {name: values for name, values in changed.items() if values[0] != values[1]}
    if changed:
        row_plan.change("funding", [number], **changed)


def _said(line: dict) -> dict:
    """Another publisher who says nothing of it takes nothing away of what officers wrote."""
    amounts = ("amount", "amount_max", "amount_kind")
    return {name: value for name, value in line.items() if name in amounts or value}


_ASKED = ("type", "amount_kind", "amount", "amount_max", "currency")


def _check_codes(row_plan: RowPlan, row: Funding | None, line: dict) -> None:
    for column, known in _LISTS.items():
        code = line.get(FIELDS[column])
        if code and (row is None or text_of(row, FIELDS[column]) != code):
            row_plan.cells.known(column, [code], getattr(row_plan.lists, known))


def _check_amount(row_plan: RowPlan, line: dict, given: dict) -> None:
    """The rules of the table, asked here so that no row needs a query for them."""
    kind, amount, most = line["amount_kind"] or AmountKind.EXACT, line["amount"], line["amount_max"]
    if not line["type"]:
        _refuse(
            row_plan, "funding_types", _("Say what each line of money is, for example commitment.")
        )
    if (kind == AmountKind.UNDISCLOSED) != (amount is None):
        _refuse(row_plan, "funding_amounts", _SAID["funding_undisclosed_has_no_amount"])
    is_range = most is not None and amount is not None and most > amount
    if (kind == AmountKind.RANGE) != is_range or (most is not None and not is_range):
        _refuse(row_plan, "funding_amounts_max", _SAID["funding_range_has_an_upper_amount"])
    if amount is not None and not line["currency"]:
        _refuse(row_plan, "funding_currencies", _SAID["funding_amount_has_a_currency"])


def _refuse(row_plan: RowPlan, column: str, message: str) -> None:
    """At the column itself, or at one that is in the file."""
    here = column if column in row_plan.cells else next(c for c in COLUMNS if c in row_plan.cells)
    row_plan.cells.refuse(here, message)
