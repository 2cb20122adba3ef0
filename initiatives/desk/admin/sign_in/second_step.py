"""Signing in: the password first, and a code behind it where the officer has set up an app.

Between the two steps nobody is signed in. The session knows for some minutes whose password was
right, and nothing else. A passkey whose device made sure who holds it is both steps at once.
"""

from collections.abc import Callable
from functools import wraps
from time import time
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import get_user_model, login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, RedirectURLMixin
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache

from initiatives.actions.accounts import audit, second_factors
from initiatives.actions.accounts.webauthn import PasskeyRefused
from initiatives.choices import AccountAct, DeskRole
from initiatives.desk.admin.sign_in import asking_passkeys, attempts, known_devices
from initiatives.desk.admin.sign_in.asking_passkeys import SECOND_STEP
from initiatives.desk.admin.sign_in.devices import place_of, placed
from initiatives.desk.admin.sign_in.sent_again import send_again
from initiatives.desk.admin.sign_in.sessions import ADDRESS, DEVICE
from initiatives.models import AccountEvent
from initiatives.rights import Rights

PENDING, MISSING = "password_was_right", "second_step_missing"  # in the session
PENDING_FOR = 300  # seconds
LONGEST_CODE = 40  # characters, as people write them
# What is open to officers who must set up a second step first.
OPEN = (
    *("own_sign_in", "own_app", "own_app_picture", "own_passkey"),
    *("logout", "jsi18n", "password_change"),
)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=LONGEST_CODE,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
        ),
    )


class SignIn(LoginView):
    """Django's page of the password, which does not sign in whoever has a second step."""

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user = form.get_user()
        if not second_factors.has_step(user):
            return sign_in(self.request, user, redirect(self.get_success_url()))
        _remember(self.request, user)
        return redirect(with_next("admin:second_step", self.get_redirect_url()))


@never_cache
@placed
def sign_in_page(
    request: HttpRequest, site: admin.AdminSite, extra_context: dict[str, Any] | None
) -> HttpResponseBase:
    """What Django's site of the admin does, with the page of ours."""
    index = reverse("admin:index")
    if request.method == "GET" and site.has_permission(request):
        return redirect(index)
    context = {
        **site.each_context(request),
        "title": _("Log in"),
        "subtitle": None,
        "app_path": request.get_full_path(),
        "username": request.user.get_username(),
        "passkey_site": asking_passkeys.site_of(request),
        **(extra_context or {}),
    }
    if not {"next"} & {*request.GET, *request.POST}:
        context["next"] = index
    page = SignIn.as_view(
        extra_context=context,
        authentication_form=AdminAuthenticationForm,
        template_name="admin/login.html",
    )
    return page(request)


def sign_in(
    request: HttpRequest, user: User, answer: HttpResponse, *, used: str = ""
) -> HttpResponse:
    """Sign `user` in, who took the steps that the account has; others follow if it lacks one.

    `used` is what the second one was taken with. Gives the `answer`, by which the browser is known.
    """
    is_first, place = user.last_login is None, place_of(request)
    login(request, user)
    request.session[DEVICE], request.session[ADDRESS] = place.device, place.address
    known_devices.greet(request, answer, user, place, is_first=is_first)
    audit.note(AccountAct.SIGNED_IN, user, detail=used.replace("_", " "))
    AccountEvent.objects.forget_old()
    if is_obliged(user) and not second_factors.has_step(user):
        request.session[MISSING] = True
    return answer


def is_obliged(user: User) -> bool:
    """Whether `user` must have a second step, as the setting SECOND_FACTOR says."""
    if settings.SECOND_FACTOR == "publishers":
        return Rights(user).highest >= DeskRole.PUBLISHER
    return settings.SECOND_FACTOR == "everybody"


def with_second_step(view: Callable[..., Any]) -> Callable[..., Any]:
    """`view`, but for officers who must set up their second step first: then the page for that.

    What they posted meanwhile, from a tab that was open before, is handed back.
    """

    @wraps(view)
    def after_it(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        match = request.resolver_match
        if MISSING not in request.session or (match is not None and match.url_name in OPEN):
            return view(request, *args, **kwargs)
        if request.method == "POST":
            return send_again(request, second_step_is_missing=True)
        return redirect("admin:own_app")

    return after_it


class SecondStep(RedirectURLMixin):
    """One visit of the page that asks for the code."""

    next_page = "admin:index"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def answer(self) -> HttpResponse:
        user = _remembered(self.request)
        if user is None:
            text = _("Too much time passed between the password and the code. Sign in again.")
            messages.warning(self.request, text)
            return redirect(with_next("admin:login", self.get_redirect_url()))
        if asking_passkeys.BEGIN in self.request.POST:
            return asking_passkeys.question(self.request, SECOND_STEP, user)
        if self.request.POST.get(asking_passkeys.FIELD):
            return self._by_passkey(user)
        form = CodeForm(self.request.POST if self.request.method == "POST" else None)
        if not form.is_valid():
            return self._page(user, form)
        code = form.cleaned_data["code"]
        if seconds := second_factors.wait(user, code):
            form.add_error("code", too_soon(seconds))
            return self._page(user, form, wait=seconds)
        if attempts.looks_at(self.request, user):
            if used := second_factors.accept(user, code):
                return self._let_in(user, used)
            attempts.was_wrong(self.request, user)
        form.add_error("code", wrong_code())
        return self._page(user, form)

    def _by_passkey(self, user: User) -> HttpResponse:
        try:
            asking_passkeys.counted(self.request, SECOND_STEP, user)
        except PasskeyRefused as refused:
            return self._page(user, CodeForm(), problem=asking_passkeys.in_words(refused))
        return self._let_in(user, "passkey")

    def _let_in(self, user: User, used: str) -> HttpResponse:
        del self.request.session[PENDING]
        answer = sign_in(self.request, user, redirect(self.get_success_url()), used=used)
        if used == second_factors.CODES:
            _tell_what_is_left(self.request, user)
        return answer

    def _page(
        self, user: User, form: CodeForm, *, wait: int = 0, problem: str = ""
    ) -> HttpResponse:
        context = {
            **admin.site.each_context(self.request),
            "title": _("Second step"),
            "is_nav_sidebar_enabled": False,  # nobody is signed in, so it has nothing to lead to
            "form": form,
            "problem": problem,
            "has_app": second_factors.app_of(user) is not None,
            **asking_passkeys.context_for(self.request, user),
            "next": self.get_redirect_url(),
        }
        headers = {"Retry-After": str(wait)} if wait else None
        return TemplateResponse(
            self.request,
            "admin/desk/second_step.html",
            context,
            status=429 if wait else 200,
            headers=headers,
        )


@never_cache
@placed
def second_step(request: HttpRequest) -> HttpResponse:
    """Asks for the code after the right password, and signs in."""
    return SecondStep(request).answer()


def wrong_code() -> str:
    return _("This code is not right, or it was used already: wait for the next one.")


def too_soon(seconds: int) -> str:
    text = ngettext(
        "After a wrong code the next one has to wait: send it in %(number)s second.",
        "After a wrong code the next one has to wait: send it in %(number)s seconds.",
        seconds,
    )
    return text % {"number": seconds}


def _tell_what_is_left(request: HttpRequest, user: User) -> None:
    left = second_factors.codes_left(user)
    text = ngettext(
        "You signed in with a recovery code; %(number)s is left. “Your sign-in” makes new ones.",
        "You signed in with a recovery code; %(number)s are left. “Your sign-in” makes new ones.",
        left,
    )
    messages.warning(request, text % {"number": left})


def _remember(request: HttpRequest, user: User) -> None:
    """Keep for the second step whose password was right; who was signed in no longer is."""
    logout(request)
    request.session[PENDING] = {
        "user": user.pk,
        "backend": user.backend,
        "hash": user.get_session_auth_hash(),
        "at": int(time()),
    }
    request.session.cycle_key()


def _remembered(request: HttpRequest) -> User | None:
    """Whose password was right, if it still is and not too long ago."""
    kept = request.session.get(PENDING)
    if kept is None or not 0 <= time() - kept["at"] < PENDING_FOR:
        return None
    user: Any = get_user_model().objects.filter(pk=kept["user"], is_active=True).first()
    if user is None or not constant_time_compare(kept["hash"], user.get_session_auth_hash()):
        return None
    user.backend = kept["backend"]
    return user


def with_next(name: str, where: str) -> str:
    """The address of the page `name`, from which the way leads to `where`."""
    return reverse(name) + (f"?{urlencode({'next': where})}" if where else "")
