"""A whole session taken back: requests, statuses, rows and drafts that came with it."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.actions.approvals.requests import is_taken_back, revert
from initiatives.actions.bulk import JUST_SAVED, NOT_ALLOWED, Effect, Outcome, for_each
from initiatives.actions.change_sets import reject_waiting, status_back
from initiatives.actions.errors import Refused
from initiatives.actions.publication import erase_draft
from initiatives.choices import ChangeAction, DeskRole
from initiatives.models import Change, ChangeSet, Initiative
from initiatives.models.changes import NO_EDIT, REQUESTS
from initiatives.models.texts import KEY_SIGN
from initiatives.publication import publishing
from initiatives.rights import Rights
from initiatives.rights.public import is_public

_PUBLIC = _("What is public of it is taken back by who may publish it.")
_EDITED = _("The draft was edited since. Look at it, and delete it there if it is not needed.")
_WAS_PUBLIC = _("“%(row)s” is public and stays.")


def undo_session(
    change_set: ChangeSet, *, rights: Rights, skip_failing: bool = False
) -> tuple[Outcome, list[str]]:
    """Take back what the session of `change_set` brought to each record, drafts and all.

    A record on which others have built fails; then nothing is undone, unless `skip_failing`. Gives
    the Outcome, and what is said of the event and its source where these stay.
    """
    with publishing():
        locked = ChangeSet.objects.select_for_update(of=("self",)).get(pk=change_set.pk)
        event_is_public = locked.event is not None and is_public(locked.event)
        rows = _records(locked)
        seen = rows.filter(pk__in=rights.initiatives().order_by().values("pk"))
        is_whole = rows.count() == seen.count()
        outcome = for_each(
            list(seen), lambda row: _undone(row, locked, rights), skip_failing=skip_failing
        )
        if outcome.undone:
            return outcome, []
        left: list[str] = []
        if is_whole and not outcome.failed:
            try:
                reject_waiting(None, locked, rights)  # what is asked of the event
            except Refused as refusal:
                return outcome, refusal.messages
            left = list(_event_undone(locked, rights, is_shown=event_is_public))
            locked.undone_at, locked.updated_by = timezone.now(), rights.user
            locked.save(update_fields=["undone_at", "updated_by"])
    return outcome, left


def _records(change_set: ChangeSet) -> Any:
    written = Change.objects.filter(change_set=change_set, initiative__isnull=False)
    asked = Q(change_requests__change_set=change_set)
    return Initiative.objects.filter(Q(pk__in=written.values("initiative")) | asked).distinct()


def _undone(record: Initiative, change_set: ChangeSet, rights: Rights) -> Any:
    if not rights.has(DeskRole.EDITOR, record):
        raise Refused(NOT_ALLOWED, code="role")
    waited = reject_waiting(record, change_set, rights)
    changes = list(_changes_of(record, change_set))
    if any(one.model == "initiative" and one.action == ChangeAction.CREATED for one in changes):
        return _draft_erased(record, change_set, rights)
    if changes and is_public(record) and not rights.has(DeskRole.PUBLISHER, record):
        raise Refused(_PUBLIC, code="role")
    done = waited
    move = record.status_changes.filter(change_set=change_set).order_by("number").last()
    if move is not None and move.corrects_id is None:
        done = status_back(record, move, rights) is not Effect.UNCHANGED or done
    for change in changes:
        if "status" not in change.fields and not is_taken_back(change):
            revert(change, by=rights.user)
            done = True
    return Effect.DONE if done else Effect.UNCHANGED


def _changes_of(record: Initiative, change_set: ChangeSet) -> Iterator[Change]:
    """What was written of it and of its rows, the last first; a status is mended, not removed."""
    start = f"{record.code}{KEY_SIGN}"
    own = Q(initiative=record) | Q(initiative=None, model="citation")
    rows = Change.objects.filter(own, change_set=change_set).exclude(model__in=REQUESTS)
    for change in rows.order_by("-pk"):
        claim = (change.fields.get("milestone") or (None, None))[1] or ""
        if change.initiative_id is not None or claim.startswith(start):
            yield change


def _draft_erased(record: Initiative, change_set: ChangeSet, rights: Rights) -> Effect:
    later = Change.objects.filter(initiative=record).exclude(change_set=change_set)
    if later.exclude(NO_EDIT).exists():
        raise Refused(_EDITED, code="built_on")
    if record.created_by_id != rights.user.pk and not rights.has(DeskRole.PUBLISHER, record):
        raise Refused(NOT_ALLOWED, code="role")
    erase_draft(record, by=rights.user)
    return Effect.DONE


def _event_undone(change_set: ChangeSet, rights: Rights, *, is_shown: bool) -> Iterator[str]:
    """Take back the event and its source where nothing else needs them; says why they stay."""
    event = change_set.event
    if event is None:
        return
    changes = Change.objects.filter(change_set=change_set, initiative=None).order_by("-pk")
    own = [change for change in changes if _is_of_the_event(change)]
    is_new = any(one.model == "event" and one.action == ChangeAction.CREATED for one in own)
    if is_shown and is_new:
        yield str(_WAS_PUBLIC % {"row": event})
        return
    if is_shown and own and not rights.has(DeskRole.PUBLISHER, event):
        yield str(_PUBLIC)
        return
    try:
        with transaction.atomic():
            if not rights.has(DeskRole.EDITOR, event):
                raise Refused(NOT_ALLOWED, code="role")
            if is_new:
                change_set.event = None
                change_set.save(update_fields=["event"])
            for change in own:
                revert(change, by=rights.user)
    except ValidationError as refusal:
        change_set.event = event
        yield from refusal.messages
    except IntegrityError:
        change_set.event = event
        yield str(JUST_SAVED)


def _is_of_the_event(change: Change) -> bool:
    if is_taken_back(change):
        return False
    cited = change.model == "citation" and bool((change.fields.get("event") or (None, None))[1])
    return cited or change.model in ("event", "source")
