"""Bringing about what a history tells: edits that were asked for, and changes taken back.

An edit is a mapping with the keys `model`, `key`, `action` and `fields`, which mean what they mean
in `Change`. So whatever was done once can be done later by somebody else, or the other way round.
"""

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from initiatives.actions.errors import Refused
from initiatives.actions.initiatives import save
from initiatives.actions.recording import remove_record, set_links
from initiatives.choices import ChangeAction
from initiatives.models.texts import key_of, put_text, row_of, text_of

# Written by verbs of their own, or once and for all.
NEVER_EDITED = frozenset(
    "status status_since publication published_at first_planned_end last_checked_at "
    "last_checked_by code uid".split()
)


def edit_of(change):
    """The edit that `change` recorded."""
    names = ("model", "key", "action", "fields")
    return {name: getattr(change, name) for name in names}


def inverse_of(change):
    """The edit that takes `change` back."""
    turned = {
        ChangeAction.CREATED: ChangeAction.DELETED,
        ChangeAction.DELETED: ChangeAction.CREATED,
        ChangeAction.CHANGED: ChangeAction.CHANGED,
    }
    fields = {name: [new, old] for name, (old, new) in change.fields.items()}
    key = list(change.key)
    return {"model": change.model, "key": key, "action": turned[change.action], "fields": fields}


@transaction.atomic
def apply_edits(edits, *, by, reason="", overwrite=False):
    """Do the `edits` in their order, each through the verb for it, in the name of `by`.

    Raises Refused, and nothing is done, where a row is there no more or a value has become another
    one than the edit knew; with `overwrite` the edit wins over such values. `reason` says why
    promised dates move.
    """
    renumbered = {}
    for edit in edits:
        _DO[edit["action"]](edit, by, reason, overwrite, renumbered)


def row_before(edit):
    """The stored row that `edit` starts from, None if there is none."""
    model = model_of(edit)
    key = list(edit["key"])
    for place, path in enumerate(model.natural_fields):
        name, *further = path.split("__")
        if edit["action"] == ChangeAction.CHANGED and name in edit["fields"] and len(further) < 2:
            key[place] = edit["fields"][name][0]
    try:
        return model._default_manager.get_by_natural_key(*key)
    except (ObjectDoesNotExist, TypeError, ValueError):
        return None


def model_of(edit):
    return apps.get_model("initiatives", edit["model"])


def outdated(edit, row):
    """The names of fields that got another value since the edit was made."""
    return [
        name
        for name, (old, new) in edit["fields"].items()
        if _value(row, name) not in (old, new) and name not in NEVER_EDITED
    ]


def _value(row, name):
    if row._meta.get_field(name).many_to_many:
        return sorted(map(key_of, getattr(row, name).all()))
    return text_of(row, name)


def _change(edit, by, reason, overwrite, renumbered):
    row = _found(edit)
    if not overwrite and (names := outdated(edit, row)):
        fields = ", ".join(str(row._meta.get_field(name).verbose_name) for name in names)
        raise Refused(
            _("“%(row)s” was changed in the meantime: %(fields)s."),
            code="outdated",
            params={"row": row, "fields": fields},
        )
    _put(row, edit, renumbered)
    _check(row)
    save(row, by=by, reason=reason)
    for name, (_old, new) in edit["fields"].items():
        field = row._meta.get_field(name)
        if field.many_to_many:
            targets = filter(None, (row_of(field.related_model, key) for key in new))
            set_links(row, name, list(targets), by=by)


def _create(edit, by, reason, overwrite, renumbered):
    row = model_of(edit)()
    _put(row, edit, renumbered)
    if hasattr(row, "number") and _is_taken(row):
        row.number = None
    _check(row, without={"number"})
    save(row, by=by, reason=reason)
    renumbered[edit["model"], "/".join(map(str, edit["key"]))] = row


def _is_taken(row):
    return type(row)._default_manager.filter(initiative=row.initiative, number=row.number).exists()


def _delete(edit, by, reason, overwrite, renumbered):
    remove_record(_found(edit), by=by)


def _found(edit):
    row = row_before(edit)
    if row is None:
        raise Refused(
            _("%(what)s “%(key)s” is there no more."),
            code="gone",
            params={
                "what": model_of(edit)._meta.verbose_name,
                "key": "/".join(map(str, edit["key"])),
            },
        )
    return row


def _put(row, edit, renumbered):
    for name, (_old, new) in edit["fields"].items():
        field = row._meta.get_field(name)
        if name in NEVER_EDITED or field.many_to_many:
            continue
        made = field.is_relation and renumbered.get((field.related_model._meta.model_name, new))
        if made:
            setattr(row, name, made)
        elif not put_text(row, name, new):
            raise Refused(
                _("“%(key)s” is there no more; it was to become the %(field)s."),
                code="gone",
                params={"key": new, "field": field.verbose_name},
            )


def _check(row, without=()):
    """What the form had checked may have ceased to hold; it is said without naming form fields."""
    try:
        row.full_clean(exclude=set(without) | {"code"})
    except ValidationError as wrong:
        raise Refused(wrong.messages, code="invalid") from wrong


_DO = {
    ChangeAction.CHANGED: _change,
    ChangeAction.CREATED: _create,
    ChangeAction.DELETED: _delete,
}
