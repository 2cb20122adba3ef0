"""Signing in with two steps: an officer who has an app, and what the app shows."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp import models as otp_models
from django_otp.plugins.otp_totp.models import TOTPDevice

from initiatives.actions.accounts import second_factors
from initiatives.desk.admin.sign_in import (
    asking_passkeys,
    own_passkeys,
    proof,
    second_step,
    sessions,
)
from tests.desk import make_officer

LOGIN, STEP, OWN, APP = (
    "/admin/login/",
    "/admin/second-step/",
    "/admin/sign-in/",
    "/admin/sign-in/app/",
)
HERE, THERE = "203.0.113.7", "198.51.100.9"


def move_clock(monkeypatch, start=1_900_000_000):
    """An instant that the test moves, for apps, pages and sessions."""
    now = [start]

    def time():
        return now[0]

    for module in (sessions, second_step, proof, asking_passkeys, own_passkeys):
        monkeypatch.setattr(module, "time", time)
    monkeypatch.setattr(otp_models, "time", SimpleNamespace(time=time))
    return now


def shown_by(app, now):
    """The digits that the app shows at the instant."""
    codes = TOTP(app.bin_key)
    codes.time = now[0]
    return f"{codes.token():06d}"


def give_app(user, now):
    """(app of `user`, recovery codes); the code that confirmed it was shown a minute ago."""
    app = second_factors.begin(user)
    codes = second_factors.confirm(user, app, shown_by(app, now))
    now[0] += 60
    return TOTPDevice.objects.get(user=user), codes


@pytest.fixture
def officer(now):
    return make_officer("aziza", first_name="Aziza", email="aziza@example.org")


@pytest.fixture
def app(officer, now):
    return give_app(officer, now)[0]


def is_in(client):
    return client.get("/admin/").status_code == 200


def password(user, client=None, address=HERE, word="pw", **typed):
    """(client, answer) to the password of `user`."""
    client = client or Client(REMOTE_ADDR=address)
    form = {"username": user.get_username(), "password": word, "next": "/admin/", **typed}
    return client, client.post(LOGIN, form)


def calm(app):
    """Let the wait after wrong codes be over."""
    TOTPDevice.objects.filter(pk=app.pk).update(throttling_failure_timestamp=None)
