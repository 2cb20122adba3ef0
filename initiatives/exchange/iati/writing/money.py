"""Money as transactions. Others pay and we report it, so they are outgoing: provider to receiver.

A transaction has a day and an amount; a line that lacks either is left out and named.
"""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from lxml.etree import _Element

from initiatives.choices import AmountKind, FundingType
from initiatives.exchange.iati.codes import names
from initiatives.exchange.iati.transactions import CODES, finance_type_of, type_of
from initiatives.exchange.iati.writing.narratives import part, said, texts
from initiatives.exchange.iati.writing.participants import organisation, state
from initiatives.models import Budget, Funding, Initiative


def write(activity: _Element, row: Initiative, today: date) -> list[str]:
    """Add the transactions to `activity`; what is left out of it, in words."""
    left_out = []
    for line in row.funding.all():
        reason = _why_not(line, today)
        if reason:
            left_out.append(_("Money, line %(number)s: ") % {"number": line.number} + reason)
        else:
            _transaction(activity, row, line)
    return left_out


def _why_not(line: Funding, today: date) -> str:
    if line.type not in CODES:
        return _("IATI has no type for a value of which nobody says whether it was promised.")
    if line.amount is None:
        return _("the amount is undisclosed.")
    if line.date is None or not line.date.is_exact:
        return _("the day is not known.")
    if line.date.first > today:
        return _("the day is in the future.")
    if line.currency not in names("Currency"):
        return _("IATI does not know the currency %(code)s.") % {"code": line.currency}
    return ""


def _transaction(activity: _Element, row: Initiative, line: Funding) -> None:
    made = part(activity, "transaction", ref=line.reference or f"{row.code}-{line.number}")
    part(made, "transaction-type", code=type_of(line))
    part(made, "transaction-date", iso_date=line.date)
    value = part(made, "value", currency=line.currency, value_date=line.value_date or line.date)
    value.text = _amount(line)
    if told := _description(line):
        part(made, "description", told)
    if line.provider:
        organisation(made, "provider-org", line.provider)
    elif line.provider_country:
        state(made, "provider-org", line.provider_country)
    if line.receiver:
        organisation(made, "receiver-org", line.receiver)
    part_of_code(made, "finance-type", finance_type_of(line))


def part_of_code(parent: _Element, tag: str, code: str) -> None:
    if code:
        part(parent, tag, code=code)


def _amount(line: Funding) -> str:
    amount = line.amount or Decimal(0)
    return f"{-amount if line.type == FundingType.CANCELLATION else amount:f}"


def _description(line: Funding) -> dict[str, str]:
    """What the number alone does not say, before the note."""
    notes = texts(line, "note")
    if line.amount_kind == AmountKind.EXACT:
        return notes
    kinds = said(lambda: _kind_in_words(line))
    told = {code: f"{kinds.get(code, kinds['en'])}. {note}" for code, note in notes.items()}
    return {code: f"{text}." for code, text in kinds.items()} | told


def _kind_in_words(line: Funding) -> str:
    if line.amount_kind != AmountKind.RANGE:
        return line.get_amount_kind_display()
    bounds = {"least": f"{line.amount:f}", "most": f"{line.amount_max:f}", "code": line.currency}
    return _("Between %(least)s and %(most)s %(code)s, of which the lower amount is given") % bounds


def write_budgets(activity: _Element, row: Initiative) -> list[str]:
    """Add the budgets to `activity`; those that IATI cannot hold, in words."""
    left_out = []
    for budget in row.budgets.all():
        if budget.start is None or budget.end is None:
            text = _("Budget %(number)s: its period is not known.")
            left_out.append(text % {"number": budget.number})
        elif budget.currency not in names("Currency"):
            told = {"number": budget.number, "code": budget.currency}
            left_out.append(_("Budget %(number)s: IATI does not know %(code)s.") % told)
        else:
            _budget(activity, budget, budget.start.first, budget.end.last)
    return left_out


def _budget(activity: _Element, budget: Budget, start: date, end: date) -> None:
    made = part(activity, "budget", type=budget.type, status=budget.status)
    part(made, "period-start", iso_date=start)
    part(made, "period-end", iso_date=end)
    day = budget.value_date or start
    part(made, "value", currency=budget.currency, value_date=day).text = f"{budget.amount:f}"
