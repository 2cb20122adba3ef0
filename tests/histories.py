"""The history of a record as officers read it, and what they do there."""

import pytest
from lxml import html

from initiatives import actions
from initiatives.choices import DeskRole
from initiatives.models import Change, Desk, DeskMember, Initiative
from tests.desk import address, make_officer, signed_in
from tests.factories import (
    make_initiative,
)


def seated(name, role):
    """An officer with `role` on a desk that covers everything, and on no other."""
    officer = make_officer(name)
    DeskMember.objects.filter(user=officer).delete()
    desk, _new = Desk.objects.get_or_create(name="All", defaults={"covers_all": True})
    DeskMember.objects.create(desk=desk, user=officer, role=role)
    return officer


@pytest.fixture
def publisher():
    return seated("aziza", DeskRole.PUBLISHER)


@pytest.fixture
def editor():
    return seated("bek", DeskRole.EDITOR)


@pytest.fixture
def initiative():
    made = make_initiative(title_en="Bridge", summary_en="Long")
    return Initiative.objects.get(pk=made.pk)


def history(record):
    return address(record._meta.model_name, "history", record.pk)


def shown(user, record, **query):
    answer = signed_in(user).get(history(record), query)
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def headings(page):
    return [found.text_content().strip() for found in page.xpath("//article//h2")]


def changed(record, by, **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    actions.save(record, by=by, reason="Floods")
    return Change.objects.first()


def take_back(user, record, change, **extra):
    url = address(record._meta.model_name, "revert", record.pk, change.pk)
    return signed_in(user).post(url, follow=True, **extra)


def told(answer):
    return [str(message) for message in answer.context["messages"]]
