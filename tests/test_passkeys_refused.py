"""Passkeys that do not let in: answers to other sites and questions, copies, strangers, junk."""

import json

import pytest

from initiatives.actions.accounts import officers
from initiatives.models import AccountEvent, Passkey
from tests import passkeys, second_steps
from tests.authenticator import Device
from tests.desk import make_officer
from tests.passkeys import (
    ALONE,
    after_password,
    asked,
    at_home,
    give_passkey,
    is_in_after_both,
    show,
)
from tests.second_steps import LOGIN, STEP, THERE, is_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
officer, device = second_steps.officer, passkeys.device


def acts():
    return list(AccountEvent.objects.order_by("pk").values_list("act", flat=True))


def differs(**changed):
    def change(device):
        for name, value in changed.items():
            setattr(device, name, value)

    return change


@pytest.mark.parametrize(
    "change",
    [
        differs(origin="http://localhost.evil.example"),
        differs(origin="https://localhost"),
        differs(origin="http://localhost:8000"),
        differs(host="evil.example"),
        differs(is_framed=True),
        differs(key=Device().key),
    ],
    ids=["origin", "scheme", "port", "site", "frame", "key"],
)
def test_what_was_not_signed_for_this_site_is_refused(officer, device, change):
    change(device)
    client = after_password(officer)
    answer = show(client, device)
    assert "could not be checked" in answer.content.decode()
    assert not is_in(client)


def test_another_challenge_is_refused(officer, device):
    client, other = after_password(officer), after_password(officer, address=THERE)
    asked(client, STEP)
    answer = client.post(STEP, {"passkey": device.get(asked(other, STEP))})
    assert "could not be checked" in answer.content.decode()
    assert not is_in(client)


def test_an_answer_works_once(officer, device):
    client = after_password(officer)
    told = device.get(asked(client, STEP))
    client.post(STEP, {"passkey": told})
    again = after_password(officer)
    for before in (lambda: None, lambda: asked(again, STEP)):
        before()
        again.post(STEP, {"passkey": told})
        assert not is_in(again)


def test_what_was_asked_for_something_else_is_refused(officer, device):
    alone = at_home()
    told = device.get(asked(alone, ALONE))
    client = after_password(officer)
    client.post(STEP, {"passkey": told})
    assert not is_in(client)
    created = device.get(asked(client, STEP), type="webauthn.create")
    client.post(STEP, {"passkey": created})
    assert not is_in(client)


def test_an_answer_comes_within_five_minutes(officer, device, now, settings):
    """One that does not counts as no wrong try."""
    settings.AXES_ENABLED = True
    client = at_home()
    told = device.get(asked(client, ALONE))
    now[0] += 300
    answer = client.post(ALONE, {"passkey": told}, follow=True)
    assert "too long ago" in answer.content.decode()
    assert not is_in(client)
    assert acts() == ["passkey_added"]


def test_a_counter_that_went_back_is_refused_and_kept_in_the_audit(officer, device):
    device.counter = 7
    assert is_in_after_both(officer, device)
    for counter in (7, 6, 0):
        device.counter = counter
        client = after_password(officer)
        assert "counter went back" in show(client, device).content.decode()
        assert not is_in(client)
    assert acts().count("passkey_copied") == 3
    device.counter = 8
    assert is_in_after_both(officer, device)
    assert Passkey.objects.get().sign_count == 8


def test_the_passkey_of_another_officer_is_refused(officer, device):
    theirs, _codes = give_passkey(make_officer("bek"), id=b"\x02" * 16)
    client = after_password(officer)
    answer = client.post(STEP, {"passkey": theirs.get(asked(client, STEP))})
    assert "is not known here" in answer.content.decode()
    assert not is_in(client)


def test_a_passkey_that_was_removed_is_refused_with_words(device):
    Passkey.objects.all().delete()
    client = at_home()
    answer = client.post(ALONE, {"passkey": device.get(asked(client, ALONE))}, follow=True)
    assert answer.redirect_chain == [(LOGIN, 302)]
    assert "is not known here" in answer.content.decode()


def test_who_is_deactivated_or_no_officer_does_not_come_in(officer, device):
    officer.is_staff = False
    officer.save()
    client = at_home()
    client.post(ALONE, {"passkey": device.get(asked(client, ALONE))})
    assert "_auth_user_id" not in client.session
    officer.is_staff = True
    officer.save()
    officers.deactivate(officer, by=None)
    client.post(ALONE, {"passkey": device.get(asked(client, ALONE))})
    assert "_auth_user_id" not in client.session


def test_wrong_ones_are_counted_with_passwords_and_codes(officer, device, settings):
    settings.AXES_ENABLED = True
    device.host = "evil.example"
    client = at_home()
    for status in (302, 302, 302, 302, 429):
        answer = client.post(ALONE, {"passkey": device.get(asked(client, ALONE))})
        assert answer.status_code == status
    assert "A wrong passkey was sent too often" in answer.content.decode()
    device.host = "localhost"
    assert client.post(ALONE, {"passkey": device.get(asked(client, ALONE))}).status_code == 429
    assert acts() == ["passkey_added", *["wrong_passkey"] * 5, "shut"]
    assert is_in_after_both(officer, device, address=THERE)


def test_unknown_ones_are_counted_by_the_address(settings):
    settings.AXES_ENABLED = True
    device, client = Device(), at_home()
    device.id = b"\x09" * 16
    for status in (302, 302, 302, 302, 429):
        answer = client.post(ALONE, {"passkey": device.get(asked(client, ALONE))})
        assert answer.status_code == status
    assert AccountEvent.objects.filter(act="wrong_passkey", account=None).count() == 5


JUNK = [
    *("", "{}", "[]", "null", "1", '"x"', "\x00", "x" * 50_000, "[" * 5_000, "😀"),
    json.dumps({"id": "AQEBAQEBAQEBAQEBAQEBAQ"}),
    json.dumps({"id": "AQ\x00", "rawId": "AQ\x00", "type": "public-key", "response": {}}),
    json.dumps({"id": "A" * 3_000}),
    json.dumps({"id": ["AQ"]}),
    json.dumps({"id": "AQEBAQEBAQEBAQEBAQEBAQ", "rawId": 1, "response": {"signature": {}}}),
]


@pytest.mark.parametrize("told", JUNK)
def test_no_input_breaks_a_page(officer, device, told):
    client = after_password(officer)
    for path in (STEP, ALONE):
        asked(client, path)
        assert client.post(path, {"passkey": told}).status_code in (200, 302)
    assert not is_in(client)


@pytest.mark.parametrize("part", ["clientDataJSON", "authenticatorData", "signature"])
@pytest.mark.parametrize("junk", ["", "AA", "e30", "!", None, 3, "A" * 900])
def test_no_part_of_an_answer_breaks_it(officer, device, part, junk):
    client = after_password(officer)
    told = json.loads(device.get(asked(client, STEP)))
    told["response"][part] = junk
    assert client.post(STEP, {"passkey": json.dumps(told)}).status_code == 200
    assert not is_in(client)
