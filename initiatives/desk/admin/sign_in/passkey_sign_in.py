"""Signing in with a passkey alone, whose device made sure who holds it: both steps at once."""

from django.contrib import messages
from django.contrib.auth.views import RedirectURLMixin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from initiatives.actions.accounts.webauthn import PasskeyRefused
from initiatives.desk.admin.sign_in import asking_passkeys
from initiatives.desk.admin.sign_in.asking_passkeys import ONLY_STEP
from initiatives.desk.admin.sign_in.devices import placed
from initiatives.desk.admin.sign_in.second_step import sign_in, with_next
from initiatives.http import throttle

# Each question is a row among the sessions.
OF_A_NETWORK = throttle.Rate(60, 600)
_BACKEND = "django.contrib.auth.backends.ModelBackend"


class _Visit(RedirectURLMixin):
    """One visit; it leads where the officer wanted to go."""

    next_page = "admin:index"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def answer(self) -> HttpResponse:
        if asking_passkeys.BEGIN in self.request.POST:
            return self._question()
        if self.request.method != "POST":
            return self._again()
        try:
            user = asking_passkeys.counted(self.request, ONLY_STEP).user
        except PasskeyRefused as refused:
            messages.error(self.request, asking_passkeys.in_words(refused))
            return self._again()
        user.backend = _BACKEND
        return sign_in(self.request, user, redirect(self.get_success_url()), used="passkey")

    def _question(self) -> HttpResponse:
        if seconds := throttle.seconds_to_wait("passkey", self.request.META, OF_A_NETWORK):
            return JsonResponse({}, status=429, headers={"Retry-After": str(seconds)})
        return asking_passkeys.question(self.request, ONLY_STEP)

    def _again(self) -> HttpResponse:
        return redirect(with_next("admin:login", self.get_redirect_url()))


@never_cache
@placed
def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """Takes what the button of the sign-in page posts, and signs in."""
    return _Visit(request).answer()
