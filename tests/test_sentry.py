"""What a Sentry is told of an error, and that nothing of it is there without SENTRY_DSN."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tracker import sentry

ROOT = Path(__file__).resolve().parent.parent
DSN = "https://0123456789abcdef@sentry.example.org/1"

pytestmark = pytest.mark.once

# It patches Django for good, so it is tried in a process of its own.
FAILS = """
import json, logging
from wsgiref.util import setup_testing_defaults
import django
from sentry_sdk.transport import Transport
import tracker.sentry as sentry
sent = []

class Kept(Transport):
    def __init__(self, options=None):
        super().__init__(options)
    def capture_envelope(self, envelope):
        if event := envelope.get_event():
            sent.append(event)

whole = sentry.options
sentry.options = lambda *a, **k: {**whole(*a, **k), "transport": Kept}
from django.core.wsgi import get_wsgi_application
django.setup()
from initiatives.public.pages import health

def fail():
    person = "aziza@example.uz"
    raise RuntimeError(f"{person} is there twice")

health.readiness = fail
site = get_wsgi_application()

def ask(path, host):
    environ = {"PATH_INFO": path, "QUERY_STRING": "", "HTTP_HOST": host}
    environ |= {"HTTP_COOKIE": "sessionid=cookie-of-somebody", "REMOTE_ADDR": "203.0.113.7"}
    setup_testing_defaults(environ)
    told = []
    answer = site(environ, lambda status, headers: told.extend([status, dict(headers)]))
    list(answer)
    answer.close()
    return told

status, headers = ask("/readyz", "localhost")
ask("/healthz", "evil.example")
logging.getLogger("tracker").error("It failed for boris@example.uz", extra={"secret": "hidden-1"})
print(json.dumps([status, headers["X-Request-ID"], sent], default=str))
"""
IMPORTED = """
import sys, django
django.setup()
from django.test import Client
Client().get("/healthz", headers={"Host": "localhost"})
print(sorted(name for name in sys.modules if name.startswith("sentry_sdk")))
"""


def run(code, **more):
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        **more,
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_is_told_what_failed_and_nothing_of_who_asked():
    status, number, sent = json.loads(run(FAILS, SENTRY_DSN=DSN))
    assert status.startswith("500")
    first, second = sent  # a wrong Host is no error of ours
    (failure,) = first["exception"]["values"]
    assert (failure["type"], failure["value"]) == ("RuntimeError", "…@… is there twice")
    assert failure["stacktrace"]["frames"]
    assert first["tags"]["request_id"] == number
    assert first["request"] == {"method": "GET"}
    assert second["logentry"]["message"] == "It failed for …@…"
    told = json.dumps(sent)
    persons = ("aziza@", "boris@", "cookie-of-somebody", "203.0.113", "hidden-1", '"vars"')
    assert [one for one in persons if one in told] == []


def test_without_an_address_it_is_not_even_imported():
    assert run(IMPORTED).strip() == "[]"


def test_an_address_that_is_none_stops_the_start_without_being_repeated():
    with pytest.raises(ImproperlyConfigured, match="it must be like https://") as raised:
        sentry.start("https://sentry.example.org", environment="local", release="1")
    assert "sentry.example.org/1" in str(raised.value)


def test_a_missing_library_is_told_with_the_cure(monkeypatch):
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)
    with pytest.raises(ImproperlyConfigured, match=r"-r requirements-sentry\.txt"):
        sentry.start(DSN, environment="local", release="1")
