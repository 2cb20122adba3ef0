"""manage.py backup and restore: keys, documents, signals, and the programs of PostgreSQL."""

import os
import signal
import subprocess

import pytest
from django.db import connection

from initiatives import document_store
from initiatives.backups import postgresql, programs
from initiatives.management.stopping import stopped_by_signals
from tests.backing_up import (
    backup,
    everything,
    make_site,
    needs,
    needs_programs_of_database,
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


def test_an_encrypted_one_is_restored_with_its_key(site, folder, tmp_path, monkeypatch):
    needs(monkeypatch, "age", "age-keygen")
    key, before = tmp_path / "key.txt", everything()
    subprocess.run(["age-keygen", "-o", key], check=True, capture_output=True)
    public = key.read_text().split("public key: ")[1].split()[0]
    file = backup(folder, "--recipient", f"age:{public}")
    assert file.name.endswith(".tar.age")
    code, written = run("restore", file, "--force")
    assert (code, "--identity FILE" in written) == (1, True)
    assert run("restore", file, "--force", "--identity", key)[0] == 0
    assert everything() == before


def test_a_document_that_is_missing_is_told(site, folder):
    document_store.remove(site)
    code, written = run("backup", folder)
    assert code == 1
    assert f"Not in it: the document {site} of source protocol" in written
    assert "The backup was made without 1 documents" in written
    assert len(list(folder.iterdir())) == 1


def test_what_lacks_a_document_lets_no_older_backup_go(site, folder):
    old = backup(folder)
    document_store.remove(site)
    assert run("backup", folder, "--keep-daily", 0, "--keep-weekly", 0, "--keep-monthly", 0)[0] == 1
    assert old.exists()


def test_a_file_that_is_not_there_is_told(site, tmp_path):
    code, written = run("restore", tmp_path / "none.tar", "--force")
    assert (code, "is no file" in written) == (1, True)


def test_a_signal_cleans_up_first():
    with pytest.raises(SystemExit) as ending, stopped_by_signals():
        os.kill(os.getpid(), signal.SIGTERM)
    assert ending.value.code == 128 + signal.SIGTERM


@postgres_only
def test_without_pg_dump_it_says_what_to_install(site, folder, monkeypatch):
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(programs, "_PLACES", ())
    code, written = run("backup", folder)
    assert code == 1
    assert "pg_dump is not installed. Install PostgreSQL's programs" in written
    assert list(folder.iterdir()) == []


@postgres_only
def test_pg_dump_gets_all_options_and_no_password_on_its_command_line(
    site, folder, tmp_path, monkeypatch
):
    said = tmp_path / "said"
    fake = tmp_path / "pg_dump"
    fake.write_text(f'#!/bin/sh\necho "$@" > {said}\nenv >> {said}\necho no luck >&2\nexit 3\n')
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    more = {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem", "keepalives_idle": "7"}
    options = connection.settings_dict["OPTIONS"] | more
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", options)
    code, written = run("backup", folder)
    assert code == 1
    assert "pg_dump failed (3): no luck" in written
    line, *variables = said.read_text().splitlines()
    password = connection.settings_dict["PASSWORD"]
    assert password not in line
    assert "--dbname=keepalives_idle=7" in line
    expected = {"PGSSLMODE=verify-full", "PGSSLROOTCERT=/etc/ca.pem", f"PGPASSWORD={password}"}
    assert expected <= set(variables)


@postgres_only
def test_lines_for_psql_in_a_script_are_passed_over(site):
    postgresql.run_script([b"\\restrict abc\n", b"SELECT 1;\n", b"\\unrestrict abc\n"])


@postgres_only
def test_a_setting_that_a_newer_pg_restore_writes_does_not_stop_an_older_server(site):
    postgresql.run_script([b"SET lock_timeout = 0;\n", b"SET transaction_timeout = 0;\n"])
