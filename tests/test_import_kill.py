"""SIGKILL in the middle of an import: it is as if the import had never begun."""

import os
import signal
import subprocess
import sys

import pytest
from django.db import connection

from initiatives.models import ImportBatch, Initiative
from tests.factories import (
    make_country,
    make_initiative,
    make_organisation,
    make_sector,
    make_source,
)
from tests.importing import NEW, as_file, run, snapshot

pytestmark = pytest.mark.slow

# The command, which tells how many rows it has written when a chunk is done, and then stands
# still in its transaction until it is killed.
_CHILD = """
import os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
django.setup()
from django.core.management import call_command
from initiatives.management.progress import ProgressLine
from initiatives.models import Change, Initiative
def stand_still(self, number):
    written = Initiative.objects.filter(title_en="A bridge").count()
    changed = Initiative.objects.filter(title_en="Changed").count()
    print("written", written, changed, Change.objects.count(), flush=True)
    time.sleep(60)
ProgressLine.more = stand_still
call_command("import_initiatives", sys.argv[1], "--apply", stdout=open(os.devnull, "w"))
"""


@pytest.fixture
def table(transactional_db, tmp_path):
    """A file that makes some hundred records and changes one."""
    for iso2 in ("UZ", "KZ"):
        make_country(iso2)
    for slug in ("energy", "water"):
        make_sector(slug)
    make_organisation("bank")
    make_source("protocol")
    changed = NEW | {"code": make_initiative().code, "title_en": "Changed"}
    new = [NEW | {"external_ids": f"wb:{number}"} for number in range(600)]
    path = tmp_path / "table.csv"
    path.write_bytes(as_file([changed, *new]).getvalue())
    return path


def address_of_the_test_database():
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"


def killed(path):
    """What the command says in the middle, when it is killed."""
    environment = os.environ | {"DATABASE_URL": address_of_the_test_database()}
    command = [sys.executable, "-c", _CHILD, str(path)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as child:
        told = child.stdout.readline()
        child.kill()
    assert child.returncode == -signal.SIGKILL
    return told.split()


@pytest.mark.django_db(transaction=True)
def test_a_kill_in_the_middle_leaves_the_database_as_before(table):
    before = snapshot()
    _word, written, changed, changes = killed(table)
    assert (int(written) > 100, int(changed), int(changes) > 100) == (True, 1, True)
    assert snapshot() == before


@pytest.mark.django_db(transaction=True)
def test_after_a_kill_the_same_import_is_done(table):
    killed(table)
    assert run(str(table), "--apply")[0] == 0
    assert (Initiative.objects.count(), ImportBatch.objects.get().state) == (601, "applied")
    assert "Nothing to do" in run(str(table), "--apply")[1]
