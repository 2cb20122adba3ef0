"""What the register costs a save: as many queries for ten records as for one, none of a draft."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives import actions
from initiatives.choices import EditionCause
from initiatives.models import Edition, Initiative
from initiatives.publication import issue_missing, issuing
from tests.desk import make_chief
from tests.factories import make_event, make_initiative, make_initiatives
from tests.full_records import make_full

pytestmark = pytest.mark.django_db
MOST = 26  # for a record and all its parts, of which three write


def queries(act):
    with CaptureQueriesContext(connection) as captured:
        act()
    return [one["sql"] for one in captured]


def issue(rows):
    return issuing.issue([row.code for row in rows], [], cause=EditionCause.EDIT)


def test_ten_records_take_the_same_queries_as_one():
    rows = [make_full(row, 2) for row in make_initiatives(11)]
    for_one = queries(lambda: issue(rows[:1]))
    for_ten = queries(lambda: issue(rows[1:]))
    assert Edition.objects.filter(kind="initiative").count() == 11
    assert len(for_ten) == len(for_one) <= MOST


def test_ten_events_take_the_same_queries_as_one():
    slugs = [make_event(publication="published").slug for _ in range(11)]
    for_one = queries(lambda: issuing.issue([], slugs[:1], cause=EditionCause.EDIT))
    for_ten = queries(lambda: issuing.issue([], slugs[1:], cause=EditionCause.EDIT))
    assert Edition.objects.filter(kind="event").count() == 11
    assert len(for_ten) == len(for_one)


def test_first_editions_of_ten_take_the_same_queries_as_of_one():
    make_full(make_initiative(), 1)
    issue_missing()
    make_full(make_initiative(), 1)
    for_one = queries(issue_missing)
    for row in make_initiatives(10):
        make_full(row, 1)
    assert len(queries(issue_missing)) == len(for_one)


def test_the_save_of_a_draft_reads_nothing_of_it_and_locks_nobody_out():
    draft = make_full(make_initiative(publication="draft"), 2)
    chief = make_chief()
    draft.title_en = "Another"
    asked = queries(lambda: actions.save(draft, by=chief))
    assert sum("initiatives_edition" in sql for sql in asked) == 1
    of_desk = [sql for sql in asked if "initiatives_deskrow" in sql]
    assert len(of_desk) <= 2  # what the desk asks of it is compared, and written where it differs
    others = [sql for sql in asked if sql not in of_desk]
    assert not any("advisory" in sql or "initiatives_milestone" in sql for sql in others)


def test_many_drafts_are_left_out_before_they_are_read():
    """However many: an import brings drafts by the thousand."""
    rows = make_initiatives(3, publication="draft")
    chief = make_chief()

    def rename(row):
        row.title_en = "Another"
        return actions.save(row, by=chief)

    asked = queries(lambda: actions.for_each(rows, rename, skip_failing=False))
    assert Initiative.objects.filter(title_en="Another").count() == 3
    assert sum("initiatives_edition" in sql for sql in asked) == 1
