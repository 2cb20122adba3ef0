"""The queue of an officer: what is in it, in which order, and what each task leads to."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from initiatives import actions
from initiatives.choices import DeskRole, Publication
from initiatives.desk.work_queue import UNDATED, queue_of
from initiatives.lifecycle import Status
from initiatives.models import Initiative
from initiatives.rules import Flag
from tests import factories as make
from tests import queues
from tests.memberships import (
    ago,
    ask,
    ask_status,
    clean,
    codes,
    give_seat,
    made,
    make_member,
    refuse,
    rights,
    sections,
)

pytestmark = pytest.mark.django_db
pages = queues.pages
officer = queues.officer
other = queues.other


FAULTS = {
    Flag.OVERDUE: lambda: made(planned_end=make.in_days(-3)),
    Flag.DUE_SOON: lambda: made(planned_end=make.in_days(3)),
    Flag.STALE: lambda: made(created_at=ago(100)),
    Flag.STALLED: lambda: stalled(),
    Flag.CONTRADICTION: lambda: made(actual_start="2025", actual_end="2024"),
    Flag.UNSOURCED: lambda: unsourced(),
    Flag.UNTRANSLATED: lambda: without(made(), "summary_kk"),
    UNDATED: lambda: undated(),
}


def stalled():
    old = make.make_initiative(created_at=ago(300), last_checked_at=ago(1))
    return clean(old, recorded_at=ago(290))


def unsourced():
    bare = made()
    bare.status_changes.get().citations.all().delete()
    return bare


def without(record, name):
    setattr(record, name, "")
    record.save()
    return record


def undated():
    return clean(make.make_initiative(), effective=None, origin="import")


@pytest.mark.parametrize("task", FAULTS)
def test_a_fault_is_one_task_and_no_other(officer, task):
    code = FAULTS[task]().code
    found = sections(officer)
    assert list(found) == [task]
    assert [item.code for item in found[task].items] == [code]
    assert all(found[task].items[0].sentences)


def test_a_record_in_order_is_no_task(officer):
    made(planned_end=make.in_days(200))
    assert queue_of(rights(officer)).sections == ()
    assert queue_of(rights(officer)).tasks == 0


def test_the_order_is_that_of_urgency(officer, other):
    for fault in reversed(FAULTS.values()):
        fault()
    record = made()
    ask(record, officer)
    refuse(ask(made(), officer), other)
    assert list(sections(officer)) == ["rejected", *FAULTS, "asked"]


STEPS = {
    Flag.OVERDUE: ["change/#id_planned_end", "status/"],
    Flag.DUE_SOON: ["change/#id_planned_end", "status/"],
    Flag.STALE: ["step/checked/"],
    Flag.STALLED: ["status/"],
    Flag.CONTRADICTION: ["change/"],
    Flag.UNSOURCED: ["change/#citations-group"],
    Flag.UNTRANSLATED: ["change/#id_summary_kk"],
    UNDATED: ["status/?corrects="],
}


@pytest.mark.parametrize("task", FAULTS)
def test_each_task_has_its_one_click(officer, task):
    record = FAULTS[task]()
    steps = sections(officer)[task].items[0].steps
    ends = [f"/admin/initiatives/initiative/{record.pk}/{end}" for end in STEPS[task]]
    assert len(steps) == len(ends)
    assert all(step.address.startswith(end) for step, end in zip(steps, ends, strict=True))
    assert [step.posts for step in steps] == [task == Flag.STALE] * len(steps)


@pytest.mark.parametrize(
    ("task", "fields"),
    [
        (Flag.OVERDUE, [{"planned_end": make.in_days(-n)} for n in (30, 20, 10)]),
        (Flag.DUE_SOON, [{"planned_end": make.in_days(n)} for n in (1, 20, 80)]),
        (Flag.STALE, [{"created_at": ago(n)} for n in (250, 200, 100)]),
        (Flag.STALLED, [{"created_at": ago(n)} for n in (900, 600, 300)]),
        (Flag.UNSOURCED, [{}, {"publication": Publication.DRAFT}]),
    ],
)
def test_the_most_urgent_comes_first(officer, task, fields):
    last_first = [make.make_initiative(**one).code for one in reversed(fields)]
    assert codes(officer, task) == last_first[::-1]


def test_a_section_shows_ten_and_counts_all(officer):
    make.make_initiatives(12)
    section = sections(officer)[Flag.UNSOURCED]
    assert (section.count, len(section.items)) == (12, 10)
    assert section.lists[0].address.endswith("?flag=unsourced&work=mine")


def test_a_withdrawn_record_is_nobodys_task(officer):
    make.make_initiative(publication=Publication.WITHDRAWN)
    assert sections(officer) == {}


def test_what_is_somebody_elses_is_seen_for_the_whole_desk_only(officer, other):
    mine = make.make_initiative(owner=officer).code
    nobodys = make.make_initiative().code
    theirs = make.make_initiative(owner=other).code
    assert set(codes(officer, Flag.UNSOURCED)) == {mine, nobodys}
    assert set(codes(officer, Flag.UNSOURCED, mine=False)) == {mine, nobodys, theirs}


@pytest.mark.parametrize("role", [DeskRole.VIEWER, None])
def test_who_may_not_edit_has_no_tasks(role):
    user = make_member(role=role, desk="Everything" if role else None)
    ask(make.make_initiative(), make_member("olga"))
    assert sections(user) == {}


def test_a_desk_sees_no_task_of_another_desk():
    officer = make_member(desk=None)
    desk = give_seat(officer, name="Of nothing").desk
    desk.covers_all = False
    desk.save()
    make.make_initiative()
    assert sections(officer) == {}


def everything(officer, other):
    for fault in FAULTS.values():
        fault()
    ask(made(), other), ask_status(made(), other)
    ask(made(), officer), ask_status(made(), officer)
    refuse(ask(made(), officer), other), refuse(ask_status(made(), officer), other)


def test_one_of_each_and_ten_of_each_take_the_same_queries(officer, other):
    make_reviewer(officer)
    everything(officer, other)
    few = queries(officer)
    for _more in range(9):
        everything(officer, other)
    assert {section.count for section in queue_of(rights(officer)).sections} >= {10}
    assert queries(officer) == few <= 50


def make_reviewer(officer):
    officer.desks.update(role=DeskRole.REVIEWER)


def queries(officer):
    asking = rights(officer)
    with CaptureQueriesContext(connection) as captured:
        queue_of(asking)
    return len(captured)


@pytest.mark.parametrize("language", ["en", "ru", "uz", "kk"])
def test_the_queue_is_told_in_every_language(officer, other, language):
    everything(officer, other)
    with translation.override(language):
        assert len(queue_of(rights(officer)).sections) == 10


def test_saving_a_record_does_not_reset_stale_but_the_stamp_does(officer):
    record = made(created_at=ago(100))
    record.summary_en = "Another text"
    actions.save(record, by=officer)
    actions.save(make.make_milestone(record), by=officer)
    make.make_status_change(record, Status.AGREED)
    assert Flag.STALE in sections(officer)
    actions.mark_checked(record, by=officer)
    assert Flag.STALE not in sections(officer)


def test_a_record_read_before_the_stamp_does_not_take_it_away(officer):
    record = made(created_at=ago(100))
    read_before = Initiative.objects.get(pk=record.pk)
    actions.mark_checked(record, by=officer)
    read_before.summary_en = "Another text"
    actions.save(read_before, by=officer)
    assert Flag.STALE not in sections(officer)
