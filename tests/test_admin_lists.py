"""The lists of the desk: search, and as many queries for ten rows as for one."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives import models
from tests import factories
from tests.desk import address, edit, make_chief, make_viewer, signed_in
from tests.memberships import ask_status

pytestmark = pytest.mark.django_db
COUNTRIES = "KG TJ TM RU CN AF IR TR AZ GE".split()
OURS = sorted(
    (model for model in admin.site._registry if model._meta.app_label == "initiatives"),
    key=lambda model: model.__name__,
)


@pytest.fixture
def desk():
    return signed_in(make_chief())


def make_everything():
    """One more row in every list of the desk."""
    number = models.Initiative.objects.count()
    initiative = factories.make_initiative(organisations=[f"org-{number}"])
    factories.make_country(COUNTRIES[number])
    factories.make_sector(f"sector-{number}", parent="energy")
    event = factories.make_event(host_country=factories.make_country("KZ"))
    factories.link_event(initiative, event)
    factories.cite(factories.make_status_change(initiative))
    source = factories.make_source(f"source-{number}")
    for claim in (
        initiative,
        event,
        factories.make_funding(initiative, provider=factories.make_organisation()),
        factories.make_milestone(initiative, responsible=factories.make_country()),
    ):
        factories.cite(claim, source)
    ask_status(initiative, None)
    models.DateRevision.objects.create(initiative=initiative, number=1, field="planned_end")
    models.Change.objects.create(
        initiative=initiative, model="initiative", key=[], action="changed"
    )
    models.ChangeRequest.objects.create(
        initiative=initiative, model="initiative", key=[initiative.code]
    )
    initiative.error_reports.create(number=1, wrong="Not so", language="en")
    models.Desk.objects.create(name=f"Desk {number}")
    models.AccountEvent.objects.create(act="signed_in", account=make_viewer(f"guest{number}"))
    models.ChangeSet.objects.create(kind="session")
    batch = models.ImportBatch.objects.create(file_name=f"{number}.csv", sha256=str(number))
    models.ImportRow.objects.create(batch=batch, number=1, action="create")


def queries_of(desk, model):
    desk.get(address(model._meta.model_name))
    with CaptureQueriesContext(connection) as captured:
        answer = desk.get(address(model._meta.model_name))
    return len(captured), answer.context["cl"].result_count


@pytest.mark.once
def test_each_list_takes_the_same_number_of_queries_for_1_row_and_for_10(desk):
    make_everything()
    few = {model.__name__: queries_of(desk, model) for model in OURS}
    for _more in range(9):
        make_everything()
    many = {model.__name__: queries_of(desk, model) for model in OURS}
    grown = {name: many[name][1] - few[name][1] for name in few}
    assert {name: rows for name, rows in grown.items() if rows < 9} == {}
    queries = {name: (few[name][0], many[name][0]) for name in few}
    assert {name: two for name, two in queries.items() if two[0] != two[1]} == {}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_a_list_can_be_searched_and_every_record_opened(desk, model):
    make_everything()
    assert desk.get(address(model._meta.model_name), {"q": "Energy"}).status_code == 200
    assert desk.get(edit(model.objects.first())).status_code == 200


@pytest.mark.once
@pytest.mark.parametrize("language", ["en", "ru", "uz", "kk"])
def test_the_pages_of_an_initiative_are_there_in_every_language(desk, language):
    make_everything()
    initiative = models.Initiative.objects.get()
    desk.cookies["django_language"] = language
    for url in (
        address("initiative"),
        edit(initiative),
        address("initiative", "status", initiative.pk) + "?to=implemented",
        edit(models.ChangeRequest.objects.get(kind="status")),
    ):
        answer = desk.get(url)
        assert (answer.status_code, answer.headers["Content-Language"]) == (200, language)
