"""Implemented is asked for by one person and approved by another."""

import pytest

from initiatives.lifecycle import Status
from initiatives.models import ChangeRequest
from tests.desk import address, errors_in, make_officer, send, signed_in, values_of
from tests.factories import make_initiative, make_source, make_status_change

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return signed_in(make_officer())


def ready_to_end():
    initiative = make_initiative(actual_start="2024", actual_end="2026-05", outcome_ru="Открыт")
    make_status_change(initiative, Status.IN_PROGRESS)
    return initiative


def page(initiative):
    return address("initiative", "status", initiative.pk) + "?to=implemented"


def test_implemented_only_asks_and_the_status_stays(desk):
    initiative = ready_to_end()
    answer = send(desk, page(initiative), **ended())
    assert answer.status_code == 302, errors_in(answer)
    initiative.refresh_from_db()
    assert initiative.status == "in_progress"
    assert ChangeRequest.objects.get().state == "waiting"


def ended():
    return {"effective": "2026-05", "source": make_source().pk, "delivered": "full"}


def asked(desk):
    """A change to implemented that waits, and its page."""
    send(desk, page(ready_to_end()), **ended())
    request = ChangeRequest.objects.get()
    return request, address("changerequest", "change", request.pk)


def test_a_second_person_approves(desk):
    request, decide = asked(desk)
    second = make_officer("bek")
    answer = signed_in(second).post(decide, {"verdict": "approve", "comment": "Seen"})
    assert answer.status_code == 302, errors_in(answer)
    change = request.initiative.status_changes.last()
    assert (change.to_status, change.approved_by) == ("implemented", second)


def test_the_same_person_is_refused_with_a_clear_message(desk):
    request, decide = asked(desk)
    answer = desk.post(decide, {"verdict": "approve", "comment": ""})
    assert "Somebody else has to approve this." in errors_in(answer)
    request.refresh_from_db()
    assert request.state == "waiting"


def test_a_rejection_needs_a_comment(desk):
    request, decide = asked(desk)
    second = signed_in(make_officer("bek"))
    assert errors_in(second.post(decide, {"verdict": "reject"})) == [
        "Say what has to be corrected."
    ]
    second.post(decide, {"verdict": "reject", "comment": "Which gate?"})
    request.refresh_from_db()
    assert (request.state, request.comment) == ("rejected", "Which gate?")


def test_a_request_is_decided_only_once(desk):
    _request, decide = asked(desk)
    second = signed_in(make_officer("bek"))
    second.post(decide, {"verdict": "reject", "comment": "No"})
    answer = second.post(decide, {"verdict": "approve"})
    assert errors_in(answer) == ["This request has been decided already."]


def test_a_decision_says_what_it_decides(desk):
    _request, decide = asked(desk)
    answer = signed_in(make_officer("bek")).post(decide, {"comment": "Hm"})
    assert errors_in(answer) == ["Approve or reject."]
    assert values_of(answer)["comment"] == "Hm"


def test_a_comment_on_what_was_decided_meanwhile_is_not_lost(desk):
    _request, decide = asked(desk)
    second = signed_in(make_officer("bek"))
    second.post(decide, {"verdict": "reject", "comment": "Theirs"})
    answer = second.post(decide, {"verdict": "reject", "comment": "Mine"}).content.decode()
    assert "Theirs" in answer
    assert "<blockquote>Mine</blockquote>" in answer
