"""What DATABASE_REPLICA_URL says is kept, or refused by name with the cure."""

import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.test_settings import GOOD, ROOT, start
from tracker.database import database_of, replica_of

pytestmark = pytest.mark.once
PRIMARY = "postgres://u:hunter1@one/db"


def test_it_is_read_as_that_of_the_primary_but_connects_sooner_and_never_writes(monkeypatch):
    for name in ("PGOPTIONS", "PGCONNECT_TIMEOUT"):
        monkeypatch.delenv(name, raising=False)
    found = replica_of("postgres://r:p%40@two:5433/db?sslmode=require", database_of(PRIMARY))
    assert [found[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        *("r", "p@", "two", "5433", "db")
    ]
    assert found["OPTIONS"] == {
        "sslmode": "require",
        "connect_timeout": "2",
        "tcp_user_timeout": "3000",
        "options": "-c jit=off -c default_transaction_read_only=on",
    }


def test_its_own_options_win():
    address = "postgres://two/db?connect_timeout=7&options=-c%20work_mem%3D9MB"
    found = replica_of(address, database_of(PRIMARY))
    assert found["OPTIONS"]["connect_timeout"] == "7"
    assert "work_mem=9MB" in found["OPTIONS"]["options"]


@pytest.mark.parametrize(
    ("address", "primary", "message"),
    [
        ("postgres://two/db", "sqlite:///db.sqlite3", "needs PostgreSQL as the primary"),
        ("sqlite:///db.sqlite3", PRIMARY, "names SQLite; write postgres://"),
        ("", PRIMARY, "has no scheme"),
        ("mysql://u:hunter2@h/db", PRIMARY, "begins with 'mysql'"),
        ("postgres://u:hunter2@one/db", PRIMARY, "names the same database as DATABASE_URL"),
        ("postgres://u:hunter2@two", PRIMARY, "names no database"),
        ("postgres://u:hunter2@two/db?sslmod=require", PRIMARY, "Did you mean 'sslmode'?"),
        ("postgres://u:hunter2@two:x/db", PRIMARY, "cannot be read as"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_the_cure_and_without_passwords(
    address, primary, message
):
    with pytest.raises(ImproperlyConfigured) as refused:
        replica_of(address, database_of(primary))
    assert str(refused.value).startswith("DATABASE_REPLICA_URL ")
    assert message in str(refused.value)
    assert "hunter" not in str(refused.value)


def test_a_wrong_one_stops_the_start(tmp_path):
    said = start(tmp_path, **GOOD, DATABASE_URL=PRIMARY, DATABASE_REPLICA_URL="postgres://two")
    assert "ImproperlyConfigured: DATABASE_REPLICA_URL names no database" in said


def configured(**environment):
    code = (
        "import environ; environ.Env.read_env = lambda *a, **k: None\n"
        "from tracker import settings as s\n"
        "print(sorted(s.DATABASES), getattr(s, 'DATABASE_ROUTERS', None))\n"
        "print([n.rpartition('.')[2] for n in s.MIDDLEWARE])"
    )
    environment = {"PYTHONPATH": str(ROOT), **GOOD, "DATABASE_URL": PRIMARY, **environment}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True)
    return done.stdout.decode()


def test_with_it_requests_are_routed_and_without_it_nothing_is_added():
    assert "ReadFromReplica" not in configured()
    assert "['default'] None" in configured()
    given = configured(DATABASE_REPLICA_URL="postgres://two/db")
    assert "['default', 'replica'] ['tracker.replica.ReplicaRouter']" in given
    assert "'ReadFromReplica', 'Away', 'ResponseCache'" in given
