"""All that a status needs is entered on one page, and goes as one save or as one request."""

import pytest

from initiatives import actions
from initiatives.choices import DeskRole
from initiatives.lifecycle import NEED_LABELS, Need, Status
from initiatives.models import ChangeRequest, Citation
from tests.desk import address, errors_in, make_officer, send, signed_in, values_of
from tests.factories import cite, make_initiative, make_milestone, make_source, make_status_change
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
    """Public, in progress since 2024, with two open milestones."""
    record = make_initiative("CI-2024-0031", actual_start="2024-03", title_en="Road")
    make_status_change(record, Status.IN_PROGRESS, effective="2024-03")
    make_milestone(record, "Acceptance"), make_milestone(record, "Weighing station")
    return record


def page(record, to="implemented"):
    return address("initiative", "status", record.pk) + f"?to={to}"


def ended(**typed):
    return {
        "effective": "2026-10-30",
        "outcome_en": "48 km were opened.",
        "delivered": "full",
        "milestone-1-end": "reached",
        "milestone-1-locator": "point 1",
        "milestone-2-end": "dropped",
        "milestone-2-dropped_reason_en": "Moved to another programme",
        "source": make_source().pk,
        "locator": "p. 2",
        **typed,
    }


def asked(editor, road, **typed):
    answer = send(signed_in(editor), page(road), **ended(**typed))
    assert answer.status_code == 302, errors_in(answer)
    return ChangeRequest.objects.get()


def test_an_editor_asks_once_for_status_end_outcome_and_milestones(editor, road):
    request = asked(editor, road)
    assert (request.kind, request.to_status, request.state) == ("status", "implemented", "waiting")
    assert {edit["model"] for edit in request.edits} == {
        "initiative",
        "milestone",
        "citation",
        "statuschange",
    }
    road.refresh_from_db()
    assert (road.status, road.actual_end, road.outcome_en) == ("in_progress", None, None)
    assert all(milestone.is_open for milestone in road.milestones.all())


def test_one_approval_does_all_of_it_at_once(editor, reviewer, road, client):
    answer = decide(reviewer, asked(editor, road), "approve")
    assert answer.status_code == 302, errors_in(answer)
    road.refresh_from_db()
    first, second = road.milestones.all()
    assert (road.status, str(road.actual_end)) == ("implemented", "2026-10-30")
    assert (str(first.actual), second.dropped_reason_en) == (
        "2026-10-30",
        "Moved to another programme",
    )
    change = road.status_changes.last()
    assert (change.recorded_by, change.approved_by) == (editor, reviewer)
    told = client.get(f"/initiatives/{road.code}.json").json()
    assert (told["status"], told["actual_end"]) == ("implemented", "2026-10-30")
    assert "contradiction" not in told["flags"]


def test_one_edition_tells_the_public_all_of_it(editor, reviewer, road):
    from initiatives.models import Edition
    from initiatives.publication import issue_missing

    issue_missing()
    request, before = asked(editor, road), Edition.objects.count()
    decide(reviewer, request, "approve")
    assert Edition.objects.count() == before + 1


def test_each_milestone_is_cited_with_its_own_place_or_with_that_of_the_status(
    editor, reviewer, road
):
    decide(reviewer, asked(editor, road), "approve")
    places = Citation.objects.filter(milestone__initiative=road).order_by("milestone__number")
    assert list(places.values_list("locator", flat=True)) == ["point 1", "p. 2"]
    assert Citation.objects.get(status_change__initiative=road).locator == "p. 2"


def test_a_refusal_leaves_all_as_it_was(editor, reviewer, road):
    decide(reviewer, asked(editor, road), "reject", comment="Which protocol?")
    road.refresh_from_db()
    assert (road.status, road.actual_end) == ("in_progress", None)
    assert not Citation.objects.filter(milestone__initiative=road).exists()


def test_what_was_rejected_comes_back_into_every_field(editor, reviewer, road):
    request = asked(editor, road)
    decide(reviewer, request, "reject", comment="Which protocol?")
    desk = signed_in(editor)
    mend = desk.get(address("changerequest", "mend", request.pk)).url
    values = values_of(desk.get(mend))
    for name, typed in ended(source=str(make_source().pk)).items():
        assert values[name] == typed, name


def test_what_changed_meanwhile_is_not_overwritten_by_an_approval(editor, reviewer, road):
    request = asked(editor, road)
    road.refresh_from_db()
    road.outcome_en = "40 km were opened."
    actions.save(road, by=reviewer)
    assert "was changed in the meantime" in errors_in(decide(reviewer, request, "approve"))[0]
    road.refresh_from_db()
    assert (road.status, road.milestones.first().actual) == ("in_progress", None)


def test_a_publisher_saves_what_needs_no_second_person_at_once():
    record = make_initiative()
    make_status_change(record, Status.AGREED, effective="2023")
    desk = signed_in(make_officer())
    send(desk, page(record, "in_progress"), effective="2024-03", source=make_source().pk)
    record.refresh_from_db()
    assert (record.status, str(record.actual_start)) == ("in_progress", "2024-03")


def test_another_start_than_the_day_of_the_status_is_kept():
    record = make_initiative()
    make_status_change(record, Status.AGREED, effective="2023")
    typed = {"effective": "2024-03", "actual_start": "2024-01", "source": make_source().pk}
    send(signed_in(make_officer()), page(record, "in_progress"), **typed)
    record.refresh_from_db()
    assert str(record.actual_start) == "2024-01"


def test_an_end_before_the_start_is_refused_at_the_field_with_the_cure(editor, road):
    answer = send(signed_in(editor), page(road), **ended(actual_end="2023"))
    (error,) = errors_in(answer)
    assert "is before the actual start" in error
    assert "can be changed here" in error
    assert values_of(answer)["outcome_en"] == "48 km were opened."
    assert not ChangeRequest.objects.exists()


def test_a_date_before_the_status_before_is_refused_with_that_date(editor, road):
    answer = send(signed_in(editor), page(road), **ended(effective="2023", actual_end="2025"))
    errors = errors_in(answer)
    assert str(NEED_LABELS[Need.IN_ORDER]) in errors
    assert any("March 2024" in error for error in errors)


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"milestone-1-end": ""}, str(NEED_LABELS[Need.MILESTONES])),
        ({"milestone-2-dropped_reason_en": ""}, "Say why it was dropped"),
        ({"milestone-2-actual": "2025"}, "has no day on which it was reached"),
        ({"milestone-1-dropped_reason_ru": "Нет"}, "choose one of the two"),
        ({"milestone-1-actual": "2999"}, "must not be in the future"),
        ({"milestone-1-end": "perhaps"}, "Select a valid choice"),
        ({"outcome_en": ""}, str(NEED_LABELS[Need.OUTCOME])),
    ],
)
def test_what_is_missing_stands_at_its_field_and_nothing_is_written(editor, road, typed, error):
    answer = send(signed_in(editor), page(road), **ended(**typed))
    (told,) = errors_in(answer)
    assert error in told
    assert not ChangeRequest.objects.exists()
    assert values_of(answer)["effective"] == "2026-10-30"


def test_all_that_is_missing_is_told_at_once(editor, road):
    lacks = {"milestone-1-end": "", "outcome_en": "", "delivered": "", "effective": ""}
    answer = send(signed_in(editor), page(road), **ended(actual_end="2026", **lacks))
    expected = (Need.EFFECTIVE_DATE, Need.MILESTONES, Need.OUTCOME, Need.DELIVERED)
    assert {str(NEED_LABELS[need]) for need in expected} <= set(errors_in(answer))


def test_what_another_officer_wrote_meanwhile_is_told_before_it_is_replaced(editor, road):
    desk = signed_in(editor)
    typed = {**values_of(desk.get(page(road))), **ended()}
    road.refresh_from_db()
    road.outcome_en = "40 km were opened."
    actions.save(road, by=make_officer("olga"))
    answer = desk.post(page(road), typed)
    (error,) = errors_in(answer)
    assert "olga" in error
    assert "40 km" in error
    assert desk.post(page(road), {**values_of(answer), **ended()}).status_code == 302


def test_a_milestone_that_was_ended_meanwhile_is_told(road, editor):
    milestone = road.milestones.first()
    end = actions.MilestoneEnd(number=milestone.number, dropped_reason={"en": "Late"})
    milestone.dropped_reason_en = "Earlier"
    actions.save(milestone, by=editor)
    with pytest.raises(actions.Refused, match="in the meantime"):
        actions.enter_status(road, to="implemented", by=editor, milestones=[end])


def test_the_only_source_of_a_record_is_chosen_already(editor, road):
    only = make_source("protocol")
    cite(road, only)
    assert values_of(signed_in(editor).get(page(road)))["source"] == str(only.pk)
    cite(road, make_source("other"))
    assert values_of(signed_in(editor).get(page(road)))["source"] == ""


def test_correct_stands_beside_the_status(editor, road):
    last = road.status_changes.last()
    answer = signed_in(editor).get(address("initiative", "status", road.pk))
    assert f'href="?corrects={last.pk}"' in answer.content.decode()
    form = signed_in(editor).get(address("initiative", "change", road.pk))
    panel = form.content.decode().partition('class="desk-panel"')[2].partition("</section>")[0]
    assert f"/status/?corrects={last.pk}" in panel


def test_only_one_status_waits(editor, road):
    asked(editor, road)
    answer = send(signed_in(editor), page(road), **ended())
    assert errors_in(answer) == ["A status change already waits for approval."]
    assert ChangeRequest.objects.count() == 1
