"""A session with its protocol, entered by one verb: what comes of it, and who decides it."""

import pytest
from django.db import IntegrityError

from initiatives import actions
from initiatives.choices import DeskRole, RequestState
from initiatives.models import (
    Change,
    ChangeRequest,
    ChangeSet,
    Citation,
    Event,
    Initiative,
    Milestone,
    Source,
)
from initiatives.partial_dates import PartialDate
from initiatives.rights import Rights
from tests.desk import make_chief, make_desk, make_officer
from tests.factories import (
    cite,
    make_country,
    make_initiative,
    make_milestone,
    make_sector,
    make_source,
    make_status_change,
)

pytestmark = pytest.mark.django_db
DAY = PartialDate.parse("2025-11-20")


def session(**fields):
    event = Event(
        slug="session-4", kind="commission_session", title_en="Fourth session", start=DAY, **fields
    )
    source = Source(slug="protocol-4", title="Protocol No. 4", kind="protocol")
    sides = [make_country("UZ"), make_country("KZ")]
    return actions.Session(event=event, source=source, sides=sides, language="en")


def point(row, initiative=None, **fields):
    values = {"number": str(row), "decision": f"Decision {row}.", **fields}
    return actions.Point(row=row, initiative=initiative, **values)


def enter(points, by, **options):
    return actions.enter_session(session(), points, rights=Rights(by), **options)


def published(**fields):
    made = make_initiative(summary_en="Short", **fields)
    cite(make_status_change(made))
    return made


@pytest.fixture
def editor():
    return make_officer("editor", DeskRole.EDITOR)


@pytest.fixture
def publisher():
    return make_officer("publisher", DeskRole.PUBLISHER)


def test_a_publisher_enters_all_at_once(publisher):
    record = published()
    point_3 = point(3, record, to="agreed", deadline=PartialDate.parse("2027-Q1"))
    enter([point_3], publisher)
    link = record.events.get()
    assert (link.relation, link.decision_en, link.protocol_reference) == (
        "decided",
        "Decision 3.",
        "3",
    )
    step = record.milestones.get()
    assert (step.title_en, str(step.planned), step.protocol_reference) == (
        "Decision 3.",
        "2027-Q1",
        "3",
    )
    record.refresh_from_db()
    assert (record.status, str(record.status_since)) == ("agreed", "2025-11-20")


def test_each_point_is_cited_with_its_place_in_the_protocol(publisher):
    record = published()
    enter([point(3, record, to="agreed", deadline=DAY), point(4, record)], publisher)
    cited = Citation.objects.filter(source__slug="protocol-4")
    places = {name: set() for name in ("initiative", "status_change", "milestone", "event")}
    for row in cited:
        places[next(name for name in places if getattr(row, name))].add(row.locator)
    assert places == {
        "initiative": {"point 3", "point 4"},
        "status_change": {"point 3"},
        "milestone": {"point 3"},
        "event": {""},
    }
    assert cited.get(status_change__isnull=False).quote == "Decision 3."


def test_all_that_was_written_has_one_cause(publisher):
    record = published()
    change_set = enter([point(1, record, to="agreed"), point(2)], publisher)
    assert set(Change.objects.filter(recorded_by=publisher).values_list("change_set")) == {
        (change_set.pk,)
    }
    assert record.status_changes.last().change_set == change_set
    assert change_set.event.slug == "session-4"


def test_a_point_without_a_record_stays_with_the_session(publisher):
    enter([point(10, decision="Take note.\nOf trade.")], publisher)
    assert Event.objects.get().outcome_en == "10. Take note.\nOf trade."


def test_two_points_of_one_relation_stand_in_one_link(publisher):
    record = published()
    enter([point(1, record), point(2, record), point(3, record, relation="reviewed")], publisher)
    links = {row.relation: row for row in record.events.all()}
    assert links["decided"].decision_en == "Decision 1.\n\nDecision 2."
    assert links["decided"].protocol_reference == "1, 2"
    assert links["reviewed"].protocol_reference == "3"


def test_a_new_record_is_a_draft_with_the_sides_as_parties(editor):
    new = Initiative(title_en="Institute of seismology", kind="institution")
    enter([point(6, new, to="planned", sector=make_sector())], editor)
    made = Initiative.objects.get()
    assert (made.publication, made.kind, made.status) == ("draft", "institution", "planned")
    assert {row.country.iso2 for row in made.countries.all()} == {"UZ", "KZ"}
    assert made.desk is not None
    assert made.events.get().event.slug == "session-4"
    assert not ChangeRequest.objects.exists()


def test_an_editor_links_a_draft_at_once_and_asks_for_what_is_public(editor):
    draft, public = make_initiative(publication="draft"), published()
    change_set = enter(
        [point(1, draft, deadline=DAY), point(2, public, to="agreed", deadline=DAY)], editor
    )
    assert draft.events.exists()
    assert draft.milestones.exists()
    assert Event.objects.get().publication == "draft"
    assert not public.events.exists()
    public.refresh_from_db()
    assert public.status == "planned"
    asked = ChangeRequest.objects.get()
    assert (asked.change_set, asked.initiative) == (change_set, public)
    assert asked.to_status == "agreed"


def test_what_waits_is_approved_together(editor, publisher):
    records = [published(), published()]
    points = [
        point(n, record, to="in_progress", deadline=DAY) for n, record in enumerate(records, 1)
    ]
    change_set = enter(points, editor)
    assert actions.decide_together(change_set, rights=Rights(publisher), approve=True) == 2
    for record in records:
        record.refresh_from_db()
        assert (record.status, str(record.actual_start)) == ("in_progress", "2025-11-20")
        assert record.milestones.count() == 1
        assert record.events.count() == 1
        change = record.status_changes.last()
        assert (change.recorded_by, change.approved_by) == (editor, publisher)
        assert change.change_set == change_set
        assert change.citations.get().locator.startswith("point ")


def test_what_waits_is_refused_together_with_a_comment(editor, publisher):
    change_set = enter([point(1, published(), to="agreed")], editor)
    with pytest.raises(actions.Refused):
        actions.decide_together(change_set, rights=Rights(publisher), approve=False)
    actions.decide_together(change_set, rights=Rights(publisher), approve=False, comment="Page?")
    assert not actions.requests_of(change_set)
    assert ChangeRequest.objects.get().state == RequestState.REJECTED


def test_nobody_approves_their_own(editor):
    change_set = enter([point(1, published())], editor)
    with pytest.raises(actions.Refused):
        actions.decide_together(change_set, rights=Rights(editor), approve=True)


def test_implemented_always_waits_for_a_second_person(publisher):
    record = published()
    enter(
        [point(1, record, to="implemented", outcome="It was delivered.", delivered="full")],
        publisher,
    )
    record.refresh_from_db()
    assert (record.status, record.actual_end, record.outcome_en) == ("planned", None, None)
    request = ChangeRequest.objects.get()
    assert request.to_status == "implemented"
    actions.approve_request(request, by=make_chief())
    record.refresh_from_db()
    assert (record.status, str(record.actual_end)) == ("implemented", "2025-11-20")
    assert record.outcome_en == "It was delivered."


@pytest.mark.parametrize("role", [DeskRole.EDITOR, DeskRole.PUBLISHER])
def test_what_fails_is_told_at_its_row_and_nothing_is_stored(role):
    officer = make_officer("officer", role)
    good, bad = published(), published()
    make_milestone(bad, "Open step")
    points = [
        point(1, good),
        point(2, bad, to="implemented", outcome="Done.", delivered="full"),
        point(3, Initiative(title_en="x" * 251)),
    ]
    with pytest.raises(actions.PointsRefused) as refused:
        enter(points, officer)
    assert set(refused.value.rows) == {2, 3}
    assert "Mark every milestone as reached" in str(refused.value.rows[2])
    for model in (Event, ChangeSet, ChangeRequest):
        assert not model.objects.exists()
    assert not Source.objects.filter(slug="protocol-4").exists()
    assert not good.events.exists()


def test_a_record_of_another_desk_is_refused(editor):
    desk = make_desk("Transport", sectors=["transport"])
    officer = make_officer("other", DeskRole.PUBLISHER, desk)
    foreign = published(main_sector="energy")
    with pytest.raises(actions.PointsRefused) as refused:
        enter([point(1, foreign)], officer)
    assert "Your role on this record does not allow it." in str(refused.value.rows[1])


def test_only_a_country_that_takes_part_can_have_decided(publisher):
    record = published()
    with pytest.raises(actions.PointsRefused) as refused:
        enter([point(1, record, to="suspended", responsible=make_country("TJ"))], publisher)
    assert "takes no part in it" in str(refused.value.rows[1][0].messages)
    enter([point(1, record, to="suspended", responsible=make_country("KZ"))], publisher)
    change = record.status_changes.last()
    assert (change.reason_en, change.decided_by.iso2) == ("Decision 1.", "KZ")


def test_the_same_form_is_stored_once(publisher):
    token = ChangeSet().token
    enter([point(1)], publisher, token=token)
    with pytest.raises(IntegrityError):
        enter([point(1)], publisher, token=token)
    assert ChangeSet.objects.count() == 1


def test_a_stored_source_is_cited_and_not_made_again(publisher):
    given, stored = session(), make_source("protocol")
    given.source = stored
    record = published()
    actions.enter_session(given, [point(1, record)], rights=Rights(publisher))
    assert Source.objects.count() == 1
    assert record.citations.filter(source=stored, locator="point 1").exists()


def test_the_superuser_needs_no_desk():
    enter([point(1, Initiative(title_en="Fund"))], make_chief())
    assert Initiative.objects.get().events.exists()


def test_a_milestone_belongs_to_the_responsible_side(publisher):
    record = published()
    kz = make_country("KZ")
    enter([point(1, record, deadline=DAY, responsible=kz, milestone="Study begun")], publisher)
    step = Milestone.objects.get()
    assert (step.responsible, step.title_en) == (kz, "Study begun")


def test_an_actual_start_that_was_stored_meanwhile_stays(publisher):
    read = published()
    Initiative.objects.filter(pk=read.pk).update(actual_start=PartialDate.parse("2025-01"))
    enter([point(1, read, to="in_progress")], publisher)
    assert str(Initiative.objects.get().actual_start) == "2025-01"
