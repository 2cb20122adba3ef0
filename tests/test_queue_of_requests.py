"""What waits for an officer's decision, what was refused to them, and what they asked for."""

import pytest

from initiatives.choices import RequestKind
from initiatives.models import Event
from tests import queues
from tests.desk import signed_in
from tests.memberships import ago, ask, ask_status, codes, made, refuse, sections

pytestmark = pytest.mark.django_db
pages = queues.pages
officer = queues.officer
other = queues.other


def test_a_reviewer_decides_what_others_ask_whoever_owns_the_record(officer, other):
    record = made(owner=officer)
    ask(record, officer, created_at=ago(1))
    ask_status(record, officer, created_at=ago(2))
    section = sections(other)["waiting"]
    assert section.count == 2
    first, second = (item.sentences[0] for item in section.items)
    assert first.startswith("Status “Implemented”")
    assert second.startswith("Edit")


def test_nobody_decides_what_they_ask_themselves(other):
    ask(made(), other)
    found = sections(other)
    assert list(found) == ["asked"]
    assert not found["asked"].is_task


def test_an_editor_decides_nothing(officer, other):
    ask(made(), other)
    assert sections(officer) == {}


def test_a_request_about_no_initiative_is_named_and_by_its_key_where_nobody_knows(officer, other):
    request = ask(made(), officer, model="event", key=["session"])
    request.initiative = None
    request.edits = [{"model": "event", "key": ["session"], "action": "created", "fields": {}}]
    request.save()
    (item,) = sections(other)["waiting"].items
    assert (item.code, item.title, item.address) == (
        "session",
        Event._meta.verbose_name,
        "",
    )


def test_a_refusal_comes_back_with_its_comment(officer, other):
    refuse(ask(made(), officer), other)
    (item,) = sections(officer)["rejected"].items
    assert item.note == "Cite the protocol."
    assert "olga" in item.sentences[0]


def test_an_old_refusal_is_forgotten(officer, other):
    refuse(ask(made(), officer, created_at=ago(40)), other, at=ago(32))
    refuse(ask_status(made(), officer, created_at=ago(40)), other, at=ago(29))
    assert sections(officer)["rejected"].count == 1


@pytest.mark.parametrize("make_request", [ask, ask_status])
def test_who_asks_anew_has_mended_it(officer, other, make_request):
    record = made()
    refuse(make_request(record, officer, created_at=ago(3)), other, at=ago(2))
    make_request(record, officer)
    assert list(sections(officer)) == ["asked"]


def test_a_request_for_another_record_mends_nothing(officer, other):
    refuse(ask(made(), officer, created_at=ago(3)), other, at=ago(2))
    ask(made(), officer)
    assert sections(officer)["rejected"].count == 1


def test_what_was_asked_before_the_refusal_mends_nothing(officer, other):
    record = made()
    refuse(ask(record, officer, created_at=ago(9)), other, at=ago(2))
    ask(record, officer, created_at=ago(8))
    assert sections(officer)["rejected"].count == 1


def test_what_was_taken_back_was_not_refused(officer):
    refuse(ask(made(), officer), officer)
    assert sections(officer) == {}


@pytest.mark.parametrize(("publication", "count"), [("draft", 1), ("published", 0)])
def test_a_refused_publication_is_settled_when_the_record_is_no_draft(
    officer, other, publication, count
):
    record = made(publication=publication)
    refuse(ask(record, officer, kind=RequestKind.PUBLICATION), other)
    assert len(codes(officer, "rejected")) == count


def test_a_refusal_on_a_record_of_another_desk_is_not_told(officer, other):
    refuse(ask(made(), officer), other)
    officer.desks.all().delete()
    assert sections(officer) == {}


def test_what_is_asked_for_has_its_name_and_not_its_short_one(officer, other):
    request = ask(made(), officer, model="source", key=["decree-17"])
    request.initiative = None
    fields = {"slug": [None, "decree-17"], "title": [None, "Decree on roads"]}
    created = {"model": "source", "key": ["decree-17"], "action": "created", "fields": fields}
    request.edits = [created]
    request.save()
    (item,) = sections(other)["waiting"].items
    assert (item.code, item.title) == ("Decree on roads", "source")
    page = signed_in(other).get("/admin/initiatives/changerequest/").content.decode()
    assert "Source: Decree on roads" in page
    assert "decree-17" not in page
