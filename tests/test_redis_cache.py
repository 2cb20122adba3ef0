"""Answers are kept in a real Redis for all processes, and given without it where it is away."""

import os
import subprocess
import sys
import time

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from initiatives import actions
from tests.desk import make_chief
from tests.factories import cite, make_initiative, make_status_change
from tests.redis_server import temporary_redis
from tests.register import known_since
from tracker import outages
from tracker.cache import cache_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.server,
    pytest.mark.xdist_group("redis"),
    pytest.mark.once,
]
LIST = "/en/initiatives/"
FEW = 7  # queries of an answer that was kept


@pytest.fixture(scope="module")
def redis(tmp_path_factory):
    with temporary_redis(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture(autouse=True)
def _kept_in(redis, settings, monkeypatch):
    with redis.client() as client:
        client.flushall()
    monkeypatch.setattr(outages, "RETRY_SECONDS", 0.05)
    use(settings, redis.url)


def use(settings, address, site="example.org"):
    settings.CACHES = settings.CACHES | {"answers": cache_of(address, site=site)}


@pytest.fixture
def shown():
    initiative = make_initiative("CI-2025-0001", title_en="A road")
    make_status_change(initiative)
    cite(initiative)
    known_since()
    return initiative


def asked(client=None):
    """(number of queries, text of the list)."""
    with CaptureQueriesContext(connection) as captured:
        response = (client or Client()).get(LIST)
    assert response.status_code == 200
    return len(captured), response.content.decode()


def held(redis):
    with redis.client() as client:
        return client.keys()


def test_the_second_reader_gets_the_same_answer_for_a_few_tiny_queries(shown):
    first, again = asked(), asked()
    assert again[1] == first[1]
    assert again[0] <= FEW < first[0]


def test_an_answer_is_kept_for_other_processes(redis, shown):
    asked()
    (key,) = (name.decode().rpartition(":")[2] for name in held(redis))
    code = (
        "import django; django.setup(); from django.core.cache import caches;"
        f"print(caches['answers'].get({key!r})[1].decode().count('A road'))"
    )
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "CACHE_URL": redis.url,
        "IDENTIFIER_DOMAIN": "example.org",
    }
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True)
    assert int(done.stdout) > 0


def test_a_socket_is_an_address_as_well(redis, settings, shown):
    use(settings, redis.socket_url)
    assert asked()[0] > FEW
    assert asked()[0] <= FEW
    assert held(redis) == []  # of the database 0: the socket's address names another one


def test_sites_that_share_a_redis_do_not_share_answers(redis, settings, shown):
    asked()
    use(settings, redis.url, site="example.net")
    assert asked()[0] > FEW
    prefixes = sorted(name.decode().split(":")[1] for name in held(redis))
    assert prefixes == ["example.net", "example.org"]


def test_an_answer_ends_with_its_day(redis, shown):
    asked()
    with redis.client() as client:
        assert 0 < client.ttl(*client.keys()) <= 86_400


def test_after_an_edition_the_next_answer_is_another_one(shown):
    asked()
    shown.refresh_from_db()
    shown.title_en = "A bridge"
    actions.save(shown, by=make_chief())
    assert "A bridge" in asked()[1]


def test_other_settings_give_other_answers(settings, shown):
    asked()
    settings.IATI_REPORTING_ORG_NAME = "Another office"
    assert asked()[0] > FEW


def test_nothing_is_kept_for_or_given_to_who_is_signed_in(redis, shown):
    officer = Client()
    officer.force_login(make_chief())
    asked(officer)
    assert held(redis) == []
    asked()
    assert asked(officer)[0] > FEW


def test_what_others_wrote_into_it_is_no_answer(redis, shown):
    first = asked()[1]
    with redis.client() as client:
        client.set(client.keys()[0], b"\x80\x04cos\nsystem\n.")
    assert asked()[1] == first


def told(caplog):
    return [record.getMessage() for record in caplog.records if record.name == outages.__name__]


def test_while_it_is_stopped_pages_are_made_and_the_log_has_one_line(redis, shown, caplog):
    asked()
    redis.kill()
    try:
        for _ in range(5):
            assert asked()[0] > FEW
    finally:
        redis.start()
    (line,) = told(caplog)
    assert line.startswith("The Redis of CACHE_URL cannot be used: ")
    assert "Answers are made anew each time" in line
    time.sleep(0.1)
    assert [asked()[0] > FEW, asked()[0] > FEW] == [True, False]
    assert told(caplog)[1:] == ["The Redis of CACHE_URL can be used again."]


def test_one_that_accepts_and_never_answers_holds_one_reader_for_a_moment(
    redis, shown, caplog, monkeypatch
):
    asked()
    monkeypatch.setattr(outages, "RETRY_SECONDS", 60)
    with redis.halted():
        begun = time.monotonic()
        for _ in range(3):
            caches["answers"].get("a")
        assert 0.2 < time.monotonic() - begun < 0.7
        assert asked()[0] > FEW
    assert len(told(caplog)) == 1
    monkeypatch.setattr(outages, "monotonic", lambda: time.monotonic() + 61)
    assert asked()[0] <= FEW


def test_a_full_one_gives_what_it_has(tmp_path, settings, shown, caplog):
    with temporary_redis(tmp_path) as full:
        use(settings, full.url)
        asked()
        with full.client() as client:
            client.config_set("maxmemory", 1)
        assert Client().get("/en/events/").status_code == 200
        for _ in range(3):
            assert asked()[0] <= FEW
    (line,) = told(caplog)
    assert line.startswith("Writing to the Redis of CACHE_URL cannot be used: ")


def test_a_wrong_password_is_an_outage_and_is_not_told(redis, settings, shown, caplog):
    use(settings, redis.url.replace("p%2C", "hunter2"))
    assert asked()[0] > FEW
    (line,) = told(caplog)
    assert "hunter2" not in line
