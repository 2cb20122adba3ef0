"""A save that was refused because of somebody else's is shown together with what they did."""

from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from initiatives.desk.admin.access import noted
from initiatives.desk.forms import SectorFormSet
from initiatives.desk.forms.rows import GuardedRows
from initiatives.desk.forms.three_way import apply_choices, compare

ROWS_CHANGED = _(
    "Rows of this form were changed or removed after you had opened it. Nothing that you typed is "
    "lost: compare below, then save again."
)


if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin as Base
else:
    Base = object


class ComparedForms(Base):
    """For a ModelAdmin with RecordForm: the three-way view above a form that was refused.

    The form is then bound anew to data in which whatever the officer did not touch is theirs.
    """

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method == "POST" and object_id is not None:
            cast(Any, request).POST = apply_choices(request.POST)
        answer = super().changeform_view(request, object_id, form_url, extra_context)
        refused = _refused(request, answer)
        if refused is None:
            return answer
        view = compare(*refused)
        cast(Any, request).POST = view.data
        noted(request).refusal = ValidationError(ROWS_CHANGED)  # if the record itself is as it was
        context = {**(extra_context or {}), "three_way": view}
        return super().changeform_view(request, object_id, form_url, context)


def _refused(request: HttpRequest, answer: HttpResponse) -> tuple[Any, list[Any]] | None:
    """The form of the answer with its formsets, if the save met with somebody else's."""
    if request.method != "POST" or not isinstance(answer, TemplateResponse):
        return None
    context = answer.context_data or {}
    if "adminform" not in context or not context["original"]:
        return None
    form = context["adminform"].form
    formsets = [
        shown.formset
        for shown in context["inline_admin_formsets"]
        if isinstance(shown.formset, GuardedRows) and shown.has_change_permission
    ]
    formsets = [formset for formset in formsets if _is_edited(formset)]
    if form.conflicts or any(formset.conflicts for formset in formsets):
        return form, formsets
    return None


def _is_edited(formset: GuardedRows | SectorFormSet) -> bool:
    return hasattr(formset.model, "version") and formset.management_form.is_valid()
