"""Each budget as one of ours."""

from django.utils.translation import gettext as _

from initiatives.choices import BudgetStatus, BudgetType
from initiatives.exchange.cells import join
from initiatives.exchange.iati.mapping.amounts import amount_of, check_currency
from initiatives.exchange.iati.mapping.notes import Notes
from initiatives.exchange.iati.reading import Activity, ActivityBudget
from initiatives.fields.money import plain
from initiatives.notation import exact_text

COLUMNS = (
    "budget_numbers",
    "budget_types",
    "budget_statuses",
    "budget_starts",
    "budget_ends",
    "budget_amounts",
    "budget_currencies",
    "budget_value_dates",
)


def cells(activity: Activity, notes: Notes) -> dict[str, str]:
    """A budget that cannot be one of ours is left, and `notes` say why."""
    lines: list[tuple[str, ...]] = []
    for place, budget in enumerate(activity.budgets, start=1):
        try:
            line = _line(budget, place, notes)
        except ValueError as error:
            budget.leave()
            notes.add(_("Budget %(place)s is left out: ") % {"place": place} + str(error))
        else:
            lines.append((str(len(lines) + 1), *line))
    columns = zip(*lines, strict=True) if lines else [()] * len(COLUMNS)
    return dict(zip(COLUMNS, map(join, columns), strict=True))


def _line(one: ActivityBudget, place: int, notes: Notes) -> tuple[str, ...]:
    """Raises ValueError, with the reason in words."""
    if one.type not in BudgetType.values:
        raise ValueError(_("“%(code)s” is no type of budget.") % {"code": one.type[:20]})
    if one.status not in BudgetStatus.values:
        raise ValueError(_("“%(code)s” is no status of a budget.") % {"code": one.status[:20]})
    amount = amount_of(one.amount, notes, _("budget %s") % place, currency=one.currency)
    check_currency(one.currency)
    if one.start and one.end and one.end < one.start:
        raise ValueError(_("The period ends before it begins."))
    if not (one.start and one.end):
        notes.add(_("Budgets that do not say their whole period:"), str(place))
    days = [str(day) if day else "" for day in (one.start, one.end)]
    return (
        one.type,
        one.status,
        *days,
        exact_text(plain(amount)),
        one.currency,
        str(one.value_day) if one.value_day else "",
    )
