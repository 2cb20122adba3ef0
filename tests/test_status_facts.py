"""What the rows of a record say when a status is to be entered, and which date comes before it."""

from datetime import date

import pytest
from django.utils import timezone

from initiatives import actions
from initiatives.actions.change_sets import change_set_of
from initiatives.choices import ChangeSetKind, CountryRole, Origin
from initiatives.lifecycle import StatusFacts
from initiatives.models import Initiative
from initiatives.partial_dates import PartialDate
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = PartialDate.parse("2025-05-14")
NOTHING = dict.fromkeys(("effective", "source", "event", "decided_by"))


def facts(initiative, *, second_person=False, **details):
    stored = Initiative.objects.get(pk=initiative.pk)
    values = {**NOTHING, "reason": "", "second_person": second_person, **details}
    return actions.facts_for(stored, **values)


def test_an_empty_record_gives_no_facts_but_the_day():
    empty = make.make_initiative(parties=[], main_sector=None)
    assert facts(empty) == StatusFacts(today=timezone.localdate())


def test_a_full_record_gives_all_of_them():
    record = make.make_initiative(
        parties=["UZ", "KZ"],
        main_sector="energy",
        sectors=["water", "trade"],
        organisations=["bank"],
        actual_start="2024",
        actual_end="2025-05",
        outcome_kk="Салынды",
        status_since="2024-02",
    )
    make.add_country(record, "KZ", CountryRole.LEAD)  # one country in two roles is one party
    make.add_country(record, "TJ", CountryRole.OBSERVER)
    make.make_status_change(record, effective="2024-02")
    make.link_event(record, make.make_event(), "signed")
    make.make_milestone(record)
    make.make_milestone(record, actual="2025")
    day, source = PartialDate.parse("2025-05-14"), make.make_source("news", kind="media")
    known = {"effective": day, "reason": "So", "source": source, "second_person": True}
    decided = {"decided_by": make.make_country("UZ"), "imported": True, "elsewhere": True}
    assert facts(record, **known, **decided) == StatusFacts(
        today=timezone.localdate(),
        effective=day,
        previous=PartialDate.parse("2024-02"),
        reason="So",
        source_kinds=frozenset({"media"}),
        public_source=True,
        held_event_relations=frozenset({"signed"}),
        main_sectors=1,
        parties=2,
        organisations=1,
        start=PartialDate.parse("2024"),
        end=PartialDate.parse("2025-05"),
        open_milestones=1,
        outcome="Салынды",
        decided_by="UZ",
        second_person=True,
        imported=True,
        elsewhere=True,
    )


def test_of_events_those_that_were_held_carry_a_decision():
    record = make.make_initiative()
    make.link_event(record, make.make_event(state="planned"), "signed")
    assert facts(record).held_event_relations == frozenset()
    held = make.make_event(state="held")
    make.link_event(record, held, "agreed")
    assert facts(record).held_event_relations == {"agreed"}
    other = make.make_event(state="held")
    make.link_event(record, other, "reviewed")
    assert facts(record, event=other).held_event_relations == {"reviewed"}
    assert facts(record).held_event_relations == {"agreed", "reviewed"}


# --- The date before ------------------------------------------------------------------------------


def before(initiative, **details):
    previous = facts(initiative, **details).previous
    return previous and str(previous)


def test_before_the_first_status_there_is_no_date_even_where_one_is_stored():
    record = make.make_initiative(status_since="2024-02")
    assert before(record) is None
    make.make_status_change(record, effective="2024-03")
    assert before(record) == "2024-03"


@pytest.fixture
def history():
    """Planned, then agreed by mistake, then corrected to be in progress."""
    record = make.make_initiative()
    planned = make.make_status_change(record, "planned", effective="2020")
    wrong = make.make_status_change(record, "agreed", effective="2025")
    mended = make.make_status_change(record, "in_progress", effective="2021", corrects=wrong)
    return record, planned, wrong, mended


def test_a_correction_follows_what_the_mistake_followed(history):
    record, planned, _wrong, mended = history
    assert before(record) == "2021"
    assert before(record, to="agreed", corrects=mended) == "2020"  # the mistake counts no more
    assert before(record, to="agreed", corrects=planned) is None


def test_a_correction_back_to_the_status_before_stands_in_its_place_too(history):
    record, _planned, _wrong, mended = history
    assert before(record, to="planned", corrects=mended) is None


def test_the_status_right_before_the_mistake_counts():
    record = make.make_initiative()
    for status, day in (("planned", "2020"), ("agreed", "2022"), ("cancelled", "2023")):
        last = make.make_status_change(record, status, effective=day)
    assert before(record, to="in_progress", corrects=last) == "2022"


def test_the_days_of_facts_are_those_of_the_desk(settings):
    record = make.make_initiative()
    for zone in ("Pacific/Kiritimati", "Pacific/Niue"):  # their days are never the same
        with timezone.override(zone):
            assert facts(record).today == timezone.localdate()
    assert isinstance(facts(record).today, date)


def test_it_is_known_that_another_publisher_says_it():
    assert facts(make.make_initiative(), imported=True, elsewhere=True).elsewhere


def test_what_another_publisher_says_may_lack_more_than_a_file_of_ours():
    record = make.make_initiative(parties=[], main_sector=None)
    stated = {"effective": DAY, "source": make.make_source(), "origin": Origin.IMPORT}
    with pytest.raises(actions.NeedsMissing):
        actions.change_status(record, to="planned", by=None, **stated)
    change = actions.change_status(record, to="planned", by=None, elsewhere=True, **stated)
    assert change.to_status == "planned"


def test_a_status_for_many_names_the_change_set(django_user_model):
    officer = django_user_model.objects.create_user("one")
    source, record = make.make_source(), make.make_initiative()
    with change_set_of(ChangeSetKind.STATUS, by=officer) as change_set:
        change = actions.change_status(
            record, to="planned", by=officer, effective=DAY, source=source
        )
    change.refresh_from_db()
    assert change.change_set == change_set


def test_how_much_was_delivered_goes_with_the_status_and_not_before():
    record = make.make_initiative(
        actual_start="2024", actual_end="2025", outcome_en="Built", delivered="full"
    )
    stated = {"effective": DAY, "source": make.make_source()}
    ended = actions.change_status(record, to="implemented", by=None, awaits_approval=True, **stated)
    record.refresh_from_db()
    assert record.delivered == "full"
    actions.change_status(
        record, to="in_progress", by=None, corrects=ended, reason="Mixed up", **stated
    )
    record.refresh_from_db()
    assert record.delivered == ""


def test_what_was_not_delivered_is_known_in_any_language():
    assert facts(make.make_initiative(not_delivered_kk="Екінші кезең")).not_delivered == (
        "Екінші кезең"
    )


def test_a_correction_back_to_a_status_may_give_it_an_earlier_date():
    record = make.make_initiative()
    make.make_status_change(record, "planned", effective="2024-05")
    wrong = make.make_status_change(record, "agreed", effective="2024-06")
    stated = {"effective": PartialDate.parse("2024-03"), "source": make.make_source()}
    back = actions.change_status(
        record, to="planned", by=None, corrects=wrong, reason="Mixed up", **stated
    )
    assert (back.to_status, str(back.effective)) == ("planned", "2024-03")
