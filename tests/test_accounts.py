"""Accounts: who did something stays known for good."""

import pytest
from django.db.models import ProtectedError
from django.urls import reverse

from initiatives import actions
from initiatives.actions import officers
from initiatives.models import Change
from tests import factories as make
from tests.desk import signed_in

pytestmark = pytest.mark.django_db
LIST = "admin:auth_user_changelist"


@pytest.fixture
def chief(django_user_model):
    return django_user_model.objects.create_superuser("chief")


@pytest.fixture
def officer(django_user_model):
    return django_user_model.objects.create_user("aida", is_staff=True)


def deactivate(client, *users):
    data = {"action": "deactivate", "_selected_action": [user.pk for user in users]}
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
