"""The site of the desk: Django's admin, whose first page is the queue.

Django makes it while `initiatives.desk.admin` is being imported, so this module asks the rooms of
the desk for something only when a page is asked for.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from initiatives.choices import DeskRole
from initiatives.desk.work_queue import queue_of

WHOLE_DESK = "desk"  # of the parameter `of`; anything else is the officer's own work
MOST_TO_ASK = 5
ViewType = TypeVar("ViewType", bound=Callable[..., HttpResponseBase])


class DeskSite(admin.AdminSite):
    site_header = _("Desk of the cooperation tracker")
    site_title = _("Cooperation tracker")
    index_title = _("What waits for you")
    empty_value_display = "–"
    # Not admin/index.html: Django's page of one app extends that and has no queue.
    index_template = "admin/queue.html"

    def has_permission(self, request: HttpRequest) -> bool:
        """Officers; what each of them may do is asked on every page."""
        return request.user.is_active and request.user.is_staff

    def admin_view(self, view: ViewType, cacheable: bool = False) -> ViewType:
        """Refusals stand in the frame of the desk; what a page asks for is mailed afterwards.

        No report of an error has what was posted: any page may ask for the password.
        """
        from initiatives.desk.admin.frame import in_frame
        from initiatives.desk.admin.request_mails import mailed_at_once
        from initiatives.desk.admin.sign_in.devices import placed
        from initiatives.desk.admin.sign_in.second_step import with_second_step
        from initiatives.desk.admin.sign_in.sessions import at_work

        inside = placed(with_second_step(mailed_at_once(at_work(view))))
        page = super().admin_view(in_frame(self, inside), cacheable)
        return cast(ViewType, sensitive_post_parameters()(page))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        from initiatives.desk.admin.navigation import grouped

        apps = super().get_app_list(request, app_label)
        if app_label is not None:
            return apps
        return grouped(apps, first_page=reverse("admin:index", current_app=self.name))

    def get_urls(self) -> list[Any]:
        from initiatives.desk.admin.former_addresses import status_request
        from initiatives.desk.admin.guides.pages import guide
        from initiatives.desk.admin.own_mail import own_mail
        from initiatives.desk.admin.search_page import search_page
        from initiatives.desk.admin.sign_in import own_passkeys as keys
        from initiatives.desk.admin.sign_in import own_sign_in as own
        from initiatives.desk.admin.sign_in.devices import placed
        from initiatives.desk.admin.sign_in.first_password import SetPassword
        from initiatives.desk.admin.sign_in.pages import wrong_passwords
        from initiatives.desk.admin.sign_in.passkey_sign_in import passkey_sign_in
        from initiatives.desk.admin.sign_in.second_step import second_step
        from initiatives.desk.admin.understood import understood_view

        ours = (
            ("guide", guide),
            ("mail", own_mail),
            ("search", search_page),
            ("understood", understood_view),
            ("wrong-passwords", wrong_passwords),
        )
        own_pages = (
            ("sign-in/", own.own_sign_in, "own_sign_in"),
            ("sign-in/app/", own.own_app, "own_app"),
            ("sign-in/app/code.svg", own.own_app_picture, "own_app_picture"),
            ("sign-in/app/remove/", own.own_app_removal, "own_app_removal"),
            ("sign-in/codes/", own.own_codes, "own_codes"),
            ("sign-in/passkeys/add/", keys.own_passkey, "own_passkey"),
            ("sign-in/passkeys/ask/", keys.own_passkey_question, "own_passkey_question"),
            ("sign-in/passkeys/<int:key>/name/", keys.own_passkey_name, "own_passkey_name"),
            (
                "sign-in/passkeys/<int:key>/remove/",
                keys.own_passkey_removal,
                "own_passkey_removal",
            ),
        )
        return [
            # Behind the link of a mail: whoever opens it cannot sign in yet.
            path("password/<uidb64>/<token>/", placed(SetPassword.as_view()), name="set_password"),
            path("second-step/", second_step, name="second_step"),  # nor here: not signed in yet
            path("login/passkey/", passkey_sign_in, name="passkey_sign_in"),
            path(
                "initiatives/statusrequest/<path:rest>",
                self.admin_view(status_request),
                name="former_status_request",
            ),
            path("initiatives/statusrequest/", self.admin_view(status_request)),
            *(path(f"{at}/", self.admin_view(v), name=at.replace("-", "_")) for at, v in ours),
            *(path(at, self.admin_view(v), name=name) for at, v, name in own_pages),
            path("guide/<str:role>/", self.admin_view(guide), name="guide_of"),
            *super().get_urls(),
        ]

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Django's page, but whoever has a second step is not signed in by it yet."""
        from initiatives.desk.admin.sign_in.second_step import sign_in_page

        return sign_in_page(request, self, extra_context)

    def logout(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        from initiatives.actions.accounts import audit
        from initiatives.choices import AccountAct

        if request.method == "POST":
            audit.note(AccountAct.SIGNED_OUT, cast(User, request.user))
        return super().logout(request, extra_context)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        from initiatives.desk.admin.pagination import UncountedChoices

        return cast(HttpResponse, UncountedChoices.as_view(admin_site=self)(request))

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Django's page, but what it changes is recorded."""
        from initiatives.desk.admin.sign_in.first_password import ChangePassword

        context = {**self.each_context(request), **(extra_context or {})}
        page = ChangePassword.as_view(extra_context=context)
        return cast(TemplateResponse, page(request))  # or a way back, as of Django's own page

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        from initiatives.desk.admin.access import rights_of
        from initiatives.desk.admin.saved_filters import saved_filters
        from initiatives.desk.admin.search_page import recent_records

        rights = rights_of(request)
        mine = request.GET.get("of") != WHOLE_DESK
        context = {
            "queue": queue_of(rights, mine=mine),
            "mine": mine,
            "recent": recent_records(request),
            "saved_filters": saved_filters(request) if rights.highest else [],
            "whom_to_ask": _chiefs() if not rights.highest else (),
            "has_desk": bool(rights.highest),
            "may_add": rights.has(DeskRole.EDITOR, None),
        }
        return super().index(request, {**context, **(extra_context or {})})


def _chiefs() -> QuerySet[User]:
    """The people who give places on desks."""
    rows = get_user_model().objects.filter(is_superuser=True, is_active=True)
    return rows.order_by("pk")[:MOST_TO_ASK]
