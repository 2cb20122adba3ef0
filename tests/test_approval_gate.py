"""What an officer does at once, what waits, and what becomes of it: the gate by itself."""

import pytest

from initiatives import actions
from initiatives.actions.approvals.approval_gate import ApprovalGate
from initiatives.choices import DeskRole
from initiatives.models import Change, ChangeRequest, Initiative, InitiativeCountry, Milestone
from initiatives.rights import Rights
from tests.desk import make_chief, make_desk, make_officer
from tests.factories import (
    cite,
    make_country,
    make_event,
    make_initiative,
    make_milestone,
    make_source,
)

pytestmark = pytest.mark.django_db
CODE = "CI-2025-0001"


@pytest.fixture
def shown():
    return make_initiative(CODE, title_en="Old", parties=["UZ"])


def rights_of(role=DeskRole.EDITOR, **covers):
    return Rights(make_officer(f"officer-{role}", role, make_desk("Desk", **covers)))


def saved(record, *, rights, because="", **fields):
    """Save `record` with other `fields` through a gate, and give the gate."""
    gate = ApprovalGate(record, rights=rights)
    gate.moved_because = because
    for name, value in fields.items():
        setattr(record, name, value)
    assert gate.run(lambda: actions.save(record, by=rights.user, reason=because)) == record
    return gate


def title():
    return Initiative.objects.get(code=CODE).title_en


@pytest.mark.parametrize(
    ("role", "waits"),
    [(DeskRole.EDITOR, True), (DeskRole.REVIEWER, True), (DeskRole.PUBLISHER, False)],
)
def test_what_is_public_is_changed_at_once_by_publishers_alone(shown, role, waits):
    rights = rights_of(role)
    gate = saved(shown, rights=rights, title_en="New")
    assert (gate.undone, gate.request is not None, title()) == (
        waits,
        waits,
        "Old" if waits else "New",
    )
    if waits:
        assert ChangeRequest.objects.get() == gate.request
        assert gate.request.created_by == rights.user
        assert gate.request.initiative == shown
        assert [(one["model"], one["fields"]) for one in gate.request.edits] == [
            ("initiative", {"title_en": ["Old", "New"]})
        ]
        assert not Change.objects.filter(fields__has_key="title_en").exists()


def test_superusers_and_who_edits_drafts_do_it_at_once(shown):
    assert not saved(shown, rights=Rights(make_chief()), title_en="New").undone
    draft = make_initiative(publication="draft")
    assert not saved(draft, rights=rights_of(), title_en="New").undone
    assert not ChangeRequest.objects.exists()


def test_what_changes_nothing_asks_for_nothing(shown):
    gate = saved(shown, rights=rights_of())
    assert (gate.undone, gate.request, gate.must_wait()) == (False, None, False)


def test_nothing_waits_where_no_record_came_of_it():
    gate = ApprovalGate(rights=rights_of())
    record = gate.run(lambda: actions.save(make_event(), by=gate.by))
    assert (gate.record, gate.undone) == (None, False)
    assert record.pk


def test_the_note_of_the_desk_is_stored_at_once_and_the_rest_waits(shown):
    gate = saved(shown, rights=rights_of(), title_en="New", internal_note="Call them")
    shown.refresh_from_db()
    assert (shown.title_en, shown.internal_note) == ("Old", "Call them")
    assert gate.request.edits[0]["fields"] == {"title_en": ["Old", "New"]}


def test_the_note_of_the_desk_alone_asks_for_nothing(shown):
    gate = saved(shown, rights=rights_of(), internal_note="Call them")
    shown.refresh_from_db()
    assert (shown.internal_note, gate.request) == ("Call them", None)


def test_the_reason_of_a_date_that_moves_goes_with_the_request(shown):
    shown.planned_end = "2027"
    shown.save()
    shown.refresh_from_db()
    end = type(shown.planned_end).parse("2028")
    gate = saved(shown, rights=rights_of(), because="Floods", planned_end=end)
    assert gate.request.moved_because == "Floods"


def test_a_row_that_was_added_to_what_is_public_waits(shown):
    gate = ApprovalGate(shown, rights=rights_of())
    new = Milestone(initiative=shown, title_en="Step")
    gate.run(lambda: actions.save(new, by=gate.by))
    assert not shown.milestones.exists()
    assert [(one["model"], one["action"]) for one in gate.request.edits] == [
        ("milestone", "created")
    ]


def test_a_row_that_was_removed_from_what_is_public_waits(shown):
    citation = cite(shown)
    gate = ApprovalGate(shown, rights=rights_of())
    gate.run(lambda: actions.remove_record(citation, by=gate.by))
    assert shown.citations.exists()
    assert [one["action"] for one in gate.request.edits] == ["deleted"]


def test_a_draft_on_whose_page_a_public_row_changes_waits(shown):
    draft = make_initiative(parties=["UZ"], publication="draft")
    step = make_milestone(shown)
    gate = ApprovalGate(draft, rights=rights_of())
    step.title_en = "Another"
    gate.run(lambda: actions.save(step, by=gate.by))
    assert gate.undone
    step.refresh_from_db()
    assert step.title_en == "Step"


def test_what_was_public_before_the_edit_counts_as_public(shown):
    """To take the only citation away leaves a source that nothing shows."""
    source = make_source("treaty")
    citation = cite(shown, source)
    gate = ApprovalGate(source, rights=rights_of(countries=["KZ"]))
    gate.run(lambda: (actions.save(source, by=None), actions.remove_record(citation, by=None)))
    assert gate.undone
    assert shown.citations.exists()


def test_who_publishes_elsewhere_does_not_give_the_record_to_that_desk():
    draft = make_initiative(CODE, parties=["UZ"], publication="draft")
    rights = rights_of(countries=["UZ"])
    other = make_desk("Other", countries=["KZ"])
    other.members.create(user=rights.user, role=DeskRole.PUBLISHER)
    gate = saved(draft, rights=Rights(rights.user), desk=other, title_en="New")
    assert gate.undone
    assert gate.request.edits[0]["fields"]["desk"] == [None, "Other"]
    assert "New" in gate.request.edits[0]["fields"]["title_en"]
    draft.refresh_from_db()
    assert draft.desk is None


def test_a_country_that_raises_the_own_role_waits():
    draft = make_initiative(CODE, parties=["UZ"], publication="draft")
    rights = rights_of(countries=["UZ"])
    make_desk("Other", countries=["KZ"]).members.create(user=rights.user, role=DeskRole.PUBLISHER)
    gate = ApprovalGate(draft, rights=Rights(rights.user))
    link = InitiativeCountry(initiative=draft, country=make_country("KZ"), role="party")
    gate.run(lambda: actions.save(link, by=gate.by))
    assert gate.undone
    assert draft.countries.count() == 1
