"""The six statuses: what they mean, which moves are allowed and what each one needs.

Pure words and rules. `missing()` looks only at the `StatusFacts` it is given, so that the form, the
action and the published definitions say the same thing.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from initiatives.partial_dates import PartialDate
from initiatives.translatable import Translatable


class Status(TextChoices):
    """The life of an initiative. “Overdue” and “stalled” are no statuses but flags."""

    PLANNED = "planned", pgettext_lazy("status", "Planned")
    AGREED = "agreed", pgettext_lazy("status", "Agreed")
    IN_PROGRESS = "in_progress", pgettext_lazy("status", "In progress")
    IMPLEMENTED = "implemented", pgettext_lazy("status", "Implemented")
    SUSPENDED = "suspended", pgettext_lazy("status", "Suspended")
    CANCELLED = "cancelled", pgettext_lazy("status", "Cancelled")


# What is implemented, where it is said how much was delivered (`choices.Delivered`).
_IMPLEMENTED = {
    "full": pgettext_lazy("status", "Implemented in full"),
    "part": pgettext_lazy("status", "Implemented in part"),
}


def label_of(status: str, delivered: str = "") -> Translatable:
    """The name of a status, with how much was `delivered` where that is said."""
    if status == Status.IMPLEMENTED and delivered in _IMPLEMENTED:
        return _IMPLEMENTED[delivered]
    return Status(status).label


DEFINITIONS = {
    Status.PLANNED: _("Announced or intended; there is no agreed document yet."),
    Status.AGREED: _("Signed, ratified, approved or decided on record."),
    Status.IN_PROGRESS: _("Work, spending or legal implementation has begun."),
    Status.IMPLEMENTED: _("What was agreed has been delivered."),
    Status.SUSPENDED: _("Stopped for a time by a decision."),
    Status.CANCELLED: _("Ended by decision before delivery, or carried on in another initiative."),
}

FINAL = frozenset({Status.IMPLEMENTED, Status.CANCELLED})
OPEN = frozenset(Status) - FINAL
_FORWARD = (Status.PLANNED, Status.AGREED, Status.IN_PROGRESS, Status.IMPLEMENTED)
# The kinds of source that can carry a decision (`choices.SourceKind`).
DECIDING_SOURCES = frozenset({"treaty", "official", "protocol", "bank"})
IN_PART = "part"  # a code of `choices.Delivered`
DECIDING_RELATIONS = frozenset({"agreed", "signed", "decided"})


def moves_from(status: str | None) -> frozenset[Status]:
    """The statuses that may follow `status`; None means that there is no status yet."""
    if status is None:
        return frozenset(Status)
    now = Status(status)
    if now in FINAL:
        return frozenset()
    if now is Status.SUSPENDED:
        return OPEN - {Status.SUSPENDED} | {Status.CANCELLED}
    later = frozenset(_FORWARD[_FORWARD.index(now) + 1 :])
    return later | {Status.SUSPENDED, Status.CANCELLED}


class Need(StrEnum):
    """Something that a status needs before it can be entered."""

    MAIN_SECTOR = "main_sector"
    SOURCE = "source"
    PUBLIC_SOURCE = "public_source"
    DECIDING_SOURCE = "deciding_source"
    PARTIES = "parties"
    EFFECTIVE_DATE = "effective_date"
    NOT_IN_FUTURE = "not_in_future"
    IN_ORDER = "in_order"
    START = "start"
    END = "end"
    END_NOT_IN_FUTURE = "end_not_in_future"
    MILESTONES = "milestones"
    OUTCOME = "outcome"
    DELIVERED = "delivered"
    NOT_DELIVERED = "not_delivered"
    SECOND_PERSON = "second_person"
    REASON = "reason"
    DECIDING_SIDE = "deciding_side"


NEED_LABELS = {
    Need.MAIN_SECTOR: _("Mark one sector as the main sector."),
    Need.SOURCE: _("Name a source for this status."),
    Need.PUBLIC_SOURCE: _("Name a source that the public can see."),
    Need.DECIDING_SOURCE: _(
        "Name a treaty, official statement, protocol or bank document, or an event that was held "
        "and at which the initiative was agreed, signed or decided."
    ),
    Need.PARTIES: _("Add two parties, or one party and an organisation."),
    Need.EFFECTIVE_DATE: _("Give the date from which the status holds; a year is enough."),
    Need.NOT_IN_FUTURE: _(
        "The date must not be in the future; a status is entered when it has come."
    ),
    Need.IN_ORDER: _("The date must not be before the date of the status before it."),
    Need.START: _("Give the actual start; a year is enough."),
    Need.END: _("Give the actual end; a year is enough."),
    Need.END_NOT_IN_FUTURE: _("The actual end must not be in the future."),
    Need.MILESTONES: _("Mark every milestone as reached, or drop it with a reason."),
    Need.OUTCOME: _("Describe the outcome."),
    Need.DELIVERED: _("Say whether it was delivered in full or in part."),
    Need.NOT_DELIVERED: _("If it was delivered in part, say what was not delivered."),
    Need.SECOND_PERSON: _("A second person has to approve this status."),
    Need.REASON: _("Give the reason."),
    Need.DECIDING_SIDE: _("Say which side decided."),
}

_BASE = (Need.EFFECTIVE_DATE, Need.NOT_IN_FUTURE, Need.IN_ORDER)
_DECISION = (Need.REASON, Need.SOURCE)
NEEDS: dict[Status, tuple[Need, ...]] = {
    Status.PLANNED: (*_BASE, Need.MAIN_SECTOR, Need.SOURCE, Need.PARTIES),
    Status.AGREED: (*_BASE, Need.DECIDING_SOURCE),
    Status.IN_PROGRESS: (*_BASE, Need.START, Need.SOURCE),
    Status.IMPLEMENTED: (
        *_BASE,
        Need.END,
        Need.END_NOT_IN_FUTURE,
        Need.PUBLIC_SOURCE,
        Need.MILESTONES,
        Need.OUTCOME,
        Need.DELIVERED,
        Need.NOT_DELIVERED,
        Need.SECOND_PERSON,
    ),
    Status.SUSPENDED: (*_BASE, *_DECISION, Need.DECIDING_SIDE),
    Status.CANCELLED: (*_BASE, *_DECISION),
}
# What a source document may leave open when a record is imported; it becomes a task for the desk.
OPEN_ON_IMPORT = frozenset(
    {Need.EFFECTIVE_DATE, Need.START, Need.END, Need.DELIVERED, Need.SECOND_PERSON}
)
# What an activity of IATI has no place for besides: its publisher says the status as it is.
OPEN_ELSEWHERE = OPEN_ON_IMPORT | {
    Need.MAIN_SECTOR,
    Need.PARTIES,
    Need.OUTCOME,
    Need.DECIDING_SIDE,
}


@dataclass(frozen=True, kw_only=True)
class StatusFacts:
    """What is known at the moment when a status is to be entered.

    `previous` is the date of the status before it, where that is known.
    """

    today: date
    effective: PartialDate | None = None
    previous: PartialDate | None = None
    reason: str = ""
    source_kinds: frozenset[str] = field(default_factory=frozenset)
    public_source: bool = False
    held_event_relations: frozenset[str] = field(default_factory=frozenset)
    main_sectors: int = 0
    parties: int = 0
    organisations: int = 0
    start: PartialDate | None = None
    end: PartialDate | None = None
    open_milestones: int = 0
    outcome: str = ""
    delivered: str = ""  # a code of choices.Delivered
    not_delivered: str = ""
    decided_by: str = ""
    second_person: bool = False
    imported: bool = False
    elsewhere: bool = False  # imported as another publisher says it in IATI

    @classmethod
    def of(
        cls,
        *,
        source: Any = None,
        reasons: Iterable[str | None] = (),
        outcomes: Iterable[str | None] = (),
        not_delivered: Iterable[str | None] = (),
        milestones: Iterable[Any] = (),
        **known: Any,
    ) -> "StatusFacts":
        """What the rows say that a form, a verb or a file has: the `source` that is cited, if one
        is, and texts of which one in any language is enough."""
        return cls(
            source_kinds=frozenset([source.kind] if source else []),
            public_source=bool(source and source.is_public),
            reason="".join(text or "" for text in reasons),
            outcome="".join(text or "" for text in outcomes),
            not_delivered="".join(text or "" for text in not_delivered),
            open_milestones=sum(milestone.is_open for milestone in milestones),
            **known,
        )


ONLY_IMPLEMENTED = _(
    "Only of what is implemented can be said how much was delivered. Enter that status first."
)
_NOTHING_LEFT = _(
    "What was not delivered is said where it was delivered in part. Choose “In part”, or empty it."
)


def contradiction_of(delivered: str, not_delivered: Iterable[str]) -> Translatable | None:
    """What is wrong between how much was delivered and the texts of what was not; None if nothing.

    `delivered` is a code of `choices.Delivered`, or empty where it is not said.
    """
    is_told = any(text.strip() for text in not_delivered)
    if delivered == IN_PART and not is_told:
        return NEED_LABELS[Need.NOT_DELIVERED]
    return _NOTHING_LEFT if is_told and delivered != IN_PART else None


def missing(to: str, facts: StatusFacts) -> list[Need]:
    """The needs of status `to` that `facts` do not meet, in the order of the definitions."""
    return [need for need in NEEDS[Status(to)] if not _met(need, facts)]


def _met(need: Need, facts: StatusFacts) -> bool:
    return need in _may_stay_open(facts) or _CHECKS[need](facts)


def _may_stay_open(facts: StatusFacts) -> frozenset[Need]:
    if not facts.imported:
        return frozenset()
    return OPEN_ELSEWHERE if facts.elsewhere else OPEN_ON_IMPORT


def _in_order(previous: PartialDate | None, effective: PartialDate | None) -> bool:
    """Whether `effective` may be later: certainly not if its last possible day is too early."""
    return previous is None or effective is None or effective.last >= previous.first


def _past(day: PartialDate | None, today: date) -> bool:
    return day is None or day.first <= today


_CHECKS: dict[Need, Callable[[StatusFacts], bool]] = {
    Need.MAIN_SECTOR: lambda f: f.main_sectors == 1,
    Need.SOURCE: lambda f: bool(f.source_kinds),
    Need.PUBLIC_SOURCE: lambda f: f.public_source,
    Need.DECIDING_SOURCE: lambda f: bool(
        f.source_kinds & DECIDING_SOURCES or f.held_event_relations & DECIDING_RELATIONS
    ),
    Need.PARTIES: lambda f: f.parties >= 2 or (f.parties == 1 and f.organisations >= 1),
    Need.EFFECTIVE_DATE: lambda f: f.effective is not None,
    Need.NOT_IN_FUTURE: lambda f: _past(f.effective, f.today),
    Need.IN_ORDER: lambda f: _in_order(f.previous, f.effective),
    Need.START: lambda f: f.start is not None,
    Need.END: lambda f: f.end is not None,
    Need.END_NOT_IN_FUTURE: lambda f: _past(f.end, f.today),
    Need.MILESTONES: lambda f: f.open_milestones == 0,
    Need.OUTCOME: lambda f: bool(f.outcome.strip()),
    Need.DELIVERED: lambda f: bool(f.delivered),
    Need.NOT_DELIVERED: lambda f: f.delivered != IN_PART or bool(f.not_delivered.strip()),
    Need.SECOND_PERSON: lambda f: f.second_person,
    Need.REASON: lambda f: bool(f.reason.strip()),
    Need.DECIDING_SIDE: lambda f: bool(f.decided_by),
}


def iati_status(status: str, *, money_open: bool = False) -> int:
    """The IATI 2.03 ActivityStatus code; `money_open` says that disbursements are still to come."""
    if status == Status.IMPLEMENTED:
        return 3 if money_open else 4
    return _IATI[Status(status)]


_IATI = {
    Status.PLANNED: 1,
    Status.AGREED: 1,
    Status.IN_PROGRESS: 2,
    Status.SUSPENDED: 6,
    Status.CANCELLED: 5,
}


def definitions() -> Iterator[tuple[Status, str, list[str]]]:
    """Each status with its meaning and its needs in words, for the page that publishes them."""
    for status in Status:
        needs = [str(NEED_LABELS[need]) for need in NEEDS[status]]
        yield status, str(DEFINITIONS[status]), needs
