"""An edit takes the right to every record on which it shows, whatever page it is made on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from initiatives.choices import DeskRole
from initiatives.models import ChangeRequest, Citation, Event
from tests.desk import add_row, address, edit, make_desk, make_officer, send, signed_in, values_of
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

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    """An editor for Kazakhstan who publishes for Tajikistan."""
    made = make_officer("aida", DeskRole.EDITOR, make_desk("KZ", countries=["KZ"]))
    make_desk("TJ", countries=["TJ"]).members.create(user=made, role=DeskRole.PUBLISHER)
    return made


@pytest.fixture
def desk(officer):
    return signed_in(officer)


@pytest.fixture
def shown():
    return make_initiative(parties=["KZ"], title_en="Old")


def reviewer_of(country):
    desk = make_desk(f"Desk {country}", countries=[country])
    return signed_in(make_officer(f"of-{country}", DeskRole.REVIEWER, desk))


def test_a_new_milestone_waits_though_the_officer_publishes_elsewhere(desk, shown):
    values = values_of(desk.get(address("milestone", "add"))) | {"_save": "", "title_en": "Step"}
    answer = desk.post(address("milestone", "add"), values | {"initiative": shown.pk})
    assert answer.status_code == 302
    assert not shown.milestones.exists()
    assert ChangeRequest.objects.get().initiative == shown


def test_a_citation_that_is_moved_to_a_public_record_waits(desk, shown):
    draft = make_initiative(parties=["TJ"], publication="draft")
    moved = cite(draft, make_source())
    send(desk, edit(moved), initiative=shown.pk)
    assert Citation.objects.get().initiative == draft
    assert ChangeRequest.objects.exists()


def test_a_record_is_not_given_to_the_desk_on_which_one_may_more(desk, shown):
    theirs = make_desk("TJ")
    send(desk, edit(shown), desk=theirs.pk)
    shown.refresh_from_db()
    assert shown.desk is None
    assert ChangeRequest.objects.get().edits[0]["fields"] == {"desk": [None, "TJ"]}


def make_complete(**fields):
    """A draft that lacks nothing."""
    draft = make_initiative(publication="draft", summary_en="Text", **fields)
    cite(make_status_change(draft), make_source())
    return draft


def publish(desk, draft):
    desk.post(address("initiative", "publish", draft.pk))
    draft.refresh_from_db()
    return draft.publication


def test_a_draft_is_not_given_the_country_of_the_desk_on_which_one_publishes(desk):
    draft = make_complete(parties=["KZ"])
    values = values_of(desk.get(edit(draft))) | {"_save": ""}
    desk.post(edit(draft), add_row(values, "countries", country=make_country("TJ").pk, role="host"))
    assert draft.countries.count() == ChangeRequest.objects.count() == 1
    assert publish(desk, draft) == "draft"


@pytest.mark.parametrize(("own", "publication"), [("KZ", "draft"), ("TJ", "published")])
def test_a_draft_is_published_by_a_publisher_of_its_own_desk(desk, own, publication):
    assert publish(desk, make_complete(parties=["KZ", "TJ"], desk=make_desk(own))) == publication


def test_a_draft_of_no_desk_is_published_by_any_desk_that_covers_it(desk):
    assert publish(desk, make_complete(parties=["KZ", "TJ"])) == "published"


def test_a_publisher_for_everything_publishes_a_draft_of_any_desk(officer):
    everywhere = signed_in(make_officer("olim"))
    assert publish(everywhere, make_complete(desk=make_desk("KZ"))) == "published"


@pytest.mark.parametrize("to", ["", "TJ"])
def test_a_draft_is_not_taken_from_its_desk_to_publish_it(desk, to):
    draft = make_complete(parties=["KZ", "TJ"], desk=make_desk("KZ"))
    send(desk, edit(draft), desk=make_desk(to).pk if to else "")
    draft.refresh_from_db()
    assert draft.desk == make_desk("KZ")
    assert publish(desk, draft) == "draft"


def test_the_step_is_offered_only_to_whom_it_is_open(desk):
    theirs, own = (make_complete(parties=["TJ"], desk=make_desk(name)) for name in ("KZ", "TJ"))
    offered = [b"/publish/" in desk.get(edit(draft)).content for draft in (theirs, own)]
    assert offered == [False, True]


def test_the_row_of_an_event_takes_the_right_to_its_record(desk, shown):
    event = make_event()
    link_event(shown, event, decision_en="Old")
    link_event(make_initiative(parties=["TJ"]), event)
    row = [r.initiative_id for r in event.initiatives.all()].index(shown.pk)
    send(desk, edit(event), **{f"initiatives-{row}-decision_en": "New"})
    assert shown.events.get().decision_en == "Old"


def test_a_reviewer_of_another_desk_neither_sees_nor_decides_it(desk, shown):
    event = make_event()
    link_event(shown, event), link_event(make_initiative(parties=["KG"]), event)
    values = values_of(desk.get(edit(event)))
    row = next(n for n, v in values.items() if n.endswith("-initiative") and v == str(shown.pk))
    send(desk, edit(event), **{row.replace("-initiative", "-decision_en"): "New"})
    page = address("changerequest", "change", ChangeRequest.objects.get().pk)
    assert reviewer_of("KG").post(page, {"verdict": "approve"}).status_code == 403
    assert reviewer_of("KZ").post(page, {"verdict": "approve"}).status_code == 302


def test_the_rows_of_an_event_that_belong_to_other_desks_are_never_told(desk):
    event = make_event()
    link_event(make_initiative(parties=["KZ"], publication="draft"), event)
    hidden = make_initiative(parties=["KG"], publication="draft", title_en="Hidden bridge")
    link_event(hidden, event, decision_en="Hidden words")
    answer = send(desk, edit(event), seen="99", place_en="Here")
    assert "Hidden" not in answer.content.decode()


def test_a_draft_does_not_let_its_event_out(desk):
    draft = make_initiative(parties=["KZ"], publication="draft")
    link_event(draft, make_event("secret"))
    send(desk, edit(draft), **{"events-0-DELETE": "on"})
    assert not Event.objects.published().exists()


def test_a_draft_that_is_erased_does_not_let_its_event_out(desk, officer):
    draft = make_initiative(parties=["KZ"], publication="draft", created_by=officer)
    link_event(draft, make_event("secret"))
    desk.post(address("initiative", "delete", draft.pk), {"post": "yes"})
    assert not draft._meta.model.objects.exists()
    assert Event.objects.exists()
    assert not Event.objects.published().exists()


def test_an_editor_enters_an_event_as_a_draft_and_asks_to_publish_it(desk):
    values = values_of(desk.get(address("event", "add"))) | {"_save": "", "slug": "talks"}
    values |= {"title_en": "Talks", "kind": "forum", "host_country": make_country("KZ").pk}
    desk.post(address("event", "add"), values)
    event = Event.objects.get(publication="draft")
    send(desk, edit(event), publication="published")
    assert not Event.objects.published().exists()
    assert ChangeRequest.objects.get().edits[0]["fields"] == {"publication": ["draft", "published"]}


def test_a_draft_does_not_hide_an_event_that_is_public(desk):
    event = make_event(publication="published")
    draft = make_initiative(parties=["KZ"], publication="draft")
    values = values_of(desk.get(edit(draft))) | {"_save": ""}
    desk.post(edit(draft), add_row(values, "events", event=event.pk, relation="signed"))
    assert Event.objects.published().exists()


def test_a_provider_of_public_money_is_public(desk, shown):
    bank = make_organisation("bank", name_en="Old")
    make_funding(shown, provider=bank)
    send(desk, edit(bank), name_en="New")
    bank.refresh_from_db()
    assert bank.name_en == "Old"


def test_what_an_embargo_still_hides_is_not_changed_unseen(desk):
    later = timezone.now() + timedelta(days=2)
    event = make_event(title_en="Old")
    link_event(make_initiative(parties=["KZ"], embargo_until=later), event)
    send(desk, edit(event), title_en="New")
    event.refresh_from_db()
    assert event.title_en == "Old"


def test_a_publisher_decides_alone_only_on_sources_of_the_own_desks(shown):
    source = make_source("treaty", title="Old")
    cite(shown, source)
    elsewhere = make_officer("nodir", DeskRole.PUBLISHER, make_desk("KG", countries=["KG"]))
    send(signed_in(elsewhere), edit(source), title="New")
    source.refresh_from_db()
    assert source.title == "Old"


def test_a_number_does_not_come_back_to_another_row():
    from initiatives import actions

    draft = make_initiative(publication="draft")
    gone = make_milestone(draft)
    actions.remove_record(gone, by=None)
    new = actions.save(type(gone)(initiative=draft, title_en="Another"), by=None)
    assert new.number == 2


@pytest.mark.parametrize("page", ["null", "1", "é", "javascript:1", "//example.org"])
def test_a_step_goes_back_to_nowhere_else(desk, shown, page):
    answer = desk.post(address("initiative", "checked", shown.pk), {"next": page})
    assert answer["Location"] == edit(shown)


def test_a_text_in_the_address_is_no_embargo(desk):
    assert desk.get(address("initiative", "add") + "?embargo_until=x").status_code == 200
