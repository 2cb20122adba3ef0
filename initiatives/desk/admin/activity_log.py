"""All that happened to a record, the newest first: changes, statuses, requests and decisions."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from django.contrib.auth.models import User
from django.db.models import F, Q, QuerySet, Value
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from initiatives import actions
from initiatives.actions import Refused
from initiatives.choices import ChangeAction, RequestState
from initiatives.lifecycle import Status
from initiatives.models import Change, ChangeRequest, Initiative, StatusChange
from initiatives.models.changes import ASKED
from initiatives.models.record import AppendOnlyQuerySet, Record
from initiatives.rights import Rights
from initiatives.timeline import Line, Wording, told
from initiatives.timeline.sentences import status_in_words


@dataclass(frozen=True, kw_only=True)
class LogEntry:
    """Something that happened at the instant `at`.

    `lines` are the fields of a change, `parts` the headings of what was asked for; `language` is
    that of `body`. `takes_back` is the heading of the change that this one takes back, `earlier`
    that change. `address` leads to a page of its own. `may_go` says that it may be taken back.
    `cause` is the kind of the joint entry that it came with, which has a page as well.
    """

    at: datetime
    by: User | None
    approved_by: User | None = None
    heading: str
    body: str = ""
    language: str = ""
    lines: tuple[Line, ...] = ()
    parts: tuple[str, ...] = ()
    address: str = ""
    change: Change | None = None
    earlier: Change | None = None
    takes_back: str = ""
    is_taken_back: bool = False
    may_go: bool = False
    cause: str = ""
    cause_address: str = ""

    @property
    def save(self) -> tuple[datetime, User | None, User | None]:
        """Equal for what one person did in one second."""
        return self.at.replace(microsecond=0), self.by, self.approved_by


@dataclass(frozen=True)
class _Kind:
    """Rows that tell of something at their instant `at`."""

    rows: QuerySet
    at: str
    tell: Callable[..., LogEntry]

    def keys(self, rank: int) -> QuerySet[Any, Any]:
        # A plain queryset keeps the order of columns; those of translated models do not.
        rows: QuerySet[Any, Any] = QuerySet(self.rows.model, self.rows.query.chain()).order_by()
        rows = rows.filter(**{f"{self.at}__isnull": False})
        return rows.annotate(instant=F(self.at), rank=Value(rank)).values_list(
            "instant", "rank", "pk"
        )


class ActivityLog:
    """A list to be sliced; a slice costs the same queries, however long it is.

    `rights` are those of the reader, see `Wording`.
    """

    def __init__(self, record: Record, *, rights: Rights) -> None:
        self.record, self.rights = record, rights
        self._kinds = tuple(_kinds(record))
        first, *others = (kind.keys(rank) for rank, kind in enumerate(self._kinds))
        self._keys = first.union(*others, all=True).order_by("-instant", "-rank", "-pk")

    def count(self) -> int:
        return self._keys.count()

    __len__ = count

    def __getitem__(self, part: slice) -> list[LogEntry]:
        keys = [(rank, pk) for _at, rank, pk in self._keys[part]]
        rows: dict[tuple[int, int], Any] = {}
        for rank in sorted({rank for rank, _pk in keys}):
            found = self._kinds[rank].rows.in_bulk([pk for other, pk in keys if other == rank])
            rows |= {(rank, pk): row for pk, row in found.items()}
        wording = Wording(_edits(rows.values()), rights=self.rights)
        return [self._told(rank, rows[rank, pk], wording) for rank, pk in keys]

    def _told(self, rank: int, row: Any, wording: Wording) -> LogEntry:
        entry = self._kinds[rank].tell(row, wording)
        joint = row.change_set if isinstance(self.record, Initiative) else None
        return replace(
            entry,
            may_go=may_be_taken_back(entry.change, self.record),
            cause="" if joint is None else joint.get_kind_display(),
            cause_address="" if joint is None else address_of(joint),
        )


def may_be_taken_back(change: Change | None, record: Record) -> bool:
    """Whether the page of `record` offers to take `change` back.

    The record itself is neither deleted nor made anew from there.
    """
    own = change is not None and change.model == record._meta.model_name
    if change is None or (own and change.action != ChangeAction.CHANGED):
        return False
    try:
        actions.check_revertible(change)
    except Refused:
        return False
    return True


def _kinds(record: Record) -> Iterator[_Kind]:
    """The order is that of one instant: what was asked for, what was done, what was decided."""
    if isinstance(record, Initiative):
        change_request = record.change_requests.all()
    else:
        key = list(record.natural_key())
        change_request = ChangeRequest.objects.filter(model=record._meta.model_name, key=key)
    change_request = change_request.select_related("created_by", "approver", "change_set")
    yield _Kind(change_request, "created_at", _tell_asked)
    yield _Kind(_changes(record), "recorded_at", _tell_change)
    if isinstance(record, Initiative):
        moves = record.status_changes.select_related("recorded_by", "approved_by", "change_set")
        yield _Kind(moves, "recorded_at", _tell_status)
    yield _Kind(change_request, "decided_at", _tell_decided)


def _changes(record: Record) -> AppendOnlyQuerySet[Change]:
    """Without those that only repeat a status or a request, which are told by themselves."""
    cached = Q(model="initiative", action=ChangeAction.CHANGED, fields__has_key="status")
    changes = actions.history_of(record).exclude(cached).exclude(model__in=ASKED)
    changes = changes.select_related("recorded_by", "approved_by", "reverts", "change_set")
    return changes.prefetch_related("reverted_by__reverted_by__reverted_by")


def _edits(rows: Iterable[Any]) -> Iterator[dict[str, Any]]:
    for row in rows:
        if isinstance(row, Change):
            yield from filter(None, (row, row.reverts))
        elif isinstance(row, ChangeRequest):
            yield from row.edits


def _tell_change(change: Change, wording: Wording) -> LogEntry:
    return LogEntry(
        at=change.recorded_at,
        by=change.recorded_by,
        approved_by=change.approved_by,
        heading=wording.heading(change),
        lines=tuple(wording.lines(change)),
        change=change,
        earlier=change.reverts,
        takes_back=wording.heading(change.reverts) if change.reverts else "",
        is_taken_back=actions.is_taken_back(change),
    )


def _tell_status(move: StatusChange, _wording: Wording) -> LogEntry:
    text, language = told(move, "reason")
    return LogEntry(
        at=move.recorded_at,
        by=move.recorded_by,
        approved_by=move.approved_by,
        heading=status_in_words(move),
        body=text,
        language=language,
    )


def _tell_asked(request: ChangeRequest, wording: Wording) -> LogEntry:
    return LogEntry(
        at=request.created_at,
        by=request.created_by,
        heading=_("Approval asked for: %(what)s") % {"what": _what(request)},
        parts=tuple(map(wording.heading, request.edits)),
        address=address_of(request),
    )


def _tell_decided(request: ChangeRequest, _wording: Wording) -> LogEntry:
    taken_back = request.state == RequestState.REJECTED and request.approver == request.created_by
    state = _("Taken back by its author") if taken_back else request.get_state_display()
    return LogEntry(
        at=cast(datetime, request.decided_at),
        by=request.approver,
        heading=f"{state}: {_what(request)}",
        body=request.comment,
        address=address_of(request),
    )


def _what(request: ChangeRequest) -> str:
    if to := request.to_status:
        return _("Status: %(new)s") % {"new": Status(to).label.lower()}
    return request.get_kind_display().lower()


def address_of(request: ChangeRequest) -> str:
    """The page of a request at the desk, empty where it has none."""
    try:
        return reverse(f"admin:initiatives_{request._meta.model_name}_change", args=[request.pk])
    except NoReverseMatch:
        return ""
