"""Saving and removing a row, with the record of what changed. All other verbs stand on these."""

from django.db import transaction
from django.utils import timezone

from initiatives.actions.errors import Conflict
from initiatives.choices import ChangeAction
from initiatives.models import Change, Initiative

_STAMPS = frozenset(
    "id version sequence created_at created_by updated_at updated_by search_text".split()
)


def recorded_fields(model):
    """The fields whose changes are worth a record.

    Not the stamps of a row, and not the untranslated twin that django-modeltranslation keeps
    beside the four columns of a text.
    """
    return [
        field
        for field in model._meta.concrete_fields
        if field.name not in _STAMPS and not hasattr(model, f"{field.name}_en")
    ]


@transaction.atomic
def save_record(record, *, by, seen=None):
    """Save `record` for the user `by` if it differs from what is stored, and record the change.

    `seen` is the version that the user had before them; Conflict is raised when the stored row
    has another one. Saving a row that does not differ writes nothing.
    """
    before = None if record._state.adding else _locked(record)
    if before is not None and seen is not None and before.version != seen:
        raise Conflict(before)
    changed = differences(before, record)
    if before is not None and not changed:
        return record
    _stamp(record, before, by)
    record.save()
    action = ChangeAction.CREATED if before is None else ChangeAction.CHANGED
    write_change(record, action=action, fields=changed, by=by)
    return record


@transaction.atomic
def remove_record(record, *, by):
    """Delete the row `record` that belongs to something else, and record what it held."""
    held = {name: [value, None] for name, (_, value) in differences(None, record).items()}
    write_change(record, action=ChangeAction.DELETED, fields=held, by=by)
    record.delete()


@transaction.atomic
def set_links(record, field, targets, *, by):
    """Make the many-to-many `field` of `record` point to exactly `targets`."""
    links = getattr(record, field)
    old = sorted(map(_key, links.all()))
    links.set(targets)
    new = sorted(map(_key, links.all()))
    if old != new:
        write_change(record, action=ChangeAction.CHANGED, fields={field: [old, new]}, by=by)


def write_change(record, *, action, fields, by):
    """Write the history row of a save, and mark the initiative it belongs to as updated."""
    initiative = record if isinstance(record, Initiative) else getattr(record, "initiative", None)
    Change.objects.create(
        initiative=initiative,
        model=record._meta.model_name,
        key=list(record.natural_key()),
        action=action,
        fields=fields,
        recorded_by=by,
    )
    if initiative is not None and initiative is not record:
        Initiative.objects.filter(pk=initiative.pk).update(updated_at=timezone.now())


def _locked(record):
    return type(record)._base_manager.select_for_update().get(pk=record.pk)


def _stamp(record, before, by):
    now = timezone.now()
    if before is None:
        record.created_by, record.created_at = by, now
    else:
        record.version = before.version + 1
    record.updated_by, record.updated_at = by, now


def differences(before, after):
    """Field name → [old, new] in text form, for the fields that differ."""
    found = {}
    for field in recorded_fields(type(after)):
        old = None if before is None else _text(field, before)
        new = _text(field, after)
        if old != new:
            found[field.name] = [old, new]
    return found


def _text(field, record):
    value = field.value_from_object(record)
    if value is None or value == "":
        return None
    if field.is_relation:
        return _key(getattr(record, field.name))
    return field.value_to_string(record)


def _key(row):
    """The natural key in one text: it means the same in every language and after a reload."""
    return "/".join(map(str, row.natural_key()))
