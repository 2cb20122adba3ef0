"""A server of PostgreSQL that goes silent, and one that is restarted under load."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests.factories import cite, make_initiative, make_status_change
from tests.postgres_replica import temporary_replica
from tests.register import known_since
from tests.site_server import SiteServer

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs a server of PostgreSQL"),
    pytest.mark.server,
    pytest.mark.slow,
    pytest.mark.no_editions,
    pytest.mark.django_db(transaction=True),
]
ROOT = Path(__file__).resolve().parent.parent
PAGE = "/en/initiatives/CI-2025-0001/"
# Names the record anew again and again, and tells each name that was saved.
WRITING = """
import os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
django.setup()
from django.db import Error, connection
from initiatives import actions
from initiatives.models import Initiative
number = 0
while True:
    number += 1
    try:
        record = Initiative.objects.get()
        record.title_en = f"Name {number}"
        actions.save(record, by=None)
        print(number, flush=True)
    except Error:
        connection.close()
        time.sleep(0.1)
"""


@pytest.fixture
def copy():
    """A server of its own, with all that the tests have stored: it may be halted and stopped."""
    cite(make_status_change(make_initiative("CI-2025-0001", summary_en="What it is")))
    known_since()
    with temporary_replica(os.environ["DATABASE_URL"]) as made:
        made.ask("SELECT pg_promote(true, 60)")
        yield made


@pytest.fixture
def database(copy):
    return copy.url(connection.settings_dict["NAME"])


@pytest.fixture
def site(database, tmp_path):
    started = SiteServer(tmp_path, workers=2, DATABASE_URL=database)
    try:
        started.wait()
        yield started
    finally:
        started.close()


def status_of(site, path):
    try:
        site.page(path)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
    return 200


def timed(site, path):
    begun = time.monotonic()
    return status_of(site, path), time.monotonic() - begun


def until_all_answer(site, seconds):
    end, row = time.monotonic() + seconds, 0
    while row < 10:
        assert time.monotonic() < end, site.log.read_text()[-3000:]
        row = row + 1 if status_of(site, PAGE) == 200 else 0


def test_a_silent_database_holds_no_watcher_and_the_site_comes_back(copy, site):
    assert status_of(site, PAGE) == 200
    with ThreadPoolExecutor(12) as readers:
        with copy.halted():
            waiting = [readers.submit(status_of, site, PAGE) for _ in range(12)]  # threads are 8
            time.sleep(0.5)
            status, seconds = timed(site, "/healthz")
            assert status == 200
            assert seconds < 1
            status, seconds = timed(site, "/readyz")
            assert status == 503
            assert seconds < 2.5
        assert {one.result() for one in waiting} == {200}
    assert status_of(site, "/readyz") == 200


def test_a_database_that_stays_silent_is_told_as_an_outage(copy, database, tmp_path):
    address = f"{database}?connect_timeout=2"
    site = SiteServer(tmp_path, workers=1, DATABASE_URL=address, STATEMENT_SECONDS="1")
    try:
        site.wait()
        assert status_of(site, PAGE) == 200
        with copy.halted():
            status, seconds = timed(site, "/kk/initiatives/")
            assert status == 503
            assert seconds < 10  # six for the connection that was kept, two for another one
            for path in (PAGE, "/initiatives.csv", "/api/v1/initiatives/", "/admin/login/"):
                status, headers, seconds = refused(site, path)
                assert (status, headers["Retry-After"]) == (503, "30")
                assert seconds < 3
        until_all_answer(site, 20)
        lines = site.log.read_text().splitlines()
        assert len([line for line in lines if "The database cannot be used" in line]) == 1
        assert len([line for line in lines if "The database can be used again" in line]) == 1
        assert not [line for line in lines if "Traceback" in line]
    finally:
        site.close()


def refused(site, path):
    begun = time.monotonic()
    with pytest.raises(urllib.error.HTTPError) as error:
        site.page(path)
    error.value.close()
    return error.value.code, error.value.headers, time.monotonic() - begun


def test_a_database_that_is_restarted_under_load_loses_nothing_that_was_saved(copy, database, site):
    environment = os.environ | {"DATABASE_URL": database}
    command = [sys.executable, "-c", WRITING]
    writer = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    with writer, ThreadPoolExecutor(4) as readers:
        try:
            writer.stdout.readline()
            load = [readers.submit(status_of, site, PAGE) for _ in range(100)]
            copy.stop()
            start_again(copy)
            for one in load:
                one.result()
            until_all_answer(site, 20)
            time.sleep(1)  # the writer goes on
        finally:
            writer.send_signal(signal.SIGTERM)
        saved = [int(line) for line in writer.stdout]
    stored = stored_title(copy)
    assert saved[-1] <= int(stored.removeprefix("Name ")) <= saved[-1] + 1
    done = subprocess.run(
        [sys.executable, "manage.py", "verify"],
        cwd=ROOT,
        env=environment | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    assert saved[-1] > 1


def start_again(copy):
    """On its port. It is no replica any more, whose start would be awaited otherwise."""
    copy._launch()
    end = time.monotonic() + 30
    while True:
        try:
            return copy.ask("SELECT 1")
        except psycopg.OperationalError:
            assert time.monotonic() < end
            time.sleep(0.05)


def stored_title(copy):
    with psycopg.connect(copy.url(connection.settings_dict["NAME"])) as asked:
        return asked.execute("SELECT title_en FROM initiatives_initiative").fetchone()[0]
