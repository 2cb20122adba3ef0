"""The history of a record at the desk: who changed what when, and taking it back."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from initiatives import actions
from initiatives.choices import DeskRole
from initiatives.lifecycle import Status
from initiatives.models import Change, ChangeRequest, Desk, DeskMember, Event, Initiative, Milestone
from initiatives.partial_dates import PartialDate
from initiatives.rights import Rights
from tests.desk import address, make_officer, make_viewer, signed_in
from tests.factories import (
    LANGUAGES,
    cite,
    make_country,
    make_event,
    make_initiative,
    make_source,
)

pytestmark = pytest.mark.django_db


def seated(name, role):
    """An officer with `role` on a desk that covers everything, and on no other."""
    officer = make_officer(name)
    DeskMember.objects.filter(user=officer).delete()
    desk, _new = Desk.objects.get_or_create(name="All", defaults={"covers_all": True})
    DeskMember.objects.create(desk=desk, user=officer, role=role)
    return officer


@pytest.fixture
def publisher():
    return seated("aziza", DeskRole.PUBLISHER)


@pytest.fixture
def editor():
    return seated("bek", DeskRole.EDITOR)


@pytest.fixture
def initiative():
    made = make_initiative(title_en="Bridge", summary_en="Long")
    return Initiative.objects.get(pk=made.pk)


def history(record):
    return address(record._meta.model_name, "history", record.pk)


def shown(user, record, **query):
    answer = signed_in(user).get(history(record), query)
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def headings(page):
    return [found.text_content().strip() for found in page.xpath("//article//h2")]


def rows(page):
    return [
        tuple(cell.text_content().strip() for cell in row)
        for row in page.xpath("//table[@class='desk-lines']/tbody/tr")
    ]


def changed(record, by, **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    actions.save(record, by=by, reason="Floods")
    return Change.objects.first()


def take_back(user, record, change, **extra):
    url = address(record._meta.model_name, "revert", record.pk, change.pk)
    return signed_in(user).post(url, follow=True, **extra)


def told(answer):
    return [str(message) for message in answer.context["messages"]]


def test_a_change_is_told_field_by_field(publisher, initiative):
    changed(initiative, publisher, title_en="Tunnel", planned_end=PartialDate.parse("2027-05"))
    page = shown(publisher, initiative)
    assert headings(page) == ["Initiative changed"]
    assert ("Title (English)", "Bridge", "Tunnel") in rows(page)
    assert ("Planned end", "–", "May 2027") in rows(page)


def test_the_newest_stands_first_and_what_was_saved_together_stands_together(publisher, initiative):
    changed(initiative, publisher, title_en="Tunnel")
    Change.objects.create(
        initiative=initiative, model="milestone", key=[initiative.code, 9], action="created"
    )
    page = shown(publisher, initiative)
    assert headings(page) == ["Milestone added: 9", "Initiative changed"]
    assert len(page.xpath("//ol[@class='desk-history']/li")) == 2


def test_it_says_who_did_it_and_who_approved_it(publisher, editor, initiative):
    attempt = actions.Attempt(initiative, rights=Rights(editor))
    attempt.run(lambda: changed(initiative, editor, title_en="Tunnel"))
    actions.approve_request(attempt.request, by=publisher, comment="Good")
    page = shown(publisher, initiative)
    who = [text.text_content() for text in page.xpath("//p[@class='desk-history-who']")]
    assert any("bek" in line and "approved by aziza" in " ".join(line.split()) for line in who)


def test_requests_and_decisions_are_part_of_it(publisher, editor, initiative):
    attempt = actions.Attempt(initiative, rights=Rights(editor))
    attempt.run(lambda: changed(initiative, editor, title_en="Tunnel"))
    actions.reject_request(attempt.request, by=publisher, comment="It is no tunnel.")
    page = shown(publisher, initiative)
    assert headings(page) == ["Rejected: edit", "Approval asked for: edit"]
    assert "It is no tunnel." in page.text_content()


def test_a_status_is_told_once_with_its_reason(publisher, initiative):
    actions.change_status(
        initiative,
        to=Status.PLANNED,
        by=publisher,
        effective=PartialDate.parse("2025"),
        reason="Signed",
        source=make_source(),
    )
    page = shown(publisher, initiative)
    assert "Status: planned" in headings(page)
    assert "Initiative changed" not in headings(page)
    assert "Signed" in page.text_content()


def test_a_status_that_waited_is_told_with_its_decision(publisher, initiative):
    request = initiative.status_requests.create(number=1, to_status="agreed", created_by=publisher)
    request.state, request.decided_at = "rejected", timezone.now()
    request.comment = "Not yet"
    request.save()
    page = shown(publisher, initiative)
    assert headings(page) == ["Rejected: Status: agreed", "Approval asked for: Status: agreed"]
    assert "Not yet" in page.text_content()


def test_it_has_pages(publisher, initiative):
    for number in range(55):
        Change.objects.create(
            initiative=initiative,
            model="initiative",
            key=[initiative.code],
            action="changed",
            fields={"title_en": [str(number), str(number + 1)]},
        )
    assert len(headings(shown(publisher, initiative))) == 50
    assert len(headings(shown(publisher, initiative, p="2"))) == 5
    assert len(headings(shown(publisher, initiative, p="x"))) == 50


def add_everything(initiative, by, number):
    milestone = Milestone(initiative=initiative, title_en="Step", responsible=make_country("KZ"))
    actions.save(milestone, by=by)
    fresh = Initiative.objects.get(pk=initiative.pk)
    change = changed(fresh, by, title_en=f"Title {number}")
    actions.revert(change, by=by)
    actions.save(cite(milestone, make_source(f"source-{number}")), by=by)
    request = ChangeRequest.objects.create(
        initiative=initiative, model="initiative", key=[initiative.code], created_by=by
    )
    actions.reject_request(request, by=by, comment="")
    initiative.status_requests.create(number=number + 1, to_status="agreed", state="rejected")


def queries_of(client, record):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(history(record)).status_code == 200
    return len(asked)


def test_one_of_each_and_ten_take_the_same_queries(publisher, initiative):
    client = signed_in(publisher)
    add_everything(initiative, publisher, 0)
    client.get(history(initiative))
    few = queries_of(client, initiative)
    for number in range(1, 8):
        add_everything(initiative, publisher, number)
    assert queries_of(client, initiative) == few


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_there_in_every_language(publisher, initiative, language):
    add_everything(initiative, publisher, 0)
    client = signed_in(publisher)
    client.cookies["django_language"] = language
    assert client.get(history(initiative)).status_code == 200


def test_a_record_without_a_history_says_so(publisher, initiative):
    assert "Nothing is recorded" in shown(publisher, initiative).text_content()


def test_who_may_not_see_the_record_is_refused(initiative):
    stranger = make_officer("stranger")
    stranger.groups.clear()
    DeskMember.objects.filter(user=stranger).delete()
    assert signed_in(stranger).get(history(initiative)).status_code in (302, 403)


@pytest.mark.parametrize("key", ["9999", "x", "9" * 30])
def test_a_record_that_is_not_there_leads_away(publisher, key):
    answer = signed_in(publisher).get(address("initiative", "history", key))
    assert answer.status_code in (302, 404)


def test_an_event_keeps_its_history_under_a_new_name(publisher):
    event = Event(slug="talks", title_en="Talks", kind="commission_session")
    actions.save(event, by=publisher)
    changed(event, publisher, slug="great-talks")
    actions.save(Event(slug="talks", title_en="Others", kind="commission_session"), by=publisher)
    assert headings(shown(publisher, event)) == ["Event “Talks” changed", "Event added: Talks"]
    assert len(headings(shown(publisher, Event.objects.get(slug="talks")))) == 1


def test_the_citations_of_an_event_are_part_of_its_history(publisher):
    event = make_event("talks")
    actions.remove_record(cite(event), by=publisher)
    actions.remove_record(cite(make_event("others")), by=publisher)
    assert headings(shown(publisher, event)) == ["Citation removed: Protocol, P1"]


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


def test_the_list_of_changes_speaks_the_same_words(publisher, initiative):
    change = changed(initiative, publisher, title_kk="Көпір")
    client = signed_in(publisher)
    listed = client.get(address("change")).content.decode()
    assert "Initiative changed" in listed
    assert "title (Kazakh)" in listed
    one = client.get(address("change", "change", change.pk)).content.decode()
    assert "Title (Kazakh)" in one
    assert "Көпір" in one
