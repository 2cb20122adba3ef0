"""The form of an editable row: it refuses to overwrite what somebody else saved meanwhile."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from initiatives.choices import Language
from initiatives.models import Sector
from initiatives.models.queries import CountryQuerySet, OrganisationQuerySet
from initiatives.timeline.names import name_of

LARGEST = 2**63 - 1  # key of 64 bits; SQLite's driver fails on anything above


def called(row: Any) -> str:
    """How a row is called where it is chosen: officers by name, and by what they sign in with."""
    name = row.get_full_name() if isinstance(row, User) else ""
    return f"{name} ({row.get_username()})" if name else str(row)


class BoundedChoice(forms.ModelChoiceField):
    """A choice of one row by its key; what can be no key is refused before any query."""

    def label_from_instance(self, obj: Any) -> str:
        return called(obj)

    def to_python(self, value: str | None) -> Model | None:
        if value not in self.empty_values and not is_key(value):
            error = self.error_messages["invalid_choice"]
            raise ValidationError(error, "invalid_choice", {"value": str(value)[:40]})
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        value = super().prepare_value(value)
        return value if value == "" or is_key(value) else None


class BoundedChoices(forms.ModelMultipleChoiceField):
    """A choice of several rows by their keys, with the same care."""

    def clean(self, value: list[str]) -> CountryQuerySet | OrganisationQuerySet | QuerySet[Sector]:
        for key in value or ():
            if not is_key(key):
                error = self.error_messages["invalid_pk_value"]
                raise ValidationError(error, "invalid_pk_value", {"pk": str(key)[:40]})
        return super().clean(value)

    def prepare_value(self, value: Any) -> Any:
        value = super().prepare_value(value)
        return [key for key in value if is_key(key)] if isinstance(value, list) else value


def is_key(value: int | str | None) -> bool:
    """Whether `value` may be the key of a row, which is a positive number of 64 bits."""
    digits = str(value)
    return digits.isascii() and digits.isdecimal() and len(digits) < 20 and int(digits) <= LARGEST


def show_refusal(form: BaseForm, refusal: ValidationError) -> None:
    """Put each message beside its field, and those of no field here above the form."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, errors in refusal.error_dict.items():
        form.add_error(name if name in form.fields else NON_FIELD_ERRORS, errors)


def offer(form: BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """Let the field `name`, where `form` has it, choose among `rows`."""
    if isinstance(field := form.fields.get(name), forms.ModelChoiceField):
        field.queryset = rows


class SeenVersion(forms.CharField):
    """The version that was shown; it is no content, so it never counts as a change."""

    widget = forms.HiddenInput

    def has_changed(self, initial: int | None, data: str | None) -> bool:
        return False


class RecordForm(forms.ModelForm):
    """A row together with the version that the officer had before them.

    `seen` is that version. Where the stored row has another one, the form is refused and keeps
    what was typed; `overwrite` then repeats the stored version as the officer's word that theirs
    shall win. `merged` is the stored version with which a refused form was merged when it was
    shown again: what the officer left alone is as in that one. `refusal` is what
    an action said against an earlier attempt to save this form.
    """

    seen = SeenVersion(required=False)
    merged = SeenVersion(required=False)
    refusal: ValidationError | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.instance.version

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.conflicts:
            self.add_error(None, self._conflict())
        elif self.refusal is not None:
            show_refusal(self, self.refusal)
        return cleaned

    @property
    def conflicts(self) -> bool:
        """Whether somebody saved the row after the officer opened it."""
        if not self.is_bound or self.instance._state.adding:
            return False
        accepted = [self.data.get(self.add_prefix(name)) for name in ("seen", "overwrite")]
        return str(self.instance.version) not in accepted

    def _conflict(self) -> ValidationError:
        stored = self.instance
        at = date_format(timezone.localtime(stored.updated_at), "SHORT_DATETIME_FORMAT")
        message = _(
            "%(who)s saved this record on %(at)s, after you had opened it. Nothing that you typed "
            "is lost: compare below, then save again."
        )
        who = name_of(stored.updated_by) if stored.updated_by else _("Somebody")
        return ValidationError(message, code="conflict", params={"who": who, "at": at})


class NamedForm(RecordForm):
    """A row whose text `named_by` has to be given in one of the four languages at least.

    Where it is not, that is told at the officer's own language: the others are folded.
    """

    named_by = "name"

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        cleaned = self.cleaned_data
        columns = [f"{self.named_by}_{language}" for language in Language.values]
        shown = [column for column in columns if column in self.fields]
        if shown and not any(cleaned.get(column) for column in shown):
            message = _("Give this text in one language at least.")
            own = f"{self.named_by}_{get_language()}"
            where = own if own in shown else shown[0]
            self.add_error(where, ValidationError(message, code="required"))
        return cleaned


class TitledForm(NamedForm):
    named_by = "title"
