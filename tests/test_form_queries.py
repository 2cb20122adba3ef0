"""A form and the page of a request ask the database as often for 10 rows of each kind as for 1."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives import models
from initiatives.actions.recording import recorded_fields
from initiatives.choices import DeskRole
from initiatives.models.texts import text_of
from tests import factories
from tests.desk import address, edit, make_chief, make_desk, make_officer, make_viewer, signed_in
from tests.full_records import make_full

pytestmark = [pytest.mark.django_db, pytest.mark.once]
COUNTRIES = "KG TJ TM RU CN AF IR TR AZ GE".split()
PARTS = [
    models.InitiativeCountry,
    models.InitiativeSector,
    models.InitiativeOrganisation,
    models.InitiativeEvent,
    models.Milestone,
    models.Funding,
    models.ExternalId,
]


def fill_initiative(record, number, first):
    make_full(record, number, first=first)
    for n in range(first, first + number):
        factories.add_country(record, COUNTRIES[n], "beneficiary")
        record.sectors.create(sector=factories.make_sector(f"sector-{n}"))
        models.Funding.objects.filter(initiative=record, number=n + 1).update(
            receiver=factories.make_organisation(f"receiver-{n}"),
            provider_country=factories.make_country(COUNTRIES[n]),
            usd_rate_source=factories.make_source(f"rate-{n}"),
        )


def fill_event(event, number, first):
    cite_all(event, number, first)
    for n in range(first, first + number):
        factories.link_event(factories.make_initiative(), event)
        event.countries.add(factories.make_country(COUNTRIES[n]))
        event.organisations.add(factories.make_organisation(f"guest-{n}"))


def cite_all(claim, number, first):
    for n in range(first, first + number):
        factories.cite(claim, factories.make_source(f"source-{n}"))


def fill_desk(desk, number, first):
    for n in range(first, first + number):
        make_officer(f"member-{n}", desk=desk)
        desk.countries.add(factories.make_country(COUNTRIES[n]))
        desk.sectors.add(factories.make_sector(f"sector-{n}"))


OF_AN_EDIT = 25  # queries in which one row is read, locked, compared and its history written
FORMS = {
    models.Initiative: (factories.make_initiative, fill_initiative),
    models.Event: (factories.make_event, fill_event),
    models.Milestone: (lambda: factories.make_milestone(factories.make_initiative()), cite_all),
    models.Funding: (lambda: factories.make_funding(factories.make_initiative()), cite_all),
    models.Desk: (make_desk, fill_desk),
}


def queries(client, page):
    client.get(page)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


def for_1_and_for_10(client, model, page_of=edit):
    make, fill = FORMS[model]
    record = make()
    fill(record, 1, 0)
    for_one = queries(client, page_of(record))
    fill(record, 9, 1)
    return for_one, queries(client, page_of(record))


def test_every_form_with_rows_is_counted_here():
    ours = {
        model: site
        for model, site in admin.site._registry.items()
        if model._meta.app_label == "initiatives"
    }
    assert {model for model, site in ours.items() if site.inlines} == set(FORMS)


@pytest.mark.parametrize("model", FORMS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("officer", [make_chief, make_officer, make_viewer])
def test_a_form_takes_the_same_number_of_queries_for_1_row_and_for_10(officer, model):
    for_one, for_ten = for_1_and_for_10(signed_in(officer()), model)
    assert for_ten == for_one


def rows_of(record):
    """The record, its rows of every kind, and the citations of all of them."""
    if isinstance(record, models.Event):
        rows = [record, *record.initiatives.all()]
    else:
        rows = [record]
        rows += [row for model in PARTS for row in model.objects.filter(initiative=record)]
    cited = [citation for row in rows for citation in _citations(row)]
    return [*rows, *cited]


def _citations(row):
    return row.citations.all() if hasattr(row, "citations") else ()


def ask_for_all(record):
    """A request that writes every field of every row, as they are; gives its address."""
    edits = [
        {
            "model": row._meta.model_name,
            "key": list(row.natural_key()),
            "action": "changed",
            "fields": {
                field.name: [text_of(row, field.name)] * 2 for field in recorded_fields(type(row))
            },
        }
        for row in rows_of(record)
    ]
    initiative = record if isinstance(record, models.Initiative) else None
    asked = models.ChangeRequest.objects.create(
        initiative=initiative, model=record._meta.model_name, key=[edits[0]["key"][0]], edits=edits
    )
    return address("changerequest", "change", asked.pk)


@pytest.mark.parametrize("role", [None, DeskRole.REVIEWER])
def test_a_request_takes_the_same_number_of_queries_for_1_edit_of_a_kind_and_for_10(role):
    officer = make_officer(role=role) if role else make_chief()
    for_one, for_ten = for_1_and_for_10(signed_in(officer), models.Event, ask_for_all)
    assert for_ten == for_one


@pytest.mark.parametrize("role", [None, DeskRole.REVIEWER])
def test_what_a_request_would_make_of_an_initiative_costs_some_queries_for_each_edit(role):
    """The page does what is asked for and takes it back, as saving does, row by row."""
    officer = make_officer(role=role) if role else make_chief()
    for_one, for_ten = for_1_and_for_10(signed_in(officer), models.Initiative, ask_for_all)
    one, ten = (len(asked.edits) for asked in models.ChangeRequest.objects.order_by("pk"))
    assert for_ten - for_one <= OF_AN_EDIT * (ten - one)
