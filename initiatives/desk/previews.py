"""Links that show what is not public yet, to whoever has been given one, for some days.

The link is signed and names the record and, if it is of a change that waits, the request. Nobody
can make one without the key of the site, and nobody can prolong it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from initiatives.actions.bulk import JUST_SAVED
from initiatives.actions.edits import apply_edits
from initiatives.as_of import judged
from initiatives.editions.instances import instances_of
from initiatives.editions.record import InitiativeRecord
from initiatives.models import ChangeRequest, Initiative
from initiatives.publication import preview_of

VALID_FOR = timedelta(days=7)
LONGEST = 300  # characters; a link of ours is far below
_SALT = "initiatives.previews"  # as in links that officers gave to somebody already


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


def token_for(initiative: Initiative, request: ChangeRequest | None = None) -> str:
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


@contextmanager
def as_it_would_be(request: ChangeRequest | None) -> Iterator[list[str]]:
    """The rows as the change that waits would leave them, until they were looked at: it is undone.

    Gives what stands against the change; then the rows are as they are.
    """
    with transaction.atomic():
        yield _refusals(request) if request is not None and request.waits else []
        transaction.set_rollback(True)


def _refusals(request: ChangeRequest) -> list[str]:
    asked = {"by": request.created_by, "reason": request.moved_because}
    try:
        apply_edits(request.edits, **asked, overwrite=True, awaits_approval=True)
    except ValidationError as refusal:
        return refusal.messages
    except IntegrityError:
        return [str(JUST_SAVED)]
    return []


def record_as_published(code: str) -> tuple[InitiativeRecord, Initiative]:
    """What the public would be told of the working row as it is now, as record and as instance."""
    now = timezone.now()
    preview = preview_of(code, now)
    rows = instances_of([preview.record], now, events=preview.events, checks={code: preview.check})
    return preview.record, judged(rows, timezone.localdate(now))[0]
