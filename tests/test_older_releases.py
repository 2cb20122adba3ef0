"""A database that an older release left is migrated, and back, and restored, and nothing is lost.

tests/data/releases/README.md says how the databases were made. The program of today runs on them
as an administrator runs it, one command after the other.
"""

import pytest
from django.db import connection

from tests.older_releases import Database, database_of, dump_of, lost
from tests.postgres_server import find_programs

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("older_releases")]
# The release, how many public records it had, and its last migration.
FIRST, LAST_OF_FIRST = "0.1.0", "0006_rows_that_an_import_makes"
SECOND = "0.2.0"
PUBLIC = 22
# What the manual says after `make install`; load_reference_data adds rows, and history of them.
STEPS = ("migrate", "load_reference_data", "refold", "verify")
GROWS = {"initiatives_change", "initiatives_country", "initiatives_sector"}
# Requests of a status became change requests.
STATUS_REQUESTS = "initiatives_statusrequest"
REQUESTS = [
    ["edit", "waiting", ""],
    ["status", "rejected", "Where is that said?"],
    ["status", "waiting", ""],
]


@pytest.fixture
def older(tmp_path):
    if connection.vendor == "postgresql" and not (find_programs() / "psql").is_file():
        pytest.skip("psql is not installed")
    return lambda release: database_of(release, connection.vendor, tmp_path)


def upgrade(database: Database) -> None:
    for step in STEPS:
        written = database.manage(step)
    assert "Everything holds." in written


def test_the_first_release_comes_forward_goes_back_and_comes_again(older, tmp_path):
    with older(FIRST) as database:
        before = database.rows()
        upgrade(database)
        assert_kept(before, database.rows())
        assert_answers(database)
        after = database.rows()
        database.manage("backup", tmp_path / "backups")
        database.manage("migrate", "initiatives", LAST_OF_FIRST)
        assert_back(before, database.rows())
        database.manage("migrate")
        assert "Everything holds." in database.manage("verify")
        assert_kept(before, database.rows())
        (backup,) = (tmp_path / "backups").iterdir()
        assert "Restored" in database.manage("restore", backup, "--force")
        assert lost(_without_search(after), database.rows()) == []
        assert "Everything holds." in database.manage("verify")


def assert_kept(before, now):
    asked = before.pop(STATUS_REQUESTS)
    assert [one for one in lost(before, now) if one[2].keys() != {"last_login"}] == []
    numbers = {table: len(now[table]) for table in before if table not in GROWS}
    numbers["initiatives_changerequest"] -= len(asked)
    assert numbers == {table: len(before[table]) for table in numbers}
    before[STATUS_REQUESTS] = asked


def assert_back(before, now):
    """As it was, but for the column of the reason without a language, which no program reads."""
    gone = lost(before, now)
    assert {table for table, *_ in gone} <= {STATUS_REQUESTS, "auth_user"}
    assert {name for *_, differs in gone for name in differs} <= {"reason", "last_login"}


def assert_answers(database):
    told = database.answers()
    assert {page: status for page, status in told["pages"].items() if status != 200} == {}
    assert len(told["codes"]) == PUBLIC
    assert set(told["codes"]) <= set(told["told"])
    assert told["requests"] == REQUESTS
    assert told["authenticated"] is True


def _without_search(rows):
    """The tables that the text index of SQLite keeps for itself are made anew."""
    return {table: found for table, found in rows.items() if "search" not in table}


def test_the_register_of_the_second_release_is_continued(older):
    with older(SECOND) as database:
        before = database.rows()
        upgrade(database)
        now = database.rows()
        assert_kept(before, now)
        assert len(before["initiatives_edition"]) > PUBLIC
        assert now["initiatives_edition"][0]["digest"] == before["initiatives_edition"][0]["digest"]
        assert_answers(database)


@pytest.mark.once
@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
@pytest.mark.parametrize("release", [FIRST, SECOND])
def test_the_dumps_hold_invented_work_and_nothing_of_anybody(release, vendor):
    dump = dump_of(release, vendor)
    assert "Renamed before the upgrade" in dump
    assert "Canal of the north" in dump
    assert "@" not in dump.replace("@localhost", "")
    assert "initiatives_statusrequest" in dump
    assert ("initiatives_edition" in dump) == (release == SECOND)
