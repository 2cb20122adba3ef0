"""Whose queue is looked at, and where its requests lead."""

import pytest

from initiatives.choices import DeskRole
from tests.memberships import make_member


@pytest.fixture(autouse=True)
def pages(monkeypatch):
    """The queue's own concern is which request is named, not where its page is."""
    address = "/admin/{0._meta.model_name}/{0.pk}/".format
    monkeypatch.setattr("initiatives.desk.work_queue.addresses.of_request", address)
    monkeypatch.setattr("initiatives.desk.work_queue.addresses.of_requests", lambda *asked: "")


@pytest.fixture
def officer():
    return make_member()


@pytest.fixture
def other():
    return make_member("olga", DeskRole.PUBLISHER)
