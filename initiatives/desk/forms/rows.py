"""The rows of a form: they refuse to overwrite what somebody else saved meanwhile, as forms do."""

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.forms import Field as FormField
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _

from initiatives.desk.forms.options import RowSelect
from initiatives.desk.forms.record import SeenVersion
from initiatives.desk.forms.unique_rows import UniqueRows


class GuardedRows(UniqueRows):
    """Rows together with the versions that the officer had before them; see RecordForm."""

    def add_fields(self, form: ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        version = getattr(form.instance, "version", None)
        if index is not None and index < self.initial_form_count() and version is not None:
            form.fields["seen"] = SeenVersion(required=False, initial=version)
            form.fields["merged"] = SeenVersion(required=False)
        # What they ask of the database they may ask together.
        cast(Any, form).beside_rows = self
        # Nobody has to ask the database for what the rows stand under.
        setattr(form.instance, self.fk.name, self.instance)
        _expect_choices(form)

    def clean(self) -> None:
        super().clean()
        if self.conflicts:
            message = _("Somebody changed or removed rows here after you had opened this form.")
            raise ValidationError(message, code="conflict")

    @property
    def conflicts(self) -> bool:
        """Whether somebody saved or removed one of the rows after the officer opened them."""
        if not self.is_bound or not self.management_form.is_valid():
            return False
        return any(self._clashes(form) for form in self.initial_forms)

    def _clashes(self, form: ModelForm) -> bool:
        if form.instance.pk is None:
            return not self._should_delete_form(form)
        seen = form.data.get(form.add_prefix("seen"))
        if seen is None or "seen" not in form.fields:
            return False
        stored = getattr(self.instance, "version", None)  # an account has none
        compared = stored is not None and self.data.get("overwrite") == str(stored)
        accepted = [seen, form.data.get(form.add_prefix("merged")) if compared else None]
        return str(form.instance.version) not in accepted


def _expect_choices(form: ModelForm) -> None:
    """Tell the fields of a row that share their options what is chosen in it."""
    for name, field in form.fields.items():
        select = getattr(field.widget, "widget", field.widget)  # Django wraps it in buttons
        if isinstance(select, RowSelect):
            select.expect(field.prepare_value(_value(form, field, name)))


def _value(form: ModelForm, field: FormField, name: str) -> Any:
    if form.is_bound:
        return field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
    return form.get_initial_for_field(field, name)
