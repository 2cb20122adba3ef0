"""The questions that the site asks of the data, each with one name.

`published()` is the only place that decides what the public may see.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery
from django.db.models.lookups import IsNull
from django.utils import timezone

from initiatives.choices import (
    PARTICIPANT_ROLES,
    EventPublication,
    Publication,
)
from initiatives.text import folding

if TYPE_CHECKING:
    from initiatives.models.events import Event
    from initiatives.models.evidence import Citation
    from initiatives.models.initiatives import Initiative
    from initiatives.models.reference import Country, Organisation


def _model(name: str) -> type[Any]:
    """A model, which mypy cannot know by its name: the models are built on this module."""
    return apps.get_model("initiatives", name)


def one_of(rows: "models.QuerySet[Any]", link: str = "initiative") -> Q:
    """Whether the row to which `link` points is one of `rows`.

    It is asked for by its key, so that a database begins with the links of the row at hand. Given
    `link__in=rows` it may begin with all of `rows` instead, again for each row at hand.
    """
    return Q(Exists(rows.filter(pk=OuterRef(link))))


def has_any(rows: "models.QuerySet[Any]") -> Q:
    """Whether there is one of `rows`, which name the row at hand by OuterRef.

    It says what Exists says, but PostgreSQL answers it from the row at hand; for one of several
    Exists it collects all rows instead that might be meant, and also for one page.
    """
    return Q(IsNull(Subquery(rows.order_by().values("pk")[:1]), False))


def links_to_organisation(
    of_initiatives: "models.QuerySet[Initiative] | None" = None,
    of_events: "models.QuerySet[Event] | None" = None,
) -> Q:
    """Whether an organisation takes part in, pays or receives for one of `of_initiatives`, or is at
    one of `of_events`; None stands for any at all."""
    own = OuterRef("pk")
    in_initiatives = Q() if of_initiatives is None else one_of(of_initiatives)
    at_events = Q() if of_events is None else one_of(of_events, "event")
    links = [
        (_model("InitiativeOrganisation"), "organisation", in_initiatives),
        (_model("Funding"), "provider", in_initiatives),
        (_model("Funding"), "receiver", in_initiatives),
        (_model("Event").organisations.through, "organisation", at_events),
    ]
    found = (model.objects.filter(narrowed, **{name: own}) for model, name, narrowed in links)
    return reduce(or_, map(has_any, found))


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    def published(self, at: datetime | None = None) -> Self:
        """What the public may see, at the instant `at` (default: now)."""
        return self.filter(
            Q(embargo_until__isnull=True) | Q(embargo_until__lte=at or timezone.now()),
            publication=Publication.PUBLISHED,
        )

    def with_flag(self, *flags: str, today: date | None = None) -> Self:
        """Initiatives that have one of the flags on the day `today` (default: the site's today)."""
        # The conditions name models, which are built on this module.
        from initiatives.models.flags import condition

        today = today or timezone.localdate()
        none = Q(pk__in=[])
        return self.filter(reduce(or_, (condition(flag, today) for flag in flags), none))

    def search(self, text: str) -> Self:
        """Rows that contain every word of `text`, whatever its script or apostrophes: in their own
        texts or in the names of who takes part, pays or receives. It asks two queries when it is
        made."""
        # What is looked into are models, which are built on this module.
        from initiatives.models.desk_search import containing

        words = folding.words(text)
        return self.filter(containing(words)) if words else self.none()

    def for_rules(self) -> Self:
        """With all that `facts_of` reads."""
        cited = Prefetch("citations", _model("Citation").objects.public().select_related("source"))
        changes = _model("StatusChange").objects.prefetch_related(cited)
        # A plain name would make django-modeltranslation build a class for every row.
        milestones = Prefetch("milestones", _model("Milestone").objects.all())
        return self.prefetch_related(
            cited, Prefetch("status_changes", changes), milestones, "funding", "sectors"
        )


class CountryQuerySet(models.QuerySet["Country"]):
    def taking_part_in(self, initiatives: "Iterable[Initiative]") -> Self:
        """Countries that take part in one of the initiatives, each once; an observer does not."""
        links = _model("InitiativeCountry").objects.filter(initiative__in=initiatives)
        return self.filter(pk__in=links.filter(role__in=PARTICIPANT_ROLES).values("country"))


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def published(self) -> Self:
        """Organisations that take part in what the public may see, or pay or receive for it."""
        shown = _model("Initiative").objects.published()
        return self.filter(links_to_organisation(shown, _model("Event").objects.published()))


class EventQuerySet(models.QuerySet["Event"]):
    def published(self, at: datetime | None = None) -> Self:
        """Events that were published themselves, and those that a published initiative names, at
        the instant `at` (default: now).

        Never because no draft forbids it: what became of a draft must not let its event out.
        """
        links = _model("InitiativeEvent").objects.filter(event=OuterRef("pk"))
        named = links.filter(one_of(_model("Initiative").objects.published(at)))
        return self.filter(Q(publication=EventPublication.PUBLISHED) | Exists(named))


class CitationQuerySet(models.QuerySet["Citation"]):
    def public(self) -> Self:
        return self.filter(source__is_public=True)
