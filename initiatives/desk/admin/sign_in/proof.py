"""Before the second step is changed, the officer shows once more who they are."""

from time import time
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Model
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.actions.accounts import second_factors
from initiatives.actions.accounts.webauthn import PasskeyRefused, Why
from initiatives.choices import AccountAct
from initiatives.desk.admin.sign_in import asking_passkeys, attempts
from initiatives.desk.admin.sign_in.second_step import LONGEST_CODE, too_soon
from initiatives.desk.admin.sign_in.sessions import STARTED
from initiatives.translatable import Translatable

_OWN = {"csrfmiddlewaretoken", "password", "code", asking_passkeys.FIELD}
_OF_ROLE = {"user", "desk", "role", "DELETE"}  # not the languages of mails
FRESH = 600  # seconds after the sign-in, in which the first app needs no password again


class Proof(forms.Form):
    """The password of whoever is signed in, and a code or passkey where they have a second step."""

    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label=gettext_lazy("Code of your app, or a recovery code"),
        max_length=LONGEST_CODE,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )

    def __init__(self, request: HttpRequest, *, may_be_fresh: bool = False) -> None:
        super().__init__(request.POST if request.method == "POST" else None)
        self.request, self.user = request, cast(User, request.user)
        self._refused_as: AccountAct | None = None
        self.passkeys = asking_passkeys.context_for(request, self.user)
        self.fields["code"].required = not self._is_with_passkey()
        if not second_factors.has_step(self.user):
            del self.fields["code"]
            if may_be_fresh and time() - request.session.get(STARTED, 0) < FRESH:
                del self.fields["password"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors or not self.fields:
            return cleaned
        if self._is_with_passkey() and "code" in self.fields:
            return self._with_passkey(cleaned)
        code = cleaned.get("code", "")
        if seconds := second_factors.wait(self.user, code):
            raise forms.ValidationError(too_soon(seconds))
        if attempts.looks_at(self.request, self.user):
            if self._is_right(cleaned):
                attempts.was_right(self.request, self.user)
                return cleaned
            attempts.was_wrong(self.request, self.user, self._refused_as)
        raise forms.ValidationError(
            _("The password or the code is not right, or the code was used already.")
            if "code" in self.fields
            else _("The password is not right.")
        )

    def _is_with_passkey(self) -> bool:
        return bool(self.request.POST.get(asking_passkeys.FIELD))

    def _with_passkey(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """Both are counted as one, and the passkey has answered with that even if it was right.

        Of one that comes late the password is not looked at either, so that nobody tries them so.
        """
        if asking_passkeys.is_late(self.request, asking_passkeys.PROOF):
            late = PasskeyRefused(Why.LATE)
            raise forms.ValidationError(asking_passkeys.in_words(late), code="late")
        act = AccountAct.WRONG_PASSKEY
        if not attempts.looks_at(self.request, self.user, act):
            raise forms.ValidationError(_("The password is not right."))
        problem = ""
        try:
            asking_passkeys.accepted(self.request, asking_passkeys.PROOF, self.user)
        except PasskeyRefused as refused:
            problem = asking_passkeys.in_words(refused)
        if not self.user.check_password(cleaned["password"]):
            self._refused_as = AccountAct.WRONG_PASSWORD
            problem = _("The password is not right.")
        if problem:
            attempts.was_wrong(self.request, self.user, self._refused_as)
            raise forms.ValidationError(problem)
        attempts.was_right(self.request, self.user)
        return cleaned

    def _is_right(self, cleaned: dict[str, Any]) -> bool:
        """The code is used up with that, so it is looked at last."""
        if not self.user.check_password(cleaned["password"]):
            self._refused_as = AccountAct.WRONG_PASSWORD
            return False
        return "code" not in self.fields or bool(second_factors.accept(self.user, cleaned["code"]))


def asked_before(
    request: HttpRequest, title: Translatable, said: Translatable, button: Translatable
) -> TemplateResponse | None:
    """The page that asks who does what a button of another page posted, and keeps it; None when
    they have shown it."""
    proof = Proof(request)
    if "password" not in request.POST:
        proof.is_bound = False  # comes from a page with only a button
    elif proof.is_valid():
        return None
    context = {
        **admin.site.each_context(request),
        "title": title,
        "said": said,
        "button": button,
        "form": proof,
        "kept": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in _OWN
            for value in values
        ],
    }
    return TemplateResponse(request, "admin/desk/asked_before.html", context)


def password_is_right(request: HttpRequest, typed: str) -> bool:
    """Whether it is that of who is signed in; wrong ones are counted as at the sign-in."""
    user = cast(User, request.user)
    if not attempts.looks_at(request, user, AccountAct.WRONG_PASSWORD):
        return False
    if not user.check_password(typed):
        attempts.was_wrong(request, user)
        return False
    attempts.was_right(request, user)
    return True


def roles_are_given(page: Any, request: HttpRequest, record: Model | None) -> bool:
    """Whether the rows that were posted with `record` to `page` change who has which role."""
    if request.method != "POST":
        return False
    formsets, _shown = page._create_formsets(request, record or page.model(), record is not None)
    rows = [row for formset in formsets for row in formset.forms]
    return any(_OF_ROLE & set(row.changed_data) for row in rows)
