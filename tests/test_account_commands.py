"""What is done to accounts at the console stands in the audit as well."""

import io

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from initiatives.models import AccountEvent, Change
from tests.desk import make_officer, signed_in

pytestmark = pytest.mark.django_db
WORD = "long enough and never used"


def noted():
    return list(AccountEvent.objects.order_by("pk").values_list("act", "account__username", "by"))


def create(name, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", WORD)
    call_command("createsuperuser", username=name, email="a@example.org", interactive=False)


def test_a_new_administrator_is_told(monkeypatch):
    make_officer("aziza")
    create("chief", monkeypatch)
    assert noted() == [("created", "chief", None)]
    assert AccountEvent.objects.get().detail == "administrator"
    change = Change.objects.get()
    assert (change.model, change.action, change.fields["username"]) == (
        "user",
        "created",
        [None, "chief"],
    )
    assert get_user_model().objects.get(username="chief").check_password(WORD)


def test_what_creates_nobody_leaves_nothing(monkeypatch):
    make_officer("chief")
    with pytest.raises(CommandError, match="already taken"):
        create("chief", monkeypatch)
    assert noted() == []


def set_password(monkeypatch, *typed):
    answers = iter(typed)
    monkeypatch.setattr("getpass.getpass", lambda **_prompt: next(answers))
    call_command("changepassword", "aziza", stdout=io.StringIO(), stderr=io.StringIO())


def test_a_new_password_is_told_and_ends_the_sessions(monkeypatch):
    client = signed_in(make_officer("aziza"))
    set_password(monkeypatch, WORD, WORD)
    assert noted() == [("password_set", "aziza", None)]
    assert WORD not in str(Change.objects.get().fields)
    assert client.get("/admin/").status_code == 302


def test_a_password_that_is_not_taken_leaves_nothing(monkeypatch):
    make_officer("aziza")
    with pytest.raises(CommandError, match="Aborting"):
        set_password(monkeypatch, *["1"] * 6)
    assert noted() == []
