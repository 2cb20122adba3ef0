"""Numbers at /metrics: for whom, of what, and at what cost."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured, MiddlewareNotUsed
from django.core.mail.backends.base import BaseEmailBackend
from django.db import Error, connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from initiatives.models import Edition
from tests.desk import make_chief, make_officer
from tests.factories import make_initiative
from tests.passkeys import BEGIN, after_password, give_passkey
from tests.public_records import append
from tests.second_steps import STEP
from tests.test_index_following import line
from tracker.environment import token_of
from tracker.metrics.requests import CountRequests

TOKEN = "a token that nobody knows"
ROOT = Path(__file__).resolve().parent.parent

pytestmark = [pytest.mark.django_db, pytest.mark.no_editions]


@pytest.fixture
def counted(settings):
    settings.METRICS_TOKEN = TOKEN
    return Client(raise_request_exception=False)


def answer(client, token=TOKEN, scheme="Bearer"):
    return client.get("/metrics", headers={"Authorization": f"{scheme} {token}"})


def numbers(client):
    """{(name, value of each label): number}"""
    from prometheus_client.parser import text_string_to_metric_families  # after `counts`

    told = answer(client)
    assert told.status_code == 200
    return {
        (one.name, *(value for _label, value in sorted(one.labels.items()))): one.value
        for family in text_string_to_metric_families(told.content.decode())
        for one in family.samples
    }


def test_without_a_token_there_is_nothing(client):
    assert answer(client).status_code == 404
    with pytest.raises(MiddlewareNotUsed):
        CountRequests(lambda request: HttpResponse())


@pytest.mark.parametrize(
    ("token", "scheme"), [("", "Bearer"), ("another", "Bearer"), (TOKEN, "Basic"), ("ß", "Bearer")]
)
def test_who_has_not_the_token_gets_no_numbers(counted, token, scheme):
    refused = answer(counted, token, scheme)
    assert (refused.status_code, refused["WWW-Authenticate"]) == (401, "Bearer")
    assert "tracker_" not in refused.content.decode()


def test_nobody_keeps_them_and_no_language_has_them(counted):
    told = answer(counted)
    assert "no-store" in told["Cache-Control"]
    assert told["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert counted.get("/en/metrics").status_code == 404
    assert counted.get("/metrics?a=1").status_code == 400
    assert counted.post("/metrics").status_code == 405


@pytest.mark.once
def test_a_token_that_can_be_guessed_stops_the_start():
    with pytest.raises(ImproperlyConfigured, match="METRICS_TOKEN must have 20 or more"):
        token_of("secret", "METRICS_TOKEN")
    assert token_of(f" {TOKEN} ", "METRICS_TOKEN") == TOKEN


def test_requests_are_counted_by_view_and_status_and_never_by_address(counted):
    append(line(1))
    before = numbers(counted)
    for path in ("/en/initiatives/", "/ru/initiatives/", "/healthz", "/a/1", "/a/2", "/admin/x/"):
        counted.get(path)
    after = numbers(counted)

    def more(*key):
        return after.get(key, 0) - before.get(key, 0)

    assert more("tracker_requests_total", "200", "initiatives:list") == 2
    assert more("tracker_requests_total", "200", "healthz") == 1
    assert more("tracker_requests_total", "404", "none") == 2
    assert more("tracker_request_seconds_count", "initiatives:list") == 2
    assert [key for key in after if "/" in "".join(key)] == []


def test_an_answer_that_was_kept_counts_for_its_view(counted, settings):
    backend = "django.core.cache.backends.locmem.LocMemCache"
    kept = {"answers": {"BACKEND": backend, "LOCATION": "counted"}}
    settings.CACHES = settings.CACHES | kept
    append(line(1))
    before = numbers(counted)
    for _ in range(3):
        counted.get("/en/initiatives/")
    key = ("tracker_requests_total", "200", "initiatives:list")
    assert numbers(counted)[key] - before.get(key, 0) == 3


def test_wrong_passwords_are_counted(counted):
    before = numbers(counted)
    counted.post("/admin/login/", {"username": "root", "password": "wrong"})
    key = ("tracker_failed_logins_total",)
    assert numbers(counted)[key] - before[key] == 1


def test_wrong_codes_and_passkeys_are_counted_as_well(counted):
    officer = make_officer("aziza")
    give_passkey(officer)
    before = numbers(counted)
    client = after_password(officer)
    client.post(STEP, {"code": "not one"})
    client.post(STEP, BEGIN)  # an answer that nothing asked for is no try
    client.post(STEP, {"passkey": "{}"})
    key = ("tracker_failed_logins_total",)
    assert numbers(counted)[key] - before[key] == 2


class Broken(BaseEmailBackend):
    def send_messages(self, email_messages):
        raise OSError("the server of mail is away")


def test_mails_are_counted_by_what_became_of_them(counted, settings):
    settings.EMAIL_BACKEND = "tracker.metrics.mail.CountingBackend"
    settings.EMAIL_BACKEND_COUNTED = "django.core.mail.backends.locmem.EmailBackend"
    before = numbers(counted)
    mail.send_mail("One", "…", None, ["a@example.org"])
    settings.EMAIL_BACKEND_COUNTED = f"{__name__}.Broken"
    with pytest.raises(OSError, match="is away"):
        mail.send_mail("Two", "…", None, ["a@example.org"])
    after = numbers(counted)
    assert [one.subject for one in mail.outbox] == ["One"]
    for result in ("sent", "failed"):
        key = ("tracker_mails_total", result)
        assert after[key] - before.get(key, 0) == 1


def test_it_says_what_waits_and_how_far_the_register_and_its_index_are(counted):
    append(line(1), line(2))
    counted.get("/en/initiatives/")
    append(line(3))
    told = numbers(counted)
    newest = Edition.objects.order_by("-position").first().position
    assert told["tracker_register_position", "default"] == newest == 3
    assert told["tracker_index_position", "default"] == 2
    assert told["tracker_index_lag", "default"] == 1
    assert told["tracker_editions", "initiative"] == 3
    assert told["tracker_database_up",] == 1
    waits = {key[1]: told[key] for key in told if key[0] == "tracker_waiting"}
    assert waits == {"requests": 0, "imports": 0, "mails": 0, "subscriptions": 0}
    assert ("tracker_records_with_task", "overdue") in told


@pytest.mark.parametrize("rows", [1, 10])
def test_as_many_queries_for_ten_records_as_for_one(counted, rows):
    make_chief()
    for _ in range(rows):
        make_initiative()
    answer(counted)
    with CaptureQueriesContext(connection) as queries:
        numbers(counted)
    assert len(queries) == 7


def test_while_the_database_is_away_it_says_so_and_still_counts(counted, monkeypatch):
    def refuse():
        raise Error("away")

    monkeypatch.setattr("tracker.metrics.state._waiting", refuse)
    told = numbers(counted)
    assert told["tracker_database_up",] == 0
    assert any(key[0] == "tracker_requests_total" for key in told)
    assert ("tracker_register_position", "default") not in told


@pytest.mark.once
def test_counting_costs_a_request_less_than_a_tenth_of_a_millisecond(counted, rf):
    request, times = rf.get("/en/"), 2_000
    plain, counting = HttpResponse("x"), CountRequests(lambda request: HttpResponse("x"))
    begun = time.process_time()
    for _ in range(times):
        counting(request)
    spent = time.process_time() - begun
    assert plain.status_code == 200
    assert spent / times < 0.000_1


WORKERS = """
import os, django
django.setup()
from tracker.metrics.counts import REQUESTS
for _ in range(2):
    if not os.fork():
        REQUESTS.labels("home", 200).inc(3)
        os._exit(0)
    os.wait()
from tracker.metrics.views import _all
from unittest.mock import patch
from django.db import Error
with patch("tracker.metrics.state._waiting", side_effect=Error):
    told = _all().content.decode()
print([one for one in told.splitlines() if one.startswith("tracker_requests_total")])
print(os.environ["PROMETHEUS_MULTIPROC_DIR"])
"""


@pytest.mark.once
def test_what_all_workers_counted_is_added_up_and_leaves_nothing(tmp_path):
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "METRICS_TOKEN": TOKEN,
        "PROMETHEUS_MULTIPROC_DIR": "",
        "TMPDIR": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", WORKERS], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    told, folder = done.stdout.splitlines()
    assert told == '[\'tracker_requests_total{status="200",view="home"} 6.0\']'
    assert not Path(folder).exists()
