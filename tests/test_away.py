"""The database is away or the disk full: who asks is told so, the log has one line, and it ends by
itself. Each is really done: servers are stopped, disks filled and mounted without writing."""

import json
import os
import shutil
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

import pytest
from django.contrib.auth.models import User
from django.db import connection

from initiatives.models import Change
from tests.desk import edit, signed_in
from tests.documents import attach, keep_in
from tests.factories import cite, make_initiative, make_source, make_status_change
from tests.postgres_replica import temporary_replica
from tests.register import known_since
from tests.site_server import SiteServer
from tracker.away.answers import writing

pytestmark = [
    pytest.mark.server,
    pytest.mark.slow,
    pytest.mark.no_editions,
    pytest.mark.django_db(transaction=True),
]
PASSWORD = "a long password of the test"
READ_CANNOT, WRITE_CANNOT = "The database cannot be used", "cannot be written to"


@pytest.fixture
def rows():
    record = make_initiative("CI-2025-0001", title_en="A road")
    make_status_change(record)
    cite(record)
    known_since()
    User.objects.create_superuser("root", password=PASSWORD)


class Site:
    """A server with one worker, as a reader and an officer meet it."""

    def __init__(self, folder, **environment):
        self.server = SiteServer(folder, workers=1, **environment)
        self.server.wait()

    def ask(self, path, data=None, **headers):
        """(status, headers, text)"""
        address = f"http://127.0.0.1:{self.server.port}{path}"
        body = urlencode(data).encode() if data is not None else None
        request = urllib.request.Request(address, body, headers)
        opener = urllib.request.build_opener(_Staying)
        try:
            with opener.open(request, timeout=60) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.headers, refused.read().decode()

    def sign_in(self):
        """The status of the answer; it stores the session."""
        _status, headers, _text = self.ask("/admin/login/")
        token = SimpleCookie(headers["Set-Cookie"])["csrftoken"].value
        form = {"username": "root", "password": PASSWORD, "csrfmiddlewaretoken": token}
        return self.ask("/admin/login/", form, Cookie=f"csrftoken={token}")

    def lines(self, words):
        return [one for one in self.log.splitlines() if words in one]

    @property
    def log(self):
        return self.server.log.read_text()

    def until(self, status, path, **headers):
        end = time.monotonic() + 30
        while self.ask(path, **headers)[0] != status:
            assert time.monotonic() < end, self.log
            time.sleep(0.2)


class _Staying(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args):
        return None


@contextmanager
def site(folder, **environment):
    started = Site(folder, **environment)
    try:
        yield started
    finally:
        started.server.close()


def is_told(answer, title, language):
    status, headers, text = answer
    assert status == 503
    assert headers["Retry-After"] == "30"
    assert (headers["Cache-Control"], headers["Content-Language"]) == ("no-store", language)
    assert title in text


# --- PostgreSQL ---------------------------------------------------------------------------------


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a server that can be stopped")
def test_while_the_database_is_stopped_all_is_told_and_it_ends_by_itself(rows, tmp_path):
    name, signed_in = connection.settings_dict["NAME"], {"Cookie": f"sessionid={'x' * 32}"}
    with temporary_replica(os.environ["DATABASE_URL"]) as server:
        server.catch_up()
        with site(tmp_path, DATABASE_URL=server.url(name)) as one:
            assert "A road" in one.ask("/en/initiatives/")[2]
            is_told(one.sign_in(), "Nothing can be saved at the moment", "en")  # it only reads
            server.stop()
            for language, title in (("en", "back soon"), ("ru", "Скоро вернёмся")):
                is_told(one.ask(f"/{language}/initiatives/"), title, language)
            is_told(one.ask("/admin/", **signed_in), "We will be back soon", "en")
            for path in ("/initiatives.csv", "/kk/changes.atom", "/api/v1/initiatives/"):
                status, headers, text = one.ask(path)
                assert (status, headers["Retry-After"]) == (503, "30")
                assert headers["Content-Type"] == "application/problem+json"
                assert json.loads(text)["status"] == 503
            assert one.ask("/healthz")[0] == 200
            server.start_again()
            one.until(200, "/en/initiatives/")
            server.ask("SELECT pg_promote()")
            assert one.sign_in()[0] == 302
            assert len(one.lines(READ_CANNOT)) == len(one.lines("can be used again")) == 1
            assert len(one.lines(WRITE_CANNOT)) == len(one.lines("can be written to again")) == 1
            assert [word for word in ("Traceback", "django.request") if word in one.log] == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a server that can be stopped")
def test_while_the_primary_is_stopped_the_public_reads_from_the_replica(rows, tmp_path):
    name, signed_in = connection.settings_dict["NAME"], {"Cookie": f"sessionid={'x' * 32}"}
    still_there = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    with temporary_replica(os.environ["DATABASE_URL"]) as server:
        server.catch_up()
        addresses = {"DATABASE_URL": server.url(name), "DATABASE_REPLICA_URL": still_there}
        with site(tmp_path, **addresses) as one:
            server.stop()
            for _ in range(3):
                assert one.ask("/admin/", **signed_in)[0] == 503
                assert "A road" in one.ask("/en/initiatives/")[2]
                assert one.ask("/api/v1/initiatives/")[0] == 200
            assert len(one.lines(READ_CANNOT)) == 1
            assert [word for word in ("Traceback", "django.request") if word in one.log] == []


# --- SQLite -------------------------------------------------------------------------------------

on_a_disk = pytest.mark.skipif(connection.vendor != "sqlite", reason="a file on a small disk")


@pytest.fixture
def disk(tmp_path):
    """A small disk with a copy of the test's database."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted("-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder))
    try:
        with (
            closing(sqlite3.connect(connection.settings_dict["NAME"])) as ours,
            closing(sqlite3.connect(folder / "site.sqlite3")) as copy,
        ):
            ours.backup(copy)
            copy.execute("PRAGMA journal_mode=WAL")
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def mounted(*words):
    if not shutil.which("mount") or subprocess.run(["mount", *words]).returncode:
        pytest.skip("this machine lets nobody mount a disk")


def fill(folder):
    """Until not one more byte can be written."""
    with (folder / "filler").open("wb", buffering=0) as filler:
        for size in (64 * 1024, 4096, 1):
            try:
                while filler.write(b"x" * size):
                    pass
            except OSError:
                continue
    assert shutil.disk_usage(folder).free == 0


@on_a_disk
def test_on_a_full_disk_all_is_read_and_what_cannot_be_saved_is_told(rows, disk, tmp_path):
    address = f"sqlite:///{disk}/site.sqlite3"
    with site(tmp_path, DATABASE_URL=address) as one:
        assert one.ask("/en/initiatives/")[0] == 200
        fill(disk)
        for _ in range(3):
            is_told(one.sign_in(), "Nothing can be saved at the moment", "en")
            assert "A road" in one.ask("/uz/initiatives/")[2]
        assert one.ask("/en/initiatives.csv")[0] == 200
        (disk / "filler").unlink()
        assert one.sign_in()[0] == 302
        assert len(one.lines(WRITE_CANNOT)) == len(one.lines("can be written to again")) == 1
        assert [word for word in ("Traceback", "django.request") if word in one.log] == []


@on_a_disk
@pytest.mark.parametrize("others", [False, True])
def test_on_a_disk_that_only_reads_all_is_read(rows, disk, tmp_path, others):
    (tmp_path / "reading").mkdir()
    mounted("--bind", str(disk), str(tmp_path / "reading"))
    try:
        mounted("-o", "remount,bind,ro", str(tmp_path / "reading"))
        with closing(sqlite3.connect(disk / "site.sqlite3")) as other:
            if others:  # a process that has it open keeps the files beside it
                other.execute("SELECT 1 FROM django_migrations").fetchone()
            with site(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/reading/site.sqlite3") as one:
                for _ in range(2):
                    assert "A road" in one.ask("/en/initiatives/")[2]
                    is_told(one.sign_in(), "Nothing can be saved at the moment", "en")
                mounted("-o", "remount,bind,rw", str(tmp_path / "reading"))
                assert one.sign_in()[0] == 302
                assert len(one.lines(WRITE_CANNOT)) == 1
                assert [word for word in ("Traceback", "django.request") if word in one.log] == []
    finally:
        subprocess.run(["umount", "--lazy", str(tmp_path / "reading")], check=True)


# --- The disk of documents ------------------------------------------------------------------------


def test_on_a_full_disk_no_document_is_taken_by_half(settings, tmp_path):
    """The database lies elsewhere, and goes on."""
    source, root = make_source(), User.objects.create_superuser("root", password=PASSWORD)
    folder = tmp_path / "documents"
    folder.mkdir()
    mounted("-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder))
    try:
        keep_in(settings, folder)
        desk = signed_in(root)
        desk.raise_request_exception = False
        fill(folder)
        answer = attach(desk, source)
        is_told((answer.status_code, answer.headers, answer.text), "Nothing can be saved", "en")
        assert [file.name for file in folder.rglob("*") if file.is_file()] == ["filler"]
        assert not Change.objects.filter(model="source").exists()
        assert desk.get(edit(source)).status_code == 200
        (folder / "filler").unlink()
        assert attach(desk, source).status_code == 302
        assert not writing.lasts
        source.refresh_from_db()
        assert len(list(folder.rglob("*/*/*"))) == 1
    finally:
        writing.end()
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
