"""manage.py backup and restore: all comes back as it was, or nothing is touched."""

import stat
import threading
from datetime import UTC, date, datetime

import msgspec
import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.recorder import MigrationRecorder

from initiatives import document_store, verification
from initiatives.backups import archive, manifest
from initiatives.models import DeskRow, Edition, Initiative, Sector
from initiatives.publication import desk_rows, issue_missing
from tests import factories as make
from tests.backing_up import (
    CODE,
    add_accounts_and_readers,
    backup,
    everything,
    make_site,
    needs_programs_of_database,
    rewritten,
    run,
)
from tests.documents import keep_in

pytestmark = pytest.mark.django_db(transaction=True)
postgres_only = pytest.mark.skipif(connection.vendor != "postgresql", reason="of pg_dump")


@pytest.fixture(autouse=True)
def _programs(monkeypatch):
    needs_programs_of_database(monkeypatch)


@pytest.fixture
def documents(settings, tmp_path):
    return keep_in(settings, tmp_path / "documents")


@pytest.fixture
def site(transactional_db, documents):
    return make_site()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "backups"


def test_an_emptied_database_gets_all_of_it_back(site, folder):
    add_accounts_and_readers()
    file, before = backup(folder), everything()
    call_command("flush", interactive=False, verbosity=0)
    document_store.remove(site)
    code, written = run("restore", file)
    assert (code, "1 documents" in written) == (0, True), written
    assert everything() == before
    assert document_store.has(site)
    assert run("verify")[0] == 0


def test_the_restored_register_is_guarded_and_goes_on(site, folder):
    file = backup(folder)
    assert run("restore", file, "--force")[0] == 0
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("DELETE FROM initiatives_edition")
    connection.close()
    make.cite(make.make_initiative("CI-2025-0002"))
    call_command("issue_editions", verbosity=0)
    assert Edition.objects.count() == 2
    assert run("verify")[0] == 0


def test_only_we_may_read_it_and_nothing_else_lies_there(site, folder):
    file = backup(folder)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert list(folder.iterdir()) == [file]


def test_what_is_not_empty_is_replaced_by_force_only(site, folder):
    file = backup(folder)
    Initiative.objects.update(title_en="Newer")
    before = everything()
    code, written = run("restore", file)
    assert code == 1
    assert "The database is not empty" in written
    assert "no accounts" in written
    assert everything() == before
    assert run("restore", file, "--force")[0] == 0
    assert Initiative.objects.get().title_en == f"Initiative {CODE}"


def test_a_database_with_an_account_alone_is_not_empty(site, folder):
    file = backup(folder)
    call_command("flush", interactive=False, verbosity=0)
    User.objects.create_user("aziza")
    assert run("restore", file)[0] == 1
    assert User.objects.filter(username="aziza").exists()


def test_what_verify_finds_fault_in_is_not_restored_unless_accepted(site, folder, monkeypatch):
    file, before = backup(folder), everything()
    document_store.remove(site)
    monkeypatch.setitem(verification.CHECKS, "Search", lambda reached: iter(["it is lost"]))
    code, written = run("restore", file, "--force")
    assert code == 1
    assert "Search: it is lost" in written
    assert everything() == before
    assert not document_store.has(site)
    code, written = run("restore", file, "--force", "--accept-faults")
    assert code == 0
    assert "Accepted: Search: it is lost" in written


def test_another_number_of_rows_than_was_saved_is_not_restored(site, folder, tmp_path):
    def wrong(said):
        rows = said.contents.rows | {"initiatives_country": 40}
        return msgspec.structs.replace(
            said, contents=msgspec.structs.replace(said.contents, rows=rows)
        )

    file, before = rewritten(backup(folder), tmp_path / "wrong.tar", wrong), everything()
    code, written = run("restore", file, "--force")
    assert code == 1
    assert "initiatives_country has 2 rows, not 40" in written
    assert everything() == before


def test_the_backup_of_the_other_database_is_refused_with_the_way_to_go(site, folder, tmp_path):
    other = "postgresql" if connection.vendor == "sqlite" else "sqlite"
    file = rewritten(
        backup(folder),
        tmp_path / "other.tar",
        lambda said: msgspec.structs.replace(said, engine=other),
    )
    code, written = run("restore", file, "--force")
    assert code == 1
    assert "dumpdata and loaddata" in written


@pytest.mark.parametrize("newer", ["format", "migration"])
def test_the_backup_of_a_newer_program_is_refused(site, folder, tmp_path, newer):
    def change(said):
        if newer == "format":
            return msgspec.structs.replace(said, format=manifest.FORMAT + 1, version="9.0")
        applied = [*said.contents.migrations, "initiatives.9999_later"]
        held = msgspec.structs.replace(said.contents, migrations=applied)
        return msgspec.structs.replace(said, contents=held, version="9.0")

    file = rewritten(backup(folder), tmp_path / "newer.tar", change)
    code, written = run("restore", file, "--force")
    assert code == 2
    assert "version 9.0" in written
    assert "Install that version." in written


def test_the_backup_of_a_database_that_was_upgraded_is_restored(site, folder):
    """The last migration is renumbered with each new one, and its old names stay there."""
    before = everything()
    recorder = MigrationRecorder(connection)
    recorder.record_applied("initiatives", "0029_first_editions")
    try:
        code, written = run("restore", backup(folder), "--force")
    finally:
        recorder.record_unapplied("initiatives", "0029_first_editions")
    assert code == 0, written
    assert everything() == before


@pytest.mark.no_editions
def test_a_site_in_another_time_zone_takes_it(site, folder, settings):
    """What the desk asks of all records has days of the site in it."""
    late = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)  # the next day in Tashkent, and not in London
    Initiative.objects.update(last_checked_at=late)
    issue_missing()
    settings.TIME_ZONE = "Asia/Tashkent"
    desk_rows.follow_all()
    file = backup(folder)
    settings.TIME_ZONE = "Europe/London"
    code, written = run("restore", file, "--force")
    assert code == 0, written
    assert DeskRow.objects.get().check_by == date(2026, 5, 30)


@pytest.mark.slow
def test_an_older_backup_is_brought_up_to_this_program(site, folder):
    before = everything()
    call_command("migrate", "initiatives", "0027", verbosity=0)
    try:
        file = backup(folder)
    finally:
        call_command("migrate", verbosity=0)
    code, written = run("restore", file, "--force")
    assert code == 0, written
    assert "It was older than this program" in written
    assert everything() == before


def test_writers_go_on_meanwhile_and_the_copy_is_of_one_instant(site, folder):
    """Sectors come in pairs, so whoever sees half of a pair has seen two instants."""
    stop, pairs = threading.Event(), []

    def write():
        try:
            while not stop.is_set():
                with transaction.atomic():
                    for part in "ab":
                        slug = f"{part}-{len(pairs)}"
                        Sector.objects.create(slug=slug, name_en=slug)
                pairs.append(1)
        finally:
            connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        file = backup(folder)
    finally:
        stop.set()
        writer.join()
    held, _ = archive.checked(file, folder)
    assert pairs
    (alone,) = Sector.objects.exclude(slug__contains="-").values_list("slug")  # of the site
    assert alone
    assert held.contents.rows["initiatives_sector"] % 2 == 1


def test_a_full_disk_is_told_with_the_cure_and_leaves_nothing(site, folder, monkeypatch):
    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive.Writer, "add_document", full)
    code, written = run("backup", folder)
    assert code == 1
    assert "No space left on device" in written
    assert "Make room or name another folder" in written
    assert list(folder.iterdir()) == []
