"""“Your email”: which mails an officer wants, by their own choice."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.actions.accounts import officers
from initiatives.choices import Language
from initiatives.desk.admin.access import rights_of
from initiatives.desk.forms.account import language_of_mail


class OwnMailForm(forms.Form):
    daily = forms.ChoiceField(
        label=gettext_lazy("What waits for you, once a day"),
        required=False,
        choices=[("", gettext_lazy("No daily mail")), *Language.choices],
    )
    at_once = forms.ChoiceField(
        label=gettext_lazy("Each request that you may decide, at once"),
        required=False,
        choices=[("", gettext_lazy("No such mail")), *Language.choices],
        help_text=gettext_lazy("For reviewers and publishers."),
    )


def own_mail(request: HttpRequest) -> HttpResponse:
    """Shows and takes the choice; it holds for all desks of the officer."""
    user: Any = request.user
    members = user.desks.order_by("pk")
    if not members.exists() and not rights_of(request).is_superuser:
        raise PermissionDenied
    at_once = members.exclude(request_language="").values_list("request_language", flat=True)
    now = {"daily": language_of_mail(user), "at_once": at_once.first() or ""}
    form = OwnMailForm(request.POST if request.method == "POST" else None, initial=now)
    if form.is_valid():
        officers.mail_in(user, form.cleaned_data["daily"], by=user)
        officers.requests_in(user, form.cleaned_data["at_once"], by=user)
        messages.success(request, _("Your choice is kept."))
        return redirect("admin:mail")
    context = {
        **admin.site.each_context(request),
        "title": _("Your email"),
        "form": form,
        "address": user.email,
        "has_place": members.exists(),
    }
    return TemplateResponse(request, "admin/own_mail.html", context)
