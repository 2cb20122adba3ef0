"""What a row of a form names and is not stored yet: it is made in the same save."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from initiatives import actions
from initiatives.choices import Language
from initiatives.desk.admin.access import noted, officer_of
from initiatives.desk.admin.working_language import working_language
from initiatives.desk.forms.in_place import MakesRows
from initiatives.desk.forms.in_place.makers import Maker
from initiatives.models import Organisation, Source
from initiatives.models.record import Record
from initiatives.text.titles import title_key

_SAID = ("kind", "country", "url", "published")  # of what is new, beside its name


if TYPE_CHECKING:
    from initiatives.desk.admin.records import RecordAdmin as Base
else:
    Base = object


class MakesInPlace(Base):
    """For the ModelAdmin of a form with rows of `MakesRows`."""

    def attempted(
        self, request: HttpRequest, record: Record | None, view: Callable[[], HttpResponse]
    ) -> HttpResponse:
        """What was made is told where it stays: what waits for approval makes nothing yet."""
        answer = super().attempted(request, record, view)
        made = request.__dict__.get("desk_made_in_place", {})
        if made and not noted(request).gate.undone:
            for new in made.values():
                _tell(request, new)
        return answer

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for row in formset.forms:
            is_kept = row.has_changed() and row not in formset.deleted_forms
            if isinstance(row, MakesRows) and is_kept:
                for maker in row.makers:
                    self._make(request, row, maker)
        super().save_formset(request, form, formset, change)

    def _make(self, request: HttpRequest, row: MakesRows, maker: Maker) -> None:
        new = maker.new_row(row.cleaned_data, working_language(request))
        if new is None:
            return
        # Two rows that name the same new one mean one.
        made = request.__dict__.setdefault("desk_made_in_place", {})
        key = (type(new), title_key(str(new)))
        if key not in made:
            made[key] = actions.save(new, by=officer_of(request))
        elif _complete(made[key], by=new):
            made[key] = actions.save(made[key], by=officer_of(request))
        if maker.points in {field.name for field in row.instance._meta.fields}:
            setattr(row.instance, maker.points, made[key])
        row.cleaned_data[maker.points] = made[key]


def _complete(made: Any, *, by: Any) -> bool:
    """Give to `made` what the row before left empty; whether that is anything.

    Raises ValidationError where the two rows say different things.
    """
    said = {name: value for name in _SAID if (value := getattr(by, name, None))}
    if any(getattr(made, name) not in (value, None, "") for name, value in said.items()):
        text = _("“%(name)s” is new in two rows, but not the same in both. Write it once.")
        raise ValidationError(text, code="differs", params={"name": str(by)})
    missing = {name: value for name, value in said.items() if getattr(made, name) != value}
    for name, value in missing.items():
        setattr(made, name, value)
    return bool(missing)


def _tell(request: HttpRequest, new: Any) -> None:
    if isinstance(new, Organisation):
        text = _("New organisation, made with this save: %(name)s.")
    else:
        text = _("New source, made with this save: %(name)s.")
    messages.info(request, text % {"name": new})
    if isinstance(new, Source) and new.publisher:
        told = {"publisher": new.publisher, "language": Language(new.language).label}
        text = _("Its address tells: published by %(publisher)s, language %(language)s.")
        messages.info(request, text % told)
