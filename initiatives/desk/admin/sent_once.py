"""A new record is made once, also if its form is sent again with the browser's way back."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from initiatives.desk.admin.access import officer_of
from initiatives.models.record import Record

if TYPE_CHECKING:
    from initiatives.desk.admin.records import RecordAdmin

FIELD = "form_key"
_SESSION = "desk_saved_forms"
_KEPT = 30  # forms of one session
_KEY = re.compile(r"[0-9a-f]{32}")


def key_of(request: HttpRequest) -> str:
    """The key of the form: that with which it was sent, or a new one."""
    sent = request.POST.get(FIELD, "")
    return sent if _KEY.fullmatch(sent) else secrets.token_hex(16)


def saved_before(page: "RecordAdmin", request: HttpRequest) -> HttpResponse | None:
    """Where to go instead of saving a form a second time; None if it was not saved yet."""
    saved = dict(_noted(request))
    key = request.POST.get(FIELD, "")
    if key not in saved:
        return None
    record = page.get_queryset(request).filter(pk=saved[key]).first()
    if record is None:  # it waits for approval, or is gone since
        text = _("This form was sent before. Nothing was saved a second time.")
        messages.warning(request, text)
        return redirect(f"admin:initiatives_{page.opts.model_name}_changelist")
    text = _("This form was sent before, and “%(record)s” was saved. There is no second one.")
    messages.warning(request, text % {"record": record})
    return redirect(page.address(record.pk))


@contextmanager
def one_by_one(request: HttpRequest) -> Iterator[None]:
    """Of two clicks at once the second waits here until what the first one saved is noted."""
    with transaction.atomic():
        officers = get_user_model().objects.select_for_update(no_key=True)
        officers.get(pk=officer_of(request).pk)
        yield
        if hasattr(request, "desk_saved"):
            request.session.save()


def note_saved(request: HttpRequest, record: Record | None) -> None:
    """Remember that the form of `record` was saved; None where that waits for approval."""
    key = request.POST.get(FIELD, "")
    if _KEY.fullmatch(key):
        saved = [*_noted(request), [key, record and record.pk]]
        request.session[_SESSION] = saved[-_KEPT:]
        cast(Any, request).desk_saved = True  # what `one_by_one` looks for


def _noted(request: HttpRequest) -> list:
    """What the session holds by now; it may have been read before another click was answered."""
    stored = type(request.session)(request.session.session_key)
    return stored.get(_SESSION, [])
