"""The audit of accounts: what is kept of sign-ins and rights, who reads it, and that it stays."""

import logging
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone, translation

from initiatives import actions
from initiatives.actions.accounts import audit, officers, second_factors
from initiatives.choices import AccountAct, DeskRole
from initiatives.models import AccountEvent, AppendOnlyError
from tests.desk import address, make_chief, make_desk, make_officer, signed_in
from tests.second_steps import HERE, STEP, give_app, move_clock, password, shown_by

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0"
LIST = "/admin/initiatives/accountevent/"


@pytest.fixture
def officer():
    return make_officer("aziza", last_name="Karimova")


def told():
    """(act, account, by, detail) of each row, the oldest first."""
    rows = AccountEvent.objects.order_by("pk").select_related("account", "by")
    return [
        (row.act, row.account and row.account.username, row.by and row.by.username, row.detail)
        for row in rows
    ]


def test_signing_in_and_out_is_kept_with_address_and_device(officer):
    client = Client(REMOTE_ADDR=HERE, HTTP_USER_AGENT=FIREFOX)
    password(officer, client)
    client.post("/admin/logout/")
    assert told() == [("signed_in", "aziza", None, ""), ("signed_out", "aziza", None, "")]
    row = AccountEvent.objects.first()
    assert (row.address, row.device) == (HERE, "Firefox, Windows")


def test_both_steps_are_kept_and_what_the_second_was_taken_with(officer, monkeypatch):
    now = move_clock(monkeypatch)
    app, codes = give_app(officer, now)
    for code in (shown_by(app, now), codes[0]):
        client, _ = password(officer)
        client.post(STEP, {"code": code})
    assert told() == [
        ("step_set_up", "aziza", None, ""),
        ("signed_in", "aziza", None, "second factor"),
        ("signed_in", "aziza", None, "recovery codes"),
    ]


def test_wrong_passwords_are_kept_by_the_account_and_never_by_what_was_typed(officer, settings):
    settings.AXES_ENABLED = True
    for _ in range(7):
        password(officer, word="wrong")
    typed = get_user_model()(username="my-password-by-mistake")
    password(typed, word="wrong")
    wrong = ("wrong_password", "aziza", None, "")
    assert told() == [*[wrong] * 5, ("shut", "aziza", None, ""), ("wrong_password", None, None, "")]
    assert "mistake" not in str(list(AccountEvent.objects.values()))


def test_wrong_codes_are_kept(officer, settings, monkeypatch):
    settings.AXES_ENABLED = True
    give_app(officer, move_clock(monkeypatch))
    client, _ = password(officer)
    client.post(STEP, {"code": "not one"})
    assert told()[-1] == ("wrong_code", "aziza", None, "")


def test_a_wrong_password_beside_a_right_code_is_kept_as_that(officer, settings, monkeypatch):
    settings.AXES_ENABLED = True
    now = move_clock(monkeypatch)
    app, _codes = give_app(officer, now)
    client, _ = password(officer)
    client.post(STEP, {"code": shown_by(app, now)})
    now[0] += 60
    page = "/admin/sign-in/codes/"
    client.post(page, {"password": "wrong", "code": shown_by(app, now)})
    assert told()[-1] == ("wrong_password", "aziza", None, "")
    client.post(page, {"password": "pw", "code": "not one"})
    assert told()[-1] == ("wrong_code", "aziza", None, "")


def test_roles_and_rights_are_kept_with_who_gave_them(officer):
    chief, desk = make_chief(), make_desk("Energy", covers_all=False)
    member = officers.membership(officer, desk, DeskRole.EDITOR, by=chief)
    member.role = DeskRole.PUBLISHER
    actions.save(member, by=chief)
    officers.mail_in(officer, "uz", by=chief)
    actions.remove_record(member, by=chief)
    officer.is_superuser, officer.email = True, "aziza@example.org"
    officers.change_account(officer, ["is_superuser", "email"], by=chief)
    officers.set_password(officer, "another-one-4-us", by=chief)
    officers.deactivate(officer, by=chief)
    desk.covers_all = True
    actions.save(desk, by=chief)
    assert told() == [
        ("role", "aziza", "chief", "Energy: editor"),
        ("role", "aziza", "chief", "Energy: editor → publisher"),
        ("role", "aziza", "chief", "Energy: –"),
        ("changed", "aziza", "chief", "administrator"),
        ("changed", "aziza", "chief", "email"),
        ("password_set", "aziza", "chief", ""),
        ("deactivated", "aziza", "chief", ""),
        ("desk", None, "chief", "Energy: covers_all"),
    ]


def test_a_removed_second_step_and_new_codes_are_kept(officer, monkeypatch):
    give_app(officer, move_clock(monkeypatch))
    second_factors.renew_codes(officer)
    second_factors.reset(officer, by=make_chief())
    second_factors.reset(officer, by=None)
    assert told()[1:] == [
        ("codes_made", "aziza", None, ""),
        ("step_removed", "aziza", "chief", ""),
    ]


def test_what_changes_no_right_is_not_kept(officer):
    officers.mail_in(officer, "uz", by=None)
    officers.change_account(officer, ["email"], by=None)
    assert told() == []


def test_one_line_each_is_in_the_log_without_names_and_addresses(officer, caplog):
    with caplog.at_level(logging.INFO, "tracker.audit"):
        password(officer, Client(REMOTE_ADDR=HERE))
    (line,) = [one for one in caplog.records if one.name == "tracker.audit"]
    assert line.event == "signed_in"
    assert line.account == str(officer.pk)
    assert "aziza" not in line.getMessage()
    assert HERE not in line.getMessage()


@pytest.mark.parametrize(
    ("told", "device"),
    [
        (FIREFOX, "Firefox, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0 Safari/537.36 Edg/150.0", "Edge, Linux"),
        (
            "Mozilla/5.0 (Linux; Android 16) Chrome/150.0.0.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/604.1", "Safari, iPhone"),
        ("curl/8.0", ""),
        ("x\x00" * 9_000, ""),
    ],
)
def test_a_device_is_called_by_a_few_words(officer, told, device):
    password(officer, Client(HTTP_USER_AGENT=told))
    assert AccountEvent.objects.get().device == device


# --- It stays -------------------------------------------------------------------------------------


def test_nothing_is_changed_or_deleted_in_python(officer):
    row = audit.note(AccountAct.SIGNED_IN, officer)
    for act in (row.save, row.delete, AccountEvent.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            act()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE initiatives_accountevent SET detail = 'x'", "DELETE FROM initiatives_accountevent"],
)
def test_the_database_refuses_it_as_well(officer, statement):
    audit.note(AccountAct.SIGNED_IN, officer)
    with (
        pytest.raises(IntegrityError, match="neither changed nor deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AccountEvent.objects.get().detail == ""


def test_after_a_year_rows_go_at_the_next_sign_in(officer):
    for days in (367, 360):
        long_ago = timezone.now() - timedelta(days=days)
        AccountEvent.objects.create(act="signed_in", account=officer, recorded_at=long_ago)
    password(officer)
    assert AccountEvent.objects.count() == 2


# --- Who reads it ---------------------------------------------------------------------------------


def test_administrators_read_it_at_the_desk_by_act_and_account(officer):
    password(officer, Client(REMOTE_ADDR=HERE, HTTP_USER_AGENT=FIREFOX))
    chief = make_chief()
    officers.set_password(officer, "another-one-4-us", by=chief)
    desk = signed_in(chief)
    page = desk.get(LIST).content.decode()
    for text in ("Signed in", "Password set", "Karimova", "Firefox, Windows", HERE):
        assert text in page
    shown = desk.get(LIST, {"act__exact": "password_set"}).context["cl"].result_list
    assert [row.act for row in shown] == ["password_set"]
    assert desk.get(LIST, {"q": HERE}).context["cl"].result_count == 1
    row = AccountEvent.objects.first()
    assert desk.get(address("accountevent", "change", row.pk)).status_code == 200
    assert desk.post(address("accountevent", "change", row.pk), {"detail": "x"}).status_code == 403
    for action in ("add", "delete"):
        key = [row.pk] if action == "delete" else []
        assert desk.get(address("accountevent", action, *key)).status_code == 403


def test_nobody_else_reads_it(officer):
    desk = signed_in(officer)
    assert desk.get(LIST).status_code == 403
    assert LIST not in desk.get("/admin/").content.decode()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Locked after too many attempts"),
        ("ru", "Вход закрыт: слишком много попыток"),
        ("uz", "Kirish yopildi: urinishlar juda koʻp"),
        ("kk", "Тым көп сәтсіз әрекеттен кейін кіру жабылды"),
    ],
)
def test_a_lock_is_told_in_plain_words(language, told):
    with translation.override(language):
        assert str(AccountAct.SHUT.label) == told
