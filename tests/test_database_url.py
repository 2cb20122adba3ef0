"""What DATABASE_URL says is kept, or refused by name with the cure; nothing is dropped."""

import os
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from tests.test_settings import GOOD, start
from tracker.database import database_of

once = pytest.mark.once
postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="asks a server of PostgreSQL"
)


def parts(address):
    found = database_of(address)
    return {name: found.get(name) for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}


@once
@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("postgres://u:p@h:5433/db", ("db", "u", "p", "h", "5433")),
        ("postgresql://h/db", ("db", "", "", "h", "")),
        ("pgsql://u@h/db", ("db", "u", "", "h", "")),
        ("postgres://u:p%40s%2Fs%3A%25+x@h/db", ("db", "u", "p@s/s:%+x", "h", "")),
        ("postgres://u:a#b?c@h/db", ("db", "u", "a#b?c", "h", "")),
        ("postgres://u:p@[2001:db8::1]:5433/db", ("db", "u", "p", "2001:db8::1", "5433")),
        ("postgres://u@%2Fvar%2Frun%2Fpostgresql/db", ("db", "u", "", "/var/run/postgresql", "")),
        ("postgres:////var/run/postgresql/db", ("db", "", "", "/var/run/postgresql", "")),
        ("postgres:///db?host=/tmp&port=6543&user=u", ("db", "u", "", "/tmp", "6543")),
        ("postgres://a:1,b:2/db", ("db", "", "", "a,b", "1,2")),
        ("postgres://u@h/d%20b%C3%A9", ("d bé", "u", "", "h", "")),
    ],
)
def test_an_address_of_postgresql_means_what_it_means_to_psql(address, expected):
    assert tuple(parts(address).values()) == expected


@once
def test_every_option_is_kept(monkeypatch):
    for name in ("PGOPTIONS", "PGCONNECT_TIMEOUT"):
        monkeypatch.delenv(name, raising=False)
    query = (
        "sslmode=verify-full&sslrootcert=/etc/ca%20s.pem&connect_timeout=3"
        "&application_name=a@b&target_session_attrs=read-write"
        "&options=-c%20statement_timeout%3D5000"
    )
    assert database_of(f"postgres://u:p@h/db?{query}")["OPTIONS"] == {
        "sslmode": "verify-full",
        "sslrootcert": "/etc/ca s.pem",
        "connect_timeout": "3",
        "application_name": "a@b",
        "target_session_attrs": "read-write",
        "options": "-c jit=off -c statement_timeout=5000",
    }


@once
def test_connecting_takes_ten_seconds_at_most_unless_something_is_said(monkeypatch):
    monkeypatch.delenv("PGCONNECT_TIMEOUT", raising=False)
    assert database_of("postgres://h/db")["OPTIONS"]["connect_timeout"] == "10"
    monkeypatch.setenv("PGCONNECT_TIMEOUT", "4")  # libpq reads it where nothing else is said
    assert "connect_timeout" not in database_of("postgres://h/db")["OPTIONS"]


@once
def test_options_of_the_environment_are_not_lost(monkeypatch):
    monkeypatch.setenv("PGOPTIONS", "-c work_mem=8MB")
    options = database_of("postgres://h/db")["OPTIONS"]["options"]
    assert options == "-c jit=off -c work_mem=8MB"


@once
@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("postgres://h/db?sslmod=require", "'sslmod'. Did you mean 'sslmode'?"),
        ("postgres://h/db?SSLMODE=require", "'SSLMODE'. Did you mean 'sslmode'?"),
        ("postgres://h/db?application_name=a@b&zzz=1", "'zzz'. The options are: service,"),
        ("postgres://h/db?conn_max_age=5", "says the variable CONN_MAX_AGE"),
        ("postgres://h/db?sslmode=", "'sslmode' without a value"),
        ("postgres://h/db?sslmode", "'sslmode' without a value"),
        ("postgres://h/db?sslmode=require&sslmode=disable", "'sslmode' more than once"),
        ("postgres://h/db?sslmode=verify_full", "Did you mean verify-full?"),
        ("postgres://h/db?connect_timeout=soon", "no number of seconds above 0"),
        ("postgres://h/db?connect_timeout=0", "no number of seconds above 0"),
        ("postgres://h/db?connect_timeout=2.5", "no number of seconds above 0"),
        ("postgres://u:hunter2/x@h/db", "In a user name or password write"),
        ("postgres://u:hunter2%zz@h/db", "In a user name or password write"),
        ("postgres://u:hunter2@[h/db", "In a user name or password write"),
        ("postgres://u:hunter2@h", "names no database"),
        ("u:hunter2@h/db", "has no scheme; only sqlite:/// and postgres://"),
        ("mysql://u:hunter2@h/db", "begins with 'mysql'; only sqlite:/// and postgres://"),
        ("", "has no scheme"),
        ("sqlite://folder/db.sqlite3", "three strokes"),
        ("sqlite:///db.sqlite3?timeot=3", "'timeot'. Did you mean 'timeout'?"),
        ("sqlite:///db.sqlite3?mode=ro", "'mode'. The options are: timeout"),
        ("sqlite:///db.sqlite3?timeout=-1", "no number of seconds above 0"),
        ("sqlite:///db.sqlite3?timeout=nan", "no number of seconds above 0"),
    ],
)
def test_what_cannot_be_kept_stops_the_start_with_the_cure_and_without_the_password(
    address, message
):
    with pytest.raises(ImproperlyConfigured) as refused:
        database_of(address)
    assert str(refused.value).startswith("DATABASE_URL ")
    assert message in str(refused.value)
    assert "hunter2" not in str(refused.value)


@once
@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("sqlite:///db.sqlite3", "db.sqlite3"),
        ("sqlite:////srv/data/db.sqlite3", "/srv/data/db.sqlite3"),
        ("sqlite:///a%20b+c%25.sqlite3", "a b+c%.sqlite3"),
        ("sqlite:///a#b.sqlite3", "a#b.sqlite3"),
        ("sqlite://:memory:", ":memory:"),
        ("sqlite:///", ":memory:"),
    ],
)
def test_an_address_of_sqlite_names_a_file(address, name):
    assert database_of(address)["NAME"] == name


@once
def test_the_timeout_of_sqlite_is_kept_and_locks_are_taken_at_once():
    options = database_of("sqlite:///db.sqlite3?timeout=2.5")["OPTIONS"]
    assert (options["timeout"], options["transaction_mode"]) == (2.5, "IMMEDIATE")
    assert database_of("sqlite:///db.sqlite3")["OPTIONS"]["timeout"] == 20


@once
def test_a_wrong_option_stops_the_start_of_the_process(tmp_path):
    address = "postgres://u:hunter2@h/db?sslmod=require"
    said = start(tmp_path, **GOOD, DATABASE_URL=address)
    assert "Did you mean 'sslmode'?" in said
    assert "hunter2" not in said


def connected(query):
    """A new connection to the server of the tests, made as Django makes it."""
    host = urlsplit(os.environ["DATABASE_URL"])._replace(query=query).geturl()
    made = connection.copy()
    made.settings_dict = {**made.settings_dict, **database_of(host)}
    made.settings_dict["NAME"] = connection.settings_dict["NAME"]
    return made


@postgresql
@pytest.mark.django_db
def test_options_reach_the_server():
    made = connected("application_name=my%20desk&options=-c%20statement_timeout%3D5000")
    try:
        with made.cursor() as cursor:
            for name, value in [("application_name", "my desk"), ("jit", "off")]:
                assert cursor.execute(f"SHOW {name}").fetchone()[0] == value
            assert cursor.execute("SHOW statement_timeout").fetchone()[0] == "5s"
    finally:
        made.close()


@postgresql
@pytest.mark.django_db
def test_a_demand_for_a_checked_certificate_is_not_forgotten():
    """The server of the tests speaks without TLS, so what demands it must not come in."""
    made = connected("sslmode=require")
    with pytest.raises(psycopg.OperationalError, match="SSL was required"):
        made.connect()
