"""Wrong passwords are counted for each account and each address, and too many are refused."""

import logging
import threading
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from lxml import html

from initiatives.desk.admin.sign_in import attempts
from tests.desk import make_chief, make_officer, signed_in

pytestmark = pytest.mark.django_db
LOGIN, HERE, THERE = "/admin/login/", "203.0.113.7", "198.51.100.9"
MOST = attempts.FOR_ACCOUNT_FROM_ADDRESS


@pytest.fixture(autouse=True)
def _counting(settings):
    settings.AXES_ENABLED = True


@pytest.fixture
def officer():
    return make_officer("aziza")


def sign_in(name="aziza", password="wrong", address=HERE, client=None, **headers):
    form = {"username": name, "password": password, "next": "/admin/"}
    return (client or Client()).post(LOGIN, form, REMOTE_ADDR=address, **headers)


def fail(times, name="aziza", address=HERE):
    return [sign_in(name, f"wrong{number}", address).status_code for number in range(times)]


def later(seconds):
    """Let so much time pass."""
    for row in AccessAttempt.objects.all():
        row.attempt_time -= timedelta(seconds=seconds)
        row.save()


def test_after_too_many_wrong_passwords_even_the_right_one_waits(officer):
    assert fail(MOST) == [200] * (MOST - 1) + [429]
    assert sign_in(password="pw").status_code == 429


def test_the_refusal_says_in_words_how_long_to_wait(officer):
    fail(MOST)
    later(100)
    answer = sign_in(password="pw")
    assert 790 <= int(answer["Retry-After"]) <= 800
    assert answer["Cache-Control"] == "no-store"
    main = html.fromstring(answer.content.decode()).cssselect("main")[0]
    assert "from here for 14 minutes" in " ".join(main.text_content().split())
    assert main.cssselect(".desk-page a")[0].get("href") == "/admin/login/?next=/admin/"


@pytest.mark.parametrize(
    ("language", "word"), [("ru", "минут"), ("uz", "daqiqa"), ("kk", "минут"), ("en", "minutes")]
)
def test_it_is_said_in_the_language_of_the_reader(officer, language, word):
    fail(MOST)
    answer = sign_in(password="pw", HTTP_ACCEPT_LANGUAGE=language)
    assert html.fromstring(answer.content.decode()).get("lang") == language
    assert word in answer.content.decode()


def test_from_elsewhere_the_officer_signs_in(officer):
    fail(MOST + 10)
    assert sign_in(password="pw", address=THERE).status_code == 302


def test_the_time_is_over_for_everybody_who_waits_and_knocking_does_not_lengthen_it(officer):
    fail(MOST)
    later(800)
    assert sign_in().status_code == 429
    later(101)
    assert sign_in(password="pw").status_code == 302


def test_one_address_does_not_try_many_accounts(officer):
    for number in range(attempts.FROM_ADDRESS):
        sign_in(f"officer{number}")
    assert sign_in("officer999").status_code == 429
    assert sign_in(password="pw").status_code == 429
    assert sign_in(password="pw", address=THERE).status_code == 302


def test_many_addresses_do_not_try_one_account(officer, monkeypatch):
    monkeypatch.setattr(attempts, "FOR_ACCOUNT", 6)
    for number in range(6):
        sign_in(address=f"192.0.2.{number}")
    assert sign_in(password="pw", address="192.0.2.99").status_code == 429


def test_nobody_shuts_an_officer_out_of_where_they_work(officer, monkeypatch):
    monkeypatch.setattr(attempts, "FOR_ACCOUNT", 6)
    assert sign_in(password="pw", address=THERE).status_code == 302
    for number in range(9):
        sign_in(address=f"192.0.2.{number}")
    assert sign_in(password="pw", address="192.0.2.99").status_code == 429
    assert sign_in(password="pw", address=THERE).status_code == 302


def test_the_right_password_starts_anew(officer):
    fail(MOST - 1)
    assert sign_in(password="pw").status_code == 302
    assert fail(MOST - 1) == [200] * (MOST - 1)


def test_it_does_not_forget_what_others_did_from_the_same_address(officer):
    make_officer("bek")
    fail(MOST, "bek")
    assert sign_in(password="pw").status_code == 302
    assert sign_in("bek", "pw").status_code == 429


def test_an_account_that_is_not_there_is_answered_in_the_same_words(officer):
    def page(name):
        answers = [sign_in(name) for _ in range(MOST + 1)]
        clean = [one.content.decode().replace(name, "") for one in answers]
        tokens = [
            html.fromstring(text).xpath("//input[@name='csrfmiddlewaretoken']") for text in clean
        ]
        return [
            (one.status_code, text.replace(token[0].get("value"), "") if token else text)
            for one, text, token in zip(answers, clean, tokens, strict=True)
        ]

    assert page("aziza") == page("nobody")


@pytest.mark.parametrize("name", ["reader", "gone"])
def test_the_right_password_of_who_may_not_come_in_counts_as_well(name):
    get_user_model().objects.create_user("reader", password="pw")
    get_user_model().objects.create_user("gone", password="pw", is_staff=True, is_active=False)
    for _ in range(MOST):
        sign_in(name, "pw")
    assert sign_in(name, "pw").status_code == 429


@pytest.mark.parametrize(
    ("proxies", "forwarded", "client"),
    [
        (0, "203.0.113.50", HERE),
        (1, "10.9.9.9, 203.0.113.50", "203.0.113.50"),
        (1, "2001:db8:1:2:3::4", "2001:db8:1:2::"),
        (2, "203.0.113.50, 10.0.0.1", "203.0.113.50"),
        (1, "garbage", None),
    ],
)
def test_the_client_is_who_the_throttle_of_the_api_knows(
    officer, settings, proxies, forwarded, client
):
    settings.PROXIES = proxies
    sign_in(HTTP_X_FORWARDED_FOR=forwarded)
    assert AccessAttempt.objects.get().ip_address == client


def test_what_a_stranger_claims_to_be_changes_nothing(officer):
    for number in range(MOST):
        sign_in(HTTP_USER_AGENT=f"Browser {number}" * 99, HTTP_X_FORWARDED_FOR=f"10.0.0.{number}")
    assert sign_in(password="pw").status_code == 429
    assert AccessAttempt.objects.count() == 1


@pytest.mark.parametrize("name", ["x" * 10_000, "a\x00b", "", "İ" * 150, "😀", "a\u202eb"])
def test_no_name_makes_it_fail(name):
    assert {sign_in(name).status_code for _ in range(MOST + 1)} <= {200, 429}


def test_no_password_is_kept_or_logged(officer, caplog):
    with caplog.at_level(logging.DEBUG):
        for _ in range(MOST + 2):
            sign_in(password="s3cret-typed")
    row = AccessAttempt.objects.values().get()
    assert "s3cret-typed" not in caplog.text + str(row)


def test_an_administrator_lets_in_again_at_the_desk(officer):
    fail(MOST)
    chief = signed_in(make_chief())
    page = html.fromstring(chief.get("/admin/").content.decode())
    (link,) = [one for one in page.cssselect("a") if "wrong-passwords" in one.get("href")]
    page = html.fromstring(chief.get(link.get("href")).content.decode())
    (row,) = page.cssselect("tbody tr")
    assert [cell.text_content().strip() for cell in row][:3] == ["aziza", HERE, str(MOST)]
    form = row.cssselect("form")[0]
    answer = chief.post(link.get("href"), {"row": form.fields["row"]}, follow=True)
    assert "“aziza” may sign in again" in answer.content.decode()
    assert sign_in(password="pw").status_code == 302


@pytest.mark.parametrize("key", ["", "x", "0", "9" * 30, "\x00"])
def test_a_row_that_is_not_there_is_not_found(key):
    assert signed_in(make_chief()).post("/admin/wrong-passwords/", {"row": key}).status_code == 404


def test_officers_do_not_see_who_failed(officer):
    desk = signed_in(officer)
    assert desk.get("/admin/wrong-passwords/").status_code == 403
    assert "wrong-passwords" not in desk.get("/admin/").content.decode()
    assert Client().get("/admin/wrong-passwords/").status_code == 302


@pytest.mark.parametrize(
    "command", [("axes_reset_username", "aziza"), ("axes_reset_ip", HERE), ("axes_reset",)]
)
def test_a_command_lets_in_again(officer, command, capsys):
    fail(MOST)
    call_command(*command)
    assert sign_in(password="pw").status_code == 302


def test_what_is_over_is_not_kept(officer):
    sign_in("bek")
    later(901)
    sign_in("aziza")
    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["aziza"]


def test_the_number_of_queries_does_not_grow(officer, django_assert_max_num_queries):
    for number in range(MOST - 2):
        sign_in(f"officer{number}")
    with django_assert_max_num_queries(13):
        sign_in()
    fail(MOST)
    with django_assert_max_num_queries(3):
        assert sign_in(password="pw").status_code == 429


def test_the_demo_officers_come_in():
    call_command("prepare_local", verbosity=0)
    for name in ("officer", "reviewer", "editor"):
        user = get_user_model().objects.get(username=name)
        user.set_password("known")
        user.save()
        assert sign_in(name, "known").status_code == 302


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one by one")
@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_look_at_no_more_passwords_than_one_after_the_other(monkeypatch):
    from django.contrib.auth.backends import ModelBackend

    make_officer("aziza")
    looked, gate = [], threading.Barrier(20)
    look = ModelBackend.authenticate

    def counted(self, *args, **kwargs):
        looked.append(timezone.now())
        return look(self, *args, **kwargs)

    monkeypatch.setattr(ModelBackend, "authenticate", counted)

    def attempt():
        gate.wait()
        try:
            sign_in()
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 <= len(looked) <= MOST
    assert sign_in(password="pw").status_code == 429
