"""From working rows to public records: which column fills which field.

A field is filled from the column of its name; what has another one is written down here, and what
has no field in `editions.record` stays at the desk.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery

from initiatives.choices import EventPublication, Publication
from initiatives.editions import record as public
from initiatives.kept_queries import values_of
from initiatives.models import (
    Budget,
    Classification,
    DateRevision,
    Event,
    ExternalId,
    ExternalText,
    Funding,
    Initiative,
    InitiativeCountry,
    InitiativeEvent,
    InitiativeOrganisation,
    InitiativeSector,
    Milestone,
    StatusChange,
)
from initiatives.models.queries import one_of
from initiatives.publication import citations
from initiatives.publication.columns import Names, Parts, Rows, Wholes, text_of


def _code_of(path: str) -> Callable[[datetime], Subquery]:
    """The code of another initiative, None where the public must not know of it."""

    def code(now: datetime) -> Subquery:
        others = Initiative.objects.published(now).order_by()
        return Subquery(others.filter(pk=OuterRef(path)).values("code"))

    return code


def _event(now: datetime) -> Subquery:
    events = Event.objects.published(now).order_by()
    return Subquery(events.filter(pk=OuterRef("event")).values("slug"))


def _children(keys: list[int], now: datetime) -> QuerySet[Initiative, Any]:
    parts = Initiative.objects.published(now).filter(parent__in=keys).order_by()
    return values_of(parts, "parent", "code")


def _continues(keys: list[int], now: datetime) -> QuerySet[StatusChange, Any]:
    before = one_of(Initiative.objects.published(now))
    changes = StatusChange.objects.filter(before, continued_in__in=keys).order_by()
    return values_of(changes, "continued_in", "initiative__code")


def _linked(through: type[Model], path: str) -> Rows:
    return lambda keys, now: values_of(
        through._default_manager.filter(event__in=keys).order_by(), "event", path
    )


_INITIATIVE_PARTS: dict[str, Names | Parts] = {
    "children": Names(_children),
    "continues": Names(_continues),
    "countries": Parts(public.CountryRole, InitiativeCountry, "iso2", "role", iso2="country__iso2"),
    "sectors": Parts(public.SectorShare, InitiativeSector, "slug", slug="sector__slug"),
    "organisations": Parts(
        public.OrganisationRole,
        InitiativeOrganisation,
        "role",
        "slug",
        slug="organisation__slug",
    ),
    "funding": Parts(
        public.Money,
        Funding,
        "number",
        claim="funding",
        one_source="usd_rate_source",
        provider="provider__slug",
        provider_country="provider_country__iso2",
        receiver="receiver__slug",
        recorded_at="created_at",
    ),
    "budgets": Parts(public.Budget, Budget, "number"),
    "history": Parts(
        public.StatusChange,
        StatusChange,
        "number",
        claim="status_change",
        event=_event,
        decided_by="decided_by__iso2",
        continued_in=_code_of("continued_in"),
        corrects="corrects__number",
        approved=lambda now: Q(approved_by__isnull=False),
    ),
    "milestones": Parts(
        public.Milestone, Milestone, "number", claim="milestone", responsible="responsible__iso2"
    ),
    "moved_dates": Parts(
        public.DateRevision,
        DateRevision,
        "number",
        claim="date_revision",
        milestone="milestone__number",
    ),
    "events": Parts(
        public.EventLink,
        InitiativeEvent,
        "slug",
        "relation",
        under="event__",
        relation="relation",
        decision="decision",
        protocol_reference="protocol_reference",
        recorded_at="created_at",
    ),
    "external_ids": Parts(public.ExternalId, ExternalId, "scheme", "value"),
    "classifications": Parts(public.Classification, Classification, "number"),
    "external_texts": Parts(public.ExternalText, ExternalText, "number"),
}
_EVENT_PARTS: dict[str, Names | Parts] = {
    "countries": Names(_linked(Event.countries.through, "country__iso2")),
    "organisations": Names(_linked(Event.organisations.through, "organisation__slug")),
}


class InitiativeRow(NamedTuple):
    """What the desk decided and noted about a record, as far as its publication goes by it."""

    pk: int
    code: str
    publication: str
    embargo_until: datetime | None
    published_at: datetime | None
    created_at: datetime
    updated_at: datetime
    last_checked_at: datetime | None
    review_every_days: int
    withdrawn_reason_en: str | None
    withdrawn_reason_ru: str | None
    withdrawn_reason_uz: str | None
    withdrawn_reason_kk: str | None

    @property
    def is_shown(self) -> bool:
        """Whether it is published, at once or under an embargo."""
        return self.publication == Publication.PUBLISHED

    def is_withdrawn(self, now: datetime) -> bool:
        """Whether it was public; what was withdrawn under an embargo was not."""
        hidden = self.embargo_until is not None and self.embargo_until > now
        return self.publication == Publication.WITHDRAWN and not hidden

    @property
    def withdrawal(self) -> public.Withdrawal:
        return public.Withdrawal(form=public.FORM, reason=text_of(self[-4:]))


class EventRow(NamedTuple):
    pk: int
    slug: str
    publication: str
    updated_at: datetime

    @property
    def is_shown(self) -> bool:
        """Whether it was published itself; a draft may be public by what names it."""
        return self.publication == EventPublication.PUBLISHED


INITIATIVES = Wholes(
    public.InitiativeRecord,
    Initiative,
    InitiativeRow,
    key="code",
    parts=_INITIATIVE_PARTS,
    cited=citations.of_initiatives,
    parent=_code_of("parent"),
    version="public_version",
)
EVENTS = Wholes(
    public.EventRecord,
    Event,
    EventRow,
    key="slug",
    parts=_EVENT_PARTS,
    cited=citations.of_events,
    host_country="host_country__iso2",
)
