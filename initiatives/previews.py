"""Links that show what is not public yet, to whoever has been given one, for some days.

The link is signed and names the record and, if it is of a change that waits, the request. Nobody
can make one without the key of the site, and nobody can prolong it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.utils import timezone

from initiatives.models import ChangeRequest, Initiative

VALID_FOR = timedelta(days=7)
LONGEST = 300  # characters; a link of ours is far below
_SALT = "initiatives.previews"


class NoPreview(Exception):
    """The link was not made by this site, or what it showed is there no more."""


class Expired(NoPreview):
    """The link was good once."""


@dataclass(frozen=True)
class Preview:
    """What a link shows: a record, with the change that waits if `request` is not None."""

    initiative: Initiative
    request: ChangeRequest | None
    until: datetime


def token_for(initiative, request=None) -> str:
    """The signed part of the address; it holds for VALID_FOR from now on."""
    what = [initiative.pk, request and request.pk, int(timezone.now().timestamp())]
    return signing.dumps(what, salt=_SALT)


def read(token: str) -> Preview:
    """What `token` shows. Raises Expired or NoPreview."""
    try:
        initiative, request, made = signing.loads(token[:LONGEST], salt=_SALT)
    except signing.BadSignature:
        raise NoPreview from None
    until = datetime.fromtimestamp(made, timezone.get_current_timezone()) + VALID_FOR
    if until <= timezone.now():
        raise Expired
    found = Initiative.objects.filter(pk=initiative).first()
    change_request = (
        request and ChangeRequest.objects.filter(pk=request, initiative=initiative).first()
    )
    if found is None or (request and change_request is None):
        raise NoPreview
    return Preview(found, change_request, until)
