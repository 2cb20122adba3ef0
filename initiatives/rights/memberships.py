"""What an officer's desks cover."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Exists, OuterRef, Q

from initiatives.models import DeskMember, InitiativeCountry, InitiativeSector, Sector


@dataclass(frozen=True)
class Membership:
    """One membership: the role, and what the desk covers. An empty set does not narrow."""

    role: int
    desk: int
    covers_all: bool
    countries: frozenset[int]
    sectors: frozenset[int]

    def covered(self) -> Q:
        """The initiatives that the desk covers; it fits DeskRow as well."""
        if self.covers_all:
            return Q(pk__isnull=False)
        matches = Q()
        if self.countries:
            links = InitiativeCountry.objects.filter(initiative=OuterRef("pk"))
            matches &= Q(Exists(links.filter(country__in=self.countries)))
        if self.sectors:
            shares = InitiativeSector.objects.filter(initiative=OuterRef("pk"))
            matches &= Q(Exists(shares.filter(sector__in=self.sectors)))
        return (Q(desk=self.desk) | matches) if matches else Q(desk=self.desk)


def memberships_of(user: User | AnonymousUser) -> Iterator[Membership]:
    """The memberships of `user`; a sector includes its parts. Four queries, however many."""
    members = list(
        DeskMember.objects.filter(user=user.pk)
        .select_related("desk")
        .prefetch_related("desk__countries", "desk__sectors")
    )
    parts = _parts_of({sector.pk for row in members for sector in row.desk.sectors.all()})
    for member in members:
        sectors = {sector.pk for sector in member.desk.sectors.all()}
        yield Membership(
            role=member.role,
            desk=member.desk_id,
            covers_all=member.desk.covers_all,
            countries=frozenset(country.pk for country in member.desk.countries.all()),
            sectors=frozenset(sectors.union(*(parts.get(pk, ()) for pk in sectors))),
        )


def _parts_of(sectors: set[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    parts = Sector.objects.filter(parent__in=sectors).values_list("pk", "parent_id")
    for pk, parent in parts:
        assert parent is not None  # it is one of `sectors`
        found.setdefault(parent, set()).add(pk)
    return found
