"""Taking a change back: always a new change, never where others built on it."""

import pytest

from initiatives import actions
from initiatives.models import (
    Citation,
    DateRevision,
    Event,
    Initiative,
)
from initiatives.models.texts import text_of
from initiatives.partial_dates import PartialDate
from tests import factories as make
from tests import reverting
from tests.reverting import (
    changed,
    citation,
    country,
    event_link,
    external_id,
    last,
    milestone,
    never_public,
    organisation,
    sector,
)

pytestmark = pytest.mark.django_db
officer = reverting.officer
other = reverting.other
initiative = reverting.initiative


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
    never_public(part.initiative)
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


def test_a_milestone_comes_back_under_another_number_where_its_own_is_taken(initiative, officer):
    never_public(initiative)
    first = milestone(initiative)
    actions.save(first, by=officer)
    actions.remove_record(first, by=officer)
    change = last()
    actions.save(milestone(initiative), by=officer)
    actions.revert(change, by=officer)
    assert list(initiative.milestones.values_list("number", flat=True)) == [1, 2]


def test_citations_that_go_with_their_milestone_leave_a_record(initiative, officer):
    never_public(initiative)
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
