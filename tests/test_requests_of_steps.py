"""Statuses of public records and the publication of drafts take a second person."""

import pytest

from initiatives import actions
from initiatives.models import ChangeRequest, Initiative
from tests import requesting
from tests.desk import address, edit, errors_in, send, signed_in, values_of
from tests.factories import (
    cite,
    make_initiative,
    make_source,
    make_status_change,
)
from tests.requesting import decide

pytestmark = pytest.mark.django_db
editor = requesting.editor
desk = requesting.desk
reviewer = requesting.reviewer
shown = requesting.shown


def test_an_editors_status_of_a_published_record_waits(desk, shown, reviewer):
    page = address("initiative", "status", shown.pk) + "?to=planned"
    send(desk, page, effective="2025", source=make_source().pk)
    assert not shown.status_changes.exists()
    asked = shown.change_requests.get()
    signed_in(reviewer).post(
        address("changerequest", "change", asked.pk), {"verdict": "approve", "comment": ""}
    )
    change = shown.status_changes.get()
    assert (change.recorded_by.username, change.approved_by.username) == ("edda", "rustam")


def test_a_rejected_status_is_mended_with_what_was_typed(desk, shown, reviewer):
    page = address("initiative", "status", shown.pk) + "?to=planned"
    send(desk, page, effective="2025", source=make_source().pk, locator="P9")
    asked = shown.change_requests.get()
    url = address("changerequest", "change", asked.pk)
    signed_in(reviewer).post(url, {"verdict": "reject", "comment": "Which page?"})
    values = values_of(desk.get(f"{page}&again={asked.pk}"))
    assert (values["effective"], values["locator"]) == ("2025", "P9")
    mend = address("changerequest", "mend", asked.pk)
    assert mend in desk.get(url).content.decode()
    assert f"again={asked.pk}" in desk.get(mend).url


def test_a_correction_of_what_is_public_waits_and_keeps_what_it_corrects(desk, shown, reviewer):
    wrong = make_status_change(shown, "agreed")
    page = address("initiative", "status", shown.pk) + f"?corrects={wrong.pk}&to=planned"
    answer = send(desk, page, effective="2025", reason_en="Mistake", source=make_source().pk)
    assert answer.status_code == 302, errors_in(answer)
    actions.approve_request(shown.change_requests.get(), by=reviewer)
    assert shown.status_changes.last().corrects == wrong


def ready(editor):
    draft = make_initiative(publication="draft", summary_en="Short", created_by=editor)
    cite(make_status_change(draft))
    return draft


def test_a_draft_goes_to_review_and_a_reviewer_publishes_it(desk, editor, reviewer, client):
    draft = ready(editor)
    desk.post(address("initiative", "submit", draft.pk))
    request = ChangeRequest.objects.get(kind="publication")
    assert client.get(f"/initiatives/{draft.code}.json").status_code == 404
    seen = values_of(signed_in(reviewer).get(address("changerequest", "change", request.pk)))
    answer = decide(reviewer, request, "approve", seen=seen["seen"])
    assert answer.status_code == 302, errors_in(answer)
    assert client.get(f"/initiatives/{draft.code}.json").status_code == 200


def test_a_draft_that_changed_behind_the_reviewer_is_not_published(desk, editor, reviewer):
    draft = ready(editor)
    desk.post(address("initiative", "submit", draft.pk))
    request = ChangeRequest.objects.get()
    seen = values_of(signed_in(reviewer).get(address("changerequest", "change", request.pk)))
    send(desk, edit(draft), title_en="Smuggled in")
    answer = decide(reviewer, request, "approve", seen=seen["seen"])
    assert "was changed after you opened" in errors_in(answer)[0]
    assert Initiative.objects.get().publication == "in_review"


def test_a_draft_that_is_rejected_goes_back_with_the_comment(desk, editor, reviewer):
    draft = ready(editor)
    desk.post(address("initiative", "submit", draft.pk))
    decide(reviewer, ChangeRequest.objects.get(), "reject", comment="No outcome?")
    draft.refresh_from_db()
    assert draft.publication == "draft"
    assert ChangeRequest.objects.get().comment == "No outcome?"


def test_an_incomplete_draft_is_not_handed_to_a_reviewer(desk):
    draft = make_initiative(publication="draft")
    page = desk.post(address("initiative", "submit", draft.pk), follow=True).content.decode()
    assert "Give a summary" in page
    assert not ChangeRequest.objects.exists()
