"""What `make bench-large` writes into the register is what the actions would write there.

The generator leaves milestones, histories and sources to the editions. Here they are entered beside
the rows that it has written, and the record is published from its rows.
"""

import json

import pytest
from django.utils import timezone

from benchmarks.large.filling import fill
from initiatives import models
from initiatives.choices import EditionKind
from initiatives.editions import record as public
from initiatives.editions.index import index
from initiatives.publication.records import INITIATIVES

pytestmark = pytest.mark.django_db
ROWS = 30


@pytest.fixture
def filled(db):
    fill(ROWS)
    index.forget()
    yield
    index.forget()


def texts(name, text):
    return {f"{name}_{code}": getattr(text, code) for code in public.Text.__struct_fields__}


def source_of(part):
    own = ("title", "kind", "publisher", "url", "archived_url", "language", "published")
    values = {name: getattr(part, name) for name in (*own, "accessed_on")}
    return models.Source.objects.get_or_create(slug=part.slug, defaults=values)[0]


def cite(sources, **claim):
    for part in sources:
        own = {"locator": part.locator, "quote": part.quote}
        models.Citation.objects.create(source=source_of(part), **own, **claim)


def country(iso2):
    return iso2 and models.Country.objects.get(iso2=iso2)


def enter(row, record):
    """The rows of what stands in the edition alone."""
    cite(record.sources, initiative=row)
    for move in record.history:
        own = ("number", "from_status", "to_status", "effective", "origin", "recorded_at")
        change = row.status_changes.create(
            decided_by=country(move.decided_by),
            **{name: getattr(move, name) for name in own},
            **texts("reason", move.reason),
        )
        cite(move.sources, status_change=change)
    for step in record.milestones:
        own = ("number", "planned", "actual", "weight", "protocol_reference", "updated_at")
        row.milestones.create(
            responsible=country(step.responsible),
            **{name: getattr(step, name) for name in own},
            **texts("title", step.title),
        )
    for line in record.funding:
        money = row.funding.get(number=line.number)
        stamps = {"created_at": line.recorded_at, "updated_at": line.updated_at}
        models.Funding.objects.filter(pk=money.pk).update(**stamps)
        cite(line.sources, funding=money)
    for link in record.events:
        own = {"created_at": link.recorded_at, **texts("decision", link.decision)}
        row.events.filter(event__slug=link.slug, relation=link.relation).update(**own)


def of_one_edition():
    """The records that were published once, and so are what their rows say; the richest first."""
    editions = models.Edition.objects.filter(kind=EditionKind.INITIATIVE)
    once = [one for one in editions if not editions.filter(key=one.key, number=2).exists()]
    return sorted(once, key=lambda one: -len(one.body))


@pytest.mark.usefixtures("filled")
def test_the_bodies_of_the_generator_are_those_of_the_actions():
    editions = of_one_edition()[:8]
    for edition in editions:
        record = public.decoded(edition.body, public.InitiativeRecord)
        enter(models.Initiative.objects.get(code=edition.key), record)
    keys = [edition.key for edition in editions]
    found = {row.code: public.encoded(made) for row, made in INITIATIVES.read(keys, timezone.now())}
    for edition in editions:
        assert json.loads(found[edition.key]) == json.loads(edition.body)
        assert found[edition.key] == edition.body
