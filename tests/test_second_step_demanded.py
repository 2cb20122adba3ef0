"""Who must have a second step, and what becomes of it when app and codes are lost."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django_otp.plugins.otp_totp.models import TOTPDevice

from initiatives.actions.accounts import second_factors
from initiatives.choices import DeskRole
from initiatives.models import Change
from tests import second_steps
from tests.desk import edit, errors_in, make_chief, make_officer, signed_in
from tests.factories import make_initiative
from tests.second_steps import APP, OWN, STEP, give_app, is_in, password, shown_by

pytestmark = pytest.mark.django_db
DESK = "/admin/"
officer, app = second_steps.officer, second_steps.app


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


def test_no_page_of_the_package_shows_the_secret(app):
    chief = signed_in(make_chief())
    assert chief.get("/admin/otp_totp/totpdevice/").status_code == 404
    assert get_user_model().objects.filter(totpdevice__isnull=False).count() == 1
    assert second_factors.codes_left(app.user) == 10
