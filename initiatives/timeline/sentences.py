"""What a row says, as one sentence without its reason."""

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.choices import EventState, FundingType
from initiatives.lifecycle import Status, label_of
from initiatives.models import DateRevision, Funding, InitiativeEvent, Milestone, StatusChange
from initiatives.notation import date_in_words
from initiatives.partial_dates import PartialDate
from initiatives.timeline.words import funding_in_words

_MOVED = {
    "planned_start": gettext_lazy("Planned start moved from %(old)s to %(new)s"),
    "planned_end": gettext_lazy("Planned end moved from %(old)s to %(new)s"),
    "planned": gettext_lazy("Milestone “%(milestone)s” moved from %(old)s to %(new)s"),
}
_GIVEN_UP = {
    "planned_start": gettext_lazy("Planned start no longer stated, was %(old)s"),
    "planned_end": gettext_lazy("Planned end no longer stated, was %(old)s"),
    "planned": gettext_lazy("Milestone “%(milestone)s” no longer has a date, was %(old)s"),
}
_MONEY = {
    FundingType.ANNOUNCED: gettext_lazy("Value of %(amount)s announced"),
    FundingType.PLEDGE: gettext_lazy("%(amount)s pledged"),
    FundingType.COMMITMENT: gettext_lazy("%(amount)s committed"),
    FundingType.DISBURSEMENT: gettext_lazy("%(amount)s disbursed"),
    FundingType.EXPENDITURE: gettext_lazy("%(amount)s spent"),
    FundingType.REPAYMENT: gettext_lazy("%(amount)s repaid"),
    FundingType.CANCELLATION: gettext_lazy("Commitment of %(amount)s cancelled"),
}
_MONEY_BY = {
    FundingType.ANNOUNCED: gettext_lazy("Value of %(amount)s announced, provider: %(provider)s"),
    FundingType.PLEDGE: gettext_lazy("%(amount)s pledged by %(provider)s"),
    FundingType.COMMITMENT: gettext_lazy("%(amount)s committed by %(provider)s"),
    FundingType.DISBURSEMENT: gettext_lazy("%(amount)s disbursed by %(provider)s"),
    FundingType.EXPENDITURE: gettext_lazy("%(amount)s spent by %(provider)s"),
    FundingType.REPAYMENT: gettext_lazy("%(amount)s repaid by %(provider)s"),
    FundingType.CANCELLATION: gettext_lazy("Commitment of %(amount)s cancelled by %(provider)s"),
}


def milestone_in_words(milestone: Milestone) -> str:
    return step_in_words(
        milestone.title or "", is_dropped=milestone.is_dropped, is_open=milestone.is_open
    )


def step_in_words(title: str, *, is_dropped: bool, is_open: bool) -> str:
    """The same of a milestone of which no instance is at hand."""
    words = {"milestone": title}
    if is_dropped:
        return _("Milestone dropped: %(milestone)s") % words
    if is_open:
        return _("Milestone due: %(milestone)s") % words
    return _("Milestone reached: %(milestone)s") % words


def status_in_words(change: StatusChange) -> str:
    new = str(label_of(change.to_status, change.delivered)).lower()
    if not change.from_status:
        return _("Status: %(new)s") % {"new": new}
    words = {"old": Status(change.from_status).label.lower(), "new": new}
    if change.corrects_id is not None:
        return _("Status corrected: %(old)s → %(new)s") % words
    return _("Status: %(old)s → %(new)s") % words


def moved_date_in_words(revision: DateRevision) -> str:
    words = {
        "milestone": revision.milestone and (revision.milestone.title or ""),
        "old": _date_or_none(revision.old),
        "new": _date_or_none(revision.new),
    }
    return str((_MOVED if revision.new else _GIVEN_UP)[revision.field]) % words


def _date_or_none(date: PartialDate | None) -> str:
    return _("no date") if date is None else date_in_words(date)


def money_in_words(funding: Funding) -> str:
    provider = funding.provider or funding.provider_country
    if funding.amount is not None and (funding.amount_max or funding.amount) < 0:
        return _given_back_in_words(funding, funding.amount, provider)
    words = {"amount": funding_in_words(funding), "provider": provider}
    sentence = (_MONEY_BY if provider else _MONEY)[FundingType(funding.type)]
    return capfirst(str(sentence) % words)


def _given_back_in_words(funding: Funding, low: Decimal, provider: Any) -> str:
    """What is below zero, without its sign: nobody takes “-5 disbursed” for money that came back.
    The type of the line says what the money had been."""
    high = funding.amount_max
    above = SimpleNamespace(
        amount=-(low if high is None else high),
        amount_max=None if high is None else -low,
        amount_kind=funding.amount_kind,
        currency=funding.currency,
    )
    words = {
        "amount": funding_in_words(above),
        "type": funding.get_type_display().lower(),
        "provider": provider,
    }
    if provider:
        return capfirst(_("%(amount)s given back or corrected: %(type)s, %(provider)s") % words)
    return capfirst(_("%(amount)s given back or corrected: %(type)s") % words)


def event_of_in_words(link: InitiativeEvent) -> str:
    """What was held needs no word about its state."""
    event, state = link.event, link.event.get_state_display().lower()
    words = f"{link.get_relation_display()}: {event}"
    return words if event.state == EventState.HELD else f"{words} ({state})"
