"""Signing in with a code behind the password: who is in, who is not, and what is told."""

import pytest
from axes.models import AccessAttempt
from django.test import Client

from initiatives.actions.accounts import officers
from initiatives.models import RecoveryCode
from tests import second_steps
from tests.desk import errors_in, make_officer, signed_in
from tests.second_steps import (
    LOGIN,
    STEP,
    THERE,
    calm,
    give_app,
    is_in,
    password,
    shown_by,
)

pytestmark = pytest.mark.django_db
DESK = "/admin/"
officer, app = second_steps.officer, second_steps.app


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
    assert "Too much time passed" in answer.content.decode()
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


def test_two_steps_ask_the_database_a_fixed_number_of_times(
    officer, app, now, django_assert_max_num_queries
):
    client, _ = password(officer)
    with django_assert_max_num_queries(20):
        client.post(STEP, {"code": shown_by(app, now)})
    assert is_in(client)
