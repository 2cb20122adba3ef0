"""Rows of a form with the source in which they stand, so that none needs a page of its own."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from initiatives.desk.forms.money import AmountsForm
from initiatives.desk.forms.record import BoundedChoice
from initiatives.desk.forms.unique_rows import RowForm
from initiatives.fields.whole_text import WholeTextFormField
from initiatives.models import Citation, Source

CITED = ("cited_source", "cited_place")
LONGEST_PLACE = Citation._meta.get_field("locator").max_length


class NewRowForm(RowForm):
    """A row of which a new one counts as blank while nothing but `preset` was touched in it.

    What is chosen beforehand in a new row may have changed since the form was shown.
    """

    preset: tuple[str, ...] = ()

    def has_changed(self) -> bool:
        touched = set(self.changed_data)
        if self.instance._state.adding:
            touched -= set(self.preset)
        return bool(touched)


class MainSectorForm(NewRowForm):
    preset = ("is_main",)


class CitedRowForm(NewRowForm):
    """`cited_source` is cited for the row, with `cited_place` in it."""

    preset = ("cited_source",)

    cited_source = BoundedChoice(label=_("Source"), queryset=Source.objects.none(), required=False)
    cited_place = WholeTextFormField(
        label=_("Place in the source"), max_length=LONGEST_PLACE, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding and "cited_source" in self.fields:
            self.fields["cited_source"].initial = None  # chosen beforehand in new rows only

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        named = cleaned.get("cited_source") or cleaned.get("new_source")
        if cleaned.get("cited_place") and not named and "cited_source" not in self.errors:
            message = _("Choose the source in which this place is.")
            self.add_error("cited_source", ValidationError(message, code="required"))
        return cleaned


class CitedAmountsForm(AmountsForm, CitedRowForm):
    """The same for rows of money."""
