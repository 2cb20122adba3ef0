"""“Your sign-in”: an officer sets up, replaces and removes the second step."""

import re
from base64 import b32decode

import pytest
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice
from lxml import etree, html

from initiatives.actions.accounts import second_factors
from initiatives.models import Change, RecoveryCode
from tests import second_steps
from tests.desk import errors_in, make_chief, signed_in
from tests.second_steps import APP, OWN, STEP, calm, give_app, password, shown_by

pytestmark = pytest.mark.django_db
PICTURE, REMOVAL, CODES = f"{APP}code.svg", f"{APP}remove/", f"{OWN}codes/"
officer = second_steps.officer
PAGES = (OWN, APP, REMOVAL, CODES)


@pytest.fixture
def desk(officer):
    return signed_in(officer)


def begin(client, **typed):
    client.post(APP, {"begin": "", **typed})
    return TOTPDevice.objects.filter(confirmed=False).last()


def codes_on(answer):
    page = html.fromstring(answer.content.decode())
    return [one.text for one in page.cssselect(".desk-codes code")]


def test_an_officer_sets_it_up_from_the_secret_on_the_page(desk, officer, now):
    assert "Set up the second step" in desk.get(OWN).content.decode()
    begin(desk)
    page = html.fromstring(desk.get(APP).content.decode())
    secret = page.cssselect(".desk-secret")[0].text.replace(" ", "")
    app = TOTPDevice.objects.get()
    assert b32decode(secret) == app.bin_key
    answer = desk.post(APP, {"code": shown_by(app, now)})
    codes = codes_on(answer)
    assert len(codes) == 10
    assert all(re.fullmatch(r"[2-9a-z]{5}(-[2-9a-z]{5}){2}", code) for code in codes)
    assert "no-store" in answer["Cache-Control"]
    change = Change.objects.get(model="user")
    assert change.fields["second_factor"] == [None, "TOTP"]
    now[0] += 60
    _client, answer = password(officer)
    assert answer["Location"].startswith(STEP)


def test_the_picture_is_a_file_of_the_site_for_who_sets_it_up_alone(desk, officer, now):
    assert desk.get(PICTURE).status_code == 404
    begin(desk)
    answer = desk.get(PICTURE)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    assert "no-store" in answer["Cache-Control"]
    picture = etree.fromstring(answer.content)
    assert not picture.xpath("//@style | //*[local-name()='style' or local-name()='script']")
    assert signed_in(officer).get(PICTURE).status_code == 404
    assert Client().get(PICTURE).status_code == 302


def test_a_wrong_code_sets_nothing_up(desk, officer, now):
    app = begin(desk)
    answer = desk.post(APP, {"code": "not one"})
    assert errors_in(answer)
    assert second_factors.app_of(officer) is None
    calm(app)
    assert codes_on(desk.post(APP, {"code": shown_by(app, now)}))


def test_what_another_tab_began_anew_or_confirmed_in_this_moment_is_left_alone(officer, now):
    old, new = second_factors.begin(officer), second_factors.begin(officer)
    assert second_factors.confirm(officer, old, shown_by(old, now)) is None
    assert second_factors.app_of(officer) is None
    assert second_factors.confirm(officer, new, shown_by(new, now))
    kept = set(RecoveryCode.objects.values_list("hashed", flat=True))
    now[0] += 60
    assert second_factors.confirm(officer, new, shown_by(new, now)) is None
    assert set(RecoveryCode.objects.values_list("hashed", flat=True)) == kept


def test_the_secret_is_there_for_half_an_hour(desk, officer):
    app = begin(desk)
    TOTPDevice.objects.update(created_at="2020-01-01T00:00Z")
    assert "desk-secret" not in desk.get(APP).content.decode()
    assert desk.get(PICTURE).status_code == 404
    assert second_factors.begun(officer, app.pk) is None


def test_long_after_the_sign_in_the_password_is_asked_for(desk, officer, now):
    now[0] += 601
    assert begin(desk) is None
    assert begin(desk, password="wrong") is None
    assert begin(desk, password="pw") is not None


def test_wrong_passwords_there_are_counted_like_others(desk, officer, now, settings):
    settings.AXES_ENABLED = True
    now[0] += 601
    answers = [desk.post(APP, {"begin": "", "password": "wrong"}) for _ in range(5)]
    assert [one.status_code for one in answers] == [200] * 4 + [429]
    assert desk.post(APP, {"begin": "", "password": "pw"}).status_code == 429


def test_setting_it_up_signs_out_everywhere_else(desk, officer, now):
    other = signed_in(officer)
    app = begin(desk)
    desk.post(APP, {"code": shown_by(app, now)})
    assert desk.get(OWN).status_code == 200
    assert other.get(OWN).status_code == 302


def test_another_app_takes_the_place_of_the_first_with_a_code_of_that(desk, officer, now):
    first, old = give_app(officer, now)
    assert begin(desk, password="pw") is None
    app = begin(desk, password="pw", code=shown_by(first, now))
    assert second_factors.app_of(officer) == first
    now[0] += 60
    new = codes_on(desk.post(APP, {"code": shown_by(app, now)}))
    assert list(TOTPDevice.objects.all()) == [app]
    assert not set(new) & set(old)
    assert not second_factors.accept(officer, old[0])


def test_new_codes_end_the_former_ones(desk, officer, now):
    app, old = give_app(officer, now)
    assert errors_in(desk.post(CODES, {"password": "pw", "code": "not one"}))
    calm(app)
    new = codes_on(desk.post(CODES, {"password": "pw", "code": shown_by(app, now)}))
    assert len(new) == RecoveryCode.objects.count() == 10
    assert not second_factors.accept(officer, old[5])
    assert second_factors.accept(officer, new[5]) == second_factors.CODES


def test_it_is_removed_with_password_and_code(desk, officer, now, mailoutbox):
    officer.email = "aziza@example.org"
    officer.save()
    app, _codes = give_app(officer, now)
    assert errors_in(desk.post(REMOVAL, {"password": "wrong", "code": shown_by(app, now)}))
    answer = desk.post(REMOVAL, {"password": "pw", "code": shown_by(app, now)}, follow=True)
    assert "The second step is removed" in answer.content.decode()
    assert [one.subject for one in mailoutbox] == ["The second step of your account was removed"]
    assert not TOTPDevice.objects.exists()
    assert not RecoveryCode.objects.exists()
    assert Change.objects.filter(model="user").latest("id").fields == {
        "second_factor": ["TOTP", None]
    }


def test_who_must_have_one_sets_up_another_at_once(now, settings):
    settings.SECOND_FACTOR = "publishers"
    chief = make_chief()
    app, codes = give_app(chief, now)
    client, _ = password(chief)
    client.post(STEP, {"code": shown_by(app, now)})
    client.post(REMOVAL, {"password": "pw", "code": codes[0]})
    assert client.get("/admin/")["Location"] == APP
    app = begin(client)
    client.post(APP, {"code": shown_by(app, now)})
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("address", [REMOVAL, CODES])
def test_without_an_app_there_is_nothing_to_renew_or_remove(desk, address):
    for answer in (desk.get(address), desk.post(address, {"password": "pw"})):
        assert answer["Location"] == OWN


@pytest.mark.parametrize("address", PAGES)
def test_nobody_else_gets_there(address):
    assert Client().get(address).status_code == 302
    assert Client().post(address, {"password": "pw", "code": "1"}).status_code == 302


@pytest.mark.parametrize("typed", [{}, {"code": "\x00"}, {"password": "x" * 5000, "code": "1"}])
@pytest.mark.parametrize("address", PAGES)
def test_no_input_breaks_a_page(desk, officer, now, address, typed):
    give_app(officer, now)
    for name in ("begin", "other"):
        assert desk.post(address, {name: "", **typed}).status_code in (200, 302, 400, 429)
