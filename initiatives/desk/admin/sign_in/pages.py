"""What is said after too many wrong passwords, and where an administrator lets people in again."""

from math import ceil
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.choices import AccountAct
from initiatives.desk.admin.bounds import found

SHOWN = 200  # rows; there are more only while somebody tries very many accounts


def too_many(
    request: HttpRequest,
    response: HttpResponse | None = None,
    credentials: dict[str, Any] | None = None,
) -> HttpResponse:
    """AXES_LOCKOUT_CALLABLE: 429 with the time to wait, the same for every reason and account."""
    seconds = max(1, AxesProxyHandler.get_implementation().wait(request, credentials))
    act = getattr(request, "act_refused", AccountAct.WRONG_PASSWORD)
    context = {
        **admin.site.each_context(request),
        "title": _title(act),
        "act": act.value,
        "is_nav_sidebar_enabled": False,
        "minutes": ceil(seconds / 60),
        "next": request.POST.get("next", ""),
    }
    page = render(request, "admin/desk/too_many.html", context, status=429)
    page.headers["Retry-After"] = str(seconds)
    page.headers["Cache-Control"] = "no-store"
    return page


def _title(act: AccountAct) -> str:
    if act == AccountAct.WRONG_PASSKEY:
        return _("Too many wrong passkeys")
    return (
        _("Too many wrong codes") if act == AccountAct.WRONG_CODE else _("Too many wrong passwords")
    )


def wrong_passwords(request: HttpRequest) -> HttpResponseBase:
    """The accounts and addresses with wrong passwords of late; a POST forgets one of them."""
    if not request.user.is_superuser:
        raise PermissionDenied
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    rows = AccessAttempt.objects.filter(attempt_time__gte=since).order_by("-attempt_time")
    if request.method == "POST":
        row = found(AccessAttempt.objects, request.POST.get("row", ""))
        who = {"name": row.username, "address": row.ip_address or "–"}
        row.delete()
        messages.success(request, _("“%(name)s” may sign in again from %(address)s.") % who)
        return redirect("admin:wrong_passwords")
    context = {
        **admin.site.each_context(request),
        "title": _("Wrong passwords"),
        "rows": rows[:SHOWN],
        "minutes": int(settings.AXES_COOLOFF_TIME.total_seconds() // 60),
    }
    return render(request, "admin/desk/wrong_passwords.html", context)
