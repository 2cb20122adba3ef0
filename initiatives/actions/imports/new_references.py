"""Rows of the lists that a file brings with it: countries, sectors, organisations and sources."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from initiatives.actions.bulk import JUST_SAVED, NOT_ALLOWED
from initiatives.actions.edits import apply_edits, inverse_of
from initiatives.actions.errors import Refused
from initiatives.actions.recording import noting, remove_record
from initiatives.actions.rows_before import model_of, row_before
from initiatives.choices import ChangeAction, DeskRole
from initiatives.models import Change, ImportBatch, ImportRow
from initiatives.models.changes import Edit
from initiatives.models.record import Record
from initiatives.rights import LISTS, Rights

_MADE = ("source", "organisation", "sector", "country")
Key = tuple[str, ...]


def keys_of(row: ImportRow) -> list[Key]:
    """What `row` (of ImportRow) brings with it."""
    return [(edit["model"], *edit["key"]) for edit in row.makes]


def create_references(rows: list[ImportRow], *, by: User | None, rights: Rights) -> dict[Key, str]:
    """Make what `rows` bring and what is not stored by now, each once.

    Gives those that could not be made, each with the reason.
    """
    wanted = {key: edit for row in rows for key, edit in zip(keys_of(row), row.makes, strict=True)}
    refused = {}
    for key in _absent(wanted):
        if why := _make(wanted[key], by, rights):
            refused[key] = why
    return refused


def _absent(keys: Mapping[Key, dict[str, Any]]) -> list[Key]:
    named = defaultdict(list)
    for model, name in keys:
        named[model].append(name)
    return [(model, name) for model, names in named.items() for name in _not_stored(model, names)]


def _not_stored(model: str, names: list[str]) -> list[str]:
    table = apps.get_model("initiatives", model)
    (field,) = table.natural_fields
    rows = table._default_manager.filter(**{f"{field}__in": names})
    stored = set(rows.values_list(field, flat=True))
    return [name for name in names if name not in stored]


def _make(edit: Edit, by: User | None, rights: Rights) -> str:
    """The reason if it could not be made."""
    may = rights.is_superuser if model_of(edit) in LISTS else rights.highest >= DeskRole.EDITOR
    if not may:
        return str(NOT_ALLOWED)
    try:
        with transaction.atomic():
            apply_edits([edit], by=by)
    except ValidationError as refusal:
        return f"{edit['key'][0]}: {' '.join(refusal.messages)}"
    except IntegrityError:
        return str(JUST_SAVED)
    return ""


def remove_references(batch: ImportBatch, *, by: User | None) -> None:
    """Remove what `batch` brought to the lists, where nobody edited or uses it."""
    made = batch.changes.filter(model__in=_MADE, action=ChangeAction.CREATED)
    for change in made.order_by("-pk").iterator(chunk_size=500):
        record = row_before(inverse_of(change))
        if record is not None and record.version == change.version and not _is_used(record):
            _remove(record, change, by)


def _remove(record: Record, change: Change, by: User | None) -> None:
    try:
        with transaction.atomic(), noting(reverts=change):
            remove_record(record, by=by)
    except Refused:
        return  # somebody came to use it in this moment


def _is_used(record: Record) -> bool:
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: record}).exists()
        for relation in record._meta.related_objects
    )
