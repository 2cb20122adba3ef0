"""The sources behind one page: each document once, with the places that carry its claims."""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from django.utils.translation import gettext as _

from initiatives.models import (
    Citation,
    DateRevision,
    Event,
    Funding,
    Initiative,
    Milestone,
    Source,
    StatusChange,
)


@dataclass(frozen=True)
class Place:
    """Where in a source a claim stands, what the claim is, and where on the page it is made."""

    locator: str
    claim: str
    anchor: str


@dataclass(frozen=True)
class CitedSource:
    number: int
    source: Source
    places: list[Place] = field(default_factory=list)


@dataclass(frozen=True)
class Evidence:
    sources: list[CitedSource]

    @cached_property
    def numbers(self) -> dict[int, int]:
        """The number of each source on this page, by its primary key."""
        return {cited.source.pk: cited.number for cited in self.sources}


def evidence_of(initiative: Initiative) -> Evidence:
    """All public citations of a record that `as_of` gave, in the order of the page."""
    found: dict[int, CitedSource] = {}
    for claim in _claims(initiative):
        for citation in claim.citations.all():
            new = CitedSource(len(found) + 1, citation.source)
            cited = found.setdefault(citation.source_id, new)
            cited.places.append(_place(citation, claim))
    return Evidence(list(found.values()))


def _claims(initiative):
    events = [link.event for link in initiative.events.all()]
    return chain(
        [initiative],
        reversed(initiative.status_changes.all()),
        initiative.milestones.all(),
        initiative.date_revisions.all(),
        dict.fromkeys(events),
        initiative.money,
    )


def _place(citation: Citation, claim) -> Place:
    name, anchor = _NAMES[type(claim)](claim)
    return Place(citation.locator, name, anchor)


_NAMES = {
    Initiative: lambda claim: (_("the record as a whole"), "content"),
    StatusChange: lambda claim: (
        _("status record %(number)s") % {"number": claim.number},
        f"status-{claim.number}",
    ),
    Milestone: lambda claim: (
        _("milestone %(number)s") % {"number": claim.number},
        f"milestone-{claim.number}",
    ),
    DateRevision: lambda claim: (
        _("moved date %(number)s") % {"number": claim.number},
        f"moved-{claim.number}",
    ),
    Event: lambda claim: (_("event"), f"event-{claim.slug}"),
    Funding: lambda claim: (
        _("money, line %(number)s") % {"number": claim.number},
        f"money-{claim.number}",
    ),
}
