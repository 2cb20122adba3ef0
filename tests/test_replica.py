"""The public reads from a real streaming replica, and from the primary where it is away."""

import os
import time

import psycopg
import pytest
from django.conf import settings as configured
from django.contrib.auth.models import Permission
from django.db import InternalError, OperationalError, connection, connections, router
from django.test import Client
from django.test.utils import CaptureQueriesContext

from initiatives import actions
from initiatives.editions.index import Selection, index
from initiatives.http import caching
from initiatives.models import Edition, Initiative
from tests.desk import make_chief
from tests.factories import cite, make_initiative, make_status_change
from tests.postgres_replica import temporary_replica
from tests.register import known_since
from tracker import outages, replica
from tracker.database import database_of, replica_of
from tracker.replica import reading_from

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs a server of PostgreSQL"),
    pytest.mark.server,
    pytest.mark.no_editions,
    pytest.mark.xdist_group("replica"),
    pytest.mark.django_db(transaction=True),
]
CODE = "CI-2025-0001"
ADDRESSES = f"""
    /en/ /ru/initiatives/?sort=title /en/initiatives/{CODE}/ /en/initiatives/{CODE}/editions/
    /en/pairs/kz-uz/ /en/countries/kz/ /en/events/ /en/changes/ /en/slipped/ /en/about/data/
    /en/initiatives.json /en/initiatives.csv /en/initiatives.xlsx /en/initiatives.iati.xml
    /en/initiatives.atom /en/events.ics /editions.jsonl
    /api/v1/initiatives/ /api/v1/initiatives/{CODE}/ /sitemap.xml
""".split()


@pytest.fixture(scope="module")
def server():
    with temporary_replica(os.environ["DATABASE_URL"]) as started:
        yield started


@pytest.fixture(autouse=True)
def _configured(server, settings, monkeypatch):
    """As tracker/settings.py does it, with the test's database."""
    primary = connections["default"].settings_dict
    given = replica_of(server.url(primary["NAME"]), database_of(os.environ["DATABASE_URL"]))
    monkeypatch.setitem(connections.settings, replica.ALIAS, primary | given)
    allow(connections[replica.ALIAS])
    settings.DATABASE_ROUTERS = ["tracker.replica.ReplicaRouter"]
    before = configured.MIDDLEWARE.index("django.contrib.sessions.middleware.SessionMiddleware")
    settings.MIDDLEWARE = [*configured.MIDDLEWARE]
    settings.MIDDLEWARE.insert(before, "tracker.replica.ReadFromReplica")
    monkeypatch.setattr(outages, "RETRY_SECONDS", 0.05)
    replica._outage.end()
    yield
    connections[replica.ALIAS].close()
    del connections[replica.ALIAS]


def allow(other):
    """Django's tests forbid databases that they did not make."""

    def ensure_connection():
        if other.connection is None:
            with other.wrap_database_errors:
                other.connect()

    other.ensure_connection = ensure_connection


@pytest.fixture
def shown(server):
    initiative = make_initiative(CODE, title_en="A road")
    make_status_change(initiative)
    cite(initiative)
    known_since()
    server.catch_up()
    return initiative


def rename(initiative, title):
    initiative.refresh_from_db()
    initiative.title_en = title
    actions.save(initiative, by=make_chief(title.replace(" ", "")))


def read(address, client=None):
    """(number of queries of the primary, of the replica, text)."""
    with (
        CaptureQueriesContext(connections["default"]) as primary,
        CaptureQueriesContext(connections[replica.ALIAS]) as other,
    ):
        response = (client or Client()).get(address)
        text = response.getvalue() if response.streaming else response.content
    assert response.status_code == 200, (address, response.status_code)
    return len(primary), len(other), text.decode("utf-8", "replace")


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_public_reads_from_the_replica_alone(shown, address):
    primary, other, _text = read(address)
    assert primary == 0 < other


@pytest.mark.parametrize("address", ["/en/initiatives/", "/admin/", f"/en/initiatives/{CODE}/"])
def test_who_is_signed_in_reads_from_the_primary_alone(shown, address):
    officer = Client()
    officer.force_login(make_chief())
    primary, other, _text = read(address, officer)
    assert primary > 0 == other


def test_commands_and_what_is_outside_of_requests_read_from_the_primary(shown):
    assert Initiative.objects.get().title_en == "A road"
    assert connections[replica.ALIAS].connection is None


def test_nothing_is_written_on_the_replica(shown):
    with pytest.raises(InternalError, match="read-only transaction"):
        Permission.objects.using(replica.ALIAS).update(name="x")
    assert not router.allow_migrate(replica.ALIAS, "initiatives")
    assert router.allow_migrate("default", "initiatives")
    assert router.db_for_write(Edition, instance=Edition.objects.first()) == "default"


def test_an_edition_is_seen_as_soon_as_the_replica_has_it(server, shown):
    rename(shown, "A bridge")
    server.catch_up()
    assert "A bridge" in read("/en/initiatives/")[2]


def test_a_replica_that_lags_shows_an_older_register_that_is_whole(server, shown):
    before = read("/en/initiatives/")[2]
    officer = Client()
    officer.force_login(make_chief())
    with server.lagging():
        rename(shown, "A bridge")
        assert read("/en/initiatives/")[2] == before
        assert read("/editions.jsonl")[2].count("\n") == 1
        assert "A bridge" in read("/en/initiatives/", officer)[2]
        tags = [client.get("/en/initiatives.json")["ETag"] for client in (Client(), officer)]
        assert tags[0] != tags[1]
    server.catch_up()
    assert "A bridge" in read("/en/initiatives/")[2]
    assert Client().get("/en/initiatives.json")["ETag"] == tags[1]


def number_shown():
    with index.reading() as reading:
        return reading.find(Selection()).total


def test_the_index_never_mixes_the_two(server, shown):
    index.forget()
    with server.lagging():
        make_initiative("CI-2025-0002")
        known_since()
        for _ in range(2):
            assert number_shown() == 2
            with reading_from(replica.ALIAS):
                assert number_shown() == 1
    server.catch_up()
    with reading_from(replica.ALIAS):
        assert number_shown() == 2


def told(caplog):
    return [record.getMessage() for record in caplog.records if record.name == outages.__name__]


def test_while_the_replica_is_stopped_the_primary_answers_and_the_log_has_one_line(
    server, shown, caplog
):
    read("/en/initiatives/")
    server.shut_down()
    try:
        for _ in range(3):
            assert "A road" in read_of_the_primary("/en/initiatives/")
            time.sleep(0.06)
    finally:
        server.start_again()
    (line,) = told(caplog)
    assert line.startswith("The replica of DATABASE_REPLICA_URL cannot be used: ")
    assert "Everybody reads from the primary; it is asked again" in line
    time.sleep(0.06)
    assert read("/en/initiatives/")[0] == 0
    assert told(caplog)[1:] == ["The replica of DATABASE_REPLICA_URL can be used again."]


def test_a_connection_that_was_cut_is_opened_anew(server, shown, caplog):
    read("/en/initiatives/")
    server.disconnect(connections["default"].settings_dict["NAME"])
    assert read("/en/initiatives/")[0] == 0
    assert told(caplog) == []


@pytest.mark.parametrize("address", ["/en/initiatives/", "/en/initiatives.json", "/api/v1/"])
def test_an_answer_in_whose_middle_the_replica_fails_is_made_from_the_primary(
    server, shown, caplog, monkeypatch, address
):
    name = connections["default"].settings_dict["NAME"]

    def stamp(*args, **kwargs):
        if connections[replica.ALIAS].connection is not None:
            server.disconnect(name)
        return freshness(*args, **kwargs)

    freshness = caching.freshness
    monkeypatch.setattr(caching, "freshness", stamp)
    response = Client().get(address)
    assert response.status_code == 200
    assert len(told(caplog)) == 1


def test_what_a_replica_ends_to_follow_the_primary_is_answered_by_the_primary(
    server, shown, monkeypatch
):
    def stamp(*args, **kwargs):
        if not replica.reads_from_primary():
            reason = "canceling statement due to conflict with recovery"
            raise OperationalError(reason) from psycopg.errors.SerializationFailure(reason)
        return freshness(*args, **kwargs)

    freshness = caching.freshness
    monkeypatch.setattr(caching, "freshness", stamp)
    assert Client().get("/en/initiatives/").status_code == 200


def test_what_takes_too_long_on_the_replica_is_not_asked_of_the_primary_too(
    server, shown, monkeypatch
):
    def stamp(*args, **kwargs):
        asked.append(replica.reads_from_primary())
        raise OperationalError("statement timeout") from psycopg.errors.QueryCanceled("timeout")

    asked = []
    monkeypatch.setattr(caching, "freshness", stamp)
    assert Client(raise_request_exception=False).get("/en/initiatives/").status_code == 503
    assert asked == [False]


def test_a_replica_that_accepts_and_never_answers_holds_one_reader_for_a_moment(
    server, shown, monkeypatch
):
    monkeypatch.setattr(outages, "RETRY_SECONDS", 60)
    monkeypatch.setattr(replica, "ANSWER_SECONDS", 0.2)
    read("/en/initiatives/")
    with server.halted():
        begun = time.monotonic()
        for _ in range(2):
            assert "A road" in read_of_the_primary("/en/initiatives/")
        assert time.monotonic() - begun < 20  # and not for ever


def test_a_program_that_is_newer_than_the_replica_reads_from_the_primary(
    server, shown, caplog, monkeypatch
):
    def of_newer(*args, **kwargs):
        with connections[router.db_for_read(Edition)].cursor() as cursor:
            cursor.execute("SELECT * FROM newer")
        return freshness(*args, **kwargs)

    freshness = caching.freshness
    monkeypatch.setattr(caching, "freshness", of_newer)
    with server.lagging():
        with connections["default"].cursor() as cursor:
            cursor.execute("CREATE TABLE newer AS SELECT 1")
        try:
            primary, other, _text = read("/en/initiatives/")
        finally:
            with connections["default"].cursor() as cursor:
                cursor.execute("DROP TABLE newer")
    assert primary > 0 < other
    assert len(told(caplog)) == 1
    server.catch_up()


def read_of_the_primary(address):
    with CaptureQueriesContext(connections["default"]) as primary:
        response = Client().get(address)
    assert (response.status_code, len(primary) > 0) == (200, True)
    return response.content.decode()
