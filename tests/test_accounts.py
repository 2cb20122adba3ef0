"""Accounts: who did something stays known for good."""

import pytest
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from initiatives import actions
from initiatives.actions.accounts import officers
from initiatives.models import Change
from tests import factories as make
from tests.desk import signed_in

pytestmark = pytest.mark.django_db
LIST = "admin:auth_user_changelist"


@pytest.fixture
def chief(django_user_model):
    return django_user_model.objects.create_superuser("chief", password="pw")


@pytest.fixture
def officer(django_user_model):
    return django_user_model.objects.create_user("aida", is_staff=True)


def deactivate(client, *users):
    data = {"action": "deactivate", "_selected_action": [user.pk for user in users]}
    data["password"] = "pw"
    return client.post(reverse(LIST), data, follow=True).content.decode()


def test_an_account_that_has_history_is_never_deleted(officer):
    actions.save(make.make_initiative(title_en="Old"), by=officer)
    record = make.make_initiative()
    record.title_en = "New"
    actions.save(record, by=officer)
    with pytest.raises(ProtectedError):
        officer.delete()
    assert Change.objects.get(initiative=record).recorded_by == officer


def test_the_desk_deletes_no_account(chief, officer):
    client = signed_in(chief)
    page = reverse("admin:auth_user_delete", args=[officer.pk])
    assert client.post(page, {"post": "yes"}).status_code == 403
    assert "delete_selected" not in client.get(reverse(LIST)).content.decode()


def test_a_deactivated_officer_is_out_at_once_and_keeps_the_name(chief, officer):
    theirs = signed_in(officer)
    assert theirs.get(reverse("admin:index")).status_code == 200
    assert "1 account was deactivated" in deactivate(signed_in(chief), officer)
    assert theirs.get(reverse("admin:index")).status_code == 302
    officer.refresh_from_db()
    assert (officer.is_active, officer.get_username()) == (False, "aida")
    assert not officers.deactivate(officer, by=chief)


def test_nobody_deactivates_themselves(chief, officer):
    answer = deactivate(signed_in(chief), chief, officer)
    assert "Your own account stays active." in answer
    chief.refresh_from_db()
    assert chief.is_active


def test_what_another_administrator_did_meanwhile_is_told_and_no_error(chief, officer, monkeypatch):
    def refuse(user, **_by):
        raise actions.Refused({"is_active": "Nobody else administers the desk."})

    monkeypatch.setattr(officers, "check_account", refuse)
    answer = deactivate(signed_in(chief), officer)
    assert "Aida: Nobody else administers the desk." in answer
    assert "0 accounts were deactivated" in answer


def test_administrators_are_locked_before_the_account_of_one(chief, django_user_model):
    """Two who take each other away at once would else wait for each other (PostgreSQL)."""
    other = django_user_model.objects.create_superuser("other")
    other.is_superuser = False
    with CaptureQueriesContext(connection) as asked:
        officers.change_account(other, ["is_superuser"], by=chief)
    of_accounts = [one["sql"] for one in asked if 'FROM "auth_user"' in one["sql"]]
    assert "is_superuser" in of_accounts[0].partition("WHERE")[2]
    assert "ORDER BY" in of_accounts[0]
