"""Bringing about what a history tells: edits that were asked for, and changes taken back.

An edit is a mapping with the keys `model`, `key`, `action` and `fields`, which mean what they mean
in `Change`. So whatever was done once can be done later by somebody else, or the other way round.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.utils.translation import gettext_lazy as _

from initiatives.actions.errors import Refused
from initiatives.actions.initiatives import refuse_undue_delivered, save
from initiatives.actions.recording import links_of, recorded_fields, remove_record, set_links
from initiatives.actions.rows_before import model_of, row_before
from initiatives.actions.status_edits import BY_THE_VERB, do_status_edit, is_status, source_among
from initiatives.choices import ChangeAction
from initiatives.fields.typed import field_of
from initiatives.models import Change, Initiative
from initiatives.models.changes import Edit
from initiatives.models.record import Record
from initiatives.models.texts import put_text, row_of, text_of
from initiatives.publication import publishing

# Written by verbs of their own, or once and for all.
_NEVER = frozenset(
    "status status_since published_at first_planned_end last_checked_at last_checked_by "
    "code uid".split()
)

# Rows that were made, by their model and the key that later edits know.
Renumbered = dict[tuple[str, str], Any]


def never_edited(model: Record | str) -> frozenset[str]:
    """The names of the fields of `model`, a class or its name, that no edit writes.

    An initiative is published by a verb, an event by its form.
    """
    name = model if isinstance(model, str) else model._meta.model_name
    if name in _PARTS:
        return frozenset()
    if name == "statuschange":
        return BY_THE_VERB
    return _NEVER | {"publication"} if name == "initiative" else _NEVER


# Parts of a record, whose `code` and `status` are their own.
_PARTS = ("budget", "classification")


def edit_of(change: Change) -> Edit:
    """The edit that `change` recorded."""
    return Edit(model=change.model, key=change.key, action=change.action, fields=change.fields)


def inverse_of(change: Change) -> Edit:
    """The edit that takes `change` back."""
    turned = {
        ChangeAction.CREATED.value: ChangeAction.DELETED.value,
        ChangeAction.DELETED.value: ChangeAction.CREATED.value,
    }
    action = turned.get(change.action, change.action)
    fields = {name: [new, old] for name, (old, new) in change.fields.items()}
    return Edit(model=change.model, key=list(change.key), action=action, fields=fields)


def is_understood(change: Change) -> bool:
    """Whether its model and fields are still those of the domain."""
    try:
        model = apps.get_model("initiatives", change.model)
        return all(model._meta.get_field(name) for name in change.fields)
    except (LookupError, FieldDoesNotExist):
        return False


@publishing()
def apply_edits(
    edits: Sequence[Edit],
    *,
    by: User | None,
    reason: str = "",
    overwrite: bool = False,
    awaits_approval: bool = False,
) -> None:
    """Do the `edits` in their order, each through the verb for it, in the name of `by`.

    Raises Refused, and nothing is done, where a row is there no more or a value has become another
    one than the edit knew; with `overwrite` the edit wins over such values. `reason` says why
    promised dates move. `awaits_approval` says that all of it is undone by the caller and is for a
    second person to decide, who therefore need not be known yet.
    """
    renumbered: Renumbered = {}
    done = []  # citations that the verb of a status has written together with it
    for edit in edits:
        if is_status(edit):
            done.append(cited := source_among(edits, edit))
            row = do_status_edit(edit, cited, by=by, awaits_approval=awaits_approval)
            _remember(edit, row, renumbered)
        elif edit not in done:
            _DO[edit["action"]](edit, by, reason, overwrite, renumbered)


def refuse_undue_values(edits: Iterable[Edit]) -> None:
    """Raises Refused where the `edits` that were done say what does not go with the status.

    It is asked after all of them, as the status may come after what it needs.
    """
    own = (edit for edit in edits if edit["model"] == "initiative")
    for edit in (edit for edit in own if "delivered" in edit["fields"]):
        if isinstance(row := row_before(edit), Initiative):
            refuse_undue_delivered(row)


def outdated(edit: Edit, row: Record) -> list[str]:
    """The names of fields that got another value since the edit was made."""
    if edit["action"] == ChangeAction.DELETED:
        return _other_than_held(edit, row)
    return [
        name
        for name, (old, new) in edit["fields"].items()
        if _value(row, name) not in (old, new) and name not in never_edited(row)
    ]


def _other_than_held(edit: Edit, row: Record) -> list[Any]:
    """A deletion knew all values of its row: the others were empty, or the field came later."""
    held, new_row = {name: [old] for name, (old, _new) in edit["fields"].items()}, type(row)()
    never = never_edited(row)
    names = [field.name for field in recorded_fields(type(row)) if field.name not in never]
    return [
        name
        for name in names
        if text_of(row, name) not in held.get(name, [None, text_of(new_row, name)])
    ]


def _value(row: Record, name: str) -> Any:
    is_many = row._meta.get_field(name).many_to_many
    return links_of(row, name) if is_many else text_of(row, name)


def _change(
    edit: Edit,
    by: User | None,
    reason: str,
    overwrite: bool,
    renumbered: Renumbered,
) -> None:
    row = _found(edit)
    if not overwrite:
        _refuse_outdated(edit, row)
    _put(row, edit, renumbered)
    _check(row)
    save(row, by=by, reason=reason)
    _put_links(row, edit, by)


def _refuse_outdated(edit: Edit, row: Record) -> None:
    if names := outdated(edit, row):
        fields = ", ".join(str(field_of(type(row), name).verbose_name) for name in names)
        raise Refused(
            _("“%(row)s” was changed in the meantime: %(fields)s."),
            code="outdated",
            params={"row": row, "fields": fields},
        )


def _put_links(row: Record, edit: Edit, by: User | None) -> None:
    for name, (_old, new) in edit["fields"].items():
        field = row._meta.get_field(name)
        if field.many_to_many:
            model = cast(type[Record], field.related_model)
            targets = filter(None, (row_of(model, key) for key in new or ()))
            set_links(row, name, cast(list[Record], list(targets)), by=by)


def _create(
    edit: Edit,
    by: User | None,
    reason: str,
    overwrite: bool,
    renumbered: Renumbered,
) -> None:
    row = model_of(edit)()
    _put(row, edit, renumbered)
    if hasattr(row, "number") and _is_taken(row):
        cast(Any, row).number = None
    _check(row, without={"number"})
    save(row, by=by, reason=reason)
    _put_links(row, edit, by)
    _remember(edit, row, renumbered)


def _remember(edit: Edit, row: Any, renumbered: Renumbered) -> None:
    """Under the key that later edits know, as the row may have got another number."""
    renumbered[edit["model"], "/".join(map(str, edit["key"]))] = row


def _is_taken(row: Any) -> bool:
    return type(row)._default_manager.filter(initiative=row.initiative, number=row.number).exists()


def _delete(
    edit: Edit,
    by: User | None,
    reason: str,
    overwrite: bool,
    renumbered: Renumbered,
) -> None:
    row = _found(edit)
    if not overwrite:
        _refuse_outdated(edit, row)
    remove_record(row, by=by)


def _found(edit: Edit) -> Record:
    """The row, locked until the edit is done: what was compared is what is replaced."""
    row = row_before(edit)
    if row is None:
        raise Refused(
            _("%(what)s “%(key)s” no longer exists."),
            code="gone",
            params={
                "what": model_of(edit)._meta.verbose_name,
                "key": "/".join(map(str, edit["key"])),
            },
        )
    return type(row)._base_manager.select_for_update().get(pk=row.pk)


def _put(row: Record, edit: Edit, renumbered: Renumbered) -> None:
    for name, (_old, new) in edit["fields"].items():
        field = field_of(type(row), name)
        if name in never_edited(row) or field.many_to_many:
            continue
        related = cast(type[Record] | None, field.related_model)
        made = related and renumbered.get((str(related._meta.model_name), new))
        if made:
            setattr(row, name, made)
        elif not put_text(row, name, new):
            raise Refused(
                _("“%(key)s” no longer exists; it was to become the %(field)s."),
                code="gone",
                params={"key": new, "field": field.verbose_name},
            )


def _check(row: Record, without: set[str] | tuple[()] = ()) -> None:
    """What the form had checked may have ceased to hold; it is said without naming form fields."""
    try:
        code = set() if row._meta.model_name in _PARTS else {"code"}
        row.full_clean(exclude=set(without) | code)
    except ValidationError as wrong:
        raise Refused(wrong.messages, code="invalid") from wrong


_DO: dict[str, Callable[[Edit, User | None, str, bool, Renumbered], None]] = {
    ChangeAction.CHANGED: _change,
    ChangeAction.CREATED: _create,
    ChangeAction.DELETED: _delete,
}
