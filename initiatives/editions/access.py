"""What of the register the public may see at an instant: the one place that says 200, 404 or 410.

An edition was public if it was the current one at some instant up to now: it has begun, and none
with a higher number had begun by then. What was published under an embargo and replaced before its
time never was. A withdrawal is told only of what was public before it; where it is the first
edition, that was before there was a register. While a record is
withdrawn, nothing of it is shown but the reason; an edition whose text was taken out says that.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from http import HTTPStatus

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from initiatives.choices import EditionState
from initiatives.editions.current import editions_at
from initiatives.editions.record import NO_TEXT, Text, Withdrawal, decoded
from initiatives.models import Edition
from initiatives.models.editions import EditionQuerySet

_PUBLISHED = Q(state=EditionState.PUBLISHED)
_SAME = {"kind": OuterRef("kind"), "key": OuterRef("key")}


class Access(Enum):
    """How a record or one of its editions is answered; `status` is that of HTTP."""

    SHOWN = HTTPStatus.OK, "shown"
    UNKNOWN = HTTPStatus.NOT_FOUND, "unknown"
    WITHDRAWN = HTTPStatus.GONE, "withdrawn"
    REDACTED = HTTPStatus.GONE, "redacted"

    @property
    def status(self) -> HTTPStatus:
        return self.value[0]


@dataclass(frozen=True)
class Found:
    """`edition` is the one that was asked for, or the one that tells of the withdrawal.

    `is_past` says that the record is public now, and that the answer is about an instant before.
    """

    access: Access
    edition: Edition | None = None
    is_past: bool = False

    @property
    def known(self) -> Edition:
        """The `edition`, which all have but those that are UNKNOWN."""
        assert self.edition is not None, self.access
        return self.edition

    @property
    def reason(self) -> Text:
        """The public reason of a withdrawal, empty where none was given."""
        if self.access is not Access.WITHDRAWN or not self.edition or not self.edition.body:
            return NO_TEXT
        return decoded(self.edition.body, Withdrawal).reason


def public_edition(
    kind: str, key: str, *, at: datetime | None = None, number: int | None = None
) -> Found:
    """The current edition of a record, the one that was current `at` an instant, or a numbered one.

    One query, or two. A withdrawal of now closes the past as well.
    """
    now = timezone.now()
    current = next(editions_at(kind, [key], now), None)
    if current is None:
        return Found(Access.UNKNOWN)
    if current.state == EditionState.WITHDRAWN:
        is_told = current.number == 1 or public_editions(kind, key).filter(_PUBLISHED).exists()
        return Found(Access.WITHDRAWN, current) if is_told else Found(Access.UNKNOWN)
    if number is not None and number != current.number:
        return _found(public_editions(kind, key).filter(number=number).first(), numbered=True)
    if at is not None and at < current.since:
        return _found(public_editions(kind, key).filter(since__lte=at).first(), is_past=True)
    return _found(current)


def _found(edition: Edition | None, *, numbered: bool = False, is_past: bool = False) -> Found:
    if edition is None:
        return Found(Access.UNKNOWN, None, is_past)
    if edition.redacted_at:
        return Found(Access.REDACTED, edition, is_past)
    if not numbered and edition.state == EditionState.WITHDRAWN:
        return Found(Access.WITHDRAWN, edition, is_past)
    return Found(Access.SHOWN, edition, is_past)


def public_editions(kind: str, key: str) -> EditionQuerySet:
    """All editions of a record that were public up to now, the newest first, withdrawn or not."""
    shown = Edition.objects.of(kind, key).filter(was_public(timezone.now()))
    return shown.order_by("-number")


def was_public(at: datetime) -> Q:
    """The condition that an edition was the current one at some instant up to `at`."""
    editions = Edition.objects.order_by()
    later = editions.filter(number__gt=OuterRef("number"), since__lte=OuterRef("since"), **_SAME)
    shown_before = editions.filter(
        ~Exists(later),
        _PUBLISHED,
        number__lt=OuterRef("number"),
        since__lt=OuterRef("since"),
        **_SAME,
    )
    told = _PUBLISHED | Q(number=1) | Q(Exists(shown_before))
    return Q(since__lte=at) & ~Exists(later) & told


def state_at(at: datetime) -> Subquery:
    """The state of the edition that holds at the instant `at`, of the record of each edition."""
    begun = Edition.objects.filter(since__lte=at, **_SAME).order_by("-number")
    return Subquery(begun.values("state")[:1])
