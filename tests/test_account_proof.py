"""The way into an account is changed only by who types the own password."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from initiatives.models import AccountEvent
from tests import accounts
from tests.accounts import WORD, add, changes_of, page_of, save
from tests.desk import errors_in, make_officer

pytestmark = pytest.mark.django_db
chief, desk = accounts.chief, accounts.desk


@pytest.mark.parametrize("typed", ["", "wrong"])
def test_nobody_sets_a_password_of_others_without_their_own(desk, typed):
    officer = make_officer()
    at = reverse("admin:auth_user_password_change", args=[officer.pk])
    answer = desk.post(at, {"new_password1": WORD, "new_password2": WORD, "password": typed})
    assert len(errors_in(answer)) == 1
    officer.refresh_from_db()
    assert officer.check_password("pw")
    assert changes_of(officer) == []


def test_a_password_that_is_refused_counts_no_try_of_ones_own(desk, settings):
    settings.AXES_ENABLED = True
    at = reverse("admin:auth_user_password_change", args=[make_officer().pk])
    desk.post(at, {"new_password1": WORD, "new_password2": "another", "password": "wrong"})
    assert not AccountEvent.objects.exists()


@pytest.mark.parametrize(
    ("changed", "typed", "told"),
    [
        ({"email": "mine@example.org"}, "", "Type your own password"),
        ({"email": "mine@example.org"}, "wrong", "The password is not right."),
        ({"is_superuser": "on"}, "", "Type your own password"),
    ],
)
def test_the_way_into_an_account_is_not_changed_without_it(desk, changed, typed, told):
    officer = make_officer(email="aziza@example.org")
    answer = save(desk, page_of(officer), own_password=typed, **changed)
    assert told in " ".join(errors_in(answer))
    officer.refresh_from_db()
    assert (officer.email, officer.is_superuser) == ("aziza@example.org", False)


def test_no_administrator_is_made_without_it(desk):
    answer = add(desk, is_superuser="on", own_password="")
    assert "Type your own password" in " ".join(errors_in(answer))
    assert not get_user_model().objects.filter(username="aziza").exists()
    add(desk, is_superuser="on")
    assert get_user_model().objects.get(username="aziza").is_superuser


def test_what_opens_no_way_into_an_account_needs_none(desk):
    officer = make_officer(first_name="Aziza")
    save(desk, page_of(officer), own_password="", last_name="Karimova", mail_language="ru")
    save(desk, page_of(officer), own_password="", is_active="")
    officer.refresh_from_db()
    assert (officer.last_name, officer.is_active) == ("Karimova", False)
    add(desk, username="timur", own_password="")
    assert get_user_model().objects.filter(username="timur").exists()


def test_wrong_ones_are_counted_and_kept_as_such(desk, chief, settings):
    settings.AXES_ENABLED = True
    officer = make_officer()
    for _ in range(5):
        answer = save(desk, page_of(officer), own_password="wrong", email="mine@example.org")
    assert answer.status_code == 429
    acts = AccountEvent.objects.filter(account=chief).order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["wrong_password"] * 5 + ["shut"]
    late = save(desk, page_of(officer), email="mine@example.org")
    assert late.status_code == 429
    officer.refresh_from_db()
    assert officer.email == ""
