"""Signing in with a code behind the password: who is in, who is not, and what is told."""

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from initiatives.actions import officers, second_factors
from initiatives.choices import DeskRole
from initiatives.models import Change, RecoveryCode
from tests.desk import edit, errors_in, make_chief, make_officer, signed_in
from tests.factories import make_initiative
from tests.second_steps import (
    APP,
    LOGIN,
    OWN,
    STEP,
    THERE,
    calm,
    give_app,
    move_clock,
    password,
    shown_by,
)

pytestmark = pytest.mark.django_db
DESK = "/admin/"


@pytest.fixture
def now(monkeypatch):
    return move_clock(monkeypatch)


@pytest.fixture
def officer(now):
    return make_officer("aziza", first_name="Aziza")


@pytest.fixture
def app(officer, now):
    return give_app(officer, now)[0]


def is_in(client):
    return client.get(DESK).status_code == 200


def test_the_password_alone_does_not_let_in(officer, app):
    client, answer = password(officer)
    assert (answer.status_code, answer["Location"]) == (302, f"{STEP}?next=%2Fadmin%2F")
    assert not is_in(client)
    assert "_auth_user_id" not in client.session


def test_the_code_of_the_app_lets_in_where_the_officer_wanted_to_go(officer, app, now):
    client, _ = password(officer, next="/admin/mail/")
    key = client.session.session_key
    answer = client.post(f"{STEP}?next=/admin/mail/", {"code": shown_by(app, now)})
    assert answer["Location"] == "/admin/mail/"
    assert is_in(client)
    assert client.session.session_key != key
    assert "password_was_right" not in client.session


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example"])
def test_a_foreign_next_ends_at_the_desk(officer, app, now, where):
    client, answer = password(officer, next=where)
    assert answer["Location"] == STEP
    answer = client.post(STEP, {"code": shown_by(app, now), "next": where})
    assert answer["Location"] == DESK


def test_a_code_works_once(officer, app, now):
    code = shown_by(app, now)
    client, _ = password(officer)
    client.post(STEP, {"code": code})
    other, _ = password(officer)
    answer = other.post(STEP, {"code": code})
    assert "it was used already" in "".join(errors_in(answer))
    assert not is_in(other)


def test_a_code_may_be_typed_with_spaces(officer, app, now):
    code = shown_by(app, now)
    client, _ = password(officer)
    client.post(STEP, {"code": f" {code[:3]} {code[3:]} "})
    assert is_in(client)


@pytest.mark.parametrize(
    "code", ["", "1", "٣٣٣٣٣٣", "abc", "x" * 500, "\x00", "+12345", "9" * 40, "2" * 15, "😀"]
)
def test_what_is_no_code_is_refused_in_words(officer, app, code):
    client, _ = password(officer)
    answer = client.post(STEP, {"code": code})
    assert answer.status_code == 200
    assert errors_in(answer)
    assert not is_in(client)


def test_after_a_wrong_code_the_next_one_waits_and_the_page_says_how_long(officer, app, now):
    client, _ = password(officer)
    client.post(STEP, {"code": "000000" if shown_by(app, now) != "000000" else "111111"})
    answer = client.post(STEP, {"code": shown_by(app, now)})
    assert answer.status_code == 429
    assert 1 <= int(answer["Retry-After"]) <= 2
    assert "After a wrong code the next one has to wait" in "".join(errors_in(answer))
    calm(app)
    client.post(STEP, {"code": shown_by(app, now)})
    assert is_in(client)


def test_wrong_codes_and_wrong_passwords_are_counted_together(officer, app, settings, now):
    settings.AXES_ENABLED = True
    password(officer, word="wrong")
    client, _ = password(officer)
    for status in (200, 200, 429):
        answer = client.post(STEP, {"code": "not one"})
        assert answer.status_code == status
    assert "A wrong code was sent too often" in answer.content.decode()
    assert int(answer["Retry-After"]) > 800
    assert client.post(STEP, {"code": shown_by(app, now)}).status_code == 429
    assert password(officer)[1].status_code == 429
    elsewhere, _ = password(officer, address=THERE)
    elsewhere.post(STEP, {"code": shown_by(app, now)})
    assert is_in(elsewhere)


def test_the_right_code_forgets_the_wrong_ones(officer, app, settings, now):
    settings.AXES_ENABLED = True
    client, _ = password(officer)
    client.post(STEP, {"code": "not one"})
    client.post(STEP, {"code": shown_by(app, now)})
    assert not AccessAttempt.objects.exists()


def test_the_right_password_alone_forgets_nothing(officer, app, settings):
    settings.AXES_ENABLED = True
    password(officer, word="wrong")
    password(officer)
    assert AccessAttempt.objects.get().failures_since_start == 2


def test_after_five_minutes_the_password_is_asked_for_again(officer, app, now):
    client, _ = password(officer)
    now[0] += 300
    answer = client.post(STEP, {"code": shown_by(app, now), "next": "/admin/mail/"}, follow=True)
    assert answer.redirect_chain == [("/admin/login/?next=%2Fadmin%2Fmail%2F", 302)]
    assert "there was too much time" in answer.content.decode()
    assert not is_in(client)


@pytest.mark.parametrize("change", ["password", "is_active"])
def test_between_the_steps_the_account_may_change(officer, app, now, change):
    client, _ = password(officer)
    if change == "password":
        officers.set_password(officer, "another-one-4-us", by=None)
    else:
        officers.deactivate(officer, by=None)
    client.post(STEP, {"code": shown_by(app, now)})
    assert not is_in(client)


def test_without_a_password_there_is_no_second_step():
    answer = Client().get(STEP)
    assert (answer.status_code, answer["Location"]) == (302, LOGIN)
    assert Client().post(STEP, {"code": "123456"}).status_code == 302


def test_who_was_signed_in_before_no_longer_is(officer, app):
    client = signed_in(make_officer("bek"))
    password(officer, client)
    assert not is_in(client)


def test_the_page_is_in_the_language_of_the_reader(officer, app):
    client, _ = password(officer)
    answer = client.get(STEP, HTTP_ACCEPT_LANGUAGE="ru")
    assert "шесть цифр" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


# --- Recovery codes -------------------------------------------------------------------------------


def test_a_recovery_code_lets_in_once_and_the_desk_says_how_many_are_left(officer, now):
    _app, codes = give_app(officer, now)
    client, _ = password(officer)
    answer = client.post(STEP, {"code": codes[3].upper().replace("-", " ")}, follow=True)
    assert "recovery code; 9 are left" in answer.content.decode()
    other, _ = password(officer)
    assert errors_in(other.post(STEP, {"code": codes[3]}))
    assert not is_in(other)


def test_recovery_codes_are_kept_as_hashes(officer, now):
    _app, codes = give_app(officer, now)
    assert len(set(codes)) == len({code[0] for code in codes}) == 10
    stored = list(RecoveryCode.objects.values_list("hashed", flat=True))
    assert len(stored) == 10
    assert {text.split("$")[0] for text in stored} == {"pbkdf2_sha256"}
    assert not any(code.replace("-", "") in text for code in codes for text in stored)


def test_the_code_of_another_officer_does_not_let_in(officer, app, now):
    _app, codes = give_app(make_officer("bek"), now)
    client, _ = password(officer)
    assert errors_in(client.post(STEP, {"code": codes[0]}))


# --- Who must have one ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("setting", "role", "must"),
    [
        ("off", DeskRole.PUBLISHER, False),
        ("publishers", DeskRole.REVIEWER, False),
        ("publishers", DeskRole.PUBLISHER, True),
        ("everybody", DeskRole.VIEWER, True),
    ],
)
def test_the_setting_says_who_sets_it_up_at_the_next_sign_in(now, settings, setting, role, must):
    settings.SECOND_FACTOR = setting
    client, _ = password(make_officer("aziza", role))
    answer = client.get("/admin/mail/")
    assert (answer.status_code, answer.get("Location")) == ((302, APP) if must else (200, None))


def test_an_administrator_must_and_can_do_nothing_else_before(now, settings):
    settings.SECOND_FACTOR = "publishers"
    client, answer = password(make_chief())
    assert answer["Location"] == DESK
    for address in (DESK, "/admin/initiatives/initiative/", "/admin/auth/user/", "/admin/search/"):
        assert client.get(address)["Location"] == APP
    page = client.get(APP).content.decode()
    assert "needs a second step" in page
    assert 'name="password"' not in page


def test_what_is_typed_meanwhile_is_handed_back(now, settings):
    settings.SECOND_FACTOR = "publishers"
    record = make_initiative(title_en="Bridge")
    client, _ = password(make_chief())
    answer = client.post(edit(record), {"title_en": "Typed before the second step"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Typed before the second step" in page
    assert "set it up in a new tab" in page
    record.refresh_from_db()
    assert record.title_en == "Bridge"


# --- Lost -----------------------------------------------------------------------------------------


def test_an_administrator_removes_it_on_the_record_and_the_officer_is_out(officer, app, now):
    client, _ = password(officer)
    client.post(STEP, {"code": shown_by(app, now)})
    chief = signed_in(make_chief())
    at = f"/admin/auth/user/{officer.pk}/second-step/"
    assert "An app that shows codes" in chief.get(at).content.decode()
    assert errors_in(chief.post(at, {"password": "wrong"}))
    assert TOTPDevice.objects.exists()
    answer = chief.post(at, {"password": "pw"}, follow=True)
    assert "signed out everywhere" in answer.content.decode()
    assert not is_in(client)
    assert password(officer)[1]["Location"] == DESK
    change = Change.objects.filter(model="user", key=["aziza"]).latest("id")
    assert (change.fields, change.recorded_by.username) == (
        {"second_factor": ["TOTP", None]},
        "chief",
    )
    history = chief.get(f"/admin/auth/user/{officer.pk}/history/").content.decode()
    assert "second step of the sign-in" in history.lower()


def test_an_administrator_removes_their_own_with_its_code_only(now):
    chief = make_chief()
    give_app(chief, now)
    desk = signed_in(chief)
    answer = desk.post(f"/admin/auth/user/{chief.pk}/second-step/", {"password": "pw"})
    assert answer["Location"] == OWN
    assert TOTPDevice.objects.exists()


def test_officers_do_not_reach_it(officer, app):
    other = make_officer("bek")
    desk = signed_in(officer)
    at = f"/admin/auth/user/{other.pk}/second-step/"
    assert desk.get(at).status_code == desk.post(at, {"password": "pw"}).status_code == 403


@pytest.mark.parametrize("key", ["0", "x", "9" * 30])
def test_an_account_that_is_not_there_is_not_found(key):
    assert signed_in(make_chief()).get(f"/admin/auth/user/{key}/second-step/").status_code == 404


def test_a_command_lets_a_locked_out_administrator_in(now, capsys):
    chief = make_chief()
    give_app(chief, now)
    client = signed_in(chief)
    call_command("reset_second_factor", "chief")
    assert "password alone lets in" in capsys.readouterr().out
    assert not is_in(client)
    assert password(chief)[1]["Location"] == DESK
    assert not Session.objects.filter(pk=client.session.session_key).exists()
    call_command("reset_second_factor", "chief")
    assert "had no second step" in capsys.readouterr().out
    with pytest.raises(CommandError, match="No account has the sign-in name 'nobody'"):
        call_command("reset_second_factor", "nobody")


def test_two_steps_ask_the_database_a_fixed_number_of_times(
    officer, app, now, django_assert_max_num_queries
):
    client, _ = password(officer)
    with django_assert_max_num_queries(20):
        client.post(STEP, {"code": shown_by(app, now)})
    assert is_in(client)


def test_no_page_of_the_package_shows_the_secret(app):
    chief = signed_in(make_chief())
    assert chief.get("/admin/otp_totp/totpdevice/").status_code == 404
    assert get_user_model().objects.filter(totpdevice__isnull=False).count() == 1
    assert second_factors.codes_left(app.user) == 10
