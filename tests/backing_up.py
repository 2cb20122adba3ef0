"""What tests of backups share: a small site with a document, and the commands with their words."""

import io
import os
import shutil
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django_otp.plugins.otp_totp.models import TOTPDevice

from initiatives import document_store
from initiatives.actions import error_reports, mail_subscriptions
from initiatives.backups import archive
from initiatives.models import AccountEvent, Edition, Initiative, RecoveryCode, Source
from initiatives.publication import issue_missing
from tests import factories as make
from tests.documents import PDF
from tests.importing import snapshot
from tests.memberships import make_member
from tests.postgres_server import find_programs

CODE = "CI-2025-0001"


def needs(monkeypatch, *programs):
    """Skip the test where a program is not installed, which in CI is a failure."""
    if any(name.startswith("pg_") for name in programs) and find_programs():
        monkeypatch.setenv("PATH", f"{find_programs()}{os.pathsep}{os.environ['PATH']}")
    missing = [name for name in programs if shutil.which(name) is None]
    if missing and os.environ.get("CI") == "true":
        pytest.fail(f"CI needs {', '.join(missing)}")
    if missing:
        pytest.skip(f"{', '.join(missing)} is not installed")


def needs_programs_of_database(monkeypatch):
    if connection.vendor == "postgresql":
        needs(monkeypatch, "pg_dump", "pg_restore")


def make_site():
    """A published record whose source carries a document. Gives the SHA-256 of that."""
    sha256 = document_store.put(io.BytesIO(PDF))
    initiative = make.make_initiative(CODE)
    make.make_status_change(initiative)
    source = make.make_source()
    Source.objects.filter(pk=source.pk).update(
        document=sha256,
        document_name="protocol.pdf",
        document_type="application/pdf",
        document_size=len(PDF),
    )
    make.cite(initiative, source)
    issue_missing()
    return sha256


def add_accounts_and_readers():
    """An officer with a second step and an audit, and a reader who follows and has reported."""
    aziza = make_member("aziza")
    TOTPDevice.objects.create(user=aziza, name="app", key="ab" * 20, confirmed=True)
    RecoveryCode.objects.create(user=aziza, number=3, hashed=make_password("a code"))
    AccountEvent.objects.create(act="signed_in", account=aziza, address="203.0.113.7")
    reader = {"email": "reader@example.org", "language": "kk"}
    wish = mail_subscriptions.ask(feed=f"/initiatives/{CODE}.atom", rhythm="daily", **reader)
    mail_subscriptions.confirm(wish.uid)
    report = error_reports.report_error(
        Initiative.objects.get(), wrong="A letter", evidence="", **reader
    )
    error_reports.close_report(report, answer="Corrected.", by=aziza)


def run(command, *arguments):
    """(exit code, what was written)"""
    written = io.StringIO()
    try:
        call_command(command, *map(str, arguments), stdout=written, stderr=written)
    except CommandError as error:
        return error.returncode, f"{written.getvalue()}{error}"
    return 0, written.getvalue()


def backup(folder, *arguments) -> Path:
    """The file that a backup made."""
    code, written = run("backup", folder, *arguments)
    assert code == 0, written
    return max(folder.iterdir())


def rewritten(path: Path, to: Path, change) -> Path:
    """The backup `path` again at `to`, whole and with right checksums, with the manifest that
    `change` makes of its own."""
    apart = to.parent / "apart"
    apart.mkdir()
    manifest, database = archive.checked(path, apart)
    with to.open("wb") as sink, archive.Writer(sink, manifest.made_at) as writer:
        writer.add_database(database)
        for sha256, file in archive.documents(path):
            writer.add_document(sha256, file.read())
        writer.end(change(manifest))
    return to


def everything():
    return snapshot(), list(Edition.objects.order_by("position").values())
