"""What breaks in the middle of a save, and what many do at once: nothing is half done or lost."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import OperationalError, connection, connections, transaction
from django.utils import timezone

from initiatives import actions
from initiatives.models import Edition, Initiative
from tests.desk import make_chief
from tests.factories import cite, make_initiative, make_status_change
from tests.importing import snapshot
from tests.register import known_since
from tests.test_workers import address_of_database

pytestmark = [pytest.mark.no_editions, pytest.mark.django_db(transaction=True)]
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="is about SQLite")
SAVES, WRITERS = 50, 8

# Stands still where the argument says, with its transaction open, until it is killed.
_SAVING = """
import os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
django.setup()
from importlib import import_module
from initiatives import actions
from initiatives.models import Initiative
module, name = sys.argv[1].rsplit(".", 1)
place = import_module(module)
done = getattr(place, name)
def stand_still(*args, **kwargs):
    done(*args, **kwargs)
    print("here", flush=True)
    time.sleep(60)
setattr(place, name, stand_still)
record = Initiative.objects.get()
record.title_en = "Half saved"
actions.save(record, by=None)
"""


@pytest.fixture
def record():
    made = make_initiative("CI-2025-0001", title_en="A road", summary_en="What it is")
    cite(make_status_change(made))
    known_since()
    return made


def holds() -> bool:
    """Whether `manage.py verify` finds nothing."""
    try:
        call_command("verify", stdout=StringIO())
    except SystemExit as ended:
        return not ended.code
    return True


def rename(number: int) -> None:
    record = Initiative.objects.get()
    record.title_en = f"Name {number}"
    actions.save(record, by=None)


def in_thread(act, *args):
    try:
        return act(*args)
    finally:
        connections.close_all()


@pytest.mark.slow
@pytest.mark.server
@pytest.mark.parametrize("place", ["actions.recording.write_change", "publication.issuing._append"])
def test_a_worker_that_is_killed_in_a_save_leaves_nothing(record, place):
    before = snapshot()
    environment = os.environ | {"DATABASE_URL": address_of_database()}
    command = [sys.executable, "-c", _SAVING, f"initiatives.{place}"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout.readline() == "here\n"
        child.kill()
    assert child.returncode == -signal.SIGKILL
    assert snapshot() == before
    rename(1)
    assert holds()


def test_fifty_saves_of_one_record_at_once_are_fifty_in_a_row(record):
    version, editions = record.version, Edition.objects.count()
    with ThreadPoolExecutor(WRITERS) as threads:
        for one in [threads.submit(in_thread, rename, number) for number in range(SAVES)]:
            one.result()
    record.refresh_from_db()
    assert record.version == version + SAVES
    assert Edition.objects.count() == editions + SAVES
    assert holds()


@on_sqlite
@pytest.mark.slow
def test_eight_writers_with_a_hundred_transactions_each_are_all_served(record):
    def write(_writer):
        for _ in range(100):
            with transaction.atomic():
                read = Initiative.objects.values_list("version", flat=True).get()
                Initiative.objects.update(version=read + 1)

    before = record.version
    with ThreadPoolExecutor(WRITERS) as threads:
        for one in [threads.submit(in_thread, write, number) for number in range(WRITERS)]:
            one.result()
    record.refresh_from_db()
    assert record.version == before + 800


def fill_up():
    """Save until there is no room; what was there before the save that found none."""
    for number in range(200):
        before = snapshot()
        try:
            rename(number)
        except OperationalError as error:
            if "full" in str(error):
                return before
            raise
    raise AssertionError("there was always room")


@on_sqlite
def test_a_full_disk_refuses_a_save_whole_and_readers_read_on(record, client):
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # else there is room in the file itself
        (pages,) = cursor.execute("PRAGMA page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        try:
            before = fill_up()
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    assert snapshot() == before
    assert client.get("/en/initiatives/CI-2025-0001/").status_code == 200
    rename(999)
    assert "Name 999" in client.get("/en/initiatives/CI-2025-0001/").content.decode()
    assert holds()


def test_a_clock_that_goes_back_an_hour_changes_no_order(record, client):
    rename(1)
    with time_machine.travel(timezone.now() - timedelta(hours=1), tick=True):
        rename(2)
        assert "Name 2" in client.get("/en/initiatives/CI-2025-0001/").content.decode()
        actions.withdraw(Initiative.objects.get(), reason="Mistaken identity", by=make_chief())
        assert client.get("/en/initiatives/CI-2025-0001/").status_code == 410
        assert holds()
    assert holds()
    numbers = Edition.objects.order_by("position").values_list("number", flat=True)
    assert [*numbers] == [1, 2, 3, 4]
