"""Wrong passwords, counted for each account and each address, by django-axes.

An attempt is counted before its password is looked at, and forgotten when the password was right.
So a thousand attempts at once look at no more passwords than a thousand one after the other.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import ceil
from typing import Any, cast

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone

from initiatives.actions.accounts import audit
from initiatives.choices import AccountAct
from initiatives.http.clients import client_of

# Wrong passwords after which nobody is let in until the waiting time is over …
FOR_ACCOUNT_FROM_ADDRESS = 5
FROM_ADDRESS = (
    20  # … so that one stranger does not try many accounts; several officers may share it
)
# … so that many strangers do not try one account together. This one spares an address from which
# the officer signed in of late: nobody shuts an officer out of their own place of work.
FOR_ACCOUNT = 50
KNOWN_FOR = timedelta(days=90)


def address_of(request: HttpRequest) -> str | None:
    """AXES_CLIENT_IP_CALLABLE: the client as the throttle of the API knows it.

    Of IPv6 that is a network, which is kept as its first address.
    """
    client = client_of(request.META, settings.PROXIES)
    return None if client == "unknown" else client.partition("/")[0]


class AskedByAxes(HttpRequest):
    """A request with what axes notes on it, and which act a refusal is in the audit."""

    axes_attempt_time: datetime
    axes_credentials: dict[str, Any] | None
    axes_ip_address: str | None
    axes_locked_out: bool
    act_refused: AccountAct


class Attempts(AxesDatabaseHandler):
    """AXES_HANDLER. Axes keeps the rows and asks; how many are too many is said here.

    Nothing that was typed is kept or logged, but the name of the account.
    """

    def is_allowed(self, request: AskedByAxes, credentials: dict[str, Any] | None = None) -> bool:
        """Whether the password may be looked at; if so, this attempt has been counted."""
        if not self.wait(request, credentials):
            self._count(request, credentials)
            if not self.wait(request, credentials, spare=1):
                return True
        return False

    def user_login_failed(
        self,
        sender: Any,
        credentials: dict[str, Any],
        request: AskedByAxes | None = None,
        **kwargs: Any,
    ) -> None:
        if request is None:
            return
        request.axes_credentials = credentials
        was_looked_at = not request.axes_locked_out
        if self.wait(request, credentials):
            request.axes_locked_out = True  # its middleware then answers 429
        if was_looked_at:  # what is refused at once could fill the table
            _note(request, _name(request, credentials))

    def user_logged_in(self, sender: Any, request: AskedByAxes, user: User, **kwargs: Any) -> None:
        """Forget the wrong passwords from here, and remember that the officer was here."""
        name, address = user.get_username(), request.axes_ip_address
        AccessAttempt.objects.filter(username=name, ip_address=address).delete()
        logs = AccessLog.objects
        logs.filter(attempt_time__lt=timezone.now() - KNOWN_FOR).delete()
        if address and not logs.filter(username=name, ip_address=address).exists():
            logs.create(username=name, ip_address=address, attempt_time=timezone.now())

    def user_logged_out(
        self, sender: Any, request: HttpRequest, user: User | None, **kwargs: Any
    ) -> None:
        """Nothing is known of sessions here."""

    def wait(
        self, request: AskedByAxes, credentials: dict[str, Any] | None = None, *, spare: int = 0
    ) -> int:
        """Seconds until a password is looked at again; 0 if it is now.

        `spare` is how many of the counted attempts are this one itself.
        """
        name, address = _name(request, credentials), request.axes_ip_address
        rows = list(_counted(request, name, address))
        here = [row for row in rows if row[:2] == (name, address)]
        from_address = [row for row in rows if row[1] == address]
        of_account = [row for row in rows if row[0] == name]
        ends = [
            _end(here, FOR_ACCOUNT_FROM_ADDRESS + spare),
            _end(from_address, FROM_ADDRESS + spare),
            _end(of_account, FOR_ACCOUNT + spare),
        ]
        if ends[2] and not any(ends[:2]) and _is_known(name, address):
            return 0
        last = max(filter(None, ends), default=None)
        return max(1, ceil((last - timezone.now()).total_seconds())) if last else 0

    def _count(self, request: AskedByAxes, credentials: dict[str, Any] | None) -> None:
        """One row for each account and address, however many browsers a stranger claims to have."""
        self.clean_expired_user_attempts(request, credentials)
        with transaction.atomic():
            row, is_new = AccessAttempt.objects.select_for_update().get_or_create(
                username=_name(request, credentials),
                ip_address=request.axes_ip_address,
                user_agent="",
                defaults={"failures_since_start": 1, "attempt_time": request.axes_attempt_time},
            )
            if not is_new:
                row.failures_since_start = F("failures_since_start") + 1
                row.attempt_time = request.axes_attempt_time
                row.save(update_fields=["failures_since_start", "attempt_time"])


def looks_at(request: HttpRequest, user: User, act: AccountAct = AccountAct.WRONG_CODE) -> bool:
    """Whether a code of `user` may be looked at: it is counted as wrong passwords are, with them.

    `act` is what the audit calls it where it is wrong.

    Where not, the middleware of axes answers 429 for whatever the page would.
    """
    if not settings.AXES_ENABLED:
        return True
    credentials = {"username": user.get_username()}
    asked = cast(AskedByAxes, request)
    asked.act_refused = act
    if AxesProxyHandler.is_allowed(request, credentials):
        return True
    asked.axes_credentials, asked.axes_locked_out = credentials, True
    return False


def was_wrong(request: HttpRequest, user: User, act: AccountAct | None = None) -> None:
    """Say that the code was not the right one, as Django says it of passwords: whoever counts those
    counts it. Too many are answered with 429, see `looks_at`.

    `act` is what it turned out to be, where that is something else than it was looked at as.
    """
    if act is not None:
        cast(AskedByAxes, request).act_refused = act
    credentials = {"username": user.get_username()}
    user_login_failed.send(sender=__name__, credentials=credentials, request=request)


def was_right(request: HttpRequest, user: User) -> None:
    """Forget the wrong passwords and codes from here: it is the officer."""
    AxesProxyHandler.user_logged_in(None, request, user)


def _name(request: Any, credentials: dict[str, Any] | None) -> str:
    """What was typed, as far as the name of an account can be long: the form does not bound it."""
    longest = get_user_model()._meta.get_field("username").max_length
    return (get_client_username(request, credentials) or "")[:longest]


def _note(request: AskedByAxes, name: str) -> None:
    """What was wrong, and that it shut the account; by the account, and never by what was typed."""
    user = get_user_model().objects.filter(username=name).first()
    audit.note(getattr(request, "act_refused", AccountAct.WRONG_PASSWORD), user)
    if request.axes_locked_out:
        audit.note(AccountAct.SHUT, user)


def _counted(request: HttpRequest, name: str, address: str | None) -> list[Any]:
    since = get_cool_off_threshold(request)
    rows = AccessAttempt.objects.filter(attempt_time__gte=since).filter(
        Q(username=name) | Q(ip_address=address)
    )
    return rows.order_by("attempt_time").values_list(
        "username", "ip_address", "attempt_time", "failures_since_start"
    )


def _end(rows: Iterable[Any], most: int) -> datetime | None:
    """When fewer than `most` of the failures of `rows`, the oldest first, still count."""
    left = sum(number for *_, number in rows)
    end = None
    for _name, _address, at, number in rows:
        if left < most:
            break
        left -= number
        end = at + settings.AXES_COOLOFF_TIME
    return end


def _is_known(name: str, address: str | None) -> bool:
    return bool(address) and AccessLog.objects.filter(username=name, ip_address=address).exists()
