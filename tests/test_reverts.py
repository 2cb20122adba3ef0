"""Taking a change back: always a new change, never where others built on it."""

import pytest
from django.contrib.auth import get_user_model

from initiatives import actions
from initiatives.lifecycle import Status
from initiatives.models import (
    Change,
    ChangeRequest,
    Citation,
    DateRevision,
    Event,
    ExternalId,
    Initiative,
    InitiativeCountry,
    InitiativeEvent,
    InitiativeOrganisation,
    InitiativeSector,
    Milestone,
)
from initiatives.models.texts import text_of
from initiatives.partial_dates import PartialDate
from initiatives.rights import Rights
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return get_user_model().objects.create_user("aziza")


@pytest.fixture
def other():
    return get_user_model().objects.create_user("bek")


@pytest.fixture
def initiative(officer):
    dates = {"planned_end": "2027", "first_planned_end": "2027"}
    made = make.make_initiative(parties=["UZ", "TJ"], title_en="Bridge", **dates)
    return Initiative.objects.get(pk=made.pk)


def last(**fields):
    return Change.objects.filter(**fields).order_by("-pk").first()


def changed(row, by, **fields):
    for name, value in fields.items():
        setattr(row, name, value)
    actions.save(row, by=by, reason="Floods")
    return last(model=row._meta.model_name)


def milestone(of):
    return Milestone(initiative=of, title_en="Pillars", planned=PartialDate.parse("2026-05"))


def country(of):
    return InitiativeCountry(initiative=of, country=make.make_country("KZ"), role="host")


def sector(of):
    return InitiativeSector(initiative=of, sector=make.make_sector("water"), percent="40")


def organisation(of):
    return InitiativeOrganisation(initiative=of, organisation=make.make_organisation(), role="4")


def event_link(of):
    event = make.make_event("talks")
    return InitiativeEvent(initiative=of, event=event, relation="agreed", decision_en="Agreed so")


def citation(of):
    return Citation(initiative=of, source=make.make_source(), locator="P3")


def external_id(of):
    return ExternalId(initiative=of, scheme="wb", value="P1/2")


KINDS = (milestone, country, sector, organisation, event_link, citation, external_id)
EDITED = {
    milestone: {"title_en": "Deck"},
    country: {"role": "lead"},
    sector: {"percent": "50"},
    organisation: {"role": "1"},
    event_link: {"decision_en": "Otherwise"},
    citation: {"locator": "P4"},
    external_id: {"value": "P3"},
}


@pytest.fixture(params=KINDS, ids=lambda kind: kind.__name__)
def part(request, initiative, officer):
    """A row of each kind, saved, with what an officer would change in it."""
    row = request.param(initiative)
    actions.save(row, by=officer)
    row.edited = EDITED[request.param]
    return row


def test_a_changed_part_gets_its_values_back(part, officer):
    before = {name: text_of(part, name) for name in part.edited}
    change = changed(part, officer, **part.edited)
    actions.revert(change, by=officer)
    stored = type(part).objects.get(pk=part.pk)
    assert {name: text_of(stored, name) for name in part.edited} == before
    assert last().reverts == change


def test_an_added_part_goes_again(part, officer):
    change = last(action="created")
    actions.revert(change, by=officer)
    assert not type(part).objects.filter(pk=part.pk).exists()
    assert (last().action, last().reverts) == ("deleted", change)


def test_a_removed_part_comes_back_with_its_values(part, officer):
    held = {name: text_of(part, name) for name in last().fields}
    actions.remove_record(part, by=officer)
    actions.revert(last(), by=officer)
    back = type(part).objects.latest("pk")
    assert {name: text_of(back, name) for name in held} == held


def test_an_added_part_that_somebody_changed_stays(part, officer, other):
    change = last(action="created")
    changed(type(part).objects.get(pk=part.pk), other, **part.edited)
    with pytest.raises(actions.Refused):
        actions.revert(change, by=officer)
    assert type(part).objects.filter(pk=part.pk).exists()


def test_a_value_that_somebody_changed_again_stays(initiative, officer, other):
    change = changed(initiative, officer, title_en="Tunnel")
    changed(Initiative.objects.get(), other, title_en="Ferry")
    with pytest.raises(actions.Refused, match="changed in the meantime") as refusal:
        actions.revert(change, by=officer)
    assert refusal.value.code == "outdated"
    assert Initiative.objects.get().title_en == "Ferry"


def test_what_others_changed_beside_it_stays(initiative, officer, other):
    change = changed(initiative, officer, title_en="Tunnel")
    changed(Initiative.objects.get(), other, summary_en="Long")
    actions.revert(change, by=officer)
    stored = Initiative.objects.get()
    assert (stored.title_en, stored.summary_en) == ("Bridge", "Long")


def test_what_has_its_old_value_already_is_not_taken_back(initiative, officer, other):
    change = changed(initiative, officer, title_en="Tunnel")
    changed(Initiative.objects.get(), other, title_en="Bridge")
    with pytest.raises(actions.Refused) as refusal:
        actions.revert(change, by=officer)
    assert refusal.value.code == "no_effect"


def test_an_added_milestone_with_a_citation_stays(initiative, officer):
    step = milestone(initiative)
    actions.save(step, by=officer)
    change = last()
    actions.save(Citation(milestone=step, source=make.make_source()), by=officer)
    with pytest.raises(actions.Refused, match="citations") as refusal:
        actions.revert(change, by=officer)
    assert refusal.value.code == "built_on"


def test_an_added_event_in_use_stays(initiative, officer):
    event = Event(slug="talks", title_en="Talks", kind="commission_session")
    actions.save(event, by=officer)
    change = last()
    make.link_event(initiative, event)
    with pytest.raises(actions.Refused) as refusal:
        actions.revert(change, by=officer)
    assert refusal.value.code == "in_use"


def test_a_milestone_comes_back_under_another_number_where_its_own_is_taken(initiative, officer):
    first = milestone(initiative)
    actions.save(first, by=officer)
    actions.remove_record(first, by=officer)
    change = last()
    actions.save(milestone(initiative), by=officer)
    actions.revert(change, by=officer)
    assert list(initiative.milestones.values_list("number", flat=True)) == [1, 2]


def test_a_milestone_whose_date_moved_is_not_removed(initiative, officer):
    step = milestone(initiative)
    actions.save(step, by=officer)
    changed(step, officer, planned=PartialDate.parse("2028"))
    with pytest.raises(actions.Refused) as refusal:
        actions.remove_record(step, by=officer)
    assert refusal.value.code == "history"


def test_citations_that_go_with_their_milestone_leave_a_record(initiative, officer):
    step = milestone(initiative)
    actions.save(step, by=officer)
    actions.save(Citation(milestone=step, source=make.make_source(), locator="P9"), by=officer)
    actions.remove_record(step, by=officer)
    assert last(model="citation").action == "deleted"
    assert last(model="citation").fields["locator"] == ["P9", None]


def test_the_main_sector_swaps_back(initiative, officer):
    old = initiative.sectors.get()
    new = sector(initiative)
    actions.save(new, by=officer)
    off = changed(old, officer, is_main=False)
    on = changed(new, officer, is_main=True)
    with pytest.raises(actions.Refused):
        actions.revert(off, by=officer)
    actions.revert(on, by=officer)
    actions.revert(off, by=officer)
    assert initiative.sectors.get(is_main=True) == old


def test_the_countries_of_an_event_come_back(officer):
    event = make.make_event("talks")
    event.countries.set([make.make_country("UZ")])
    actions.set_links(event, "countries", [make.make_country("KZ")], by=officer)
    actions.revert(last(), by=officer)
    assert [str(row) for row in event.countries.all()] == ["Uzbekistan"]


def test_a_removed_event_comes_back_with_its_countries(officer):
    event = make.make_event("talks", place_en="Tashkent")
    event.countries.set([make.make_country("UZ"), make.make_country("KZ")])
    actions.remove_record(event, by=officer)
    actions.revert(last(), by=officer)
    back = Event.objects.get(slug="talks")
    assert back.place_en == "Tashkent"
    assert {row.iso2 for row in back.countries.all()} == {"UZ", "KZ"}


def test_taking_back_may_be_taken_back(initiative, officer):
    change = changed(initiative, officer, title_en="Tunnel")
    actions.revert(change, by=officer)
    actions.revert(last(), by=officer)
    assert Initiative.objects.get().title_en == "Tunnel"
    assert not actions.is_taken_back(change)
    actions.revert(change, by=officer)
    assert Initiative.objects.get().title_en == "Bridge"


def test_a_change_is_taken_back_once(initiative, officer):
    change = changed(initiative, officer, title_en="Tunnel")
    actions.revert(change, by=officer)
    with pytest.raises(actions.Refused) as refusal:
        actions.revert(change, by=officer)
    assert refusal.value.code == "reverted"


def test_money_is_not_taken_back(initiative, officer):
    actions.save(make.make_funding(initiative), by=officer)
    changed(initiative.funding.get(), officer, amount="7")
    with pytest.raises(actions.Refused) as refusal:
        actions.revert(last(model="funding"), by=officer)
    assert refusal.value.code == "history"


def test_a_status_is_not_taken_back(initiative, officer):
    make.make_milestone(initiative)
    source = make.make_source()
    actions.change_status(
        initiative,
        to=Status.PLANNED,
        effective=PartialDate.parse("2025"),
        source=source,
        by=officer,
    )
    with pytest.raises(actions.Refused) as refusal:
        actions.revert(last(model="initiative"), by=officer)
    assert refusal.value.code == "verb"
    assert initiative.status_changes.count() == 1


def test_a_publication_is_not_taken_back(initiative, officer):
    actions.withdraw(initiative, reason="Twice", by=officer)
    with pytest.raises(actions.Refused):
        actions.revert(last(), by=officer)


@pytest.mark.parametrize(
    ("model", "fields"), [("nothing", {}), ("initiative", {"no_such_field": ["a", "b"]})]
)
def test_what_the_domain_no_longer_knows_is_not_taken_back(officer, model, fields):
    change = Change.objects.create(model=model, key=["x"], action="changed", fields=fields)
    with pytest.raises(actions.Refused) as refusal:
        actions.revert(change, by=officer)
    assert refusal.value.code == "unknown"


def test_a_promise_that_moves_back_is_one_more_moved_date(initiative, officer):
    change = changed(initiative, officer, planned_end=PartialDate.parse("2029"))
    actions.revert(change, by=officer)
    there, back = DateRevision.objects.order_by("number")
    assert (str(there.new), str(back.old), str(back.new)) == ("2029", "2029", "2027")
    assert back.reason == "An earlier change was taken back."
    assert str(Initiative.objects.get().first_planned_end) == "2027"


def test_in_a_draft_no_promise_moves(officer):
    draft = make.make_initiative(publication="draft", planned_end="2027")
    draft = Initiative.objects.get(pk=draft.pk)
    draft.planned_end = PartialDate.parse("2029")
    actions.save(draft, by=officer)
    actions.revert(last(), by=officer)
    assert str(Initiative.objects.get().planned_end) == "2027"
    assert not DateRevision.objects.exists()


def attempt(change, record, by):
    tried = actions.Attempt(record, rights=Rights(by), reverts=change)
    tried.run(lambda: actions.revert(change, by=by))
    return tried


def test_an_editors_taking_back_of_what_is_public_waits(initiative, officer, other):
    change = changed(initiative, officer, planned_end=PartialDate.parse("2029"))
    request = attempt(change, initiative, officer).request
    assert str(Initiative.objects.get().planned_end) == "2029"
    actions.approve_request(request, by=other)
    assert str(Initiative.objects.get().planned_end) == "2027"
    assert DateRevision.objects.order_by("number").last().reason == request.moved_because != ""
    assert (last().reverts, last().approved_by) == (change, other)


def test_what_only_the_desk_sees_is_taken_back_at_once(initiative, officer):
    change = changed(initiative, officer, internal_note="Call them")
    assert attempt(change, initiative, officer).request is None
    assert Initiative.objects.get().internal_note == ""
    assert last().reverts == change


def test_a_removed_row_does_not_come_back_twice(initiative, officer, other):
    step = milestone(initiative)
    actions.save(step, by=officer)
    actions.remove_record(step, by=officer)
    change = last()
    request = attempt(change, initiative, officer).request
    actions.revert(change, by=other)
    with pytest.raises(actions.Refused):
        actions.approve_request(request, by=other)
    assert initiative.milestones.count() == 1


def test_a_removal_that_waits_does_not_take_what_others_wrote_since(initiative, officer, other):
    step = milestone(initiative)
    actions.save(step, by=other)
    tried = actions.Attempt(initiative, rights=Rights(officer))
    tried.run(lambda: actions.remove_record(Milestone.objects.get(), by=officer))
    changed(Milestone.objects.get(), other, protocol_reference="12")
    with pytest.raises(actions.Refused, match="changed in the meantime"):
        actions.approve_request(ChangeRequest.objects.get(), by=other)


def test_a_citation_that_waits_for_another_claim_finds_its_way(initiative, officer, other):
    step = milestone(initiative)
    actions.save(step, by=other)
    cited = citation(initiative)
    actions.save(cited, by=other)
    tried = actions.Attempt(initiative, rights=Rights(officer))
    cited = Citation.objects.get()
    cited.initiative, cited.milestone = None, step
    tried.run(lambda: actions.save(cited, by=officer))
    actions.approve_request(ChangeRequest.objects.get(), by=other)
    assert Citation.objects.get().milestone == step
