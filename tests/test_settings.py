"""Settings come from the environment, and what is wrong there is said with its cure."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core import signing
from django.db import connection

from tracker.environment import former_keys_of

ROOT = Path(__file__).resolve().parent.parent


def start(tmp_path, **environment):
    """Read the settings in a fresh process and a folder without a .env; the text of its errors."""
    clean = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment}
    code = "import environ; environ.Env.read_env = lambda *a, **k: None; import tracker.settings"
    done = subprocess.run(
        [sys.executable, "-c", code], env=clean, cwd=tmp_path, capture_output=True, text=True
    )
    return done.stderr


GOOD = {"SECRET_KEY": "s" * 60, "ALLOWED_HOSTS": "tracker.example.org"}


@pytest.mark.once
@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({}, "SECRET_KEY is not set. For a local run type `make run`"),
        ({"SECRET_KEY": "s" * 32}, "ALLOWED_HOSTS is not set"),
        ({**GOOD, "SECRET_KEY": "s" * 31}, "SECRET_KEY has 31 characters"),
        ({**GOOD, "ENVIRONMENT": "local", "SECRET_KEY": "s"}, "SECRET_KEY has 1 characters"),
        ({**GOOD, "SECRET_KEY_FALLBACKS": f"{'o' * 60},o"}, "SECRET_KEY_FALLBACKS has 1 char"),
        ({**GOOD, "ENVIRONMENT": "staging"}, "it must be `local` or `production`"),
        ({**GOOD, "DEBUG": "true"}, "DEBUG is on in production"),
        ({**GOOD, "SITE_URL": "tracker.example.org"}, "it must begin with the scheme"),
        ({**GOOD, "SECOND_FACTOR": "all"}, "must be `off`, `publishers` (and administrators)"),
        ({**GOOD, "DATABASE_URL": "mysql://localhost/x"}, "only sqlite:/// and postgres:///"[:20]),
    ],
)
def test_a_wrong_environment_stops_the_start_with_the_cure(tmp_path, environment, message):
    assert message in start(tmp_path, **environment)


@pytest.mark.once
def test_a_right_environment_starts(tmp_path):
    assert start(tmp_path, **GOOD) == ""


@pytest.mark.once
def test_a_blank_beside_a_former_key_is_none():
    assert former_keys_of([" ", f"{'o' * 60} ", ""]) == ["o" * 60]


@pytest.mark.once
def test_what_the_former_key_signed_holds(settings):
    made = signing.dumps("a link")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 60, [settings.SECRET_KEY]
    assert signing.loads(made) == "a link"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(signing.BadSignature):
        signing.loads(made)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="these are settings of SQLite")
@pytest.mark.django_db
def test_sqlite_waits_and_locks_at_once():
    options = connection.settings_dict["OPTIONS"]
    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] == 20_000
        assert cursor.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
