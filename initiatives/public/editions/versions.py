"""The public versions of a record: what each of them says, and what it says anew."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils import timezone

from initiatives.choices import EditionKind, EditionState
from initiatives.editions.access import public_editions, was_public
from initiatives.editions.record import InitiativeRecord, Withdrawal, decoded
from initiatives.models.editions import Edition
from initiatives.public.editions import values
from initiatives.public.editions.difference import Difference, differences
from initiatives.public.editions.names import Names
from initiatives.public.editions.values import Value

if TYPE_CHECKING:
    from initiatives.models.editions import EditionQuerySet


# What an edition says: all of the record, or that it was withdrawn.
Said = InitiativeRecord | Withdrawal
_TOLD = 12  # differences that a list names; the two editions side by side show all


@dataclass(frozen=True, kw_only=True)
class Version:
    """A public edition of an initiative, without its text.

    `until` is when the next one began. `before` is the published one with which it is compared,
    None for the first. `is_again` says that a withdrawal lay between them.
    """

    edition: Edition
    until: datetime | None
    before: Edition | None
    is_again: bool

    @property
    def is_withdrawal(self) -> bool:
        return self.edition.state == EditionState.WITHDRAWN


@dataclass(frozen=True, kw_only=True)
class Told:
    """A version with what changed in it, as far as a list tells; `left_out` is the number more.

    `differences` is None where one of the two texts was taken out, so that nobody can say.
    """

    version: Version
    differences: list[Difference] | None
    left_out: int
    reason: tuple[Value, ...]


def versions_of(code: str) -> list[Version]:
    """All public versions of an initiative, the newest first. One query.

    Each edition says as `is_together` whether other records changed for the same cause.
    """
    rows = list(_with_neighbours(public_editions(EditionKind.INITIATIVE, code)).defer("body"))
    found, before, is_again = [], None, False
    for place, edition in reversed(list(enumerate(rows))):
        until = rows[place - 1].since if place else None
        found.append(Version(edition=edition, until=until, before=before, is_again=is_again))
        if edition.state == EditionState.PUBLISHED:
            before, is_again = edition, False
        else:
            is_again = before is not None
    return found[::-1]


def _with_neighbours(editions: "EditionQuerySet") -> "EditionQuerySet":
    """Editions of one cause stand side by side in the register."""
    beside = Edition.objects.order_by().filter(
        was_public(timezone.now()),
        batch=OuterRef("batch"),
        position__gte=OuterRef("position") - 1,
        position__lte=OuterRef("position") + 1,
    )
    return editions.annotate(is_together=Exists(beside.exclude(key=OuterRef("key"))))


def records_of(editions: Iterable[Edition | None]) -> dict[int, Said]:
    """Number of an edition → what it says, of one record; not those that were taken out.

    One query, however many.
    """
    positions = [edition.position for edition in editions if edition and not edition.redacted_at]
    rows = Edition.objects.filter(position__in=positions).exclude(body="")
    read = rows.values_list("number", "state", "body")
    return {number: _said(state, body) for number, state, body in read}


def _said(state: str, body: str) -> Said:
    if state == EditionState.PUBLISHED:
        return decoded(body, InitiativeRecord)
    return decoded(body, Withdrawal)


def told(version: Version, records: Mapping[int, Said], names: Names) -> Told:
    """What the list says of a version, from the `records` of it and of the one before."""
    found, said = _differences(version, records, names), records.get(version.edition.number)
    return Told(
        version=version,
        differences=found and found[:_TOLD],
        left_out=max(0, len(found or ()) - _TOLD),
        reason=values.prose(names, said.reason) if isinstance(said, Withdrawal) else (),
    )


def _differences(
    version: Version, records: Mapping[int, Said], names: Names
) -> list[Difference] | None:
    if version.is_withdrawal or version.before is None:
        return []
    after, before = records.get(version.edition.number), records.get(version.before.number)
    if isinstance(before, InitiativeRecord) and isinstance(after, InitiativeRecord):
        return differences(before, after, names)
    return None
