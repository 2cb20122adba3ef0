"""Saving an initiative and what belongs to it."""

from typing import Any, TypeVar, cast

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import IntegerField, Max, Model
from django.db.models.functions import Cast, Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.actions.accounts.officers import let_in
from initiatives.actions.errors import Refused
from initiatives.actions.recording import differences, save_record, write_change
from initiatives.choices import ChangeAction, Language, Publication
from initiatives.lifecycle import ONLY_IMPLEMENTED, Status, contradiction_of
from initiatives.models import CodeCounter, DateRevision, DeskMember, Event, Initiative, Milestone
from initiatives.models.record import Record
from initiatives.publication import publishing

MOVED_WHY = _("A promised date moves. Say why; the public will read it.")
NOT_DELIVERED = tuple(f"not_delivered_{language}" for language in Language.values)
PROMISES = {Initiative: ("planned_start", "planned_end"), Milestone: ("planned",)}
Saved = TypeVar("Saved", bound=Record)


@publishing()
def save(record: Saved, *, by: User | None, seen: int | None = None, reason: str = "") -> Saved:
    """Save any row of the domain by the rules of its kind. See `save_record` for `seen`.

    `reason` says why a promised date moved, and a promise does not move without one.
    """
    if record._state.adding:
        _prepare_new(record)
    before = _stored(record)
    if isinstance(record, Initiative):
        _check_parents(record)
        check_delivered(record)
        if record.first_planned_end is None or _may_mend_promise(record, reason):
            record.first_planned_end = record.planned_end
    if isinstance(record, Event) and isinstance(before, Event):
        record.sequence = before.sequence + bool(differences(before, record))
    if isinstance(record, DeskMember):
        let_in(record.user)
    save_record(record, by=by, seen=seen)
    if before is not None:
        _record_moved_dates(before, record, reason=reason, by=by)
    return record


@publishing()
def mark_checked(initiative: Initiative, *, by: User | None) -> Initiative:
    """Stamp that the desk looked at the record and found nothing new; only this resets “stale”."""
    locked = Initiative.objects.select_for_update().get(pk=initiative.pk)
    old, locked.last_checked_at = locked.last_checked_at, timezone.now()
    locked.last_checked_by = by
    locked.save(update_fields=["last_checked_at", "last_checked_by"])
    stamps = [old and old.isoformat(), locked.last_checked_at.isoformat()]
    write_change(locked, action=ChangeAction.CHANGED, fields={"last_checked_at": stamps}, by=by)
    initiative.last_checked_at, initiative.last_checked_by = locked.last_checked_at, by
    return initiative


def next_code(year: int) -> str:
    """The next code of the year, for example CI-2025-0007. Call it inside a transaction."""
    return next_codes(year, 1)[0]


def next_codes(year: int, number: int) -> list[str]:
    """So many codes of the year, one after the other. Call it inside a transaction."""
    CodeCounter.objects.get_or_create(year=year)
    counter = CodeCounter.objects.select_for_update().get(year=year)
    first = max(counter.last, _highest(year)) + 1
    counter.last = first + number - 1
    counter.save()
    return [f"CI-{year}-{code:04}" for code in range(first, first + number)]


def next_number(model: type[Model], initiative: Initiative) -> int:
    """The number after the highest one that `initiative` ever had among the rows of `model`.

    The number of a row that went names that row in requests and histories, so it does not return.
    """
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    highest = model._default_manager.filter(initiative=initiative).aggregate(highest=Max("number"))
    gone = initiative.changes.filter(model=model._meta.model_name, action=ChangeAction.DELETED)
    numbers = [int(key[1]) for key in gone.values_list("key", flat=True)]
    return max([highest["highest"] or 0, *numbers]) + 1


def _highest(year: int) -> int:
    """The highest number in use, also by codes that a fixture or an import brought."""
    start = f"CI-{year}-"
    number = Cast(Substr("code", len(start) + 1), IntegerField())
    rows = Initiative.objects.filter(code__startswith=start)
    return rows.aggregate(highest=Max(number))["highest"] or 0


def _prepare_new(record: Record) -> None:
    if isinstance(record, Initiative) and not record.code:
        record.code = next_code(timezone.localdate().year)
    elif hasattr(record, "number") and record.number is None:
        part = cast(Any, record)
        part.number = next_number(type(record), part.initiative)


def _stored(record: Record) -> Record | None:
    if record._state.adding:
        return None
    return type(record)._base_manager.filter(pk=record.pk).first()


def _check_parents(initiative: Initiative) -> None:
    seen, parent = {initiative.pk}, initiative.parent
    while parent is not None:
        if parent.pk in seen:
            message = _("An initiative cannot be part of itself, not even through others.")
            raise Refused({"parent": ValidationError(message, code="cycle")})
        seen.add(parent.pk)
        parent = parent.parent


def check_delivered(initiative: Initiative) -> None:
    """Raises Refused where what was not delivered contradicts how much was delivered."""
    texts = [getattr(initiative, name) or "" for name in NOT_DELIVERED]
    wrong = contradiction_of(initiative.delivered, texts)
    if wrong is not None:
        raise Refused({NOT_DELIVERED[0]: ValidationError(wrong, code="not_delivered")})


def refuse_undue_delivered(initiative: Initiative) -> None:
    """Raises Refused where it is said how much was delivered of what is not implemented."""
    if initiative.delivered and initiative.status != Status.IMPLEMENTED:
        raise Refused({"delivered": ValidationError(ONLY_IMPLEMENTED, code="not_implemented")})


def _is_unpublished(initiative: Initiative) -> bool:
    return initiative.published_at is None and initiative.publication in (
        Publication.DRAFT,
        Publication.IN_REVIEW,
    )


def is_bound_by_promises(initiative: Initiative) -> bool:
    """In a record that was never public, a slip of the pen is no promise that moved."""
    if not _is_unpublished(initiative):
        return True
    return initiative.pk is not None and initiative.date_revisions.exists()


def _may_mend_promise(record: Record, reason: str) -> bool:
    initiative = record if isinstance(record, Initiative) else cast(Any, record).initiative
    return not reason.strip() and not is_bound_by_promises(initiative)


def _record_moved_dates(before: Record, after: Record, *, reason: str, by: User | None) -> None:
    if (names := PROMISES.get(type(after))) is None:
        return
    initiative = after if isinstance(after, Initiative) else cast(Any, after).initiative
    for name in names:
        old, new = getattr(before, name), getattr(after, name)
        if old is None or old == new or _may_mend_promise(after, reason):
            continue
        if not reason.strip():
            raise Refused({"moved_because": ValidationError(MOVED_WHY, code="required")})
        DateRevision.objects.create(
            initiative=initiative,
            number=next_number(DateRevision, initiative),
            milestone=after if isinstance(after, Milestone) else None,
            field=name,
            old=old,
            new=new,
            reason=reason,
            recorded_by=by,
        )
