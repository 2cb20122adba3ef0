"""Where officers are signed in: the list, ending sessions, and the mail about a new device."""

import re

import pytest
from django.core import mail
from django.test import Client
from lxml import html

from initiatives.actions.accounts import officers
from initiatives.desk.admin.sign_in import known_devices
from initiatives.models import AccountEvent
from tests import second_steps
from tests.desk import make_chief, make_desk, make_officer, signed_in
from tests.second_steps import HERE, OWN, THERE, is_in, password

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:150.0) Gecko/20100101 Firefox/150.0"
officer = second_steps.officer
CHROME = "Mozilla/5.0 (Linux; Android 16) Chrome/150.0.0.0 Safari/537.36"


def enter(officer, agent=FIREFOX, address=HERE):
    client = Client(REMOTE_ADDR=address, HTTP_USER_AGENT=agent)
    password(officer, client)
    return client


def rows(client):
    """(device, address) of each session on the page."""
    page = html.fromstring(client.get(OWN).content.decode())
    shown = page.cssselect(".desk-sessions li")
    return [[row.cssselect(part)[0].text for part in ("b", "span")] for row in shown]


def buttons(client):
    page = html.fromstring(client.get(OWN).content.decode())
    return [one.get("value") for one in page.cssselect(".desk-sessions [name=end]")]


def test_the_page_lists_each_session_with_device_and_address(officer, now):
    here = enter(officer)
    now[0] += 300
    enter(officer, CHROME, THERE)
    signed_in(make_officer("bek"))
    assert rows(here) == [["Firefox, Windows", HERE], ["Chrome, Android", THERE]]
    assert len(buttons(here)) == 1


def test_no_key_of_a_session_stands_on_the_page(officer):
    here, other = enter(officer), enter(officer, CHROME)
    page = here.get(OWN).content.decode()
    assert other.session.session_key not in page
    assert here.session.session_key not in page


def test_one_session_is_ended_and_it_is_kept(officer):
    here, other, third = enter(officer), enter(officer, CHROME), enter(officer, THERE)
    here.post(OWN, {"end": buttons(here)[0]}, follow=True)
    assert is_in(here)
    assert [is_in(other), is_in(third)].count(True) == 1
    assert AccountEvent.objects.filter(act="session_ended", account=officer).count() == 1


def test_all_others_are_ended(officer):
    here, other, third = enter(officer), enter(officer, CHROME), enter(officer, THERE)
    stranger = signed_in(make_officer("bek"))
    answer = here.post(OWN, {"others": ""}, follow=True)
    assert "You are signed in here alone now." in answer.content.decode()
    assert [is_in(one) for one in (here, other, third, stranger)] == [True, False, False, True]


@pytest.mark.parametrize("mark", ["", "x", "\x00", "9" * 300])
def test_a_session_that_is_not_there_ends_nothing(officer, mark):
    here, other = enter(officer), enter(officer, CHROME)
    assert here.post(OWN, {"end": mark}).status_code in (302, 400)
    assert is_in(here)
    assert is_in(other)


def test_nobody_ends_the_session_of_somebody_else(officer):
    mark = buttons_of_two(officer)
    stranger = signed_in(make_officer("bek"))
    stranger.post(OWN, {"end": mark})
    assert len(list(officers.sessions_of(officer))) == 2


def buttons_of_two(officer):
    here = enter(officer)
    enter(officer, CHROME)
    return buttons(here)[0]


def test_what_a_new_password_or_time_ended_is_not_listed(officer, now):
    here = enter(officer)
    now[0] += 3 * 3_600
    assert not is_in(here)
    enter(officer, CHROME)
    officers.set_password(officer, "another-one-4-us", by=None)
    later = Client(REMOTE_ADDR=HERE)
    password(officer, later, word="another-one-4-us")
    assert len(rows(later)) == 1


def test_an_administrator_signs_an_officer_out_everywhere(officer):
    one, other = enter(officer), enter(officer, CHROME)
    chief = signed_in(make_chief())
    at = f"/admin/auth/user/{officer.pk}/second-step/"
    assert "Chrome, Android" in chief.get(at).content.decode()
    answer = chief.post(at, {"_sign_out": ""}, follow=True)
    assert "signed out everywhere" in answer.content.decode()
    assert not is_in(one)
    assert not is_in(other)
    row = AccountEvent.objects.get(act="session_ended")
    assert (row.account, row.by.username, row.detail) == (officer, "chief", "2")


# --- A new device ---------------------------------------------------------------------------------


def test_a_new_device_is_told_by_mail_in_the_language_of_the_officer(officer):
    officer.desks.update(digest_language="uz")
    enter(officer)  # the very first sign-in
    assert mail.outbox == []
    enter(officer, CHROME, THERE)
    (told,) = mail.outbox
    assert told.to == ["aziza@example.org"]
    assert "yangi qurilma" in told.subject.lower()
    assert "Chrome, Android" in told.body
    assert THERE in told.body
    assert "/admin/sign-in/" in told.body
    assert not re.search(r"sessionid|/password/", told.body)


def test_a_known_browser_is_not_told_again_from_wherever_it_comes(officer):
    enter(officer)
    client = enter(officer, CHROME)
    client.post("/admin/logout/")
    client.defaults["REMOTE_ADDR"] = THERE
    password(officer, client)
    assert len(mail.outbox) == 1


def test_a_browser_knows_several_officers(officer):
    bek = make_officer("bek", email="bek@example.org", desk=make_desk("Other"))
    client = Client()
    for one in (officer, bek):
        enter(one)
        password(one, client)
        client.post("/admin/logout/")
    mail.outbox.clear()
    for one in (officer, bek):
        password(one, client)
        client.post("/admin/logout/")
    assert mail.outbox == []


@pytest.mark.parametrize("claimed", ["", "x", "eyJhIjoxfQ:1:2", "\x7f", "1" * 4_000])
def test_what_a_browser_claims_without_our_signature_is_not_believed(officer, claimed):
    enter(officer)
    client = Client()
    client.cookies[known_devices.cookie_name()] = claimed
    password(officer, client)
    assert len(mail.outbox) == 1


def test_a_server_of_mail_that_is_away_keeps_nobody_out(officer, settings):
    enter(officer)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert is_in(enter(officer, CHROME))


def test_the_cookie_belongs_to_the_host_in_production(officer, settings):
    settings.SESSION_COOKIE_SECURE = True
    cookie = enter(officer).cookies["__Host-known_device"]
    assert (cookie["secure"], cookie["httponly"], cookie["path"]) == (True, True, "/")
    assert str(officer.pk) not in cookie.value.split(":")
