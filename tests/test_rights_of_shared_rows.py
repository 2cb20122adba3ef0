"""Events, organisations and sources are shared: through which rows they belong to a desk."""

import pytest

from initiatives import models
from initiatives.choices import DeskRole
from initiatives.rights import SHARED, Rights, visible_rows
from initiatives.rights.visible_rows import published_sources
from tests.desk import make_chief, make_desk, make_officer
from tests.factories import (
    cite,
    link_event,
    make_country,
    make_event,
    make_funding,
    make_initiative,
    make_milestone,
    make_organisation,
    make_source,
    make_status_change,
)
from tests.full_records import make_full

pytestmark = pytest.mark.django_db
REVIEWER, EDITOR = DeskRole.REVIEWER, DeskRole.EDITOR


def rights_for(role=REVIEWER, **desk):
    return Rights(make_officer(f"of-{desk}-{role}", role, make_desk(str(desk), **desk)))


def slugs(rows):
    return set(rows.values_list("slug", flat=True))


@pytest.fixture
def uz():
    return rights_for(countries=["UZ"])


@pytest.fixture
def ours():
    return make_initiative(parties=["UZ"], publication="draft")


@pytest.fixture
def theirs():
    return make_initiative(parties=["KG"], publication="draft")


# --- Events ---------------------------------------------------------------------------------------


@pytest.fixture
def events():
    """Events of no record, named for the country of the host and those of the guests."""
    for host in ("UZ", "KG", None):
        for guest in ("UZ", "KG", None):
            event = make_event(f"{host}-{guest}".lower(), host_country=host and make_country(host))
            event.countries.add(*filter(None, [guest and make_country(guest)]))


EVERY = {f"{host}-{guest}" for host in ("uz", "kg", "none") for guest in ("uz", "kg", "none")}


@pytest.mark.parametrize(
    ("desk", "seen"),
    [
        ({"countries": ["UZ"]}, EVERY - {"kg-kg", "kg-none", "none-kg"}),
        ({"countries": ["UZ"], "sectors": ["water"]}, EVERY - {"kg-kg", "kg-none", "none-kg"}),
        ({"sectors": ["water"]}, EVERY),
        ({"covers_all": True}, EVERY),
        ({"covers_all": False}, {"none-none"}),
    ],
)
def test_an_event_of_no_record_belongs_to_the_countries_of_its_host_and_guests(events, desk, seen):
    assert slugs(rights_for(**desk).rows(models.Event, REVIEWER)) == seen
    proposing = rights_for(EDITOR, **desk)
    assert slugs(proposing.rows(models.Event, EDITOR)) == seen


def test_an_event_of_records_belongs_to_these_whatever_its_country(uz, ours, theirs):
    kg, uzbekistan = make_country("KG"), make_country("UZ")
    link_event(ours, make_event("of-ours", host_country=kg))
    link_event(theirs, make_event("of-theirs", host_country=uzbekistan))
    shared = make_event("of-both", host_country=kg)
    link_event(ours, shared), link_event(theirs, shared)
    assert slugs(uz.rows(models.Event, REVIEWER)) == {"of-ours", "of-both"}


# --- Organisations --------------------------------------------------------------------------------


def as_part(record, organisation):
    record.organisations.create(organisation=organisation, role="4")


def as_provider(record, organisation):
    make_funding(record, provider=organisation)


def as_receiver(record, organisation):
    make_funding(record, receiver=organisation)


def as_guest(record, organisation):
    event = make_event(publication="draft")
    link_event(record, event)
    event.organisations.add(organisation)


@pytest.mark.parametrize("take_part", [as_part, as_provider, as_receiver, as_guest])
def test_an_organisation_belongs_to_the_records_in_which_it_takes_part(uz, ours, theirs, take_part):
    for slug, records in {"our": [ours], "their": [theirs], "both": [ours, theirs]}.items():
        for record in records:
            take_part(record, make_organisation(slug))
    make_organisation("new")
    assert slugs(uz.rows(models.Organisation, REVIEWER)) == {"our", "both", "new"}
    assert slugs(uz.rows(models.Organisation)) == {"our", "both", "new"}


# --- Sources --------------------------------------------------------------------------------------


def of_record(record):
    return record


def of_event(record):
    event = make_event(publication="draft")
    link_event(record, event)
    return event


def of_moved_date(record):
    return record.date_revisions.create(number=1, field="planned_end", old="2024", new="2025")


CLAIMS = [of_record, make_status_change, make_milestone, make_funding, of_moved_date, of_event]


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_source_and_its_citation_belong_to_the_record_of_the_claim(uz, ours, theirs, claim):
    mine = cite(claim(ours), make_source("our"))
    cite(claim(theirs), make_source("their"))
    make_source("new")
    for role in (EDITOR, REVIEWER):
        assert slugs(uz.rows(models.Source, role)) == {"our", "new"}
        assert list(uz.rows(models.Citation, role)) == [mine]


def with_rate(record, slug):
    make_funding(record, usd_rate="1", usd_rate_on="2025-01-01", usd_rate_source=make_source(slug))


def test_the_source_of_a_rate_belongs_to_the_record_of_the_money(uz, ours, theirs):
    with_rate(ours, "our"), with_rate(theirs, "their")
    cite(theirs, make_source("cited")), with_rate(ours, "cited")
    make_source("new")
    assert slugs(uz.rows(models.Source, REVIEWER)) == {"our", "cited", "new"}


@pytest.mark.parametrize("claim", CLAIMS)
def test_the_public_meets_the_sources_of_published_claims(ours, claim):
    shown = claim(make_initiative())
    cite(shown, make_source("shown"))
    cite(shown, make_source("hidden", is_public=False))
    cite(claim(ours), make_source("draft"))
    make_source("new")
    assert slugs(published_sources()) == {"shown"}


def test_the_public_meets_the_sources_of_the_rates_of_published_money(ours):
    with_rate(make_initiative(), "shown"), with_rate(ours, "draft")
    make_source("new")
    assert slugs(published_sources()) == {"shown"}


def test_documents_for_the_desk_alone_are_read_with_the_sources_of_its_records(uz, ours, theirs):
    """What the public meets, or another desk, opens none."""
    cite(ours, make_source("our"))
    cite(theirs, make_source("their"))
    cite(theirs, make_source("recorded", created_by=uz.user))
    cite(make_initiative(parties=["KG"]), make_source("shown"))
    make_source("new")
    assert slugs(uz.sources_to_read()) == {"our", "recorded", "new"}
    assert slugs(Rights(make_chief()).sources_to_read()) == {*slugs(models.Source.objects.all())}


def test_who_is_on_no_desk_reads_no_document_for_the_desk(ours, django_user_model):
    lost = django_user_model.objects.create_user("lost", is_staff=True)
    cite(ours, make_source("our", created_by=lost))
    assert slugs(Rights(lost).sources_to_read()) == set()


# --- All of it ------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [EDITOR, REVIEWER])
def test_a_desk_that_covers_everything_has_what_the_conditions_would_find(role):
    """They are not asked for it, since they take a third of the time of a form."""
    draft = make_initiative(parties=["KG"], publication="draft")
    make_full(draft, 1)
    make_full(make_initiative(), 1)
    make_organisation("of none")
    make_source("of-none")
    make_event("of-none", host_country=make_country("KG"))
    rights = rights_for(role)
    memberships, narrowed = rights.memberships, {"public": role < REVIEWER}
    for model, found in SHARED.items():
        rows = found(memberships, rights.user, **narrowed)
        assert {*rights.rows(model, role)} == {*rows} == {*model.objects.all()}, model
    events = visible_rows.events(memberships, rights.user, **narrowed)
    claims = visible_rows.claims_of(rights.initiatives(role), events)
    cited = models.Citation.objects.filter(claims)
    assert {*rights.rows(models.Citation, role)} == {*cited} == {*models.Citation.objects.all()}
    assert {*rights.sources_to_read()} == {*models.Source.objects.all()}
    assert {*rights.cared_for_sources()} == {*published_sources()} != set()
