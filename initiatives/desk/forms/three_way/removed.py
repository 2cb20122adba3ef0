"""A row that somebody removed while I had it open: who did so, and what I had typed into it."""

from typing import TYPE_CHECKING, Any

from django.forms import ModelForm
from django.utils.translation import gettext as _

from initiatives.choices import ChangeAction
from initiatives.desk.forms.three_way.diff_view import RowView
from initiatives.desk.forms.three_way.differences import names_of
from initiatives.desk.forms.three_way.past import was_put
from initiatives.desk.forms.three_way.words import EMPTY, Words
from initiatives.models import Change
from initiatives.models.record import Record
from initiatives.models.texts import key_of

if TYPE_CHECKING:
    from initiatives.desk.forms.three_way.rows import RowsComparison


def removed_view(
    rows: "RowsComparison", form: ModelForm, changes: list[Change], words: Words
) -> RowView:
    """What to tell of the row behind `form`, one of `rows` (a RowsComparison)."""
    change, held = _removal(rows, form, changes)
    changed = held is None or bool(rows.differing(form, held))
    view = RowView(_title(held, form, words), change=change)
    if rows.formset._should_delete_form(form):
        view.note = _("Somebody else has removed this row, too.")
    elif changed:
        view.note = _(
            "Somebody else has removed this row. To keep what you typed, enter it as a new row:"
        )
        view.values = _typed(rows, form, words)
    else:
        view.note = _("Somebody else has removed this row. You had not changed it.")
    return view


def _removal(
    rows: "RowsComparison", form: ModelForm, changes: list[Change]
) -> tuple[Change | None, Record | None]:
    """The change that removed the row, with the row that it held: the one most like the form.

    The key of a row in a form is gone with the row, and the histories name it in another way.
    """
    name, home = rows.model._meta.model_name, key_of(rows.record)
    found: list[tuple[Change | None, Any]] = [
        (change, _held(rows, change))
        for change in changes
        if change.model == name
        and change.action == ChangeAction.DELETED
        and change.fields.get(rows.fk, [None])[0] == home
    ]
    likest = min(found, key=lambda each: len(rows.differing(form, each[1])), default=(None, None))
    return likest


def _held(rows: "RowsComparison", change: Change) -> Record:
    row: Record = rows.model()
    setattr(row, rows.fk, rows.record)
    for name, (old, _new) in change.fields.items():
        if name != rows.fk:
            was_put(row, name, old)
    return row


def _title(held: Record | None, form: ModelForm, words: Words) -> str:
    if held is not None:
        return str(held)
    texts = (words.typed(form, name) for name in form.fields if name not in ("seen", "merged"))
    return next((text for text in texts if text != EMPTY), "")


def _typed(rows: "RowsComparison", form: ModelForm, words: Words) -> list[tuple[str, str]]:
    names = names_of(rows.model, form.fields, {rows.fk})
    told = [(str(form[name].label), words.typed(form, name)) for name in names]
    return [(label, text) for label, text in told if text != EMPTY]
