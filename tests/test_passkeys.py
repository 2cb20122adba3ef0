"""Signing in with a passkey: behind the password and alone, where, and what is kept."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.models import AccountEvent, Passkey
from tests import passkeys, second_steps
from tests.authenticator import in_text
from tests.desk import make_officer
from tests.passkeys import (
    ALONE,
    BEGIN,
    SITE,
    after_password,
    asked,
    at_home,
    give_passkey,
    is_in_after_both,
    show,
)
from tests.second_steps import LOGIN, OWN, STEP, is_in

pytestmark = pytest.mark.django_db
DESK = "/admin/"
officer, device = second_steps.officer, passkeys.device


def test_behind_the_password_a_passkey_lets_in_where_the_officer_wanted_to_go(officer, device):
    client = after_password(officer)
    assert not is_in(client)
    key = client.session.session_key
    answer = show(client, device, next="/admin/mail/")
    assert answer["Location"] == "/admin/mail/"
    assert is_in(client)
    assert client.session.session_key != key
    assert Passkey.objects.get().last_used_at is not None
    event = AccountEvent.objects.latest("pk")
    assert (event.act, event.detail) == ("signed_in", "passkey")


def test_alone_it_lets_in_if_the_device_made_sure_who_holds_it(officer, device):
    client = at_home()
    options = asked(client, ALONE)
    assert options["userVerification"] == "required"
    assert not options.get("allowCredentials")
    answer = client.post(ALONE, {"passkey": device.get(options), "next": "/admin/mail/"})
    assert answer["Location"] == "/admin/mail/"
    assert is_in(client)


def test_alone_it_does_not_if_the_device_asked_for_nothing(officer, device):
    device.verifies = False
    client = at_home()
    answer = client.post(ALONE, {"passkey": device.get(asked(client, ALONE))}, follow=True)
    assert "did not ask for a finger" in answer.content.decode()
    assert not is_in(client)
    assert is_in_after_both(officer, device)


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example"])
def test_a_foreign_next_ends_at_the_desk(device, where):
    client = at_home()
    answer = client.post(ALONE, {"passkey": device.get(asked(client, ALONE)), "next": where})
    assert answer["Location"] == DESK


def test_only_the_passkeys_of_the_officer_are_asked_for(officer, device):
    give_passkey(make_officer("bek"), id=b"\x02" * 16)
    options = asked(after_password(officer), STEP)
    assert [one["id"] for one in options["allowCredentials"]] == ["AQEBAQEBAQEBAQEBAQEBAQ"]
    assert options["allowCredentials"][0]["transports"] == ["hybrid", "internal"]
    assert options["rpId"] == "localhost"


# --- Where it can be used -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "secure", "site"),
    [
        ("127.0.0.1", False, False),
        ("[::1]", True, False),
        ("testserver", False, False),
        ("testserver", True, True),
        ("localhost:8000", False, True),
    ],
)
def test_the_name_of_the_site_is_that_under_which_it_was_opened(settings, host, secure, site):
    settings.ALLOWED_HOSTS = ["127.0.0.1", "[::1]", "testserver", "localhost"]
    client = at_home()
    page = client.get(LOGIN, secure=secure, headers={"host": host}).content.decode()
    assert ("Sign in with a passkey" in page) == site
    assert ("not by a number such as 127.0.0.1" in page) != site
    answer = client.post(ALONE, BEGIN, secure=secure, headers={"host": host})
    assert answer.status_code == (200 if site else 409)
    if site:
        assert answer.json()["rpId"] == host.partition(":")[0]


def test_a_passkey_of_another_name_is_not_asked_for_and_the_page_says_so(officer, device):
    Passkey.objects.update(host="desk.example.org")
    client = after_password(officer)
    page = client.get(STEP).content.decode()
    assert "opened as desk.example.org" in page
    assert "desk-passkey" not in page
    assert SITE.host == "localhost"


def test_strangers_cannot_fill_the_sessions_with_questions(settings):
    client = at_home("203.0.113.99")
    answers = [client.post(ALONE, BEGIN).status_code for _ in range(61)]
    assert answers == [200] * 60 + [429]


def test_without_a_password_there_is_no_second_step():
    assert at_home().post(STEP, BEGIN).status_code == 302
    assert at_home().get(ALONE)["Location"] == LOGIN


def test_ten_in_the_list_ask_the_database_no_more_often_than_one(officer, device):
    desk = at_home()
    desk.force_login(officer)
    desk.get(OWN)
    with CaptureQueriesContext(connection) as one:
        desk.get(OWN)
    for number in range(2, 11):
        give_passkey(officer, id=bytes([number]) * 16)
    with CaptureQueriesContext(connection) as ten:
        assert desk.get(OWN).content.decode().count("Not used yet") == 10
    assert len(ten) == len(one)


def test_the_steps_ask_the_database_a_fixed_number_of_times(
    officer, device, django_assert_max_num_queries
):
    for number in range(2, 9):
        give_passkey(officer, id=bytes([number]) * 16)
    client = after_password(officer)
    told = device.get(asked(client, STEP))
    with django_assert_max_num_queries(22):
        client.post(STEP, {"passkey": told})
    assert is_in(client)


# --- What is kept ---------------------------------------------------------------------------------


def test_it_comes_back_with_a_dump(officer, device, tmp_path):
    device.counter = 3
    assert is_in_after_both(officer, device)
    file = str(tmp_path / "all.json")
    call_command("dumpdata", "initiatives.passkey", natural_foreign=True, output=file)
    Passkey.objects.all().delete()
    call_command("loaddata", file, verbosity=0)
    row = Passkey.objects.get()
    assert (row.user, row.sign_count, row.last_used_at is None) == (officer, 3, False)
    device.counter = 4
    assert is_in_after_both(officer, device)


def test_nothing_that_signs_is_kept(device):
    secret = device.key.private_numbers().private_value.to_bytes(32)
    kept = str(Passkey.objects.values().get())
    assert in_text(secret) not in kept
    assert secret.hex() not in kept
