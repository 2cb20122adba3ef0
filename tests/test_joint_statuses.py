"""Statuses for a selection may name an event, and are taken back as one."""

import pytest

from initiatives.choices import DeskRole
from initiatives.models import ChangeRequest, ChangeSet, Desk
from tests.bulk_desk import fresh, member, outcome_of, sent, status_page
from tests.desk import address, make_officer, signed_in
from tests.factories import (
    add_country,
    cite,
    link_event,
    make_country,
    make_event,
    make_initiative,
    make_source,
    make_status_change,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return signed_in(member(DeskRole.PUBLISHER))


def sourced(**fields):
    made = make_initiative(summary_en="Short", **fields)
    cite(make_status_change(made, effective="2023"))
    return made


def changed(client, rows, to="agreed", **typed):
    page = status_page(client, rows, to)
    values = {"effective": "2025-03", "source": make_source().pk, **typed}
    return sent(client, page, **values)


def set_page():
    return address("changeset", "change", ChangeSet.objects.get().pk)


def statuses(rows):
    return [row.status for row in fresh(rows)]


@pytest.mark.parametrize("to", ["agreed", "cancelled"])
def test_a_status_for_many_names_the_event(client, to):
    rows, event = [sourced(), sourced()], make_event()
    for row in rows:
        link_event(row, event)
    changed(client, rows, to, event=event.pk, reason_en="Decided there.")
    assert {row.status_changes.last().event for row in rows} == {event}
    assert ChangeSet.objects.get().event == event


def test_an_event_of_another_record_is_refused_there(client):
    rows, event = [sourced(), sourced()], make_event(title_en="Summit")
    link_event(rows[0], event)
    outcome = outcome_of(changed(client, rows, event=event.pk))
    message = "“Summit” is no event of this record. Link it there, or name none."
    assert outcome.failed == [(rows[1], [message])]
    assert not ChangeSet.objects.exists()


def test_all_statuses_are_taken_back_together(client):
    rows = [sourced(), sourced(), sourced()]
    answer = changed(client, rows)
    assert set_page() in answer.content.decode()
    undone = client.post(set_page(), {"undo": "all"})
    assert len(outcome_of(undone).done) == 3
    assert statuses(rows) == ["planned"] * 3
    last = rows[0].status_changes.order_by("number").last()
    assert (last.corrects.to_status, str(last.effective)) == ("agreed", "2023")
    assert last.reason_en == "The joint entry was taken back."
    assert last.reason_ru
    assert ChangeSet.objects.get().undone_at is not None
    assert 'name="undo"' not in client.get(set_page()).content.decode()


def test_nothing_is_taken_back_if_one_was_changed_since(client):
    rows = [sourced(), sourced()]
    changed(client, rows)
    make_status_change(rows[0], "in_progress", effective="2025-06")
    answer = client.post(set_page(), {"undo": "all"})
    assert outcome_of(answer).failed == [(rows[0], ["Its status was changed again since then."])]
    assert statuses(rows) == ["in_progress", "agreed"]
    assert ChangeSet.objects.get().undone_at is None
    assert len(outcome_of(client.post(set_page(), {"undo": "others"})).done) == 1
    assert statuses(rows) == ["in_progress", "planned"]


def test_a_first_status_is_corrected_and_not_taken_back(client):
    row = make_initiative(summary_en="Short", publication="draft")
    changed(client, [row], "planned")
    answer = client.post(set_page(), {"undo": "all"})
    assert "Its first status cannot be taken back" in answer.content.decode()


def test_what_waits_is_asked_for_no_more():
    rows = [sourced(), sourced()]
    editor = signed_in(member(DeskRole.EDITOR))
    changed(editor, rows)
    assert ChangeRequest.objects.filter(state="waiting").count() == 2
    assert ChangeRequest.objects.first().change_set == ChangeSet.objects.get()
    editor.post(set_page(), {"undo": "all"})
    assert not ChangeRequest.objects.filter(state="waiting").exists()
    assert statuses(rows) == ["planned", "planned"]


def test_what_was_approved_is_taken_back_by_asking_again():
    rows, editor = [sourced()], signed_in(member(DeskRole.EDITOR))
    publisher = signed_in(make_officer("publisher"))
    changed(editor, rows)
    publisher.post(set_page(), {"approve": "1"})
    assert statuses(rows) == ["agreed"]
    assert len(outcome_of(editor.post(set_page(), {"undo": "all"})).waiting) == 1
    assert statuses(rows) == ["agreed"]
    assert ChangeRequest.objects.get(state="waiting").to_status == "planned"


def test_a_viewer_takes_nothing_back(client):
    changed(client, [sourced()])
    viewer = signed_in(member(DeskRole.VIEWER, "viewer"))
    assert viewer.post(set_page(), {"undo": "all"}).status_code == 403


def test_the_history_of_a_record_leads_to_what_it_came_with(client):
    row = sourced()
    changed(client, [row])
    history = client.get(address("initiative", "history", row.pk)).content.decode()
    assert set_page() in history


def test_what_another_desk_hides_is_neither_named_nor_taken_back(client):
    tj = make_country("TJ")
    mine, hidden = sourced(), sourced(title_en="Secret talks")
    add_country(mine, "TJ")
    changed(client, [mine, hidden])
    officer = signed_in(member(DeskRole.PUBLISHER, "dilnoza", covers_all=False))
    Desk.objects.get(name="Desk of dilnoza").countries.add(tj)
    answer = officer.post(set_page(), {"undo": "all"})
    assert "Secret talks" not in answer.content.decode()
    assert [row.pk for row in outcome_of(answer).done] == [mine.pk]
    assert statuses([mine, hidden]) == ["planned", "agreed"]
    assert ChangeSet.objects.get().undone_at is None


def test_a_comment_that_no_database_keeps_is_told_and_decides_nothing():
    changed(signed_in(member(DeskRole.EDITOR)), [sourced()])
    publisher = signed_in(make_officer("publisher"))
    answer = publisher.post(set_page(), {"reject": "1", "comment": "a\0b"})
    assert answer.status_code == 200
    assert answer.context["refused"]
    assert ChangeRequest.objects.get().waits
