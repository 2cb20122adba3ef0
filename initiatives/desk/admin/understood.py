"""How typed numbers and dates are understood: while they are typed, and after they are saved."""

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.utils.translation import gettext as _

from initiatives.fields.date_forms import PartialDateFormField, words_of_date
from initiatives.fields.number_forms import MEASURES, NumberFormField, words_of_number
from initiatives.notation import NotRead

_SHOWN = 100  # characters of a text


def understood_view(request: HttpRequest) -> HttpResponse:
    """`?kind=amount&text=300 000,50&currency=USD` as `{"words"}`, or `{"wrong"}` with the cure."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    text, kind, currency = (request.GET.get(name, "") for name in ("text", "kind", "currency"))
    words = words_of_number if kind in MEASURES else words_of_date
    try:
        answer = {"words": words(text, kind, currency[:3])} if text.strip() else {"words": ""}
    except NotRead as refusal:
        answer = {"wrong": refusal.message}
    return JsonResponse(answer)


def tell_understood(request: HttpRequest, form: BaseForm) -> None:
    """Say of what was typed otherwise than it is stored how it was understood."""
    for name in form.changed_data:
        field, typed = form.fields[name], str(form[name].data or "").strip()
        if not typed or not isinstance(field, NumberFormField | PartialDateFormField):
            continue
        if typed != field.prepare_value(form.cleaned_data.get(name)):
            currency = form.cleaned_data.get("currency") or ""
            words = field.widget.words(typed, field.widget.kind, currency)
            told = {"field": form[name].label, "text": typed[:_SHOWN], "words": words}
            messages.info(request, _("%(field)s: “%(text)s” is stored as %(words)s.") % told)
