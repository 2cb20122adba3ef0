"""Rights end where they should: other rows of the same kind, nobody, and what shows on no desk."""

import pytest

from initiatives import models
from initiatives.choices import DeskRole
from initiatives.rights import NOBODY, Rights
from initiatives.rights.affected_records import affected_records
from initiatives.rights.public import is_public
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
    make_sector,
    make_source,
)

pytestmark = pytest.mark.django_db
EDITOR, REVIEWER, PUBLISHER = DeskRole.EDITOR, DeskRole.REVIEWER, DeskRole.PUBLISHER


def rights_for(role=REVIEWER, name="Desk", **desk):
    return Rights(make_officer(f"of-{name}", role, make_desk(name, **desk)))


@pytest.fixture
def ours():
    return make_initiative(parties=["UZ"])


@pytest.fixture
def theirs():
    return make_initiative(parties=["KG"])


# --- Who may --------------------------------------------------------------------------------------


def test_the_right_to_one_record_is_none_to_another(ours, theirs):
    rights = rights_for(PUBLISHER, countries=["UZ"])
    assert [rights.has(EDITOR, record) for record in (ours, theirs)] == [True, False]
    assert [rights.role_on(record) for record in (ours, theirs)] == [PUBLISHER, NOBODY]
    assert [rights.may_publish(record) for record in (ours, theirs)] == [True, False]


def test_nobody_has_initiatives(ours, django_user_model):
    nobody = Rights(django_user_model.objects.create_user("nobody", is_staff=True))
    closed = Rights(make_chief("closed"))
    closed.user.is_active = False
    for rights in (nobody, Rights(closed.user)):
        assert not rights.initiatives().exists()
        assert not rights.may_publish(ours)
        assert not rights.desks().exists()
        assert (rights.role_on(ours), rights.highest) == (NOBODY, NOBODY)


def test_a_desk_for_which_nothing_is_named_has_what_is_given_to_it(ours):
    desk = make_desk("Desk", covers_all=False)
    given = make_initiative(desk=desk)
    rights = Rights(make_officer("bek", EDITOR, desk))
    assert list(rights.initiatives()) == [given]


def test_a_part_of_another_sector_is_not_covered():
    make_sector("solar", parent="energy"), make_sector("rivers", parent="water")
    make_initiative(main_sector="rivers")
    inside = make_initiative(main_sector="solar")
    assert list(rights_for(sectors=["energy"]).initiatives()) == [inside]


def ask(record, *rows, by=None):
    edits = [
        {
            "model": row._meta.model_name,
            "key": list(row.natural_key()),
            "action": "changed",
            "fields": {"title_en": ["a", "b"]},
        }
        for row in rows
    ]
    return models.ChangeRequest.objects.create(
        initiative=record, model="initiative", key=[record.code], edits=edits, created_by=by
    )


def test_to_review_many_records_is_not_to_review_another(ours, theirs):
    rights = rights_for(countries=["UZ"])
    make_initiative(parties=["UZ"])
    request = ask(ours, make_milestone(ours), make_milestone(theirs))
    assert not rights.may_decide(request)
    assert rights.may_decide(ask(ours, make_milestone(ours)))
    assert Rights(make_chief()).may_decide(request)


def test_a_request_about_a_record_of_another_desk_is_hidden_from_its_author_too(ours, theirs):
    """They had the right when they asked; the record has moved since."""
    rights = rights_for(EDITOR, countries=["UZ"])
    ask(theirs, theirs, by=rights.user)
    mine = ask(ours, ours, by=rights.user)
    assert list(rights.rows(models.ChangeRequest)) == [mine]


# --- What the public meets ------------------------------------------------------------------------


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
def test_an_organisation_is_public_with_a_published_record_alone(take_part):
    shown, draft = make_initiative(), make_initiative(publication="draft")
    take_part(shown, make_organisation("shown"))
    take_part(draft, make_organisation("draft"))
    assert is_public(make_organisation("shown"))
    assert not is_public(make_organisation("draft"))
    assert not is_public(make_organisation("alone"))


def test_an_event_is_public_by_itself_or_with_a_published_record():
    shown, draft = make_initiative(), make_initiative(publication="draft")
    events = [make_event(name) for name in ("of-shown", "of-draft", "alone")]
    link_event(shown, events[0]), link_event(draft, events[1])
    assert [is_public(event) for event in events] == [True, False, False]
    assert is_public(make_event("published", publication="published"))


def test_a_source_is_public_by_its_own_citations_and_rates():
    shown, draft = make_initiative(), make_initiative(publication="draft")
    for record, name in ((shown, "shown"), (draft, "draft")):
        cite(record, make_source(f"cited-{name}"))
        rates = make_source(f"rates-{name}")
        make_funding(record, usd_rate="1", usd_rate_on="2025-01-01", usd_rate_source=rates)
    names = ("cited-shown", "rates-shown", "cited-draft", "rates-draft", "alone")
    assert [is_public(make_source(name)) for name in names] == [True, True, False, False, False]


def test_what_an_embargo_still_hides_counts_as_public():
    embargoed = make_initiative(embargo_until="2999-01-01T00:00Z")
    assert is_public(embargoed)
    assert is_public(make_milestone(embargoed))


def test_what_is_not_stored_or_belongs_to_no_record_is_not_public():
    draft = make_initiative(publication="draft")
    rows = [models.Initiative(), models.Event(), models.Organisation(), models.Source()]
    for row in (*rows, make_country("UZ"), cite(draft), models.Milestone(initiative=draft)):
        assert not is_public(row)


# --- Where a change shows -------------------------------------------------------------------------


def test_a_citation_shows_on_its_record_whatever_of_it_is_changed(ours):
    citation = cite(ours)
    edit = {"model": "citation", "key": list(citation.natural_key()), "fields": {}}
    assert affected_records([edit]) == [ours]
    new = {"model": "citation", "key": ["protocol", "P1"], "fields": {}}
    assert affected_records([new]) == []


def test_many_rows_show_each_record_once(ours, theirs):
    rows = [make_milestone(ours), make_milestone(theirs), make_milestone(ours), ours]
    edits = [
        {"model": row._meta.model_name, "key": list(row.natural_key()), "fields": {}}
        for row in rows
    ]
    found = affected_records(edits)
    assert len(found) == 2
    assert set(found) == {ours, theirs}


def test_the_link_to_an_event_that_stays_shows_on_record_and_event(ours):
    event = make_event("talks")
    link = link_event(ours, event)
    edit = {"model": "initiativeevent", "key": list(link.natural_key()), "fields": {}}
    assert set(affected_records([edit])) == {ours, event}
