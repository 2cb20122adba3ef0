"""What becomes of a request when it is decided, mended or asked for again: the verbs themselves."""

import pytest

from initiatives import actions
from initiatives.actions.approvals.requests import ask_again, rehearse, request_edits
from initiatives.choices import DeskRole, RequestKind, RequestState
from initiatives.models import Change, ChangeRequest, Initiative
from tests.desk import make_officer
from tests.factories import cite, make_initiative, make_source, make_status_change

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown():
    return make_initiative("CI-2025-0001", title_en="Old")


@pytest.fixture
def author():
    return make_officer("author", DeskRole.EDITOR)


@pytest.fixture
def second():
    return make_officer("second", DeskRole.REVIEWER)


def edits_of(record, old="Old", new="New"):
    fields = {"title_en": [old, new]}
    return [{"model": "initiative", "key": [record.code], "action": "changed", "fields": fields}]


@pytest.fixture
def request_(shown, author):
    return request_edits(shown, edits_of(shown), by=author, moved_because="Floods")


def title(record):
    return Initiative.objects.get(pk=record.pk).title_en


def test_nothing_is_asked_for_without_edits(shown, author):
    assert request_edits(shown, [], by=author) is None
    assert not ChangeRequest.objects.exists()


def test_a_request_holds_what_is_wanted_by_whom_and_why(request_, shown, author):
    assert (request_.initiative, request_.created_by, request_.model) == (
        shown,
        author,
        "initiative",
    )
    assert (request_.edits, request_.moved_because) == (edits_of(shown), "Floods")
    assert (request_.state, request_.reverts) == (RequestState.WAITING, None)
    assert title(shown) == "Old"


def test_a_request_about_a_source_belongs_to_no_record(author):
    request = request_edits(make_source("treaty"), edits_of(make_initiative()), by=author)
    assert (request.initiative, request.model, request.key) == (None, "source", ["treaty"])


def test_an_approval_does_what_was_wanted_in_the_name_of_both(request_, shown, author, second):
    actions.approve_request(request_, by=second, comment="Right")
    request_.refresh_from_db()
    assert title(shown) == "New"
    assert (request_.state, request_.approver) == (RequestState.APPROVED, second)
    assert (request_.comment, request_.decided_at is not None) == ("Right", True)
    change = Change.objects.get(fields__has_key="title_en")
    assert (change.recorded_by, change.approved_by) == (author, second)


@pytest.mark.parametrize("who", ["author", "nobody"])
def test_an_approval_takes_somebody_else(request_, shown, author, who):
    with pytest.raises(actions.Refused, match="Somebody else"):
        actions.approve_request(request_, by={"author": author, "nobody": None}[who])
    assert title(shown) == "Old"


def test_what_others_wrote_since_is_overwritten_only_where_that_is_said(request_, shown, second):
    shown.title_en = "Meanwhile"
    actions.save(shown, by=second)
    with pytest.raises(actions.Refused):
        actions.approve_request(request_, by=second)
    assert title(shown) == "Meanwhile"
    actions.approve_request(request_, by=second, overwrite=True)
    assert title(shown) == "New"


def test_what_is_decided_is_not_decided_again(request_, second):
    actions.reject_request(request_, by=second, comment="Which year?")
    for again in (actions.approve_request, actions.reject_request):
        with pytest.raises(actions.Refused, match="decided already"):
            again(request_, by=second, comment="x")


@pytest.mark.parametrize("comment", ["", "  "])
def test_a_rejection_says_what_is_to_be_mended_but_to_oneself(request_, author, second, comment):
    with pytest.raises(actions.Refused, match="corrected"):
        actions.reject_request(request_, by=second, comment=comment)
    actions.reject_request(request_, by=author, comment=comment)
    request_.refresh_from_db()
    assert (request_.state, request_.approver) == (RequestState.REJECTED, author)


def test_a_rejected_request_is_asked_for_again_by_its_author(request_, shown, author, second):
    mended = edits_of(shown, new="Newer")
    with pytest.raises(actions.Refused, match="rejected"):
        ask_again(request_, mended, by=author)
    actions.reject_request(request_, by=second, comment="Which year?")
    request_.refresh_from_db()
    for other in (second, None):
        with pytest.raises(actions.Refused, match="your own"):
            ask_again(request_, mended, by=other)
    again = ask_again(request_, mended, by=author, moved_because="Rain")
    assert again.pk != request_.pk
    assert (again.edits, again.moved_because, again.created_by) == (mended, "Rain", author)
    assert (again.initiative, again.state, title(shown)) == (shown, RequestState.WAITING, "Old")


def test_what_could_not_be_approved_is_not_asked_for_again(request_, shown, author, second):
    actions.reject_request(request_, by=second, comment="Which year?")
    request_.refresh_from_db()
    with pytest.raises(actions.Refused):
        ask_again(request_, edits_of(shown, old="Another"), by=author)
    assert ChangeRequest.objects.count() == 1


def test_a_rehearsal_leaves_nothing(shown, author):
    shown.title_en = "New"
    rehearse(lambda: actions.save(shown, by=author))
    assert title(shown) == "Old"


@pytest.fixture
def publication(author):
    draft = make_initiative(publication="draft", title_en="Old", summary_en="Text")
    cite(make_status_change(draft), make_source())
    actions.submit_for_review(draft, by=author)
    return ChangeRequest.objects.get(kind=RequestKind.PUBLICATION)


def test_to_reject_a_publication_returns_the_record_to_draft(publication, second):
    actions.reject_request(publication, by=second, comment="Add a source.")
    publication.refresh_from_db()
    assert publication.state == RequestState.REJECTED
    assert publication.initiative.publication == "draft"


def test_to_approve_a_publication_publishes_the_record(publication, second):
    actions.approve_request(publication, by=second)
    publication.refresh_from_db()
    assert publication.state == RequestState.APPROVED
    assert publication.initiative.publication == "published"
