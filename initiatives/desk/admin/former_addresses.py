"""Addresses of the desk that stand in mails of earlier days and lead on from here."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _


def status_request(request: HttpRequest, rest: str = "") -> HttpResponse:
    """To what waits for approval, where requests of a status stand now.

    They got new numbers when they became change requests, and nothing keeps the old ones.
    """
    text = _(
        "Statuses that wait stand among the changes that wait for approval now; the address in the "
        "mail was that of earlier days. Look for the record here."
    )
    messages.info(request, text)
    return redirect("admin:initiatives_changerequest_changelist")
