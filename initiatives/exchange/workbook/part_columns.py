"""The columns of the sheets that have a row for each part of an initiative."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from initiatives.choices import AmountKind, FundingType, Instrument
from initiatives.editions.facts import span
from initiatives.editions.record import NO_TEXT, DateRevision, Money
from initiatives.exchange.columns import COLUMNS
from initiatives.exchange.workbook.cells import amount, day_of, said
from initiatives.exchange.workbook.column import SheetColumn, choice, label_of
from initiatives.exchange.workbook.records import Told
from initiatives.lifecycle import Status
from initiatives.promises import months_between

_NUMBER = SheetColumn(
    _("number"), _("Number within the initiative."), lambda told, part: part.number, 10
)
_REASON = SheetColumn(_("reason"), _("Why."), lambda told, part: said(part.reason), 50)
_RECORDED = SheetColumn(
    _("recorded at"), _("When it was recorded."), lambda told, part: day_of(part.recorded_at)
)


def _payer(told: Told, line: Money) -> str | None:
    if line.provider:
        return told.names.organisation(line.provider)
    return line.provider_country and told.names.country(line.provider_country)


MONEY = (
    _NUMBER,
    SheetColumn(
        _("type"),
        _("Type; different types are never added up."),
        lambda told, line: choice(FundingType, line.type),
        20,
    ),
    SheetColumn(
        _("kind of amount"),
        _("How exact the amount is."),
        lambda told, line: choice(AmountKind, line.amount_kind),
    ),
    SheetColumn(
        _("amount"),
        _("In its own currency, never converted; empty where it is undisclosed."),
        lambda told, line: amount(line.amount, line.currency),
        24,
    ),
    SheetColumn(
        _("upper amount"),
        _("Upper end of a range."),
        lambda told, line: amount(line.amount_max, line.currency),
        24,
    ),
    SheetColumn(_("currency"), _("Code of ISO 4217."), lambda told, line: line.currency, 10),
    SheetColumn(
        _("date"), _("When it was promised, agreed or paid."), lambda told, line: span(line.date)
    ),
    SheetColumn(
        _("provider"),
        _("Who gives the money: an organisation, or a country where none is named."),
        _payer,
        30,
    ),
    SheetColumn(
        _("receiver"),
        _("Organisation that receives it."),
        lambda told, line: line.receiver and told.names.organisation(line.receiver),
        30,
    ),
    SheetColumn(
        _("instrument"),
        _("In what form, for example a grant or a loan."),
        lambda told, line: choice(Instrument, line.instrument),
        20,
    ),
    SheetColumn(
        _("note"), _("What else is known about it."), lambda told, line: said(line.note), 50
    ),
)
MILESTONES = (
    _NUMBER,
    SheetColumn(
        _("milestone"), _("What is to be reached."), lambda told, step: said(step.title), 50
    ),
    SheetColumn(_("planned"), _("When it is planned."), lambda told, step: span(step.planned)),
    SheetColumn(_("reached"), _("When it was reached."), lambda told, step: span(step.actual)),
    SheetColumn(
        _("months late"),
        _("Whole months since the promised date passed; empty where nothing is late."),
        lambda told, step: told.stands.late.get(step.number),
        10,
    ),
    SheetColumn(
        _("responsible side"),
        _("Country that is responsible."),
        lambda told, step: step.responsible and told.names.country(step.responsible),
        24,
    ),
    SheetColumn(
        _("dropped, because"),
        _("Why it was dropped."),
        lambda told, step: said(step.dropped_reason),
        50,
    ),
)


def _what(told: Told, move: DateRevision) -> str:
    """Which promised date moved."""
    if move.field in COLUMNS:
        return str(label_of(move.field))
    titles = {step.number: step.title for step in told.record.milestones}
    title = said(titles.get(move.milestone or 0, NO_TEXT)) or str(move.milestone)
    return _now("milestone: %(title)s") % {"title": title}


def _months(told: Told, move: DateRevision) -> int | None:
    before, after = span(move.old), span(move.new)
    if before is None or after is None:
        return None
    if after.last < before.last:
        return -months_between(after.last, before.last)
    return months_between(before.last, after.last)


MOVED = (
    _NUMBER,
    SheetColumn(
        _("what moved"),
        _("The planned start or end, or the date of a milestone."),
        _what,
        40,
    ),
    SheetColumn(_("old date"), _("Date before."), lambda told, move: span(move.old)),
    SheetColumn(_("new date"), _("Date after."), lambda told, move: span(move.new)),
    SheetColumn(
        _("moved by months"),
        _("Whole months to a later date; below zero to an earlier one."),
        _months,
        10,
    ),
    _RECORDED,
    _REASON,
)


def _status(value: str) -> Any:
    return value and choice(Status, value)


HISTORY = (
    _NUMBER,
    SheetColumn(_("effective"), _("When it took effect."), lambda told, move: span(move.effective)),
    SheetColumn(_("from"), _("Status before."), lambda told, move: _status(move.from_status)),
    SheetColumn(_("to"), _("Status after."), lambda told, move: _status(move.to_status)),
    _REASON,
    SheetColumn(
        _("deciding side"),
        _("Country that decided."),
        lambda told, move: move.decided_by and told.names.country(move.decided_by),
        24,
    ),
    SheetColumn(
        _("corrects"),
        _("Number of the change that this one corrects; that one does not count."),
        lambda told, move: move.corrects,
        10,
    ),
    _RECORDED,
)
