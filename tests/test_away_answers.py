"""Which errors are outages, and what is answered during one; tests/test_away.py makes real ones."""

import errno
import json
import logging
import sqlite3
from contextlib import closing

import psycopg
import pytest
from django.db import IntegrityError, InterfaceError, OperationalError, connection
from django.test import Client
from django.urls import resolve
from lxml import html

from tests.test_logs import Lines
from tracker import outages
from tracker.away import answers, middleware
from tracker.away.loss import Loss, loss_of
from tracker.away.told import UnlessTold
from tracker.logs.lines import PlainLine

PATH = "/en/initiatives/"
TITLES = {
    "en": "We will be back soon",
    "ru": "Скоро вернёмся",
    "uz": "Tez orada qaytamiz",
    "kk": "Жақында ораламыз",
}

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def raised(cause, kind=OperationalError):
    error = kind(str(cause))
    error.__cause__ = cause
    return error


def of_sqlite(code):
    cause = sqlite3.OperationalError("…")
    cause.sqlite_errorcode = code
    return raised(cause)


def of_postgresql(state):
    return raised(psycopg.errors.lookup(state)("…"))


@pytest.mark.parametrize(
    ("error", "loss"),
    [
        (of_sqlite(sqlite3.SQLITE_CANTOPEN), Loss.READING),
        (of_sqlite(sqlite3.SQLITE_IOERR_READ), Loss.READING),
        (of_sqlite(sqlite3.SQLITE_IOERR_WRITE), Loss.WRITING),
        (of_sqlite(sqlite3.SQLITE_READONLY_DIRECTORY), Loss.WRITING),
        (of_sqlite(sqlite3.SQLITE_BUSY), Loss.WRITING),
        (of_sqlite(sqlite3.SQLITE_ERROR), None),  # no such table, and the like
        (of_sqlite(sqlite3.SQLITE_CORRUPT), None),
        (of_postgresql("57P01"), Loss.READING),
        (of_postgresql("53300"), Loss.READING),
        (of_postgresql("53100"), Loss.WRITING),
        (of_postgresql("25006"), Loss.WRITING),
        (of_postgresql("57014"), Loss.WAITING),
        (of_postgresql("40P01"), Loss.WAITING),
        (of_postgresql("55P03"), Loss.WAITING),
        (of_postgresql("42P01"), None),
        (raised(psycopg.IntegrityError("…"), IntegrityError), None),
        (InterfaceError("…"), None),
        (OSError(errno.ENOSPC, "…"), Loss.WRITING),
        (OSError(errno.EROFS, "…"), Loss.WRITING),
        (OSError(errno.ENOENT, "…"), None),
        (ValueError("…"), None),
        (None, None),
    ],
)
def test_an_outage_is_told_from_a_fault(error, loss):
    assert loss_of(error) is loss


@pytest.mark.skipif(connection.vendor != "sqlite", reason="its own bound")
def test_sqlite_itself_says_that_the_disk_is_full(tmp_path):
    with closing(sqlite3.connect(tmp_path / "x")) as small:
        small.executescript("CREATE TABLE t (a); PRAGMA max_page_count = 2")
        with pytest.raises(sqlite3.Error) as full:
            small.execute("INSERT INTO t VALUES (zeroblob(100000))")
    assert loss_of(raised(full.value)) is Loss.WRITING


@pytest.fixture
def lines():
    handler = Lines(PlainLine)
    handler.addFilter(UnlessTold())
    logging.getLogger().addHandler(handler)
    yield handler.texts
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def failing(monkeypatch):
    """Every view and middleware that asks how far the register is fails with this error."""

    def begin(error):
        def fail(*_args):
            raise error

        monkeypatch.setattr("initiatives.editions.places.of_register", fail)

    yield begin
    answers.reading.end()
    answers.writing.end()


@pytest.fixture
def stranger():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("language", TITLES)
def test_the_page_is_in_the_language_of_the_reader(stranger, failing, language):
    failing(of_postgresql("57P03"))
    for path, headers in (
        (f"/{language}/initiatives/", {}),
        ("/sitemap.xml", {"Accept-Language": language}),
    ):
        answer = stranger.get(path, headers=headers)
        tree = html.fromstring(answer.content.decode())
        assert (answer.status_code, answer["Retry-After"]) == (503, "30")
        assert (tree.get("lang"), tree.cssselect("h1")[0].text.strip()) == (
            language,
            TITLES[language],
        )
        assert "no-store" in answer["Cache-Control"]
        assert "Content-Security-Policy" in answer


@pytest.mark.parametrize(
    "path", ["/initiatives.csv", "/ru/initiatives.atom", "/events.ics", "/api/v1/initiatives/"]
)
def test_programs_get_a_problem(stranger, failing, path):
    failing(of_postgresql("57P03"))
    for _ in range(2):  # while it is noticed, and known already
        answer = stranger.get(path)
        assert (answer.status_code, answer["Retry-After"]) == (503, "30")
        assert answer["Content-Type"] == "application/problem+json"
        assert json.loads(answer.content)["status"] == 503


def test_the_log_has_one_line_for_the_outage_and_none_for_each_request(
    stranger, failing, lines, monkeypatch
):
    monkeypatch.setattr(outages, "RETRY_SECONDS", 0)
    monkeypatch.setattr(middleware, "_answers", lambda: True)
    failing(of_postgresql("57P03"))
    for _ in range(5):
        assert stranger.get(PATH).status_code == 503
    (line,) = lines
    assert "ERROR tracker.outages" in line
    assert "The database cannot be used" in line


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "This took too long"),
        ("ru", "Запрос выполнялся слишком долго"),
        ("uz", "Bu juda uzoq davom etdi"),
        ("kk", "Бұл тым ұзаққа созылды"),
    ],
)
def test_an_answer_that_takes_too_long_is_told_as_that(stranger, failing, lines, language, title):
    failing(of_postgresql("57014"))
    answer = stranger.get(f"/{language}/initiatives/")
    tree = html.fromstring(answer.content.decode())
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert (tree.get("lang"), tree.cssselect("h1")[0].text.strip()) == (language, title)
    (line,) = lines
    assert f"No answer to GET /{language}/initiatives/" in line
    assert "Traceback" not in line


def test_the_line_of_a_slow_answer_does_not_say_what_lets_somebody_in(lines, rf):
    request = rf.get("/en/mail/manage/abcdef/")
    request.resolver_match = resolve(request.path)
    answers._tell(request, of_postgresql("57014"), Loss.WAITING)
    (line,) = lines
    assert "No answer to GET /en/mail/manage/…/" in line


@pytest.mark.parametrize("path", ["/initiatives.csv", "/initiatives.atom", "/api/v1/initiatives/"])
def test_programs_are_told_that_an_answer_takes_too_long(stranger, failing, lines, path):
    failing(of_postgresql("57014"))
    answer = stranger.get(path)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["detail"].startswith("The answer took too long")
    assert len(lines) == 1


def test_one_slow_answer_closes_the_site_to_nobody(stranger, failing, monkeypatch):
    with monkeypatch.context():
        failing(of_postgresql("57014"))
        assert stranger.get(PATH).status_code == 503
    monkeypatch.undo()
    assert stranger.get(PATH).status_code == 200


def test_a_fault_of_ours_is_a_fault_with_its_traceback(stranger, failing, lines):
    failing(of_sqlite(sqlite3.SQLITE_ERROR))
    assert stranger.get(PATH).status_code == 500
    (line,) = lines
    assert "Traceback" in line


def test_nobody_waits_again_for_what_is_known_to_be_away(stranger, failing, monkeypatch):
    asked = []
    monkeypatch.setattr(middleware, "_answers", lambda: bool(asked.append(1)))
    monkeypatch.setattr(outages, "RETRY_SECONDS", 60)
    failing(of_postgresql("57P03"))
    assert stranger.get(PATH).status_code == 503
    for _ in range(3):
        assert stranger.get(PATH).status_code == 503
        assert stranger.get("/healthz").status_code == 200
    assert asked == []


def test_it_ends_by_itself_when_the_database_can_be_read_again(
    stranger, failing, monkeypatch, lines
):
    monkeypatch.setattr(outages, "RETRY_SECONDS", 0)
    with monkeypatch.context():
        failing(of_postgresql("57P03"))
        stranger.get(PATH)
    monkeypatch.undo()
    monkeypatch.setattr(answers.reading, "_until", 0)
    assert stranger.get(PATH).status_code == 200
    assert not answers.reading.lasts
    assert [line for line in lines if "can be used again" in line]
