"""What a watcher of the process is told."""

import time
from threading import Event

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import CaptureQueriesContext

from initiatives.editions.index import Index
from initiatives.public.pages import readiness
from tests.public_records import Line, append
from tests.test_index_following import empty, line

# Readiness is looked at by a thread of its own, which sees what is committed.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.no_editions]


def ready(client):
    response = client.get("/readyz")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "no-store" in response["Cache-Control"]
    return response.status_code, response.content.decode()


def test_a_healthy_process_says_ok_without_asking_the_database(client):
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/healthz")
    assert (response.status_code, response.content, len(queries)) == (200, b"ok\n", 0)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "no-store" in response["Cache-Control"]


def test_a_ready_one_says_how_far_it_knows_the_register(client):
    assert ready(client) == (200, "ok\nposition 0\n")
    append(line(1), line(2))
    assert ready(client) == (200, "ok\nposition 2\n")


def test_a_missing_migration_makes_it_unready(client):
    last = MigrationLoader(connection).graph.leaf_nodes("initiatives")[0][1]
    MigrationRecorder(connection).record_unapplied("initiatives", last)
    try:
        assert ready(client) == (503, "migrations are not applied: 1\n")
    finally:
        MigrationRecorder(connection).record_applied("initiatives", last)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (DatabaseError("password=secret"), "the database does not answer\n"),
        (MemoryError("secret"), "the index of the register cannot be built\n"),
    ],
)
def test_what_fails_makes_it_unready_but_not_unhealthy(client, monkeypatch, error, reason):
    def refuse(self):
        raise error

    monkeypatch.setattr(Index, "catch_up", refuse)
    assert ready(client) == (503, reason)
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("where", "reason"),
    [
        ((readiness, "_unapplied_migrations"), "the database does not answer\n"),
        ((Index, "catch_up"), "the index of the register is not built yet\n"),
    ],
)
def test_what_takes_long_is_not_awaited_by_anybody(client, monkeypatch, where, reason):
    goes_on, looks = Event(), []

    def wait(*_args):
        looks.append(goes_on.wait(30))
        return 0

    monkeypatch.setattr(readiness, "SECONDS", 0.1)
    with monkeypatch.context() as slow:
        slow.setattr(*where, wait)
        begun = time.monotonic()
        assert [ready(client) for _ in range(3)] == [(503, reason)] * 3
        assert time.monotonic() - begun < 10
        goes_on.set()
        readiness._last.join()
    assert looks == [True]  # three asked, and one looked
    monkeypatch.undo()
    assert ready(client)[0] == 200


def test_the_wait_is_below_two_seconds():
    assert readiness.SECONDS < 2


def test_a_body_that_cannot_be_read_makes_it_unready_until_it_is_taken_out(client):
    append(line(1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Line, "body", '{"form":1}')
        append(line(2), line(3))
    assert ready(client) == (503, "the body at position 2 cannot be read, and 1 more\n")
    for number in (2, 3):
        empty(number)
        append(line(number, withdrawn=True))
    assert ready(client) == (200, "ok\nposition 5\n")


def test_a_body_that_does_not_verify_makes_it_unready(client):
    other = line(2)
    append(line(1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("initiatives.editions.chain.sha256", lambda text: "0" * 64)
        append(other)
    assert ready(client) == (503, "the body at position 2 does not verify\n")
