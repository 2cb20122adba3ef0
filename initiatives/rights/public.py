"""What the public meets: to change it takes the eyes of a second person.

What an embargo still hides counts as public: it was approved, and appears without another look.
"""

from typing import cast

from django.db.models import Exists, Model, OuterRef, Q

from initiatives.choices import EventPublication, Publication
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
from initiatives.models.evidence import TARGETS
from initiatives.models.queries import EventQuerySet, InitiativeQuerySet, one_of
from initiatives.models.record import Record
from initiatives.rights.visible_rows import claims_of


def is_public(row: Model) -> bool:
    """Whether something of `row` is shown, or will be when an embargo ends."""
    if isinstance(row, Citation):
        claims = (getattr(row, name) for name in TARGETS)
        return any(is_public(claim) for claim in claims if claim is not None)
    if isinstance(row, tuple(_CHECKS)):
        return row.pk is not None and _CHECKS[cast(type[Record], type(row))](row)
    initiative = getattr(row, "initiative", None)
    return initiative is not None and is_public(initiative)


def _shown() -> InitiativeQuerySet:
    return Initiative.objects.filter(publication=Publication.PUBLISHED)


def _events() -> EventQuerySet:
    named = InitiativeEvent.objects.filter(one_of(_shown()), event=OuterRef("pk"))
    published = Q(publication=EventPublication.PUBLISHED)
    return Event.objects.filter(published | Exists(named))


def _shows_organisation(row: Organisation) -> bool:
    money = Funding.objects.filter(Q(provider=row) | Q(receiver=row), one_of(_shown()))
    parts = InitiativeOrganisation.objects.filter(one_of(_shown()), organisation=row)
    return parts.exists() or money.exists() or _events().filter(organisations=row).exists()


def _shows_source(row: Source) -> bool:
    cited = Citation.objects.filter(claims_of(_shown(), _events()), source=row)
    rates = Funding.objects.filter(one_of(_shown()), usd_rate_source=row)
    return row.is_public and (cited.exists() or rates.exists())


_CHECKS = {
    Initiative: lambda row: _shown().filter(pk=row.pk).exists(),
    Event: lambda row: _events().filter(pk=row.pk).exists(),
    Organisation: _shows_organisation,
    Source: _shows_source,
}
