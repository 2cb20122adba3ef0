"""“Your sign-in”: where officers add and remove their own passkeys."""

from time import time

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from initiatives.actions.accounts import passkeys
from initiatives.actions.accounts.webauthn import PasskeyRefused, Why
from initiatives.desk.admin.access import officer_of
from initiatives.desk.admin.bounds import found
from initiatives.desk.admin.sign_in import asking_passkeys, owner_mail
from initiatives.desk.admin.sign_in.devices import place_of
from initiatives.desk.admin.sign_in.own_pages import codes_page, is_set_up, own_page
from initiatives.desk.admin.sign_in.proof import Proof
from initiatives.desk.admin.sign_in.second_step import MISSING, is_obliged
from initiatives.models import Passkey
from initiatives.models.passkeys import LONGEST_NAME
from initiatives.text.plain_text import clean_line

PROVED = "may_add_passkey"  # in the session: when the officer showed who they are
PROVED_FOR = 600  # seconds


class NameForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("So that you know it again, such as “Telephone” or “Grey key”."),
    )

    def clean_name(self) -> str:
        """As it is stored; what is nothing without spaces and signs that nobody sees is no name."""
        name = clean_line(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(self.fields["name"].error_messages["required"], "required")
        return name


def own_passkey(request: HttpRequest) -> HttpResponse:
    """Adds a passkey: first who asks, then its name, and what the device answered."""
    proof = Proof(request, may_be_fresh=True)
    if request.method == "POST" and "begin" in request.POST and proof.is_valid():
        request.session[PROVED] = int(time())
        return redirect("admin:own_passkey")
    may_add = not proof.fields or 0 <= time() - request.session.get(PROVED, 0) < PROVED_FOR
    if asking_passkeys.BEGIN in request.POST:
        if not may_add:
            return JsonResponse({}, status=409)
        return asking_passkeys.question(request, asking_passkeys.NEW, officer_of(request))
    if not may_add:
        return _page(request, proof=proof)
    if asking_passkeys.FIELD in request.POST:
        return _add(request)
    name = NameForm(initial={"name": place_of(request).device})
    return _page(request, form=name)


def _add(request: HttpRequest) -> HttpResponse:
    user, form = officer_of(request), NameForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form)
    site = asking_passkeys.site_of(request)
    challenge = asking_passkeys.challenge_of(request, asking_passkeys.NEW)
    told, name = request.POST.get(asking_passkeys.FIELD, ""), form.cleaned_data["name"]
    try:
        if site is None or challenge is None:
            raise PasskeyRefused(Why.LATE)
        codes = passkeys.add(user, told, name=name, site=site, challenge=challenge)
    except PasskeyRefused as refused:
        form.add_error(None, asking_passkeys.in_words(refused))
        return _page(request, form=form)
    owner_mail.tell_of_step(user, owner_mail.PASSKEY_ADDED, place_of(request), name)
    request.session.pop(PROVED, None)
    if codes:
        is_set_up(request, user)
        return codes_page(request, codes)
    messages.success(request, _("The passkey “%(name)s” is added.") % {"name": name})
    return redirect("admin:own_sign_in")


def own_passkey_removal(request: HttpRequest, key: int) -> HttpResponse:
    """Removes one passkey; who must have a second step and has no other one sets it up then."""
    user = officer_of(request)
    passkey = found(Passkey.objects.filter(user=user), str(key))
    proof = Proof(request)
    if request.method == "POST" and proof.is_valid():
        is_left = passkeys.remove(passkey, by=user)
        if not is_left and is_obliged(user):
            request.session[MISSING] = True
        owner_mail.tell_of_step(user, owner_mail.PASSKEY_REMOVED, place_of(request), passkey.name)
        messages.success(request, _("The passkey “%(name)s” is removed.") % {"name": passkey.name})
        return redirect("admin:own_sign_in")
    context = {
        "title": _("Remove the passkey “%(name)s”") % {"name": passkey.name},
        "form": proof,
        "is_last": passkeys.is_last_step(passkey),
        "is_obliged": is_obliged(user),
    }
    return own_page(request, "admin/desk/own_passkey_removal.html", context)


def own_passkey_name(request: HttpRequest, key: int) -> HttpResponse:
    """Calls one passkey by another name."""
    user = officer_of(request)
    passkey = found(Passkey.objects.filter(user=user), str(key))
    form = NameForm(request.POST or None, initial={"name": passkey.name})
    if request.method == "POST" and form.is_valid():
        if passkeys.rename(passkey, form.cleaned_data["name"]):
            text = _("The passkey is now called “%(name)s”.") % {"name": passkey.name}
            messages.success(request, text)
        return redirect("admin:own_sign_in")
    title = _("Rename the passkey “%(name)s”") % {"name": passkey.name}
    context = {"title": title, "form": form}
    return own_page(request, "admin/desk/own_passkey_name.html", context)


@require_POST
def own_passkey_question(request: HttpRequest) -> HttpResponse:
    """What the browser is asked where a passkey shows who is at the desk."""
    return asking_passkeys.question(request, asking_passkeys.PROOF, officer_of(request))


def _page(
    request: HttpRequest, *, proof: Proof | None = None, form: NameForm | None = None
) -> HttpResponse:
    context = {
        "title": _("Add a passkey"),
        "proof": proof,
        "form": form or proof,
        "passkey_site": asking_passkeys.site_of(request),
        "is_missing": MISSING in request.session,
    }
    return own_page(request, "admin/desk/own_passkey.html", context)
