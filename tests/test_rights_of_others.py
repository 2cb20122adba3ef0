"""What belongs to other desks stays theirs: their requests, moved rows, sources and events."""

import pytest

from initiatives import models
from initiatives.choices import DeskRole
from initiatives.rights import Rights
from initiatives.rights.affected_records import affected_records
from initiatives.rights.public import is_public
from initiatives.rights.visible_rows import published_sources
from tests.desk import make_desk, make_officer
from tests.factories import (
    add_organisation,
    cite,
    link_event,
    make_country,
    make_event,
    make_funding,
    make_initiative,
    make_milestone,
    make_organisation,
    make_source,
)

pytestmark = pytest.mark.django_db
REVIEWER = DeskRole.REVIEWER


def rights_for(country="UZ", role=REVIEWER):
    return Rights(make_officer(f"{country}-{role}", role, make_desk(country, countries=[country])))


def ask(by=None, **fields):
    return models.ChangeRequest.objects.create(created_by=by, **fields)


def seen(rights, role=DeskRole.VIEWER):
    return set(rights.rows(models.ChangeRequest, role))


def change_of(row, model=None, **fields):
    """An edit of `row`, as a request holds it."""
    key = list(row.natural_key())
    model = model or row._meta.model_name
    return {"model": model, "key": key, "action": "changed", "fields": fields}


# --- Requests -------------------------------------------------------------------------------------


def test_of_requests_about_records_those_of_the_own_desks_are_seen():
    ours, theirs = make_initiative(parties=["UZ"]), make_initiative(parties=["KG"])
    requests = [ask(initiative=one, model="initiative", key=[one.code]) for one in (ours, theirs)]
    assert seen(rights_for("UZ")) == {requests[0]}
    assert seen(rights_for("KG")) == {requests[1]}


def request_about_event(event, *records, by=None):
    """Of an event, with the rows by which `records` are linked to it."""
    links = [change_of(link_event(one, event), decision_en=["", "New"]) for one in records]
    edits = [change_of(event, title_en=["Old", "New"]), *links]
    return ask(by, model="event", key=[event.slug], edits=edits)


def test_a_request_about_an_event_is_seen_with_all_records_of_which_it_speaks():
    ours, theirs = make_initiative(parties=["UZ"]), make_initiative(parties=["KG"])
    alone = request_about_event(make_event("alone"), ours)
    both = request_about_event(make_event("both"), ours, theirs)
    rights = rights_for("UZ")
    assert seen(rights) == seen(rights, REVIEWER) == {alone}
    assert both in seen(Rights(make_officer("all", REVIEWER)))


def test_a_request_about_what_is_not_seen_is_not_seen():
    secret = make_event("secret")
    link_event(make_initiative(parties=["KG"], publication="draft"), secret)
    request = ask(model="event", key=["secret"], edits=[change_of(secret, title_en=["a", "b"])])
    ask(model="event", key=[], edits=[])  # names none
    assert seen(rights_for("UZ")) == set()
    assert seen(rights_for("KG")) == {request}


def test_the_own_requests_are_seen_whatever_they_touch():
    rights = rights_for("UZ", DeskRole.EDITOR)
    secret = make_event("secret")
    link_event(make_initiative(parties=["KG"], publication="draft"), secret)
    mine = request_about_event(secret, make_initiative(parties=["KG"]), by=rights.user)
    ask(model="event", key=["secret"], edits=[])
    assert seen(rights) == {mine}


def test_a_request_for_what_is_still_to_be_made_is_seen_by_reviewers_of_any_desk():
    made = {"model": "organisation", "key": ["new"], "action": "created", "fields": {}}
    request = ask(model="organisation", key=["new"], edits=[made])
    assert seen(rights_for("UZ")) == {request}
    other = ask(model="source", key=["gone"], edits=[made | {"action": "changed"}])
    assert other not in seen(rights_for("KG"))


def test_a_request_is_decided_by_who_reviews_each_record_of_which_it_speaks():
    ours, theirs = make_initiative(parties=["UZ"]), make_initiative(parties=["KG"])
    edits = [change_of(make_milestone(one), title_en=["Old", "New"]) for one in (ours, theirs)]
    request = ask(initiative=ours, model="initiative", key=[ours.code], edits=edits)
    rights = rights_for("UZ")
    assert not rights.may_decide(request)
    make_desk("KG", countries=["KG"]).members.create(user=rights.user, role=DeskRole.EDITOR)
    assert not Rights(rights.user).may_decide(request)
    models.DeskMember.objects.filter(user=rights.user).update(role=REVIEWER)
    assert Rights(rights.user).may_decide(request)


def test_a_request_is_decided_by_who_reviews_the_page_on_which_it_was_made():
    ours, theirs = make_initiative(parties=["UZ"]), make_initiative(parties=["KG"])
    edits = [change_of(make_milestone(ours), title_en=["Old", "New"])]
    request = ask(initiative=theirs, model="initiative", key=[theirs.code], edits=edits)
    assert not rights_for("UZ").may_decide(request)


# --- Moved rows -----------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [make_milestone, make_funding])
def test_a_row_that_moves_shows_on_the_record_that_it_leaves_and_on_the_one_it_comes_to(make):
    old, new = make_initiative(), make_initiative()
    edit = change_of(make(old), initiative=[old.code, new.code])
    assert set(affected_records([edit])) == {old, new}


def test_a_citation_that_moves_shows_on_both_claims():
    old, new, event = make_initiative(), make_initiative(), make_event("talks")
    step = make_milestone(new)
    key = "/".join(map(str, step.natural_key()))
    edit = change_of(cite(old), initiative=[old.code, None], milestone=[None, key])
    assert set(affected_records([edit])) == {old, new}
    to_event = change_of(cite(old, make_source("s")), initiative=[old.code, None])
    to_event["fields"]["event"] = [None, "talks"]
    assert set(affected_records([to_event])) == {old, event}


def test_a_citation_that_stays_shows_on_its_claim():
    step = make_milestone(make_initiative())
    assert affected_records([change_of(cite(step), locator=["P1", "P2"])]) == [step.initiative]


def test_the_link_to_another_event_shows_on_both_events():
    record, old, new = make_initiative(), make_event("old"), make_event("new")
    edit = change_of(link_event(record, old), event=["old", "new"])
    assert set(affected_records([edit])) == {record, old, new}


@pytest.mark.parametrize("make", [make_event, make_organisation, make_source])
def test_what_is_renamed_is_found_by_its_old_name_and_by_the_new_one(make):
    row = make("old")
    edit = change_of(row, slug=["old", "new"])
    assert affected_records([edit]) == [row]
    row.slug = "new"
    row.save()
    assert affected_records([edit]) == [row]


def test_a_link_to_an_organisation_does_not_show_on_the_organisation():
    link = add_organisation(make_initiative(), "bank")
    assert affected_records([change_of(link, role=["4", "1"])]) == [link.initiative]


# --- Sources --------------------------------------------------------------------------------------


def test_a_hidden_source_is_not_public_though_a_public_record_cites_it():
    hidden = make_source("letter", is_public=False)
    shown = make_initiative()
    cite(shown, hidden)
    make_funding(shown, usd_rate="1", usd_rate_on="2025-01-01", usd_rate_source=hidden)
    assert not is_public(hidden)
    assert hidden not in published_sources()
    assert hidden not in rights_for("TJ", DeskRole.EDITOR).rows(models.Source)


@pytest.mark.parametrize(("publication", "is_shown"), [("published", True), ("draft", False)])
def test_the_source_of_a_rate_is_as_public_as_the_money(publication, is_shown):
    rates, record = make_source("rates"), make_initiative(publication=publication)
    make_funding(record, usd_rate="1", usd_rate_on="2025-01-01", usd_rate_source=rates)
    assert is_public(rates) == is_shown
    assert (rates in published_sources()) == is_shown
    assert (rates in rights_for("TJ").rows(models.Source)) == is_shown
    assert rates not in rights_for("KG", REVIEWER).rows(models.Source, REVIEWER)
    assert rates in rights_for("UZ", REVIEWER).rows(models.Source, REVIEWER)


def test_a_source_that_nothing_cites_is_everybodys():
    assert make_source("new") in rights_for("UZ").rows(models.Source, REVIEWER)


# --- Seeing and proposing, and deciding -----------------------------------------------------------


@pytest.fixture
def talks():
    """An event of no record and of another country, that an officer for Uzbekistan entered."""
    editor = rights_for("UZ", REVIEWER)
    return make_event("talks", host_country=make_country("KG"), created_by=editor.user), editor


def test_who_entered_an_event_sees_it_and_does_not_decide_on_it(talks):
    event, rights = talks
    assert event in rights.rows(models.Event)
    assert event in rights.rows(models.Event, DeskRole.EDITOR)
    assert event not in rights.rows(models.Event, REVIEWER)
    assert event not in rights_for("TJ").rows(models.Event)


@pytest.mark.parametrize("kind", ["organisation", "source", "citation"])
def test_what_hangs_on_an_event_is_seen_and_decided_as_the_event(talks, kind):
    event, rights = talks
    citation = cite(event, make_source("protocol"))
    event.organisations.add(make_organisation("host"))
    rows = {
        "organisation": make_organisation("host"),
        "source": make_source("protocol"),
        "citation": citation,
    }
    assert rights.has(DeskRole.EDITOR, rows[kind])
    assert not rights.has(REVIEWER, rows[kind])


@pytest.mark.parametrize("model", [models.Organisation, models.Source])
def test_what_is_public_may_be_proposed_by_all_and_decided_by_whose_it_is(model):
    shown = make_initiative(parties=["KG"])
    add_organisation(shown, "shared")
    cite(shown, make_source("shared"))
    row = model.objects.get()
    other, theirs = rights_for("TJ"), rights_for("KG")
    assert [other.has(role, row) for role in (DeskRole.EDITOR, REVIEWER)] == [True, False]
    assert theirs.has(REVIEWER, row)
