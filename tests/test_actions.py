"""The verbs: one transaction, one record, and nothing when nothing differs."""

import pytest

from initiatives import actions
from initiatives.actions.accounts.officers import create_demo_officers
from initiatives.models import Change, DateRevision, Initiative, Milestone
from initiatives.partial_dates import PartialDate
from initiatives.rights import Rights
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(django_user_model):
    return django_user_model.objects.create_user("officer")


@pytest.fixture
def initiative():
    return make.make_initiative(
        "CI-2025-0001", planned_end="2027", first_planned_end="2027", publication="draft"
    )


def last_change():
    return Change.objects.order_by("-id").first()


def test_a_new_initiative_gets_the_next_code_of_the_year(officer):
    year = PartialDate.parse("2025").first.year
    make.make_initiative(f"CI-{year}-0041")
    codes = [actions.save(Initiative(title_en="New"), by=officer).code for _ in range(2)]
    number = [int(code.rsplit("-", 1)[1]) for code in codes]
    assert number[1] == number[0] + 1


def test_a_code_never_comes_back(officer):
    first = actions.save(Initiative(title_en="New"), by=officer)
    actions.erase_draft(first, by=officer)
    assert actions.save(Initiative(title_en="Newer"), by=officer).code != first.code


def test_a_save_records_who_changed_what(initiative, officer):
    initiative.title_ru = "Новое"
    actions.save(initiative, by=officer)
    change = last_change()
    assert change.fields == {"title_ru": [None, "Новое"]}
    assert (change.recorded_by, change.initiative, change.action) == (
        officer,
        initiative,
        "changed",
    )
    assert (initiative.version, initiative.updated_by) == (2, officer)


def test_saving_what_does_not_differ_writes_nothing(initiative, officer):
    actions.save(initiative, by=officer)
    assert not Change.objects.exists()
    assert Initiative.objects.get().version == 1


def test_a_save_over_somebody_elses_is_refused(initiative, officer):
    mine = Initiative.objects.get()
    initiative.title_en = "Theirs"
    actions.save(initiative, by=officer)
    mine.title_en = "Mine"
    with pytest.raises(actions.Conflict) as refusal:
        actions.save(mine, by=officer, seen=1)
    assert refusal.value.theirs.title_en == "Theirs"
    assert Initiative.objects.get().title_en == "Theirs"


def test_a_change_of_a_part_marks_the_whole_as_updated(initiative, officer):
    before = Initiative.objects.get().updated_at
    actions.save(Milestone(initiative=initiative, title_en="Step"), by=officer)
    assert Initiative.objects.get().updated_at > before
    assert initiative.milestones.get().number == 1


def test_a_moved_promise_leaves_its_trace(initiative, officer):
    initiative.planned_end = PartialDate.parse("2028-H1")
    actions.save(initiative, by=officer, reason="Late delivery")
    moved = DateRevision.objects.get()
    assert (str(moved.old), str(moved.new), moved.reason) == ("2027", "2028-H1", "Late delivery")
    assert str(Initiative.objects.get().first_planned_end) == "2027"


def test_the_first_promise_is_frozen(officer):
    new = actions.save(
        Initiative(title_en="New", planned_end=PartialDate.parse("2027")), by=officer
    )
    new.publication = "published"
    new.planned_end = PartialDate.parse("2029")
    actions.save(new, by=officer, reason="Floods")
    assert str(Initiative.objects.get().first_planned_end) == "2027"


def test_a_circle_of_parents_is_refused(initiative, officer):
    child = make.make_initiative(parent=initiative)
    initiative.parent = child
    with pytest.raises(actions.Refused, match="part of itself"):
        actions.save(initiative, by=officer)


def test_an_event_counts_its_changes_for_calendars(officer):
    event = make.make_event()
    event.place_en = "Samarkand"
    actions.save(event, by=officer)
    assert event.sequence == 1
    actions.save(event, by=officer)
    assert event.sequence == 1


def test_links_are_recorded(officer):
    event = make.make_event()
    actions.set_links(event, "countries", [make.make_country("UZ")], by=officer)
    assert last_change().fields == {"countries": [[], ["UZ"]]}


def test_removing_a_part_keeps_what_it_said(initiative, officer):
    actions.remove_record(make.make_funding(initiative, "5.00"), by=officer)
    assert last_change().action == "deleted"
    assert last_change().fields["amount"] == ["5.00", None]


def test_only_the_stamp_resets_the_day_of_the_last_check(initiative, officer):
    initiative.title_en = "Edited"
    actions.save(initiative, by=officer)
    assert Initiative.objects.get().last_checked_at is None
    actions.mark_checked(initiative, by=officer)
    assert Initiative.objects.get().last_checked_by == officer


def test_the_demo_officers_share_a_desk_with_three_roles():
    made = create_demo_officers(password="a long pass phrase")
    roles = {name: Rights(user).highest for name, user in made.items()}
    assert roles == {"officer": 4, "reviewer": 3, "editor": 2}
    assert not any(user.is_superuser or user.has_perm("auth.change_user") for user in made.values())
