"""Passkeys of officers in tests: added by a device in software, and shown to pages."""

import pytest
from django.test import Client

from initiatives.actions.accounts import passkeys, webauthn
from initiatives.models import Passkey
from tests.authenticator import Device
from tests.second_steps import HERE, OWN, STEP, is_in, password

ADD, ASK = "/admin/sign-in/passkeys/add/", "/admin/sign-in/passkeys/ask/"
ALONE = "/admin/login/passkey/"
SITE = webauthn.Site("localhost", "http://localhost")
BEGIN = {"begin_passkey": "1"}


def at_home(address=HERE):
    """A client that opened the desk as http://localhost."""
    return Client(SERVER_NAME="localhost", REMOTE_ADDR=address)


def give_passkey(user, *, name="Telephone", id=b"\x01" * 16, device=None):
    """(device of `user` with a new passkey, recovery codes if it was the first second step)."""
    device = device or Device()
    options = webauthn.creation_options(user, [], SITE, b"c" * 32)
    told = device.create(options, id=id)
    return device, passkeys.add(user, told, name=name, site=SITE, challenge=b"c" * 32)


def asked(client, path, **typed):
    """What the page at `path` asks of the browser."""
    answer = client.post(path, {**BEGIN, **typed})
    assert answer.status_code == 200, answer.content
    return answer.json()


def show(client, device, path=STEP, **typed):
    """The answer to the passkey of `device`, which the page at `path` asked for."""
    return client.post(path, {"passkey": device.get(asked(client, path)), **typed})


def after_password(user, **kwargs):
    """A client in which the password of `user` was right."""
    return password(user, at_home(**kwargs))[0]


@pytest.fixture
def device(officer):
    return give_passkey(officer)[0]


def is_in_after_both(officer, device, **kwargs):
    client = after_password(officer, **kwargs)
    show(client, device)
    return is_in(client)


def at_desk(user):
    client = at_home()
    client.force_login(user)
    return client


def removal(key=None):
    return f"{OWN}passkeys/{key or Passkey.objects.latest('pk').pk}/remove/"


def add(client, device=None, name="Grey key", **kwargs):
    device = device or Device()
    told = device.create(asked(client, ADD), **kwargs)
    return client.post(ADD, {"passkey": told, "name": name})


def shown_codes(answer):
    return answer.content.decode().count("<li><code>")
