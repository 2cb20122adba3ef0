"""Keys and numbers from outside: what one of the two databases cannot hold is refused in words."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.admin.widgets import AdminDateWidget, AdminSplitDateTime
from django.db import models
from django.db.models import Field, ForeignKey, ManyToManyField, QuerySet
from django.forms import BaseInlineFormSet, ModelChoiceField, ModelForm, ModelMultipleChoiceField
from django.forms import Field as FormField
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from initiatives.desk.forms import BoundedChoice, BoundedChoices, RowForm, RowSelect
from initiatives.desk.forms.currency import CurrencyField, CurrencySelect
from initiatives.desk.forms.record import is_key
from initiatives.desk.forms.rows import GuardedRows
from initiatives.fields import ChoiceSetField, MoneyField, PartialDateField
from initiatives.fields.date_forms import DayFormField, MomentFormField, PartialDateInput
from initiatives.fields.number_forms import NumberFormField, NumberInput
from initiatives.fields.typed import measure_of
from initiatives.fields.whole_text import WholeAddressFormField, uncut
from initiatives.models.money import known_currency

if TYPE_CHECKING:
    from django.contrib.admin.options import BaseModelAdmin as Base
    from django.contrib.admin.options import InlineModelAdmin as RowsBase
else:
    Base = RowsBase = object

LARGEST_SMALL = 32_767  # of a column of two bytes; PostgreSQL fails on anything above
MOST_ROWS = 300  # of one kind in one form; rendering more takes seconds


def found(rows: QuerySet[Any], key: str) -> Any:
    """The row with the key `key`, or 404, whatever `key` is."""
    if not is_key(key):
        raise Http404
    return get_object_or_404(rows, pk=int(key))


class MomentInput(AdminSplitDateTime):
    """A day and a time: the label of the field is that of the day, and the time is called so."""

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        time = context["widget"]["subwidgets"][1]
        time["attrs"]["aria-label"] = str(context["time_label"]).rstrip(":")
        return context


class BoundedFields(Base):
    """Form fields that refuse numbers and keys which one of the two databases cannot hold."""

    formfield_overrides: ClassVar["Mapping[type[Field[Any, Any]], Mapping[str, Any]]"] = {
        PartialDateField: {"widget": PartialDateInput},
        ChoiceSetField: {},  # or the admin would give it the box of a line of text
        models.DecimalField: {"form_class": NumberFormField},
        MoneyField: {"widget": NumberInput},
        models.DateField: {"form_class": DayFormField, "widget": AdminDateWidget},
        models.DateTimeField: {"form_class": MomentFormField, "widget": MomentInput},
    }

    def formfield_for_dbfield(
        self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> FormField | None:
        if isinstance(db_field, models.PositiveSmallIntegerField) and not db_field.choices:
            kwargs["max_value"] = LARGEST_SMALL
        if isinstance(db_field, models.URLField):
            kwargs |= {"assume_scheme": "https", "form_class": WholeAddressFormField}
        if isinstance(db_field, models.DecimalField):
            kwargs["measure"] = measure_of(db_field)
        if known_currency in db_field.validators:
            kwargs |= {"form_class": CurrencyField, "widget": CurrencySelect}
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.widget.attrs = uncut(field.widget.attrs)
        if field is not None and hasattr(field.widget, "can_delete_related"):
            # Nobody deletes a record from beside a field that points to it.
            field.widget.can_delete_related = False
        return field

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        kwargs.setdefault("form_class", BoundedChoice)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> ModelMultipleChoiceField | None:
        kwargs.setdefault("form_class", BoundedChoices)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class BoundedRows(BoundedFields, RowsBase):
    """No blank rows, and never more than a page can show; Django alone would take 2,000.

    However many there are, they ask the database as often as one.
    """

    form: type[ModelForm] = RowForm
    formset: type[BaseInlineFormSet] = GuardedRows
    extra = 0
    max_num: int | None = MOST_ROWS

    def get_formset(
        self, request: HttpRequest, obj: models.Model | None = None, **kwargs: Any
    ) -> type[BaseInlineFormSet]:
        return super().get_formset(request, obj, absolute_max=MOST_ROWS, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The rows with what they are called by."""
        return super().get_queryset(request).select_related(*self.autocomplete_fields)

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = RowSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
