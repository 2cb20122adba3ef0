"""What the rules look at, and the rules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from initiatives.choices import AmountKind, Language
from initiatives.lifecycle import OPEN, Status
from initiatives.partial_dates import PartialDate
from initiatives.rules.words import Finding, Flag, Reason

DUE_SOON_DAYS = 90
STALLED_DAYS = 270
# Kinds of amount of which a lower or an upper bound is known; “about” has neither.
AT_LEAST = (AmountKind.EXACT, AmountKind.RANGE)
AT_MOST = (*AT_LEAST, AmountKind.UP_TO)
_WHOLE = Decimal(100)  # percent


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the rules look at.

    `last_movement_on` is the day of the latest record of a status, milestone or amount.
    By currency, `disbursed` is the least and `committed` the most that the known amounts allow;
    a currency whose commitments are not all known within bounds is not in `committed`.
    """

    today: date
    status: Status
    created_on: date
    planned_start: PartialDate | None = None
    planned_end: PartialDate | None = None
    actual_start: PartialDate | None = None
    actual_end: PartialDate | None = None
    last_checked_on: date | None = None
    review_every_days: int = 90
    last_movement_on: date | None = None
    milestones_total: int = 0
    milestones_open: int = 0
    disbursed: Mapping[str, Decimal] = field(default_factory=dict)
    committed: Mapping[str, Decimal] = field(default_factory=dict)
    has_disbursement: bool = False
    sector_percents: tuple[Decimal | None, ...] = ()
    sourced: bool = False
    missing_languages: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    def days_since(self, day: date) -> int:
        return (self.today - day).days


def findings(facts: Facts) -> list[Finding]:
    """All that the rules find, in the order of the flags."""
    return [finding for check in _CHECKS for finding in check(facts)]


def flags(facts: Facts) -> list[Flag]:
    """The flags of an initiative, each once."""
    return list(dict.fromkeys(finding.flag for finding in findings(facts)))


def lasting_flags(facts: Facts) -> list[Flag]:
    """Those of them that an initiative has on every day, whatever days `facts` name."""
    return list(dict.fromkeys(found.flag for check in _LASTING for found in check(facts)))


def _overdue(facts: Facts) -> Iterator[Finding]:
    """A partial date is kept as long as its last possible day has not passed."""
    end = facts.planned_end
    if facts.is_open and end and (days := facts.days_since(end.last)) > 0:
        yield Finding(Flag.OVERDUE, Reason.OVERDUE, {"end": end, "days": days})


def _due_soon(facts: Facts) -> Iterator[Finding]:
    end = facts.planned_end
    if facts.is_open and end and 0 <= (days := -facts.days_since(end.last)) <= DUE_SOON_DAYS:
        yield Finding(Flag.DUE_SOON, Reason.DUE_SOON, {"end": end, "days": days})


def _stale(facts: Facts) -> Iterator[Finding]:
    """Only open statuses: in a final one nothing more is to come that a check could find."""
    since = facts.last_checked_on or facts.created_on
    if facts.is_open and facts.days_since(since) > facts.review_every_days:
        reason = Reason.CHECK_IS_OLD if facts.last_checked_on else Reason.NEVER_CHECKED
        values = {"since": PartialDate(since), "days": facts.review_every_days}
        yield Finding(Flag.STALE, reason, values)


def _stalled(facts: Facts) -> Iterator[Finding]:
    """The day on which the initiative was entered counts as a movement."""
    since = max(facts.created_on, facts.last_movement_on or facts.created_on)
    if facts.is_open and facts.days_since(since) > STALLED_DAYS:
        yield Finding(Flag.STALLED, Reason.STALLED, {"since": PartialDate(since)})


def _open_milestones(facts: Facts) -> Iterator[Finding]:
    if facts.status == Status.IMPLEMENTED and facts.milestones_open:
        values = {"open": facts.milestones_open, "total": facts.milestones_total}
        yield Finding(Flag.CONTRADICTION, Reason.OPEN_MILESTONES, values)


def _ended_in_progress(facts: Facts) -> Iterator[Finding]:
    if facts.status == Status.IN_PROGRESS and facts.actual_end:
        yield Finding(Flag.CONTRADICTION, Reason.ENDED_IN_PROGRESS, {"end": facts.actual_end})


def _paid_while_planned(facts: Facts) -> Iterator[Finding]:
    if facts.status == Status.PLANNED and facts.has_disbursement:
        yield Finding(Flag.CONTRADICTION, Reason.PAID_WHILE_PLANNED)


def _disbursed_too_much(facts: Facts) -> Iterator[Finding]:
    for currency, committed in sorted(facts.committed.items()):
        disbursed = facts.disbursed.get(currency, Decimal(0))
        if disbursed > committed:
            values = {"disbursed": disbursed, "committed": committed, "currency": currency}
            yield Finding(Flag.CONTRADICTION, Reason.DISBURSED_TOO_MUCH, values)


def _backwards(facts: Facts) -> Iterator[Finding]:
    """Certain only if the last possible day of the end is before the first one of the start."""
    for reason, start, end in (
        (Reason.PLANNED_BACKWARDS, facts.planned_start, facts.planned_end),
        (Reason.ENDED_BEFORE_START, facts.actual_start, facts.actual_end),
    ):
        if start and end and end.last < start.first:
            yield Finding(Flag.CONTRADICTION, reason, {"start": start, "end": end})


def _sector_percents(facts: Facts) -> Iterator[Finding]:
    given = [percent for percent in facts.sector_percents if percent is not None]
    if given and (total := sum(given, Decimal(0))) != _WHOLE:
        yield Finding(Flag.CONTRADICTION, Reason.SECTOR_PERCENTS, {"total": total})


def _unsourced(facts: Facts) -> Iterator[Finding]:
    if not facts.sourced:
        yield Finding(Flag.UNSOURCED, Reason.UNSOURCED)


def _untranslated(facts: Facts) -> Iterator[Finding]:
    if facts.missing_languages:
        languages = tuple(Language(code) for code in facts.missing_languages)
        yield Finding(Flag.UNTRANSLATED, Reason.UNTRANSLATED, {"languages": languages})


_BY_DAY = (_overdue, _due_soon, _stale, _stalled)
_LASTING = (
    _open_milestones,
    _ended_in_progress,
    _paid_while_planned,
    _disbursed_too_much,
    _backwards,
    _sector_percents,
    _unsourced,
    _untranslated,
)
_CHECKS = (*_BY_DAY, *_LASTING)
