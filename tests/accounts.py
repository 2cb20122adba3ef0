"""The page of an account, as tests fill it in."""

import pytest
from django.urls import reverse

from initiatives.choices import DeskRole
from initiatives.models import Change
from tests.desk import make_chief, make_desk, signed_in, values_of

LIST, NEW = reverse("admin:auth_user_changelist"), reverse("admin:auth_user_add")
ROLES = "desks"
WORD = "long-enough-4-us"


@pytest.fixture
def chief():
    return make_chief()


@pytest.fixture
def desk(chief):
    return signed_in(chief)


def page_of(user):
    return reverse("admin:auth_user_change", args=[user.pk])


def save(client, address, *, role=None, **typed):
    values = values_of(client.get(address))
    if role is not None:
        values |= {f"{ROLES}-0-desk": make_desk().pk, f"{ROLES}-0-role": role}
    shown = {"own_password": "pw", "_save": "", **typed}
    return client.post(address, {**values, **shown}, follow=True)


def changes_of(user):
    name = user.get_username()
    rows = Change.objects.filter(model__in=["user", "deskmember"]).order_by("pk")
    return [row for row in rows if name in row.key]


def add(client, **typed):
    who = {"username": "aziza", "email": "aziza@example.org", "mail_language": "uz", **typed}
    return save(client, NEW, role=DeskRole.REVIEWER, **who)
