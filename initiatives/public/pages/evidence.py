"""The sources behind one page: each document once, with the places that carry its claims."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from initiatives.models import Initiative

# What is claimed, where on the page, and the row that cites.
_Claim = tuple[str, str, Any]


@dataclass(frozen=True)
class Place:
    """Where in a source a claim stands, what the claim is, and where on the page it is made."""

    locator: str
    claim: str
    anchor: str


@dataclass(frozen=True)
class CitedSource:
    number: int
    source: Any
    places: list[Place] = field(default_factory=list)


@dataclass(frozen=True)
class Evidence:
    sources: list[CitedSource]

    @cached_property
    def numbers(self) -> dict[int, int]:
        """The number of each source on this page, by its primary key."""
        return {cited.source.pk: cited.number for cited in self.sources}


def evidence_of(initiative: "Initiative") -> Evidence:
    """All public citations of a record that `as_of` gave, in the order of the page."""
    found: dict[int, CitedSource] = {}
    for claim, anchor, row in _claims(initiative):
        for citation in row.citations.all():
            new = CitedSource(len(found) + 1, citation.source)
            cited = found.setdefault(citation.source_id, new)
            cited.places.append(Place(citation.locator, claim, anchor))
    return Evidence(list(found.values()))


def _claims(initiative: "Initiative") -> Iterator[_Claim]:
    """What is claimed, where on the page, and the row that cites."""
    yield _("the record as a whole"), "content", initiative
    numbered: tuple[tuple[Any, str, Iterable[Any]], ...] = (
        (_("status record %(number)s"), "status", reversed(initiative.status_changes.all())),
        (_("milestone %(number)s"), "milestone", initiative.milestones.all()),
        (_("moved date %(number)s"), "moved", initiative.date_revisions.all()),
    )
    for claim, anchor, rows in numbered:
        yield from _numbered(claim, anchor, rows)
    for event in dict.fromkeys(link.event for link in initiative.events.all()):
        yield _("event"), f"event-{event.slug}", event
    yield from _numbered(_("money, line %(number)s"), "money", initiative.money)


def _numbered(claim: str, anchor: str, rows: Iterable[Any]) -> Iterator[_Claim]:
    for row in rows:
        yield claim % {"number": row.number}, f"{anchor}-{row.number}", row
