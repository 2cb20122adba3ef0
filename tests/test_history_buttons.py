"""Changes are taken back by a button in the history of their record."""

import pytest
from django.test import Client

from initiatives import actions
from initiatives.choices import DeskRole
from initiatives.models import Change, ChangeRequest, Desk, DeskMember, Event, Initiative
from tests import histories
from tests.desk import address, make_viewer, signed_in
from tests.factories import (
    make_initiative,
)
from tests.histories import changed, shown, take_back, told

pytestmark = pytest.mark.django_db
publisher = histories.publisher
editor = histories.editor
initiative = histories.initiative


def test_a_publisher_takes_a_change_back_at_once(publisher, initiative):
    change = changed(initiative, publisher, title_en="Tunnel")
    assert told(take_back(publisher, initiative, change)) == ["The change is taken back."]
    assert Initiative.objects.get().title_en == "Bridge"
    page = shown(publisher, initiative)
    assert "Takes back the change of" in page.text_content()
    assert page.xpath("//span[@class='desk-tag']/text()") == ["taken back"]


def test_an_editors_wish_to_take_back_waits(publisher, editor, initiative):
    change = changed(initiative, publisher, title_en="Tunnel")
    (message,) = told(take_back(editor, initiative, change))
    assert "waits until a second person approves it" in message
    assert Initiative.objects.get().title_en == "Tunnel"
    assert ChangeRequest.objects.get().reverts == change


def test_an_editor_takes_back_in_a_draft_at_once(editor):
    draft = make_initiative(publication="draft", title_en="Bridge")
    change = changed(Initiative.objects.get(pk=draft.pk), editor, title_en="Tunnel")
    take_back(editor, draft, change)
    assert Initiative.objects.get().title_en == "Bridge"


def test_what_others_built_on_is_refused_in_words(publisher, initiative):
    change = changed(initiative, publisher, title_en="Tunnel")
    changed(initiative, publisher, title_en="Ferry")
    (message,) = told(take_back(publisher, initiative, change))
    assert "was changed in the meantime" in message
    assert Change.objects.count() == 2


def test_the_button_stands_only_where_it_can_work(publisher, initiative):
    changed(initiative, publisher, title_en="Tunnel")
    actions.mark_checked(initiative, by=publisher)
    buttons = shown(publisher, initiative).xpath("//article//button/@aria-label")
    assert buttons == ["Take back: Initiative changed"]


def test_a_viewer_sees_no_button_and_is_refused(publisher, initiative):
    change = changed(initiative, publisher, title_en="Tunnel")
    viewer = make_viewer()
    desk, _new = Desk.objects.get_or_create(name="All", defaults={"covers_all": True})
    DeskMember.objects.create(desk=desk, user=viewer, role=DeskRole.VIEWER)
    assert not shown(viewer, initiative).xpath("//article//button")
    assert take_back(viewer, initiative, change).status_code == 403


def test_a_change_of_another_record_is_not_found(publisher, initiative):
    other = Initiative.objects.get(pk=make_initiative().pk)
    change = changed(other, publisher, title_en="Tunnel")
    assert take_back(publisher, initiative, change).status_code == 404
    url = address("initiative", "revert", initiative.pk, "9" * 30)
    assert signed_in(publisher).post(url).status_code == 404


def test_it_is_taken_back_by_post_with_the_token_only(publisher, initiative):
    change = changed(initiative, publisher, title_en="Tunnel")
    url = address("initiative", "revert", initiative.pk, change.pk)
    assert signed_in(publisher).get(url).status_code == 405
    careless = Client(enforce_csrf_checks=True)
    careless.force_login(publisher)
    assert careless.post(url).status_code == 403
    assert Initiative.objects.get().title_en == "Tunnel"


def test_a_record_is_not_deleted_from_its_history(publisher):
    event = Event(slug="talks", title_en="Talks", kind="commission_session")
    actions.save(event, by=publisher)
    (message,) = told(take_back(publisher, event, Change.objects.get()))
    assert message == "A record is not deleted from its history."
    assert Event.objects.exists()
