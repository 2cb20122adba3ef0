"""Of the statuses that are asked for one waits at a time; what else a second person is held to."""

import pytest

from initiatives import actions
from initiatives.actions.approvals.requests import ask_again, do_request, request_edits
from initiatives.choices import RequestKind, RequestState
from initiatives.lifecycle import ONLY_IMPLEMENTED, Status
from initiatives.models import ChangeRequest
from initiatives.models.changes import Edit
from initiatives.partial_dates import PartialDate
from tests.desk import make_officer
from tests.factories import cite, make_initiative, make_source, make_status_change
from tests.requesting import ask_for_status

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_officer("edda")


@pytest.fixture
def reviewer():
    return make_officer("rustam")


@pytest.fixture
def road():
    return make_initiative("CI-2024-0031", title_en="Road")


def status_edit(record, to="suspended") -> Edit:
    fields = {"to_status": [None, to], "effective": [None, "2025-05-14"]}
    return Edit(model="statuschange", key=[record.code, 2], action="created", fields=fields)


def text_edit(record, before="Road", **fields) -> Edit:
    told = {"title_en": [before, "Highway"]} | fields
    return Edit(model="initiative", key=[record.code], action="changed", fields=told)


def refusal_of(act, *args, **values):
    with pytest.raises(actions.Refused) as refusal:
        act(*args, **values)
    return refusal.value


def test_a_request_with_a_status_among_its_edits_is_one_for_a_status(road, editor):
    request = request_edits(road, [text_edit(road), status_edit(road)], by=editor)
    assert ChangeRequest.objects.get(pk=request.pk).kind == RequestKind.STATUS


def test_a_request_without_one_is_for_an_edit(road, editor):
    request = request_edits(road, [text_edit(road)], by=editor)
    assert ChangeRequest.objects.get(pk=request.pk).kind == RequestKind.EDIT


def test_a_second_status_of_a_record_is_refused_while_one_waits(road, editor):
    request_edits(road, [status_edit(road)], by=editor)
    refusal = refusal_of(request_edits, road, [status_edit(road, "cancelled")], by=editor)
    assert refusal.code == "waiting"
    assert refusal.messages == ["A status change already waits for approval."]


def test_a_text_may_be_asked_for_while_a_status_waits(road, editor):
    request_edits(road, [status_edit(road)], by=editor)
    assert request_edits(road, [text_edit(road)], by=editor).state == RequestState.WAITING


def test_a_status_may_be_asked_for_while_a_text_waits(road, editor):
    request_edits(road, [text_edit(road)], by=editor)
    assert request_edits(road, [status_edit(road)], by=editor).state == RequestState.WAITING


def test_the_status_of_another_record_stands_in_no_way(road, editor):
    request_edits(road, [status_edit(road)], by=editor)
    other = make_initiative()
    assert request_edits(other, [status_edit(other)], by=editor).state == RequestState.WAITING


def test_a_status_that_was_rejected_stands_in_no_way(road, editor, reviewer):
    first = request_edits(road, [status_edit(road)], by=editor)
    actions.reject_request(first, by=reviewer, comment="No protocol")
    assert request_edits(road, [status_edit(road)], by=editor).state == RequestState.WAITING


def test_who_asks_for_publication_does_not_publish(editor):
    draft = make_initiative(publication="draft", summary_en="A road")
    make_status_change(draft)
    cite(draft)
    actions.submit_for_review(draft, by=editor)
    request = ChangeRequest.objects.get(kind=RequestKind.PUBLICATION)
    assert refusal_of(actions.approve_request, request, by=editor).code == "second_person"


def test_a_request_does_not_win_over_a_later_save_unless_it_is_told_to(road, editor, reviewer):
    request = request_edits(road, [text_edit(road, before="Path")], by=editor)
    assert refusal_of(do_request, request, by=reviewer, overwrite=False).code == "outdated"
    do_request(request, by=reviewer, overwrite=True)
    road.refresh_from_db()
    assert road.title_en == "Highway"


def test_how_much_was_delivered_is_not_approved_of_what_is_not_implemented(road, editor, reviewer):
    request = request_edits(road, [text_edit(road, delivered=[None, "full"])], by=editor)
    refusal = refusal_of(actions.approve_request, request, by=reviewer)
    assert str(ONLY_IMPLEMENTED) in refusal.messages


def test_nor_is_it_asked_for_again(road, editor, reviewer):
    request = request_edits(road, [text_edit(road)], by=editor)
    actions.reject_request(request, by=reviewer, comment="Which part?")
    request.refresh_from_db()
    edits = [text_edit(road, delivered=[None, "full"])]
    assert str(ONLY_IMPLEMENTED) in refusal_of(ask_again, request, edits, by=editor).messages


def test_implemented_is_asked_for_again_though_nobody_has_approved_it(editor, reviewer):
    dates = {"actual_start": "2024", "actual_end": "2025"}
    record = make_initiative(outcome_en="Built", **dates)
    make_status_change(record, Status.IN_PROGRESS)
    details = {"record": {"delivered": "full"}, "source": make_source()}
    request = ask_for_status(record, editor, effective=PartialDate.parse("2025-05"), **details)
    actions.reject_request(request, by=reviewer, comment="Which protocol?")
    request.refresh_from_db()
    again = ask_again(request, request.edits, by=editor)
    assert (again.kind, again.state) == (RequestKind.STATUS, RequestState.WAITING)
    record.refresh_from_db()
    assert record.status == Status.IN_PROGRESS
