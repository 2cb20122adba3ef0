"""What the sets of parameters of all lists share: how one is declared, and what was given."""

from copy import copy
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.forms import Field as FormField
from django.forms import Form
from django.http import QueryDict
from django_filters import Filter, FilterSet

from initiatives.models.editions import Edition
from initiatives.translatable import Translatable


class Parameter(Filter):
    """Copied for each set, as django-filter does, but not what it holds, which nobody changes."""

    def __deepcopy__(self, memo: dict[int, Any]) -> "Parameter":
        return copy(self)


def parameter(
    field_class: type[FormField], label: Translatable, help_text: Translatable = "", **kwargs: Any
) -> Parameter:
    """`help_text` is what the documentation of the API says of it, beyond its label."""
    made = Parameter(label=label, help_text=help_text, **kwargs)
    made.field_class = field_class
    return made


class ParameterSet(FilterSet):
    """Understands the parameters of an address; the index of the register finds what they mean."""

    class Meta:
        model = Edition
        fields = ()

    _forms: ClassVar[dict[type, type[Form]]] = {}

    def __init__(self, data: QueryDict | dict[str, list[str] | str] | None = None) -> None:
        super().__init__(data or {})

    def get_form_class(self) -> type[Form]:
        """Made once for each set of parameters; each form copies its fields."""
        kind = type(self)
        if kind not in self._forms:
            self._forms[kind] = super().get_form_class()
        return self._forms[kind]

    def chosen(self, name: str) -> list[str]:
        """The values given for a parameter in their canonical form, right or wrong."""
        field = self.form.fields[name]
        return field.texts(field.widget.value_from_datadict(self.data, {}, name))

    def understood(self, name: str) -> list[Any]:
        """The values of a parameter as they were understood, none if they were not."""
        return [] if name in self.errors else self.form.cleaned_data[name]

    def vocabulary(self, name: str) -> list[tuple[str, str]]:
        """The values and labels of a parameter that has a closed list of them."""
        return self.form.fields[name].choices

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        raise TypeError("The index of the register finds the rows, see `selections.found_by`.")
