"""A session at the desk ends without work and after some hours; its cookies belong to the host."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session

from initiatives.desk.admin.sign_in import sessions
from tests.desk import address, edit, make_officer, signed_in
from tests.factories import make_initiative
from tests.second_steps import is_in

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent
DESK, MINUTE, HOUR = "/admin/", 60, 3_600


@pytest.fixture
def clock(monkeypatch):
    """An instant that the test moves."""
    now = [1_900_000_000]
    monkeypatch.setattr(sessions, "time", lambda: now[0])
    return now


@pytest.fixture
def desk(clock):
    return signed_in(make_officer())


def test_it_ends_after_two_hours_without_work(desk, clock):
    clock[0] += 2 * HOUR - 1
    assert is_in(desk)
    clock[0] += 2 * HOUR
    assert not is_in(desk)


def test_work_keeps_it_for_twelve_hours_and_no_longer(desk, clock):
    for _ in range(11):
        clock[0] += HOUR
        assert is_in(desk)
    clock[0] += HOUR
    assert not is_in(desk)


def test_a_form_that_only_lies_open_is_no_work(desk, clock):
    record = make_initiative()
    desk.get(edit(record))
    for _ in range(8):
        clock[0] += 15 * MINUTE - 1
        assert desk.post(address("initiative", "presence", record.pk)).status_code == 200
    clock[0] += 10
    assert not is_in(desk)


def test_what_ended_does_not_come_back(desk, clock):
    clock[0] += 2 * HOUR
    assert not is_in(desk)
    clock[0] -= HOUR
    assert not is_in(desk)


def test_what_was_typed_when_it_ended_comes_back(desk, clock):
    record = make_initiative()
    clock[0] += 2 * HOUR
    answer = desk.post(edit(record), {"title_en": "Typed while it ended"})
    assert answer.status_code == 403
    assert "Typed while it ended" in answer.content.decode()


def test_who_reads_on_is_written_down_once_in_two_minutes(desk, clock):
    def written():
        return Session.objects.get().session_data

    before = written()
    clock[0] += 100
    assert is_in(desk)
    assert written() == before
    clock[0] += 20
    assert is_in(desk)
    assert written() != before


@pytest.mark.once
def test_a_session_without_a_sign_in_does_not_end_by_itself(client, clock):
    store = client.session
    store["seen"] = "something"
    store.save()
    clock[0] += 99 * HOUR
    assert client.session["seen"] == "something"


@pytest.mark.once
@pytest.mark.parametrize(
    "where", ["https://evil.example/", "//evil.example", "http:///evil.example", "javascript:1"]
)
def test_a_sign_in_with_a_foreign_next_ends_at_the_desk(client, where):
    make_officer("aziza")
    form = {"username": "aziza", "password": "pw", "next": where}
    answer = client.post("/admin/login/", form, follow=True)
    assert answer.redirect_chain == [(DESK, 302)]
    assert answer.status_code == 200


def settings_with(**environment):
    """The names and bounds of cookies in a fresh process."""
    code = (
        "import environ, json; environ.Env.read_env = lambda *a, **k: None;"
        "from tracker import settings as s; print(json.dumps([s.SESSION_COOKIE_NAME,"
        "getattr(s, 'CSRF_COOKIE_NAME', ''), s.SESSION_IDLE, s.SESSION_LONGEST, s.SECOND_FACTOR]))"
    )
    clean = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "SECRET_KEY": "s" * 60}
    done = subprocess.run(
        [sys.executable, "-c", code], env={**clean, **environment}, capture_output=True, text=True
    )
    return json.loads(done.stdout) if not done.returncode else done.stderr


@pytest.mark.once
def test_cookies_belong_to_the_host_in_production():
    there = settings_with(ALLOWED_HOSTS="tracker.example.org", SESSION_HOURS="1")
    assert there == ["__Host-sessionid", "__Host-csrftoken", 2 * HOUR, HOUR, "publishers"]
    here = settings_with(ENVIRONMENT="local", SESSION_IDLE_MINUTES="5")
    assert here == ["sessionid", "", 5 * MINUTE, 12 * HOUR, "off"]


@pytest.mark.once
def test_a_session_that_would_never_be_is_refused_at_the_start():
    told = settings_with(ENVIRONMENT="local", SESSION_HOURS="0")
    assert "SESSION_IDLE_MINUTES and SESSION_HOURS must be 1 or more." in told
