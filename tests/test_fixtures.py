"""dumpdata of the application alone can be loaded elsewhere, and the register comes with it."""

import io
import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_otp.plugins.otp_totp.models import TOTPDevice

from initiatives.models import (
    AccountEvent,
    Change,
    DeskMember,
    Edition,
    ErrorReport,
    Initiative,
    MailSubscription,
    RecoveryCode,
    StatusChange,
)
from initiatives.publication import issue_missing
from tests import factories as make
from tests.backing_up import add_accounts_and_readers, run
from tests.backing_up import make_site as make_site_with_document
from tests.documents import keep_in
from tests.memberships import make_member

CODE = "CI-2025-0001"
pytestmark = pytest.mark.django_db(transaction=True)


def make_site():
    """A published record that two officers made, one of whom belongs to a desk."""
    aziza = make_member("aziza")
    bek = User.objects.create_user("bek", password="a password of bek")
    initiative = make.make_initiative(CODE, created_by=aziza, owner=bek)
    make.make_status_change(initiative, recorded_by=aziza, approved_by=bek)
    Change.objects.create(
        initiative=initiative, model="initiative", key=[CODE], action="created", recorded_by=aziza
    )
    make.cite(initiative)
    issue_missing()


def dumped(to, *arguments):
    assert run("dumpdata", "initiatives", *arguments, "--output", to)[0] == 0
    return to


def register():
    return list(Edition.objects.order_by("position").values())


@pytest.mark.parametrize("arguments", [(), ("--natural-primary",)])
@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_the_application_alone_is_loaded_with_its_register(tmp_path, arguments, form):
    make_site()
    before = register()
    file = dumped(tmp_path / f"rows.{form}", f"--format={form}", *arguments)
    call_command("flush", interactive=False, verbosity=0)
    code, written = run("loaddata", file)
    assert code == 0
    assert "2 accounts that rows name were not here: aziza, bek." in written
    assert register() == before
    assert run("verify")[0] == 0
    made = StatusChange.objects.get()
    assert (made.recorded_by.username, made.approved_by.username) == ("aziza", "bek")
    assert DeskMember.objects.get().user.username == "aziza"


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_an_instant_keeps_its_microseconds(tmp_path, form):
    moment = datetime(2026, 3, 1, 9, 30, 0, 123456, tzinfo=UTC)
    make.make_initiative(CODE, created_at=moment)
    text = dumped(tmp_path / f"rows.{form}", f"--format={form}").read_text()
    assert "2026-03-01T09:30:00.123456+00:00" in text


def test_nobody_signs_in_by_an_account_that_only_keeps_a_name(tmp_path):
    make_site()
    file = dumped(tmp_path / "rows.json")
    call_command("flush", interactive=False, verbosity=0)
    run("loaddata", file)
    bek = User.objects.get(username="bek")
    assert (bek.is_active, bek.is_staff, bek.is_superuser) == (False, False, False)
    assert authenticate(username="bek", password="a password of bek") is None


def test_accounts_that_are_here_are_named_by_name_and_not_by_number(tmp_path):
    make_site()
    file = dumped(tmp_path / "rows.json")
    call_command("flush", interactive=False, verbosity=0)
    for name in ("someone", "else", "bek", "aziza"):
        User.objects.create_user(name)
    code, written = run("loaddata", file)
    assert (code, "were not here" in written) == (0, False)
    assert Initiative.objects.get().owner.username == "bek"
    assert User.objects.get(username="bek").is_active


def test_accounts_in_the_same_file_come_as_they_are(tmp_path):
    make_site()
    file = tmp_path / "rows.json"
    run("dumpdata", "initiatives", "auth.user", "--output", file)
    call_command("flush", interactive=False, verbosity=0)
    code, written = run("loaddata", file)
    assert (code, "were not here" in written) == (0, False)
    assert authenticate(username="bek", password="a password of bek")


def test_a_dump_asks_as_often_for_ten_records_as_for_one(tmp_path):
    make_site()

    def queries():
        with CaptureQueriesContext(connection) as asked:
            call_command("dumpdata", "initiatives", stdout=io.StringIO())
        return len(asked)

    one = queries()
    bek = User.objects.get(username="bek")
    for number in range(2, 12):
        more = make.make_initiative(f"CI-2025-{number:04}", created_by=bek, main_sector="water")
        make.make_status_change(more, recorded_by=bek)
        make.cite(more, make.make_source(f"report-{number}"))
    issue_missing()
    assert queries() == one


# What the manual says to take along: also the secrets of the apps of the second step.
WHOLE = ("auth.user", "otp_totp", "initiatives")


def of_site():
    """What must be there afterwards, beside the register."""
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (AccountEvent, ErrorReport, MailSubscription, RecoveryCode, TOTPDevice, User)
    }


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "postgresql", reason="goes from one database to another")
def test_a_whole_site_moves_to_sqlite_and_back(tmp_path, settings):
    keep_in(settings, tmp_path / "documents")
    make_site_with_document()
    add_accounts_and_readers()
    before, of_accounts, file = register(), of_site(), tmp_path / "rows.json"
    assert all(of_accounts.values())
    run("dumpdata", *WHOLE, "--output", file)
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'other.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "ENVIRONMENT": "local",
        "SECRET_KEY": "only for tests, never for a site that anybody can reach",
        "MEDIA_ROOT": str(tmp_path / "documents"),
    }
    back = tmp_path / "back.json"
    for arguments in (
        ("migrate", "--verbosity=0"),
        ("loaddata", file),
        ("verify",),
        ("dumpdata", *WHOLE, "--output", back),
    ):
        command = [sys.executable, "manage.py", *map(str, arguments)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(back.read_text()) == json.loads(file.read_text())
    call_command("flush", interactive=False, verbosity=0)
    assert run("loaddata", back)[0] == 0
    assert register() == before
    assert of_site() == of_accounts
    assert authenticate(username="aziza", password="pw")
    assert run("verify")[0] == 0
