"""Which rows tell of something new, and since when each could be known."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, IntegerField, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Greatest

from initiatives.models import (
    Change,
    Citation,
    DateRevision,
    Funding,
    Initiative,
    Milestone,
    StatusChange,
)
from initiatives.timeline.entry import Entry
from initiatives.timeline.telling import (
    tell_milestone,
    tell_money,
    tell_moved_date,
    tell_new,
    tell_status,
)

NO_CONDITION = Q()


@dataclass(frozen=True)
class Within:
    """From `since` on and before `until`; `beyond` is the key (instant, rank, primary key) of an
    entry, of which the earlier ones are meant, or the later ones.
    """

    since: datetime | None = None
    until: datetime | None = None
    beyond: tuple | None = None
    later: bool = False


@dataclass(frozen=True)
class Source:
    """Rows of `model` that meet `condition`; `recorded` is the expression of their instant."""

    model: type
    tell: Callable[..., Entry]
    recorded: Callable
    related: tuple[str, ...] = ()
    condition: Q = NO_CONDITION

    def keys(self, public, rank, *, history, within, condition=NO_CONDITION):
        """(instant, rank, primary key) of each row of the initiatives `public` that also meets
        `condition`.
        """
        rows = self.model.objects.filter(self.condition, condition, initiative__in=public)
        rows = rows.order_by()
        public_since, recorded = _public_since("initiative__"), self.recorded()
        if not history:
            rows = rows.annotate(public=public_since, recorded=recorded)
            rows = rows.filter(recorded__gt=F("public"))
        return _keys(rows, Greatest(recorded, public_since), rank, within)

    def rows(self, keys):
        """The rows of these primary keys, with what is told of them except the initiative."""
        rows = self.model.objects.prefetch_related(cited())
        rows = rows.select_related(*self.related) if self.related else rows
        return rows.in_bulk(keys)


class NewInitiatives(Source):
    """The records themselves, each at the instant when it became public."""

    def keys(self, public, rank, *, history, within, condition=NO_CONDITION):
        rows = Initiative.objects.filter(pk__in=public).order_by()
        return _keys(rows, self.recorded(), rank, within)

    def rows(self, keys):
        return plain_initiatives().prefetch_related(cited()).in_bulk(keys)


def plain_initiatives():
    return Initiative.objects.defer("internal_note", "search_text")


def cited():
    return Prefetch("citations", Citation.objects.public().select_related("source"))


def _keys(rows, known_at, rank, within):
    rows = rows.annotate(known_at=known_at, rank=Value(rank))
    if within.since is not None:
        rows = rows.filter(known_at__gte=within.since)
    if within.until is not None:
        rows = rows.filter(known_at__lt=within.until)
    if within.beyond is not None:
        rows = rows.filter(_beyond(within.beyond, rank, within.later))
    return rows.values_list("known_at", "rank", "pk")


def _beyond(place, rank, later):
    """The condition on rows of `rank` that come after `place` in time, or before it."""
    at, place_rank, pk = place
    side = "gt" if later else "lt"
    beyond = Q(**{f"known_at__{side}": at})
    if rank == place_rank:
        return beyond | Q(known_at=at, **{f"pk__{side}": pk})
    return beyond | Q(known_at=at) if (rank > place_rank) is later else beyond


def _public_since(prefix=""):
    """The instant from which on the public could see the record."""
    first = Coalesce(f"{prefix}published_at", f"{prefix}created_at")
    return Greatest(first, Coalesce(f"{prefix}embargo_until", first))


def _reached_at():
    """When it was recorded that a milestone was reached.

    A row that no action has written has no record of it; its last change stands for it.
    """
    said = (
        Change.objects.filter(initiative=OuterRef("initiative"), model="milestone")
        .filter(fields__has_key="actual")
        .annotate(number=Cast(KeyTextTransform("1", "key"), IntegerField()))
        .filter(number=OuterRef("number"))
        .order_by("-recorded_at")
    )
    return Coalesce(Subquery(said.values("recorded_at")[:1]), F("updated_at"))


# The place in this list is the rank, by which entries of one instant are ordered.
SOURCES = (
    NewInitiatives(Initiative, tell_new, _public_since),
    Source(StatusChange, tell_status, lambda: F("recorded_at")),
    Source(DateRevision, tell_moved_date, lambda: F("recorded_at"), ("milestone",)),
    Source(Funding, tell_money, lambda: F("created_at"), ("provider", "provider_country")),
    Source(Milestone, tell_milestone, _reached_at, condition=Q(actual__isnull=False)),
)
