"""The pages on which a reader asks for mail, confirms it, changes it and leaves.

They stand in no cache and no search engine. A POST needs no token against forgery: nobody is signed
in here, and what it does takes a signed link or only asks the owner of the address.
"""

import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from initiatives.actions import mail_subscriptions
from initiatives.choices import Rhythm
from initiatives.following import letters, links
from initiatives.following.feeds import EVERYTHING, Followed, followed
from initiatives.following.forms import AskForm
from initiatives.http import throttle
from initiatives.http.problems import Problem
from initiatives.http.repeated import ONE_ONLY, repeated, single_value
from initiatives.models import MailSubscription

_log = logging.getLogger(__name__)
OF_A_NETWORK = throttle.Rate(10, 3600)


@method_decorator(csrf_exempt, name="dispatch")
class LetterBox(View):
    """A page that takes what a reader sends."""

    http_method_names = ["get", "head", "post", "options"]
    takes: tuple[str, ...] = ()
    is_sent_to = True  # see middleware/broken_input.py

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and _is_from_elsewhere(request):
            response: HttpResponseBase = self.page("elsewhere", status=403)
        else:
            response = super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    def page(self, name: str, *, status: int = 200, **context: Any) -> TemplateResponse:
        return TemplateResponse(self.request, f"following/{name}.html", context, status=status)

    def too_many(self, seconds: int) -> HttpResponse:
        """That one may send the next form in so many `seconds`."""
        response = self.page("too_many", status=429)
        response.headers["Retry-After"] = str(seconds)
        return response


class AskPage(LetterBox):
    """The form: an address and how often. The answer is the same whoever follows what already."""

    takes = ("feed",)

    def get(self, request: HttpRequest) -> HttpResponse:
        if repeated(request.GET, self.takes):
            return self._cannot(Problem(400, _(ONE_ONLY)))
        return self._form(single_value(request.GET, "feed") or EVERYTHING, None, 200)

    def post(self, request: HttpRequest) -> HttpResponse:
        address = request.POST.get("feed", "") or EVERYTHING
        form = AskForm(request.POST)
        try:
            found = followed(address)
        except Problem as problem:
            return self._cannot(problem)
        if not form.is_valid():
            return self._form(address, form, 400)
        if seconds := throttle.seconds_to_wait("mail", request.META, OF_A_NETWORK):
            return self.too_many(seconds)
        return self._asked(found, form.cleaned_data)

    def _form(self, address: str, form: AskForm | None, status: int) -> HttpResponse:
        try:
            scope = followed(address).scope
        except Problem as problem:
            return self._cannot(problem)
        form = form or AskForm(initial={"rhythm": Rhythm.WEEKLY})
        return self.page("ask", status=status, form=form, followed=address, scope=scope)

    def _cannot(self, problem: Problem) -> HttpResponse:
        return self.page("cannot", status=problem.status, reason=problem.detail)

    def _asked(self, found: Followed, typed: dict[str, str]) -> HttpResponse:
        told: dict[str, Any] = {"scope": found.scope, "email": typed["email"]}
        row = mail_subscriptions.ask(**typed, feed=found.feed, language=get_language() or "")
        if row is None:  # whom a mailbox belongs to, and what we know of it, is told to nobody
            return self.page("asked", **told)
        try:
            letters.to_confirm(row).send()
        except Exception as error:
            # Its type alone: what a server of mail says holds the address.
            _log.error("The mail to confirm did not go out: %s", type(error).__name__)
            mail_subscriptions.not_asked(row)
            response = self.page("not_sent", status=503)
            response.headers["Retry-After"] = "600"
            return response
        return self.page("asked", **told)


class ConfirmPage(LetterBox):
    """Programs that look at the links of mails open them: only the button confirms."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            self.uid = links.confirmed_uid(kwargs["token"])
        except links.NoLink:
            self.uid = ""
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self._shown(MailSubscription.objects.filter(uid=self.uid).first(), is_done=False)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        return self._shown(mail_subscriptions.confirm(self.uid), is_done=True)

    def _shown(self, row: MailSubscription | None, *, is_done: bool) -> HttpResponse:
        ask = reverse("following:ask")
        if row is None and self.uid:  # what was followed already took it over, or it was left
            return self.page("used", ask=ask)
        if row is None:
            return self.page("expired", status=410, ask=ask)
        is_done = is_done or row.confirmed_at is not None
        told: dict[str, Any] = {
            "row": row,
            "is_done": is_done,
            "leave": links.to_leave(row) if is_done else "",
        }
        return self.page("confirm", title=title_of(row), **told)


class ManagePage(LetterBox):
    """What an address follows; behind the link that stands in each of its mails. A POST from the
    button beside a mail (RFC 8058) leaves, as the button of the page does."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self._shown(self._uid(token))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        uid = self._uid(token)
        row = MailSubscription.objects.filter(uid=uid).first()
        if row is None:
            return self.page("left")
        rhythm = request.POST.get("rhythm", "")
        if request.POST.get("leave") == "all":
            mail_subscriptions.leave_all(row.email)
        elif rhythm in Rhythm.values:
            mail_subscriptions.choose_rhythm(row, Rhythm(rhythm))
            return self._shown(uid, is_changed=True)
        elif request.POST.get("leave") == "this" or "List-Unsubscribe" in request.POST:
            mail_subscriptions.leave(uid)
        else:
            return self._shown(uid, status=400)
        return self.page("left")

    def _uid(self, token: str) -> str:
        try:
            return links.left_uid(token)
        except links.NoLink:
            raise Http404(
                _("Part of this link is missing. Copy the whole link from the email.")
            ) from None

    def _shown(self, uid: str, *, status: int = 200, is_changed: bool = False) -> HttpResponse:
        row = MailSubscription.objects.filter(uid=uid).exclude(confirmed_at=None).first()
        if row is None:
            return self.page("left")
        rows = MailSubscription.objects.filter(email=row.email).exclude(confirmed_at=None)
        others = [(title_of(one), links.to_leave(one)) for one in rows.exclude(pk=row.pk)]
        return self.page(
            "manage",
            status=status,
            row=row,
            title=title_of(row),
            others=others,
            is_changed=is_changed,
            is_wrong=status == 400,
        )


def title_of(row: MailSubscription) -> str:
    """What is followed, in words; its address where it is there no more."""
    try:
        return followed(row.feed).scope.title
    except Problem:
        return row.feed


def _is_from_elsewhere(request: HttpRequest) -> bool:
    """Whether a page of another site made the browser send it. Servers of mail say nothing."""
    return request.headers.get("Sec-Fetch-Site", "") == "cross-site"
