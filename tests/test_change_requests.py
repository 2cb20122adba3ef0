"""What is public changes only when a second person has approved it."""

import pytest

from initiatives import actions
from initiatives.choices import DeskRole
from initiatives.models import Change, ChangeRequest
from tests import requesting
from tests.desk import address, edit, errors_in, make_officer, send, signed_in, values_of
from tests.factories import (
    make_initiative,
)
from tests.requesting import decide, public_text, rejected

pytestmark = pytest.mark.django_db
editor = requesting.editor
desk = requesting.desk
reviewer = requesting.reviewer
shown = requesting.shown


def test_an_editors_change_of_a_published_record_waits(desk, shown, client):
    before = public_text(client)
    answer = send(desk, edit(shown), title_en="New")
    request = ChangeRequest.objects.get()
    assert answer["Location"] == address("changerequest", "change", request.pk)
    assert request.edits == [
        {
            "model": "initiative",
            "key": ["CI-2025-0001"],
            "action": "changed",
            "fields": {"title_en": ["Old", "New"]},
        }
    ]
    assert public_text(client) == before
    assert not Change.objects.exists()


def test_a_reviewer_approves_and_both_names_are_kept(desk, shown, editor, reviewer):
    send(desk, edit(shown), title_en="New")
    answer = decide(reviewer, ChangeRequest.objects.get(), "approve", comment="Good")
    assert answer.status_code == 302, errors_in(answer)
    shown.refresh_from_db()
    change = Change.objects.get()
    assert (shown.title_en, change.recorded_by, change.approved_by) == ("New", editor, reviewer)
    assert ChangeRequest.objects.get().state == "approved"


def test_a_rejection_needs_a_comment_and_changes_nothing(desk, shown, reviewer):
    send(desk, edit(shown), title_en="New")
    request = ChangeRequest.objects.get()
    assert errors_in(decide(reviewer, request, "reject")) == ["Say what has to be corrected."]
    decide(reviewer, request, "reject", comment="Which bridge?")
    request.refresh_from_db()
    shown.refresh_from_db()
    assert (request.state, request.comment, shown.title_en) == ("rejected", "Which bridge?", "Old")


def test_nobody_approves_their_own_change(shown, reviewer):
    send(signed_in(reviewer), edit(shown), title_en="New")
    request = ChangeRequest.objects.get()
    assert "Somebody else" in errors_in(decide(reviewer, request, "approve"))[0]
    assert decide(reviewer, request, "reject").status_code == 302  # but may take it back


def test_another_editor_may_not_decide(desk, shown):
    send(desk, edit(shown), title_en="New")
    other = make_officer("erkin", DeskRole.EDITOR)
    assert decide(other, ChangeRequest.objects.get(), "approve").status_code == 403


def test_a_publisher_changes_what_is_public_at_once(shown):
    send(signed_in(make_officer()), edit(shown), title_en="New")
    shown.refresh_from_db()
    assert shown.title_en == "New"
    assert not ChangeRequest.objects.exists()


def test_a_draft_is_edited_directly(desk):
    draft = make_initiative(publication="draft")
    send(desk, edit(draft), title_en="New")
    draft.refresh_from_db()
    assert draft.title_en == "New"


def test_what_only_the_desk_sees_is_saved_at_once_and_leaves_no_public_trace(desk, shown, client):
    before = public_text(client)
    send(desk, edit(shown), internal_note="Call them", review_every_days="30")
    shown.refresh_from_db()
    assert (shown.internal_note, shown.review_every_days) == ("Call them", 30)
    assert public_text(client) == before
    assert not ChangeRequest.objects.exists()


def test_a_mixed_change_is_parted(desk, shown):
    send(desk, edit(shown), internal_note="Call them", title_en="New")
    shown.refresh_from_db()
    assert (shown.internal_note, shown.title_en) == ("Call them", "Old")
    assert list(ChangeRequest.objects.get().edits[0]["fields"]) == ["title_en"]


def test_a_request_that_was_overtaken_is_told_and_may_win(desk, shown, reviewer):
    send(desk, edit(shown), title_en="Mine")
    shown.refresh_from_db()
    shown.title_en = "Theirs"
    actions.save(shown, by=reviewer)
    request = ChangeRequest.objects.get()
    page = signed_in(reviewer).get(address("changerequest", "change", request.pk))
    assert "Theirs" in page.content.decode()
    assert "was changed in the meantime" in errors_in(decide(reviewer, request, "approve"))[0]
    decide(reviewer, request, "approve", overwrite="on")
    shown.refresh_from_db()
    assert shown.title_en == "Mine"


def test_a_request_is_decided_only_once(desk, shown, reviewer):
    send(desk, edit(shown), title_en="New")
    request = ChangeRequest.objects.get()
    decide(reviewer, request, "reject", comment="No")
    assert "decided already" in errors_in(decide(make_officer("p"), request, "approve"))[0]


def test_a_rejected_change_is_mended_and_asked_for_again(desk, shown, reviewer):
    typed = {"title_en": "New", "planned_end": "2028", "moved_because": "Floods"}
    request, mend = rejected(desk, shown, reviewer, **typed)
    assert mend in desk.get(address("changerequest", "change", request.pk)).content.decode()
    values = values_of(desk.get(mend))
    assert (values["edit-0-title_en"], values["moved_because"]) == ("New", "Floods")
    answer = desk.post(mend, values | {"edit-0-planned_end": "2029-H1"})
    assert answer.status_code == 302, errors_in(answer)
    decide(reviewer, ChangeRequest.objects.first(), "approve")
    shown.refresh_from_db()
    assert (shown.title_en, str(shown.planned_end)) == ("New", "2029-H1")


def test_what_is_mended_wrongly_is_told_beside_the_field(desk, shown, reviewer):
    _request, mend = rejected(desk, shown, reviewer, planned_start="2026")
    assert errors_in(desk.post(mend, values_of(desk.get(mend)))) == ["Nothing is corrected yet."]
    answer = desk.post(mend, {"edit-0-planned_start": "soon"})
    assert "“soon” is not a date" in errors_in(answer)[0]
    assert ChangeRequest.objects.count() == 1


def test_only_the_author_mends_and_only_what_was_rejected(desk, shown, reviewer):
    _request, mend = rejected(desk, shown, reviewer, title_en="New")
    assert signed_in(reviewer).get(mend).status_code == 403
    ChangeRequest.objects.update(state="approved")
    assert desk.get(mend).status_code == 403
