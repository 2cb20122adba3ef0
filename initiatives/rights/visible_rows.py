"""The rows that belong to what some desks cover.

Events, organisations and sources are shared by many records. One that only the drafts of other
desks know is not covered, since its name alone would betray them.
"""

from functools import reduce
from operator import or_

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Exists, OuterRef, Q, QuerySet

from initiatives.models import (
    Citation,
    Event,
    Funding,
    Initiative,
    InitiativeEvent,
    InitiativeOrganisation,
    Organisation,
    Source,
)
from initiatives.rights.memberships import Membership

_OWN = OuterRef("pk")


def initiatives(memberships: tuple[Membership, ...]) -> QuerySet[Initiative]:
    """The initiatives that the desks cover, published or not."""
    return Initiative.objects.filter(
        reduce(or_, (membership.covered() for membership in memberships), Q(pk__in=[]))
    )


def events(
    memberships: tuple[Membership, ...], user: User | AnonymousUser | None, *, public: bool
) -> QuerySet[Event]:
    """Events of covered initiatives; of those that belong to none the ones of the countries of the
    desks and of no country.

    `public` is for seeing and proposing, as below; then the officer's own are among them as well.
    """
    links = InitiativeEvent.objects.filter(event=_OWN)
    theirs = links.filter(initiative__in=initiatives(memberships))
    near = _in_countries(memberships)
    if public:
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
    used = _links_to_organisation()
    theirs = _links_to_organisation(
        initiatives(memberships), events(memberships, user, public=public)
    )
    shown = Q(pk__in=Organisation.objects.published().values("pk")) if public else Q(pk__in=[])
    return Organisation.objects.filter(theirs | ~used | shown)


def _links_to_organisation(
    of_initiatives: QuerySet[Initiative] | None = None, of_events: QuerySet[Event] | None = None
) -> Q:
    """Whether it is in one of `of_initiatives` or `of_events`; None stands for any at all.

    Each record is asked for by its key, so that a database begins with the links of the one
    organisation. Given the keys of all records as a list, it may begin with these, for each row.
    """
    parts = InitiativeOrganisation.objects.filter(organisation=_OWN)
    money = Funding.objects.filter(Q(provider=_OWN) | Q(receiver=_OWN))
    guests = Event.organisations.through.objects.filter(organisation=_OWN)
    if of_initiatives is not None:
        of_link = Exists(of_initiatives.filter(pk=OuterRef("initiative")))
        parts, money = parts.filter(of_link), money.filter(of_link)
    if of_events is not None:
        guests = guests.filter(Exists(of_events.filter(pk=OuterRef("event"))))
    return Exists(parts) | Exists(money) | Exists(guests)


def sources(
    memberships: tuple[Membership, ...], user: User | AnonymousUser | None, *, public: bool
) -> QuerySet[Source]:
    """Sources of covered claims, those that nothing cites, and `public` ones."""
    covered = initiatives(memberships)
    cited = Citation.objects.filter(source=_OWN)
    rates = Funding.objects.filter(usd_rate_source=_OWN)
    known = events(memberships, user, public=public)
    theirs = Exists(cited.filter(claims_of(covered, known))) | Exists(
        rates.filter(initiative__in=covered)
    )
    uncited = ~Exists(cited) & ~Exists(rates)
    shown = Q(pk__in=published_sources().values("pk")) if public else Q(pk__in=[])
    return Source.objects.filter(theirs | uncited | shown)


def published_sources() -> QuerySet[Source]:
    """Sources that the public meets today."""
    shown = Initiative.objects.published()
    cited = Citation.objects.filter(claims_of(shown, Event.objects.published()), source=_OWN)
    rates = Funding.objects.filter(initiative__in=shown, usd_rate_source=_OWN)
    return Source.objects.filter(Exists(cited) | Exists(rates), is_public=True)


def claims_of(of_initiatives: QuerySet[Initiative], of_events: QuerySet[Event]) -> Q:
    """Citations whose claim belongs to one of `of_initiatives` or is one of `of_events`."""
    return (
        Q(initiative__in=of_initiatives)
        | Q(status_change__initiative__in=of_initiatives)
        | Q(milestone__initiative__in=of_initiatives)
        | Q(funding__initiative__in=of_initiatives)
        | Q(date_revision__initiative__in=of_initiatives)
        | Q(event__in=of_events)
    )
