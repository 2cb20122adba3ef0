"""The temporary PostgreSQL server: it serves one command and leaves nothing behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests import postgres

pytestmark = [pytest.mark.once, pytest.mark.server]

ASK = """
import os, psycopg
with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    print(*connection.execute({question!r}).fetchone())
"""


@pytest.fixture
def installed():
    if postgres.find_programs() is None and os.environ.get("CI") != "true":
        pytest.skip("PostgreSQL is not installed")


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "tests.postgres", "--", *arguments]


def ask(question: str) -> str:
    program = command(sys.executable, "-c", ASK.format(question=question))
    return subprocess.run(program, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.usefixtures("installed")
def test_it_speaks_utf8_sorts_by_code_point_and_folds_cyrillic():
    question = "SELECT pg_encoding_to_char(encoding), datcollate, lower('ЎҚ') FROM pg_database"
    assert ask(f"{question} WHERE datname = current_database()") == "UTF8 C ўқ"


@pytest.mark.usefixtures("installed")
def test_it_passes_the_exit_code_of_the_command():
    program = command(sys.executable, "-c", "raise SystemExit(7)")
    assert subprocess.run(program).returncode == 7


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_command_and_server_and_removes_the_directory(number):
    question = "SELECT current_setting('data_directory'), pg_postmaster_start_time()"
    pause = ASK.format(question=question) + "print(flush=True); import time; time.sleep(60)"
    program = command(sys.executable, "-c", pause)
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as process:
        directory = Path(process.stdout.readline().split()[0])
        process.send_signal(number)
        assert process.wait(10) == 128 + number
    assert not directory.parent.exists()


def test_without_postgresql_it_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setattr(postgres, "find_programs", lambda: None)
    monkeypatch.delenv("CI", raising=False)
    assert postgres.main(["--", "true"]) == 0
    assert "skipped: PostgreSQL not found, install it" in capsys.readouterr().out


def test_without_postgresql_ci_fails(monkeypatch):
    monkeypatch.setattr(postgres, "find_programs", lambda: None)
    monkeypatch.setenv("CI", "true")
    assert postgres.main(["--", "true"]) == 1
