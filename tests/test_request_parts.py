"""A reviewer approves some of what was asked for; the rest goes back, or waits on."""

import pytest

from initiatives import actions
from initiatives.choices import DeskRole
from initiatives.lifecycle import Status
from initiatives.models import Change, ChangeRequest, Citation
from initiatives.rights import Rights
from tests.desk import address, edit, errors_in, make_officer, send, signed_in
from tests.factories import make_initiative, make_milestone, make_source, make_status_change
from tests.requesting import decide

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_officer("edda", DeskRole.EDITOR)


@pytest.fixture
def reviewer():
    return make_officer("rustam", DeskRole.REVIEWER)


@pytest.fixture
def road():
    record = make_initiative(
        "CI-2024-0031", title_en="Road", planned_end="2027", first_planned_end="2027"
    )
    make_status_change(record, Status.IN_PROGRESS, effective="2024")
    return record


def asked(editor, road, **typed):
    answer = send(signed_in(editor), edit(road), **typed)
    assert answer.status_code == 302, errors_in(answer)
    return ChangeRequest.objects.get()


def parts(request):
    """The names of the fields of each part, by its number."""
    return [
        sorted(name for one in part.edits for name in one["fields"])
        for part in actions.parts_of(request)
    ]


def part_with(request, name):
    return next(number for number, names in enumerate(parts(request)) if name in names)


def part(who, request, *numbers, rest="back", comment="", **typed):
    values = {"part": list(numbers), "rest": rest, "comment": comment, **typed}
    return decide(who, request, "part", **values)


TEXTS = {"title_en": "Road, rebuilt", "summary_en": "48 km.", "summary_ru": "48 км."}


def test_one_field_is_approved_and_the_rest_goes_back_with_the_comment(editor, reviewer, road):
    request = asked(editor, road, **TEXTS)
    number = part_with(request, "title_en")
    answer = part(reviewer, request, number, comment="How many km?")
    assert answer.status_code == 302, errors_in(answer)
    road.refresh_from_db()
    assert (road.title_en, road.summary_en or "") == ("Road, rebuilt", "")
    taken, rest = ChangeRequest.objects.order_by("pk")
    assert (taken.state, rest.state) == ("approved", "rejected")
    assert [one["fields"].keys() for one in taken.edits] == [{"title_en"}]
    assert [one["fields"].keys() for one in rest.edits] == [{"summary_en", "summary_ru"}]
    assert (rest.created_by, rest.approver, rest.created_at) == (
        editor,
        reviewer,
        request.created_at,
    )
    assert rest.comment.startswith("How many km?")
    assert f"request {taken.pk}" in rest.comment
    assert f"request {rest.pk}" in taken.comment
    assert Change.objects.get(fields__has_key="title_en").approved_by == reviewer


def test_the_editor_mends_the_rest_and_asks_again(editor, reviewer, road):
    request = asked(editor, road, **TEXTS)
    part(reviewer, request, part_with(request, "title_en"), comment="How many km?")
    rest = ChangeRequest.objects.get(state="rejected")
    desk = signed_in(editor)
    told = desk.get(address("changerequest", "change", rest.pk)).content.decode()
    assert "How many km?" in told
    send(desk, address("changerequest", "mend", rest.pk), **{"edit-0-summary_en": "50 km."})
    again = ChangeRequest.objects.get(state="waiting")
    decide(reviewer, again, "approve")
    road.refresh_from_db()
    assert (road.title_en, road.summary_en) == ("Road, rebuilt", "50 km.")


def test_the_rest_may_wait_on_without_a_comment(editor, reviewer, road):
    request = asked(editor, road, **TEXTS)
    part(reviewer, request, part_with(request, "summary_ru"), rest="waits")
    rest = ChangeRequest.objects.get(state="waiting")
    assert rest.created_by == editor
    decide(reviewer, rest, "approve")
    road.refresh_from_db()
    assert (road.title_en, road.summary_ru) == ("Road, rebuilt", "48 км.")


@pytest.mark.parametrize(
    ("numbers", "typed", "refused"),
    [
        ([0], {}, "Say what has to be corrected."),
        ([], {"comment": "No"}, "Tick what you approve, or send all of it back."),
        ([99], {"comment": "No"}, "Tick what you approve, or send all of it back."),
        (["x"], {"comment": "No"}, "Tick what you approve, or send all of it back."),
        (["9" * 30], {"comment": "No"}, "Tick what you approve, or send all of it back."),
        ([0], {"rest": "away"}, "Say whether the rest goes back or waits on."),
    ],
)
def test_what_cannot_be_a_decision_is_refused_and_nothing_is_done(
    editor, reviewer, road, numbers, typed, refused
):
    request = asked(editor, road, **TEXTS)
    answer = part(reviewer, request, *numbers, **typed)
    assert refused in errors_in(answer)
    request.refresh_from_db()
    road.refresh_from_db()
    assert (request.state, road.title_en, ChangeRequest.objects.count()) == ("waiting", "Road", 1)
    assert typed.get("comment", "") in answer.content.decode()


def test_all_ticked_is_an_approval_of_all(editor, reviewer, road):
    request = asked(editor, road, **TEXTS)
    part(reviewer, request, *range(len(parts(request))))
    assert ChangeRequest.objects.get().state == "approved"


def test_two_clicks_decide_once(editor, reviewer, road):
    request = asked(editor, road, **TEXTS)
    for _click in range(2):
        part(reviewer, request, part_with(request, "title_en"), comment="Why?")
    assert ChangeRequest.objects.count() == 2
    with pytest.raises(actions.Refused):
        actions.approve_parts(request, [0], by=reviewer, comment="Why?")


def test_nothing_is_approved_of_what_was_taken_back(editor, reviewer, road):
    request = asked(editor, road, **TEXTS)
    actions.reject_request(request, by=editor, comment="")
    with pytest.raises(actions.Refused) as refused:
        actions.approve_parts(request, [0], by=reviewer, comment="Why?")
    assert "decided already" in str(refused.value)
    assert ChangeRequest.objects.count() == 1


def test_nobody_approves_a_part_of_their_own(road):
    both = make_officer("both", DeskRole.REVIEWER)
    request = asked(both, road, **TEXTS)
    with pytest.raises(actions.Refused) as refused:
        actions.approve_parts(request, [0], by=both, comment="Mine")
    assert "Somebody else" in str(refused.value)
    assert ChangeRequest.objects.get().state == "waiting"


def test_what_others_wrote_meanwhile_is_told_and_only_where_it_is_ticked(editor, reviewer, road):
    request = asked(editor, road, **TEXTS)
    road.refresh_from_db()
    road.title_en = "Highway"
    actions.save(road, by=reviewer)
    answer = part(reviewer, request, part_with(request, "title_en"), comment="Why?")
    assert any("was changed in the meantime" in text for text in errors_in(answer))
    answer = part(reviewer, request, part_with(request, "summary_en"), comment="Why?")
    assert answer.status_code == 302
    road.refresh_from_db()
    assert (road.title_en, road.summary_en) == ("Highway", "48 km.")


def test_a_promised_date_moves_with_its_reason(editor, reviewer, road):
    request = asked(editor, road, title_en="Road 2", planned_end="2028", moved_because="Floods")
    part(reviewer, request, part_with(request, "planned_end"), comment="Why the title?")
    revision = road.date_revisions.get()
    assert (str(revision.new), revision.reason) == ("2028", "Floods")


# --- What belongs together ------------------------------------------------------------------------


def test_a_status_is_one_part_with_all_that_it_states(editor, reviewer, road):
    step = make_milestone(road, "Acceptance")
    desk = signed_in(editor)
    page = address("initiative", "status", road.pk) + "?to=implemented"
    prefix = f"milestone-{step.number}-"
    send(
        desk,
        page,
        effective="2026-10",
        outcome_en="48 km",
        delivered="part",
        not_delivered_en="A bridge",
        source=make_source().pk,
        **{f"{prefix}end": "dropped", f"{prefix}dropped_reason_en": "Not needed"},
    )
    request = ChangeRequest.objects.get()
    assert len(parts(request)) == 1


def test_a_new_row_goes_with_what_refers_to_it(editor, reviewer, road):
    source = make_source()
    values = {
        "title_en": "Road 2",
        "milestones-TOTAL_FORMS": "1",
        "milestones-0-title_en": "Study",
        "milestones-0-planned": "2027",
        "milestones-0-cited_source": source.pk,
        "milestones-0-cited_place": "P9",
    }
    request = asked(editor, road, **values)
    number = part_with(request, "locator")
    assert {one["model"] for one in actions.parts_of(request)[number].edits} == {
        "milestone",
        "citation",
    }
    part(reviewer, request, number, comment="The title stays.")
    assert Citation.objects.get(milestone__title_en="Study").locator == "P9"
    road.refresh_from_db()
    assert road.title_en == "Road"


def test_how_much_was_delivered_goes_with_what_was_not(editor):
    done = make_initiative(status="implemented", actual_end="2025", outcome_en="x")
    make_status_change(done, "implemented")
    typed = {
        "title_en": "New",
        "delivered": "part",
        "not_delivered_en": "A",
        "not_delivered_ru": "Б",
    }
    request = asked(editor, done, **typed)
    number = part_with(request, "delivered")
    assert parts(request)[number] == ["delivered", "not_delivered_en", "not_delivered_ru"]
    assert len(parts(request)) == 2


def test_the_shares_of_sectors_are_one_part(editor, road):
    sector = road.sectors.get()
    other = make_initiative(main_sector="water").sectors.get().sector
    gate = actions.ApprovalGate(road, rights=Rights(editor))

    def act():
        sector.percent = 60
        actions.save(sector, by=editor)
        actions.save(type(sector)(initiative=road, sector=other, percent=40), by=editor)

    gate.run(act)
    assert len(parts(gate.request)) == 1


def test_a_change_that_is_taken_back_has_no_parts(editor, reviewer, road):
    road.refresh_from_db()
    road.title_en, road.summary_en = "Two", "Words"
    actions.save(road, by=reviewer)
    change = Change.objects.filter(initiative=road, model="initiative").latest("pk")
    gate = actions.ApprovalGate(road, rights=Rights(editor), reverts=change)
    gate.run(lambda: actions.revert(change, by=editor))
    assert len(parts(gate.request)) == 1


# --- The page -------------------------------------------------------------------------------------


def test_the_page_has_a_tick_for_each_part_and_only_for_who_decides(editor, reviewer, road):
    request = asked(editor, road, **TEXTS)
    page = address("changerequest", "change", request.pk)
    told = signed_in(reviewer).get(page).content.decode()
    assert told.count('name="part"') == 3
    assert "Approve what is ticked" in told
    assert 'name="part"' not in signed_in(editor).get(page).content.decode()


def test_one_part_alone_has_no_tick(editor, reviewer, road):
    request = asked(editor, road, title_en="Road 2")
    page = address("changerequest", "change", request.pk)
    assert 'name="part"' not in signed_in(reviewer).get(page).content.decode()


def test_what_was_ticked_is_ticked_when_it_is_refused(editor, reviewer, road):
    request = asked(editor, road, **TEXTS)
    number = part_with(request, "summary_ru")
    told = part(reviewer, request, number).content.decode()
    assert told.count("checked") == 2  # the tick, and what becomes of the rest
    assert f'id="part-{number}"' in told
