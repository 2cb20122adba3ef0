"""Passkeys of those who must have a second step, and who else gets to them."""

import pytest
from django.test import Client
from lxml import html

from initiatives.models import AccountEvent, Change, Passkey, RecoveryCode
from tests import second_steps
from tests.desk import make_chief, signed_in
from tests.passkeys import (
    ADD,
    ALONE,
    ASK,
    Device,
    add,
    after_password,
    asked,
    at_desk,
    at_home,
    give_passkey,
    removal,
    shown_codes,
)
from tests.second_steps import APP, OWN, STEP, password

pytestmark = pytest.mark.django_db
CODES = f"{OWN}codes/"
officer = second_steps.officer


@pytest.fixture
def desk(officer):
    return at_desk(officer)


def test_a_passkey_is_enough_for_who_must_have_a_second_step(now, settings, mailoutbox):
    settings.SECOND_FACTOR = "publishers"
    chief = make_chief()
    client, _ = password(chief, at_home())
    assert client.get("/admin/")["Location"] == APP
    page = client.get(APP).content.decode()
    assert ADD in page
    assert "needs a second step" in client.get(ADD).content.decode()
    device = Device()
    assert shown_codes(add(client, device)) == 10
    assert client.get("/admin/").status_code == 200
    assert mailoutbox == []  # has no address
    alone = at_home()
    alone.post(ALONE, {"passkey": device.get(asked(alone, ALONE))})
    assert alone.get("/admin/").status_code == 200
    told = device.get(asked(alone, ASK))
    alone.post(removal(), {"password": "pw", "passkey": told})
    assert alone.get("/admin/")["Location"] == APP


def test_a_recovery_code_lets_in_who_lost_the_passkey(officer):
    _device, codes = give_passkey(officer)
    client = after_password(officer)
    assert "Without the passkey type one" in client.get(STEP).content.decode()
    client.post(STEP, {"code": codes[0]})
    assert client.get("/admin/").status_code == 200


def test_an_administrator_removes_all_of_an_officer_who_is_told_so(officer, mailoutbox):
    give_passkey(officer, name="Telephone")
    give_passkey(officer, name="Key", id=b"\x02" * 16)
    chief = signed_in(make_chief())
    at = f"/admin/auth/user/{officer.pk}/second-step/"
    page = chief.get(at).content.decode()
    assert "Telephone" in page
    assert "Added on" in page
    chief.post(at, {"password": "pw"})
    assert not Passkey.objects.exists()
    assert not RecoveryCode.objects.exists()
    assert Change.objects.latest("id").fields == {"passkeys": ["Telephone, Key", None]}
    event = AccountEvent.objects.latest("pk")
    assert (event.act, event.by.username) == ("passkey_removed", "chief")
    (mail,) = mailoutbox
    assert mail.subject == "The second step of your account was removed"


def test_nobody_else_gets_there(officer):
    give_passkey(officer)
    for at in (ADD, ASK, removal()):
        assert Client().get(at).status_code == 302
        assert Client().post(at, {"password": "pw"}).status_code == 302


@pytest.mark.parametrize("told", ["", "{}", "\x00", "x" * 50_000, '{"id": "AQ", "response": 1}'])
def test_no_input_breaks_a_page(desk, officer, told):
    asked(desk, ADD)
    assert desk.post(ADD, {"passkey": told, "name": "x"}).status_code == 200
    give_passkey(officer)
    asked(desk, ASK)
    assert desk.post(removal(), {"passkey": told, "password": "pw"}).status_code == 200
    assert Passkey.objects.exists()


def test_no_browser_asks_for_a_code_beside_a_passkey(officer):
    """The box of the code is needed without one, so a browser that checks forms would stop it."""
    chief = make_chief()
    give_passkey(chief)
    client, at = at_desk(chief), f"/admin/auth/user/{officer.pk}"
    pages = (f"{at}/password/", f"{at}/second-step/", CODES, APP, removal(), ADD)
    for address in pages:
        for page in html.fromstring(client.get(address).content.decode()).cssselect("form"):
            if page.cssselect(".desk-passkey"):
                assert "novalidate" in page.attrib, address
