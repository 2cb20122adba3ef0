"""manage.py verify: what is broken in the register or the histories is named, and ends with 1."""

import io

import pytest
from django.core.management import call_command

from initiatives.editions import chain
from initiatives.models import Edition, Initiative
from initiatives.publication import issue_missing
from tests.factories import cite, make_initiative, make_status_change

pytestmark = pytest.mark.django_db
CODE = "CI-2025-0001"


@pytest.fixture
def shown():
    initiative = make_initiative(CODE)
    make_status_change(initiative)
    cite(initiative)
    issue_missing()
    return initiative


def verify():
    """(exit code, what was written)."""
    written = io.StringIO()
    try:
        call_command("verify", stdout=written, stderr=written)
    except SystemExit as ending:
        return ending.code, written.getvalue()
    return 0, written.getvalue()


def append(**fields):
    """An edition as somebody would write it who goes round the program."""
    last = Edition.objects.order_by("position").last()
    values = {
        name: getattr(last, name)
        for name in ("kind", "key", "since", "state", "body", "body_digest", "cause", "batch")
    }
    values |= {"position": last.position + 1, "number": last.number + 1, "digest": "0" * 64}
    Edition.objects.bulk_create([Edition(**values | fields)])


def test_where_everything_holds_it_ends_with_0(shown):
    assert verify()[0] == 0


def test_a_line_that_does_not_follow_is_named(shown):
    append()
    code, written = verify()
    assert code == 1
    assert "position 2 (CI-2025-0001 2): the digest does not follow" in written


def test_another_body_than_the_digest_says_is_named(shown):
    first = Edition.objects.get()
    body = first.body.replace("Initiative", "Onitiative")
    values = {"position": 2, "number": 2, "body": body}
    line = chain.line_of(Edition(**_line(first) | values), first.digest)
    append(**values, digest=chain.digest_of(line))
    code, written = verify()
    assert code == 1
    assert "position 2 (CI-2025-0001 2): the body is not the one that was issued." in written


def _line(edition):
    names = ("kind", "key", "since", "state", "body_digest")
    return {name: getattr(edition, name) for name in names}


def test_a_gap_in_the_positions_is_named(shown):
    append(position=5)
    assert "position 5 (CI-2025-0001 2): the position before it is 1" in verify()[1]


def test_a_body_that_is_no_record_is_named(shown):
    append(body="{}", body_digest=chain.sha256("{}"))
    assert "the body cannot be read" in verify()[1]


def test_rows_that_were_changed_by_sql_are_named_until_editions_are_issued(shown):
    Initiative.objects.update(title_en="By hand")
    code, written = verify()
    assert code == 1
    assert f"initiative {CODE}: the register says something else than the rows." in written
    call_command("issue_editions", stdout=io.StringIO())
    assert verify()[0] == 0


def test_a_cached_status_that_its_history_does_not_give_is_named(shown):
    Initiative.objects.update(status="agreed")
    issue_missing()
    code, written = verify()
    assert code == 1
    assert f"{CODE}: agreed since" in written


def test_a_history_with_a_gap_is_named(shown):
    shown.status_changes.create(
        number=4, from_status="agreed", to_status="implemented", effective="2024"
    )
    written = verify()[1]
    assert f"{CODE}: status change 4 follows number 1; one is missing." in written
    assert f"{CODE}: status change 4 leads from agreed, not planned." in written
