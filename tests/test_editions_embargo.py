"""What begins by time alone is in the register ahead, and nothing begins that was put off."""

from datetime import timedelta

import pytest
from django.utils import timezone

from initiatives.models import Edition
from initiatives.publication import issue_missing
from tests import factories as make
from tests.registering import CODE, added, body, keys_of, make_shown, save, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.no_editions]
PART = "CI-2025-0003"


@pytest.fixture
def days():
    now = timezone.now()
    return [now + timedelta(days=number) for number in range(6)]


def current(at, key=CODE):
    """(state, body) of what holds at an instant; None if there is nothing."""
    found = Edition.objects.filter(key=key).current(at).first()
    return found and (found.state, found.body)


def states(key, days):
    return [found and found[0] for found in (current(day, key) for day in days)]


def test_an_embargo_that_is_prolonged_leaves_no_day_on_which_the_old_one_ends(days):
    shown = make_shown(embargo_until=days[1])
    added(lambda: save(shown, embargo_until=days[3]))
    assert states(CODE, days)[0] is None
    assert states(CODE, days)[1:3] == ["withdrawn", "withdrawn"]
    assert states(CODE, days)[3:] == ["published"] * 3


def test_an_embargo_that_ends_sooner_or_at_once_ends_so(days):
    shown = make_shown(embargo_until=days[4])
    added(lambda: save(shown, embargo_until=days[2]))
    assert states(CODE, days) == [None, None, "published", "published", "published", "published"]
    added(lambda: save(shown, embargo_until=None))
    assert states(CODE, [timezone.now(), *days[1:]]) == ["published"] * 6


def test_what_is_edited_under_an_embargo_begins_as_it_was_last(days):
    shown = make_shown(embargo_until=days[2])
    added(lambda: save(shown, title_en="CANARY"))
    added(lambda: save(shown, title_en="Mended"))
    assert states(CODE, days[:3]) == [None, None, "published"]
    assert "Mended" in current(days[2])[1]


def test_what_is_withdrawn_under_an_embargo_never_begins(days):
    shown = make_shown(embargo_until=days[2])
    added(lambda: withdraw(shown))
    assert "published" not in states(CODE, [timezone.now(), *days[1:]])


def test_a_whole_names_a_part_from_the_end_of_its_embargo_on(days):
    whole = make_shown()
    new = added(lambda: make_shown(PART, parent=whole, embargo_until=days[2]))
    assert keys_of(new) == [CODE, PART]
    found = [Edition.objects.filter(key=CODE).current(day).get() for day in days[1:]]
    assert [body(one).children for one in found] == [(), (PART,), (PART,), (PART,), (PART,)]


def test_a_whole_and_a_part_that_appear_together_name_each_other_at_once(days):
    whole = make_shown(embargo_until=days[2])
    make_shown(PART, parent=whole, embargo_until=days[2])
    at_the_end = Edition.objects.filter(key__in=[CODE, PART]).current(days[2])
    bodies = {one.key: body(one) for one in at_the_end}
    assert (bodies[CODE].children, bodies[PART].parent) == ((PART,), CODE)


def test_an_edit_meanwhile_keeps_what_was_written_ahead(days):
    whole = make_shown()
    part = make_shown(PART, parent=whole, embargo_until=days[2])
    added(lambda: save(whole, title_en="Edited"))
    later = body(Edition.objects.filter(key=CODE).current(days[2]).get())
    assert (later.title.en, later.children) == ("Edited", (PART,))
    added(lambda: withdraw(part))
    later = body(Edition.objects.filter(key=CODE).current(days[3]).get())
    assert (later.title.en, later.children) == ("Edited", ())


def test_an_event_is_let_out_by_the_embargo_that_ends_first(days):
    event = make.make_event("summit")
    named = make_shown()
    make.make_status_change(named, "agreed", event=event)
    for code, until in ((PART, days[4]), ("CI-2025-0004", days[2])):
        make.link_event(make.make_initiative(code, embargo_until=until), event)
    issue_missing()
    assert states("summit", days) == [
        None,
        None,
        "published",
        "published",
        "published",
        "published",
    ]
    events = [
        body(Edition.objects.filter(key=CODE).current(day).get()).history[-1].event
        for day in (timezone.now(), days[2])
    ]
    assert events == [None, "summit"]
