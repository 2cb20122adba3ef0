"""The page on which a reader says what is wrong in a record."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from initiatives.actions import error_reports
from initiatives.choices import EditionKind
from initiatives.editions.access import Access, public_edition
from initiatives.editions.record import InitiativeRecord, decoded
from initiatives.fields.whole_text import WholeTextFormField
from initiatives.following.forms import MailField
from initiatives.following.views import LetterBox
from initiatives.http import throttle
from initiatives.http.records import CODE, moved
from initiatives.models import Initiative
from initiatives.timeline import text_and_language

OF_A_NETWORK = throttle.Rate(5, 3600)


class ReportForm(forms.Form):
    """`homepage` is there for programs that fill in every field; people do not see it."""

    wrong = WholeTextFormField(max_length=2000)
    evidence = WholeTextFormField(max_length=1000, required=False)
    email = MailField(required=False)
    homepage = forms.CharField(required=False)

    def clean_homepage(self) -> str:
        if self.cleaned_data["homepage"]:
            raise ValidationError(gettext_lazy("Leave this field empty."))
        return ""


@method_decorator(csrf_exempt, name="dispatch")
class ReportPage(LetterBox):
    """Of a record that is public; else its own page says what became of it."""

    def dispatch(self, request: HttpRequest, *args: str, **kwargs: str) -> HttpResponseBase:
        code = kwargs["code"]
        if not CODE.fullmatch(code):
            raise Http404(_("There is no such initiative."))
        if code != code.upper():
            return moved(request, reverse("initiatives:report", args=[code.upper()]))
        found = public_edition(EditionKind.INITIATIVE, code)
        if found.access is Access.UNKNOWN or found.edition is None:
            raise Http404(_("There is no such initiative."))
        if found.access is not Access.SHOWN:
            return redirect("initiatives:detail", code)
        record = decoded(found.edition.body, InitiativeRecord)
        self.told: dict[str, Any] = {
            "code": code,
            "title": text_and_language(record.title)[0] or code,
        }
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        return self.page("report", form=ReportForm(), **self.told)

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        form = ReportForm(request.POST)
        if not form.is_valid():
            return self.page("report", status=400, form=form, **self.told)
        if seconds := throttle.seconds_to_wait("report", request.META, OF_A_NETWORK):
            return self.too_many(seconds)
        words = {name: form.cleaned_data[name] for name in ("wrong", "evidence", "email")}
        try:
            error_reports.report_error(
                Initiative.objects.get(code=code), language=get_language() or "", **words
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.page("report", status=429, form=form, **self.told)
        return self.page("reported", email=words["email"], **self.told)
