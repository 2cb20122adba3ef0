"""The rows that belong to what some desks cover.

Events, organisations and sources are shared by many records. One that only the drafts of other
desks know is not covered, since its name alone would betray them.
"""

from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Exists, OuterRef, Q, QuerySet

from initiatives.models import (
    Citation,
    Event,
    Funding,
    Initiative,
    InitiativeEvent,
    Organisation,
    Source,
)
from initiatives.models.evidence import claimed_by
from initiatives.models.queries import has_any, links_to_organisation, one_of
from initiatives.rights.memberships import Membership

_OWN = OuterRef("pk")
_CLAIMS_OF_INITIATIVE = ("status_change", "milestone", "funding", "date_revision")


def initiatives(memberships: tuple[Membership, ...]) -> QuerySet[Initiative]:
    """The initiatives that the desks cover, published or not."""
    return Initiative.objects.filter(covered(memberships))


def covered(memberships: tuple[Membership, ...]) -> Q:
    """What selects these, of Initiative and of DeskRow alike."""
    return reduce(or_, (membership.covered() for membership in memberships), Q(pk__in=[]))


def events(
    memberships: tuple[Membership, ...], user: User | AnonymousUser | None, *, public: bool
) -> QuerySet[Event]:
    """Events of covered initiatives; of those that belong to none the ones of the countries of the
    desks and of no country.

    `public` is for seeing and proposing, as below; then the officer's own are among them as well.
    """
    links = InitiativeEvent.objects.filter(event=_OWN)
    theirs = links.filter(one_of(initiatives(memberships)))
    near = _in_countries(memberships)
    if public and user is not None:
        near |= Q(created_by=user.pk)
    return Event.objects.filter(Exists(theirs) | (~Exists(links) & near))


def _in_countries(memberships: tuple[Membership, ...]) -> Q:
    if any(
        membership.covers_all or (membership.sectors and not membership.countries)
        for membership in memberships
    ):
        return Q(pk__isnull=False)
    countries = frozenset().union(*(membership.countries for membership in memberships))
    guests = Event.countries.through.objects.filter(event=_OWN)
    nowhere = ~Exists(guests) & Q(host_country__isnull=True)
    return Exists(guests.filter(country__in=countries)) | Q(host_country__in=countries) | nowhere


def organisations(
    memberships: tuple[Membership, ...], user: User | AnonymousUser | None, *, public: bool
) -> QuerySet[Organisation]:
    """Organisations of covered initiatives and events, those of no record, and `public` ones."""
    theirs = links_to_organisation(
        initiatives(memberships), events(memberships, user, public=public)
    )
    rows = Organisation.objects.filter(theirs | ~links_to_organisation())
    return rows | Organisation.objects.published() if public else rows


def sources(
    memberships: tuple[Membership, ...], user: User | AnonymousUser | None, *, public: bool
) -> QuerySet[Source]:
    """Sources of covered claims, those that nothing cites, and `public` ones."""
    known = events(memberships, user, public=public)
    uncited = ~Exists(_cited) & ~Exists(_rates)
    rows = Source.objects.filter(_cited_by(initiatives(memberships), known) | uncited)
    return rows | published_sources() if public else rows


def published_sources() -> QuerySet[Source]:
    """Sources that the public meets today."""
    shown = _cited_by(Initiative.objects.published(), Event.objects.published())
    return Source.objects.filter(shown, is_public=True)


_cited = Citation.objects.filter(source=_OWN)
_rates = Funding.objects.filter(usd_rate_source=_OWN)


def _cited_by(of_initiatives: QuerySet[Initiative], of_events: QuerySet[Event]) -> Q:
    """Whether a claim of one of these cites it, or a rate of exchange comes from it."""
    claims = Exists(_cited.filter(claims_of(of_initiatives, of_events)))
    return claims | Exists(_rates.filter(one_of(of_initiatives)))


def claims_of(of_initiatives: QuerySet[Initiative], of_events: QuerySet[Event]) -> Q:
    """Citations whose claim belongs to one of `of_initiatives` or is one of `of_events`."""
    claimed = {"initiative": of_initiatives, "event": of_events} | {
        name: _related(name).filter(one_of(of_initiatives)) for name in _CLAIMS_OF_INITIATIVE
    }
    found = (rows.filter(pk=OuterRef(name)) for name, rows in claimed.items())
    return reduce(or_, map(has_any, found))


def _related(claim: str) -> QuerySet[Any]:
    return claimed_by(claim)._default_manager.all()
