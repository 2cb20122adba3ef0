"""What a server asks of PostgreSQL besides its address."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import OperationalError

from tests.test_database_url import connected, postgresql
from tests.test_settings import GOOD, ROOT, start
from tracker.database import database_of, sqlite_file
from tracker.database_bounds import bound
from tracker.postgresql.base import BoundedConnection, DatabaseWrapper

once = pytest.mark.once


def bounded(address, *, statement_seconds=60, pool=0, alias="default"):
    databases = {alias: {**database_of(address), "CONN_MAX_AGE": 60}}
    bound(databases, statement_seconds=statement_seconds, pool=pool)
    return databases[alias]


@once
def test_a_statement_of_the_site_has_its_time():
    assert bounded("postgres://h/db")["OPTIONS"]["options"].endswith("-c statement_timeout=60s")
    assert (
        "statement_timeout"
        not in bounded("postgres://h/db", statement_seconds=0)["OPTIONS"]["options"]
    )


@once
def test_what_the_address_says_counts():
    address = "postgres://h/db?options=-c%20statement_timeout%3D5000&tcp_user_timeout=7000"
    options = bounded(address)["OPTIONS"]
    assert options["options"] == "-c jit=off -c statement_timeout=5000"
    assert options["tcp_user_timeout"] == "7000"
    assert bounded("postgres://h/db")["OPTIONS"]["tcp_user_timeout"] == "30000"


@once
def test_a_pool_keeps_the_connections_and_threads_do_not():
    found = bounded("postgres://h/db", pool=3, statement_seconds=0)
    assert found["CONN_MAX_AGE"] == 0
    assert found["OPTIONS"]["pool"] == {"min_size": 1, "max_size": 3, "timeout": 10}
    pool = bounded("postgres://h/db", pool=3)["OPTIONS"]["pool"]
    assert pool["connection_class"] is BoundedConnection
    assert "pool" not in bounded("postgres://h/db", pool=3, alias="replica")["OPTIONS"]


@once
def test_a_server_that_hangs_is_not_awaited_for_ever():
    found = bounded("postgres://h/db")
    assert (found["ENGINE"], found["OPTIONS"]["answer_seconds"]) == ("tracker.postgresql", 65)
    for free in (
        bounded("postgres://h/db", statement_seconds=0),
        bounded("postgres://h/db?options=-c%20statement_timeout%3D0"),
    ):
        assert free["ENGINE"] == "django.db.backends.postgresql"
        assert "answer_seconds" not in free["OPTIONS"]


@once
def test_sqlite_is_left_alone():
    databases = {"default": sqlite_file("db.sqlite3")}
    bound(databases, statement_seconds=60, pool=3)
    assert databases == {"default": sqlite_file("db.sqlite3")}


@once
def test_numbers_below_zero_stop_the_start(tmp_path):
    assert "must be 0 or more" in start(tmp_path, **GOOD, DATABASE_POOL="-1")


def bounded_connection(**bounds):
    settings = connected("application_name=bounded").settings_dict
    bound({"default": settings}, **bounds)
    settings["CONN_HEALTH_CHECKS"] = True
    return DatabaseWrapper(settings)


@postgresql
@pytest.mark.django_db
def test_a_statement_that_takes_too_long_is_ended():
    made = bounded_connection(statement_seconds=1, pool=0)
    begun = time.monotonic()
    try:
        with made.cursor() as cursor, pytest.raises(OperationalError, match="statement timeout"):
            cursor.execute("SELECT pg_sleep(20)")
    finally:
        made.close()
    assert time.monotonic() - begun < 10


@postgresql
@pytest.mark.django_db
@pytest.mark.parametrize("pool", [0, 1])
def test_a_connection_without_an_answer_is_given_up(pool):
    settings = connected("").settings_dict
    bound({"default": settings}, statement_seconds=60, pool=pool)
    settings["OPTIONS"]["answer_seconds"] = 0.5  # before the server ends the statement
    made = DatabaseWrapper(settings, "silent")
    try:
        with made.cursor() as cursor:
            with pytest.raises(OperationalError, match="no answer within") as error:
                cursor.execute("SELECT pg_sleep(20)")
            assert made.connection.closed
        assert not made.is_usable()
        assert isinstance(error.value.__cause__, psycopg.OperationalError)
    finally:
        made.close()
        made.close_pool()


@postgresql
@pytest.mark.django_db
def test_eight_threads_share_two_connections():
    made = bounded_connection(statement_seconds=60, pool=2)
    made.alias = "bounded"  # its pool is not that of the tests

    def ask(_number):
        mine = made.copy("bounded")
        try:
            with mine.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(0.05), pg_backend_pid()")
                return cursor.fetchone()[1]
        finally:
            mine.close()

    try:
        with ThreadPoolExecutor(8) as threads:
            assert 1 <= len(set(threads.map(ask, range(16)))) <= 2
    finally:
        made.close_pool()


@once
def test_the_thread_that_loads_the_site_is_bounded_too(tmp_path):
    """It builds the index for all workers, over the connection that the application made."""
    code = (
        "import tracker.wsgi; from django.db import connections; made = connections['default']; "
        "print(made.settings_dict['OPTIONS']['answer_seconds'], type(made).__module__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={
            **{"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "MEDIA_ROOT": str(tmp_path)},
            **GOOD,
            "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.stdout == "65 tracker.postgresql.base\n", done.stderr
