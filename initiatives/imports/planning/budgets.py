"""Budgets, told apart by their numbers; without those, by their place."""

from django.utils.translation import gettext as _

from initiatives.choices import BudgetStatus, BudgetType
from initiatives.exchange.separators import PARTED
from initiatives.imports.planning.row_plan import RowPlan, as_text
from initiatives.models import Budget
from initiatives.models.texts import text_of

FIELDS = {  # columns → fields of a budget
    "budget_types": "type",
    "budget_statuses": "status",
    "budget_starts": "start",
    "budget_ends": "end",
    "budget_amounts": "amount",
    "budget_currencies": "currency",
    "budget_value_dates": "value_date",
}
COLUMNS = ("budget_numbers", *FIELDS)
_DEFAULTS = {"type": BudgetType.ORIGINAL.value, "status": BudgetStatus.INDICATIVE.value}
_LAST_NUMBER = 2_147_483_647  # SQLite would take more, and PostgreSQL would not


def plan_budgets(row_plan: RowPlan) -> None:
    if not row_plan.cells.any_changed(COLUMNS):
        return
    rows = (
        {}
        if row_plan.stored is None
        else {row.number: row for row in row_plan.stored.budgets.all()}
    )
    budgets = _budgets(row_plan, rows)
    for number, row in rows.items():
        if number not in budgets:
            row_plan.remove(row)
    for number, values in budgets.items():
        _edit(row_plan, number, rows.get(number), values)


def _budgets(row_plan: RowPlan, rows: dict) -> dict[int, dict]:
    """Number → the values that the file gives to the budget."""
    columns = {name: row_plan.cells.value(name) for name in FIELDS if name in row_plan.cells}
    numbers = _numbers(row_plan, rows, max(map(len, columns.values()), default=0))
    for name, values in columns.items():
        if len(values) not in (0, len(numbers)):
            told = {"budgets": len(numbers), "values": len(values)}
            message = _("There are %(values)s values here for %(budgets)s budgets.")
            row_plan.cells.refuse(name, f"{message % told} {PARTED}")
        columns[name] = values or [None] * len(numbers)
    return {
        number: {FIELDS[name]: values[place] for name, values in columns.items()}
        for place, number in enumerate(numbers)
    }


def _numbers(row_plan: RowPlan, rows: dict, most: int) -> list[int]:
    if "budget_numbers" not in row_plan.cells:
        kept = sorted(rows)[:most]
        return [
            *kept,
            *range(max(rows, default=0) + 1, max(rows, default=0) + 1 + most - len(kept)),
        ]
    numbers = row_plan.cells.value("budget_numbers")
    if None in numbers or len(set(numbers)) < len(numbers):
        row_plan.cells.refuse("budget_numbers", _("Each budget needs a number of its own."))
    if max(numbers, default=0) > _LAST_NUMBER:
        told = _("The numbers of budgets go up to %d.") % _LAST_NUMBER
        row_plan.cells.refuse("budget_numbers", told)
    return numbers


def _edit(row_plan: RowPlan, number: int, row: Budget | None, values: dict) -> None:
    values = {
        name: _DEFAULTS.get(name) if value in (None, "") else value
        for name, value in values.items()
    }
    _check(
        row_plan, {name: values.get(name, row and getattr(row, name)) for name in FIELDS.values()}
    )
    texts = {name: as_text(value) for name, value in values.items()}
    if row is None:
        told = {name: text for name, text in texts.items() if text}
        row_plan.add("budget", [number], number=number, **_DEFAULTS | told)
        return
    changed = {name: [text_of(row, name), text] for name, text in texts.items()}
    changed = {name: pair for name, pair in changed.items() if pair[0] != pair[1]}
    if changed:
        row_plan.change("budget", [number], **changed)


def _check(row_plan: RowPlan, values: dict) -> None:
    """The rules of the table, asked here so that no row needs a query for them."""
    if values["amount"] is None:
        _refuse(row_plan, "budget_amounts", _("A budget needs an amount."))
    if not values["currency"]:
        _refuse(row_plan, "budget_currencies", _("An amount needs a currency."))
    start, end = values["start"], values["end"]
    if start is not None and end is not None and end.last < start.first:
        _refuse(row_plan, "budget_ends", _("The period ends before it begins."))


def _refuse(row_plan: RowPlan, column: str, message: str) -> None:
    """At the column itself, or at one that is in the file."""
    here = column if column in row_plan.cells else next(c for c in COLUMNS if c in row_plan.cells)
    row_plan.cells.refuse(here, message)
