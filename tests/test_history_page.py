"""The history of a record at the desk: who changed what when, and taking it back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from initiatives import actions
from initiatives.lifecycle import Status
from initiatives.models import Change, ChangeRequest, DeskMember, Event, Initiative, Milestone
from initiatives.partial_dates import PartialDate
from initiatives.rights import Rights
from tests import histories
from tests.desk import address, make_officer, signed_in
from tests.factories import (
    LANGUAGES,
    cite,
    make_country,
    make_event,
    make_source,
)
from tests.histories import changed, headings, history, shown
from tests.memberships import ask_status

pytestmark = pytest.mark.django_db
publisher = histories.publisher
editor = histories.editor
initiative = histories.initiative


def rows(page):
    return [
        tuple(cell.text_content().strip() for cell in row)
        for row in page.xpath("//table[@class='desk-lines']/tbody/tr")
    ]


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
    attempt = actions.ApprovalGate(initiative, rights=Rights(editor))
    attempt.run(lambda: changed(initiative, editor, title_en="Tunnel"))
    actions.approve_request(attempt.request, by=publisher, comment="Good")
    page = shown(publisher, initiative)
    who = [text.text_content() for text in page.xpath("//p[@class='desk-history-who']")]
    assert any("bek" in line and "approved by aziza" in " ".join(line.split()) for line in who)


def test_requests_and_decisions_are_part_of_it(publisher, editor, initiative):
    attempt = actions.ApprovalGate(initiative, rights=Rights(editor))
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
    request = ask_status(initiative, publisher, "agreed")
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
    ask_status(initiative, by, "agreed", state="rejected")


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
    assert "Nothing has been recorded" in shown(publisher, initiative).text_content()


def test_who_may_not_see_the_record_is_refused(initiative):
    stranger = make_officer("stranger")
    stranger.groups.clear()
    DeskMember.objects.filter(user=stranger).delete()
    assert signed_in(stranger).get(history(initiative)).status_code in (302, 403)


@pytest.mark.parametrize("key", ["x", "9" * 30])
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


def test_the_list_of_changes_speaks_the_same_words(publisher, initiative):
    change = changed(initiative, publisher, title_kk="Көпір")
    client = signed_in(publisher)
    listed = client.get(address("change")).content.decode()
    assert "Initiative changed" in listed
    assert "title (Kazakh)" in listed
    one = client.get(address("change", "change", change.pk)).content.decode()
    assert "Title (Kazakh)" in one
    assert "Көпір" in one
