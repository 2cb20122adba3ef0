"""What is public changes only when a second person has approved it."""

import pytest

from initiatives import actions
from initiatives.choices import DeskRole
from initiatives.models import Change, ChangeRequest, DateRevision, Event, Initiative
from tests.desk import add_row, address, edit, errors_in, make_officer, send, signed_in, values_of
from tests.factories import (
    add_country,
    cite,
    link_event,
    make_country,
    make_event,
    make_initiative,
    make_milestone,
    make_organisation,
    make_source,
    make_status_change,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_officer("edda", DeskRole.EDITOR)


@pytest.fixture
def desk(editor):
    return signed_in(editor)


@pytest.fixture
def reviewer():
    return make_officer("rustam", DeskRole.REVIEWER)


@pytest.fixture
def shown():
    dates = {"planned_end": "2027", "first_planned_end": "2027"}
    return make_initiative("CI-2025-0001", title_en="Old", **dates)


def decide(who, request, verdict, **typed):
    url = address("changerequest", "change", request.pk)
    return signed_in(who).post(url, {"verdict": verdict, "comment": "", **typed})


def public_text(client, code="CI-2025-0001"):
    addresses = (f"/initiatives/{code}.json", "/initiatives.json", "/changes.csv", "/changes.atom")
    return [client.get(address).getvalue() for address in addresses]


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
    assert errors_in(decide(reviewer, request, "reject")) == ["Say what has to be mended."]
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


def every_kind_of_row(desk, shown):
    """What the form sends when each kind of row is added, changed or removed."""
    add_country(shown, "KG", role="observer")
    make_milestone(shown, "Step", planned="2026")
    values = values_of(desk.get(edit(shown))) | {"_save": ""}
    values = add_row(values, "organisations", organisation=make_organisation().pk, role="4")
    values = add_row(values, "citations", source=make_source().pk, locator="P3")
    values = add_row(values, "milestones", title_ru="Опоры", weight="1", planned="2027-Q3")
    values = add_row(values, "events", event=make_event("summit").pk, relation="signed")
    values = add_row(values, "external_ids", scheme="wb", value="P1")
    values = add_row(
        values, "funding", type="pledge", amount="5.5", amount_kind="exact", currency="USD"
    )
    values |= {"funding-0-instrument": "unknown"}
    row = [row.country.iso2 for row in shown.countries.all()].index("KG")
    values |= {f"countries-{row}-DELETE": "on", "milestones-0-planned": "2028"}
    return values | {"moved_because": "Floods"}


def test_rows_wait_with_the_record_and_come_when_it_is_approved(desk, shown, reviewer):
    answer = desk.post(edit(shown), every_kind_of_row(desk, shown))
    assert answer.status_code == 302, errors_in(answer)
    assert not shown.citations.exists()
    decided = decide(reviewer, ChangeRequest.objects.get(), "approve")
    assert decided.status_code == 302, errors_in(decided)
    kept = [shown.organisations, shown.citations, shown.events, shown.external_ids, shown.funding]
    assert [rows.count() for rows in kept] == [1, 1, 1, 1, 1]
    assert not shown.countries.filter(role="observer").exists()
    assert [str(m.planned) for m in shown.milestones.all()] == ["2028", "2027-Q3"]
    assert DateRevision.objects.get().reason == "Floods"


def test_a_new_row_takes_the_next_number_if_another_took_its_own(desk, shown, reviewer):
    values = values_of(desk.get(edit(shown))) | {"_save": ""}
    desk.post(edit(shown), add_row(values, "milestones", title_en="Mine", weight="1"))
    make_milestone(shown, "Theirs")
    decide(reviewer, ChangeRequest.objects.get(), "approve")
    assert [str(row) for row in shown.milestones.all()] == ["1. Theirs", "2. Mine"]


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


def test_a_request_for_a_row_that_went_is_refused_in_words(desk, shown, reviewer):
    milestone = make_milestone(shown, "Step")
    send(desk, edit(shown), **{"milestones-0-title_en": "Mine"})
    actions.remove_record(milestone, by=reviewer)
    answer = decide(reviewer, ChangeRequest.objects.get(), "approve")
    assert "is there no more" in errors_in(answer)[0]


def test_a_public_event_waits_and_a_private_one_does_not(desk, reviewer):
    public, private = make_event("public"), make_event("private")
    link_event(make_initiative(publication="draft"), private)
    send(desk, edit(public), place_en="Samarkand")
    send(desk, edit(private), place_en="Samarkand")
    assert list(Event.objects.filter(place_en="Samarkand")) == [private]
    decide(reviewer, ChangeRequest.objects.get(), "approve")
    assert Event.objects.get(slug="public").place_en == "Samarkand"


def test_a_new_event_that_would_be_public_waits_and_is_made_when_approved(desk, reviewer):
    add = address("event", "add")
    country = make_country("UZ")
    values = values_of(desk.get(add)) | {"_save": "", "title_en": "Summit", "slug": "summit"}
    answer = desk.post(add, values | {"kind": "summit", "countries": [country.pk]})
    assert answer.status_code == 302, errors_in(answer)
    assert not Event.objects.exists()
    decide(reviewer, ChangeRequest.objects.get(), "approve")
    assert list(Event.objects.get().countries.all()) == [country]


@pytest.mark.parametrize("kind", ["organisation", "source"])
def test_names_that_the_public_reads_wait_too(desk, shown, kind):
    cite(shown, make_source("treaty"))
    shown.organisations.create(organisation=make_organisation("bank"), role="4")
    record = make_source("treaty") if kind == "source" else make_organisation("bank")
    field = "title" if kind == "source" else "name_en"
    send(desk, edit(record), **{field: "Renamed"})
    record.refresh_from_db()
    assert getattr(record, field) != "Renamed"
    assert ChangeRequest.objects.get().model == kind


def test_a_part_that_is_deleted_at_its_own_page_waits(desk, shown):
    milestone = make_milestone(shown)
    desk.post(address("milestone", "delete", milestone.pk), {"post": "yes"})
    assert shown.milestones.exists()
    assert ChangeRequest.objects.get().edits[0]["action"] == "deleted"


def test_an_editors_status_of_a_published_record_waits(desk, shown, reviewer):
    page = address("initiative", "status", shown.pk) + "?to=planned"
    send(desk, page, effective="2025", source=make_source().pk)
    assert not shown.status_changes.exists()
    asked = shown.status_requests.get()
    signed_in(reviewer).post(
        address("statusrequest", "change", asked.pk), {"verdict": "approve", "comment": ""}
    )
    change = shown.status_changes.get()
    assert (change.recorded_by.username, change.approved_by.username) == ("edda", "rustam")


def test_a_rejected_status_is_mended_with_what_was_typed(desk, shown, reviewer):
    page = address("initiative", "status", shown.pk) + "?to=planned"
    send(desk, page, effective="2025", source=make_source().pk, locator="P9")
    asked = shown.status_requests.get()
    url = address("statusrequest", "change", asked.pk)
    signed_in(reviewer).post(url, {"verdict": "reject", "comment": "Which page?"})
    values = values_of(desk.get(f"{page}&again={asked.pk}"))
    assert (values["effective"], values["locator"]) == ("2025", "P9")
    assert f"again={asked.pk}" in desk.get(url).content.decode()


def test_a_correction_of_what_is_public_waits_and_keeps_what_it_corrects(desk, shown, reviewer):
    wrong = make_status_change(shown, "agreed")
    page = address("initiative", "status", shown.pk) + f"?corrects={wrong.pk}&to=planned"
    answer = send(desk, page, effective="2025", reason_en="Mistake", source=make_source().pk)
    assert answer.status_code == 302, errors_in(answer)
    actions.approve_status(shown.status_requests.get(), by=reviewer)
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


def test_a_request_is_decided_only_once(desk, shown, reviewer):
    send(desk, edit(shown), title_en="New")
    request = ChangeRequest.objects.get()
    decide(reviewer, request, "reject", comment="No")
    assert "decided already" in errors_in(decide(make_officer("p"), request, "approve"))[0]


def rejected(desk, shown, reviewer, **typed):
    send(desk, edit(shown), **typed)
    request = ChangeRequest.objects.get()
    decide(reviewer, request, "reject", comment="Which year?")
    return request, address("changerequest", "mend", request.pk)


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
    assert errors_in(desk.post(mend, values_of(desk.get(mend)))) == ["Nothing is mended yet."]
    answer = desk.post(mend, {"edit-0-planned_start": "soon"})
    assert "“soon” is not a date" in errors_in(answer)[0]
    assert ChangeRequest.objects.count() == 1


def test_only_the_author_mends_and_only_what_was_rejected(desk, shown, reviewer):
    _request, mend = rejected(desk, shown, reviewer, title_en="New")
    assert signed_in(reviewer).get(mend).status_code == 403
    ChangeRequest.objects.update(state="approved")
    assert desk.get(mend).status_code == 403
