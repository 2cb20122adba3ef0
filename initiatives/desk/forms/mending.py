"""A request that was rejected, to be mended and asked for again: its texts, dates and choices."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import DateTimeField, Field
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from initiatives import actions
from initiatives.actions.edits import never_edited
from initiatives.actions.rows_before import model_of
from initiatives.choices import ChangeAction
from initiatives.desk.forms.initiative import in_known_years
from initiatives.desk.forms.record import show_refusal
from initiatives.fields.typed import field_of
from initiatives.models import ChangeRequest
from initiatives.models.changes import Edit, in_field_order
from initiatives.models.texts import put_text, text_of


class MendForm(forms.Form):
    """One field for each value that the request would write. What it points to stays as it was.

    `headings` and `labels` say in words what each edit and each of its fields is.
    """

    def __init__(
        self,
        *args: Any,
        change_request: ChangeRequest,
        headings: list[str],
        labels: list[dict[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.change_request = change_request
        self.headings = headings
        self.places: dict[str, tuple[int, str]] = {}
        for number, edit in enumerate(change_request.edits):
            if edit["action"] != ChangeAction.DELETED:
                self._offer(number, edit, labels[number])
        if change_request.moved_because:
            field = field_of(type(change_request), "moved_because")
            self.fields["moved_because"] = _to_type(field, change_request.moved_because)

    def _offer(self, number: int, edit: Edit, labels: dict[str, str]) -> None:
        row = model_of(edit)()
        for name in in_field_order(type(row), edit["fields"]):
            field, new = field_of(type(row), name), edit["fields"][name][1]
            if field.is_relation or name in never_edited(row) or name == "number":
                continue
            put_text(row, name, new)
            key = f"edit-{number}-{name}"
            self.fields[key] = _to_type(field, field.value_from_object(row))
            if isinstance(field, DateTimeField):
                self.fields[key].validators.append(in_known_years)
            self.fields[key].label = capfirst(labels[name])
            self.places[key] = (number, name)

    def groups(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """The fields of each edit under its heading, and last those of the request itself."""
        for number, heading in enumerate(self.headings):
            if fields := [self[key] for key, (own, _name) in self.places.items() if own == number]:
                yield heading, fields
        if fields := [self[key] for key in self.fields if key not in self.places]:
            yield "", fields

    def edits(self) -> list[Edit]:
        """The edits with what was typed."""
        mended: list[Edit] = deepcopy(self.change_request.edits)
        for key, (number, name) in self.places.items():
            row = model_of(mended[number])()
            setattr(row, name, self.cleaned_data[key])
            mended[number]["fields"][name] = [
                self.change_request.edits[number]["fields"][name][0],
                text_of(row, name),
            ]
        return mended

    def enter(self, *, by: User | None) -> ChangeRequest | None:
        """The new request; None where it is refused, with the reasons in the form."""
        reason = self.cleaned_data.get("moved_because", "")
        try:
            return actions.ask_again(self.change_request, self.edits(), by=by, moved_because=reason)
        except ValidationError as refusal:
            show_refusal(self, refusal)
        return None

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.errors and self.edits() == self.change_request.edits:
            self.add_error(None, _("Nothing is corrected yet."))
        return self.cleaned_data


def _to_type(field: "Field[Any, Any]", initial: Any) -> forms.Field:
    """The form field of `field`, which has one: only keys that the database counts have none."""
    return cast(forms.Field, field.formfield(initial=initial))
