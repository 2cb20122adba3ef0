"""A new record is made once, also if its form is sent again with the browser's way back."""

import re
import secrets

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

FIELD = "form_key"
_SESSION = "desk_saved_forms"
_KEPT = 30  # forms of one session
_KEY = re.compile(r"[0-9a-f]{32}")


def key_of(request) -> str:
    """The key of the form: that with which it was sent, or a new one."""
    sent = request.POST.get(FIELD, "")
    return sent if _KEY.fullmatch(sent) else secrets.token_hex(16)


def saved_before(page, request):
    """Where to go instead of saving a form a second time; None if it was not saved yet."""
    saved = dict(request.session.get(_SESSION, ()))
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


def note_saved(request, record) -> None:
    """Remember that the form of `record` was saved."""
    key = request.POST.get(FIELD, "")
    if _KEY.fullmatch(key):
        saved = [*request.session.get(_SESSION, ()), [key, record.pk]]
        request.session[_SESSION] = saved[-_KEPT:]
