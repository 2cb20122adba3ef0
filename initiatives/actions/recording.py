"""Saving and removing a row, with the record of what changed. All other verbs stand on these."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar, cast

from django.contrib.auth.models import User
from django.db.models import F, ProtectedError, RestrictedError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from initiatives.actions.accounts import audit
from initiatives.actions.errors import Conflict, Refused
from initiatives.bulk_rows import insert_rows, new_row, set_foreign_key
from initiatives.choices import ChangeAction, Language
from initiatives.models import (
    Change,
    ChangeRequest,
    ErrorReport,
    Initiative,
    Milestone,
)
from initiatives.models.evidence import TARGETS
from initiatives.models.record import Record
from initiatives.models.texts import key_of, text_in
from initiatives.publication import changed, publishing

AnyRecord = TypeVar("AnyRecord", bound=Record)
LANGUAGES = Language.values
# What only the desk sees of an initiative: to change it is no news for the public.
PRIVATE = frozenset({"internal_note", "desk", "owner", "review_every_days"})
# Rows that tell what somebody wishes: they leave the initiative as it is.
_WISHES = (ChangeRequest, ErrorReport)
# What the writer of the moment adds to each record of a change, and who else wants to have it.
_circumstances: ContextVar[Mapping[str, Any]] = ContextVar(
    "circumstances", default=MappingProxyType({})
)
_listeners: ContextVar[tuple[list[Change], ...]] = ContextVar("listeners", default=())
# What is cited and can go; a source is not, it is what claims are cited from.
_CLAIMS = frozenset(name.replace("_", "") for name in TARGETS)
_EMPTY = (None, "")
_STAMPS = frozenset(
    "id version public_version sequence created_at created_by updated_at updated_by "
    "search_text change_set".split()
)


@cache
def recorded_fields(model: type[Record]) -> tuple[Any, ...]:
    """The fields whose changes are worth a record.

    Not the stamps of a row, and not the untranslated twin that django-modeltranslation keeps
    beside the four columns of a text.
    """
    return tuple(
        field
        for field in model._meta.concrete_fields
        if field.name not in _STAMPS and not hasattr(model, f"{field.name}_en")
    )


@publishing()
def save_record(record: AnyRecord, *, by: User | None, seen: int | None = None) -> AnyRecord:
    """Save `record` for the user `by` if it differs from what is stored, and record the change.

    `seen` is the version that the user had before them; Conflict is raised when the stored row
    has another one. Saving a row that does not differ writes nothing.
    """
    before = None if record._state.adding else _locked(record)
    if before is not None and seen is not None and before.version != seen:
        raise Conflict(before)
    if before is not None:
        _keep_check(record, before)
    changed = differences(before, record)
    if before is not None and not changed:
        return record
    _stamp(record, before, by, changed)
    record.save()
    action = ChangeAction.CREATED if before is None else ChangeAction.CHANGED
    write_change(record, action=action, fields=changed, by=by)
    return record


@publishing()
def remove_record(record: Record, *, by: User | None) -> None:
    """Delete the row `record` that belongs to something else, and record what it held.

    Its citations go with it, each with a record of its own. Raises Refused where other rows or a
    history hold on to it.
    """
    if isinstance(record, Milestone):
        _refuse_to_forget(record)
    if record._meta.model_name in _CLAIMS:
        for citation in cast(Any, record).citations.all():
            remove_record(citation, by=by)
    held: dict[str, list[Any]] = {
        name: [value, None] for name, (_old, value) in differences(None, record).items()
    }
    links = {field.name: [links_of(record, field.name), []] for field in record._meta.many_to_many}
    held |= {name: values for name, values in links.items() if values[0]}
    write_change(record, action=ChangeAction.DELETED, fields=held, by=by)
    try:
        record.delete()
    except (ProtectedError, RestrictedError) as held_on:
        message = _("“%(row)s” is in use elsewhere.")
        raise Refused(message, code="in_use", params={"row": record}) from held_on


def _refuse_to_forget(milestone: Milestone) -> None:
    """What was promised in public is dropped with a reason, unless its entry is taken back."""
    if milestone.date_revisions.exists():
        message = _("The date of “%(row)s” was moved, which stays known: say why it was dropped.")
        raise Refused(message, code="history", params={"row": milestone})
    of = Initiative.objects.get(pk=milestone.initiative_id)
    if of.was_published and circumstance("reverts") is None:
        message = _("“%(row)s” was promised in public: say why it was dropped.")
        raise Refused(message, code="was_public", params={"row": milestone})


def links_of(record: Record, field: str) -> list[str]:
    """The keys of the rows to which the many-to-many `field` of `record` points."""
    return sorted(map(key_of, getattr(record, field).all()))


@publishing()
def set_links(record: Record, field: str, targets: Iterable[Record], *, by: User | None) -> None:
    """Make the many-to-many `field` of `record` point to exactly `targets`."""
    before = _locked(record)
    old = links_of(record, field)
    getattr(record, field).set(targets)
    new = links_of(record, field)
    if old != new:
        _stamp(record, before, by)
        record.save(update_fields=["version", "updated_at", "updated_by"])
        write_change(record, action=ChangeAction.CHANGED, fields={field: [old, new]}, by=by)


def write_change(
    record: Record | ErrorReport | User,
    *,
    action: ChangeAction,
    fields: Mapping[str, Any],
    by: User | None,
) -> None:
    """Write the history row of a save, and mark the initiative it belongs to as updated.

    Its version rises too: who has the initiative open has its rows open with it.
    """
    initiative = record if isinstance(record, Initiative) else getattr(record, "initiative", None)
    if initiative is not None and not isinstance(record, (Initiative, *_WISHES)):
        Initiative.objects.filter(pk=initiative.pk).update(
            version=F("version") + 1,
            public_version=F("version") + 1,
            updated_at=timezone.now(),
            updated_by=by,
        )
        rows = Initiative.objects.filter(pk=initiative.pk)
        version: int | None = rows.values_list("version", flat=True).get()
    else:
        version = getattr(record, "version", None)
    change = recorded(
        record, action=action, fields=fields, by=by, initiative=initiative, version=version
    )
    change.save()
    changed(change)
    audit.follow(record, action=action, fields=fields, by=by)
    for heard in _listeners.get():
        heard.append(change)


def recorded(
    record: Record | ErrorReport | User,
    *,
    action: ChangeAction,
    fields: Mapping[str, Any],
    by: User | None,
    initiative: Initiative | None,
    version: int | None,
    at: datetime | None = None,
) -> Change:
    """The history row of a save, not stored yet; of now, or of the instant `at`."""
    change = new_row(Change, at=at)
    set_foreign_key(change, "initiative", initiative)
    set_foreign_key(change, "recorded_by", by)
    change.model, change.key = str(record._meta.model_name), list(record.natural_key())
    change.action, change.fields, change.version = action, fields, version
    for name, value in _circumstances.get().items():
        set_foreign_key(change, name, value)
    return change


def note_created(record: Any, *, by: User | None) -> None:
    """Tell who listens of a row that is a history by itself and gets no record of its own."""
    change = recorded(
        record,
        action=ChangeAction.CREATED,
        fields=differences(None, record),
        by=by,
        initiative=record.initiative,
        version=None,
    )
    for heard in _listeners.get():
        heard.append(change)


def write_changes(changes: list[Change]) -> None:
    """Store history rows of many saves, which have given the versions themselves."""
    insert_rows(Change, changes)
    changed(*changes)
    for heard in _listeners.get():
        heard.extend(changes)


@contextmanager
def listening() -> Iterator[list[Change]]:
    """Collects the changes that are written inside, in their order."""
    heard: list[Change] = []
    token = _listeners.set((*_listeners.get(), heard))
    try:
        yield heard
    finally:
        _listeners.reset(token)


@contextmanager
def noting(**circumstances: Any) -> Iterator[None]:
    """Says of each change that is written inside who approved it, which one it reverts, or which
    import or joint entry it belongs to."""
    token = _circumstances.set({**_circumstances.get(), **circumstances})
    try:
        yield
    finally:
        _circumstances.reset(token)


def circumstance(name: str) -> Any:
    """What `noting` says at the moment, or None."""
    return _circumstances.get().get(name)


def in_languages(reason: Mapping[str, str | None] | str) -> dict[str, str]:
    """Language → text of a `reason` given as such a mapping, or as a text in the reader's one."""
    if not isinstance(reason, str):
        return {language: reason.get(language) or "" for language in LANGUAGES}
    return {_reader_language(): reason or ""}


def _reader_language() -> str:
    language = (get_language() or "en").split("-")[0]
    return language if language in LANGUAGES else "en"


def _locked(record: Record) -> Record:
    return type(record)._base_manager.select_for_update().get(pk=record.pk)


def _stamp(
    record: Record,
    before: Record | None,
    by: User | None,
    changed: dict[str, list[str | None]] | tuple[()] = (),
) -> None:
    now = timezone.now()
    if before is None:
        record.created_by, record.created_at = by, now
    else:
        record.version = before.version + 1
    of_the_desk = before is not None and PRIVATE.issuperset(changed)
    if not isinstance(record, Initiative) or not of_the_desk:
        record.updated_by, record.updated_at = by, now
    if isinstance(record, Initiative):
        kept = before.public_version if of_the_desk and isinstance(before, Initiative) else None
        record.public_version = record.version if kept is None else kept


def _keep_check(record: Record, before: Record) -> None:
    """“Checked” is stamped by a verb of its own, maybe after `record` was read for this save."""
    if isinstance(record, Initiative) and isinstance(before, Initiative):
        record.last_checked_at = before.last_checked_at
        record.last_checked_by_id = before.last_checked_by_id


def differences(before: Record | None, after: Record) -> dict[str, list[str | None]]:
    """Field name → [old, new] in text form, for the fields that differ."""
    found = {}
    given = after.__dict__  # where a value is unless it was deferred
    for field in recorded_fields(type(after)):
        if before is None and given.get(field.attname, field) in _EMPTY:
            continue  # most fields of a new row
        old = None if before is None else text_in(before, field)
        new = text_in(after, field)
        if old != new:
            found[field.name] = [old, new]
    return found
