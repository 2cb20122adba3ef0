"""What an officer wishes for a public record, and what a second person says to it."""

import pytest

from initiatives.choices import DeskRole
from initiatives.models import ChangeRequest
from tests.desk import address, edit, make_officer, send, signed_in
from tests.factories import (
    make_initiative,
)


@pytest.fixture
def editor():
    return make_officer("edda", DeskRole.EDITOR)


@pytest.fixture
def desk(editor):
    return signed_in(editor)


@pytest.fixture
def reviewer():
    return make_officer("rustam", DeskRole.REVIEWER)


@pytest.fixture
def shown():
    dates = {"planned_end": "2027", "first_planned_end": "2027"}
    return make_initiative("CI-2025-0001", title_en="Old", **dates)


def decide(who, request, verdict, **typed):
    url = address("changerequest", "change", request.pk)
    return signed_in(who).post(url, {"verdict": verdict, "comment": "", **typed})


def public_text(client, code="CI-2025-0001"):
    addresses = (f"/initiatives/{code}.json", "/initiatives.json", "/changes.csv", "/changes.atom")
    return [client.get(address).getvalue() for address in addresses]


def rejected(desk, shown, reviewer, **typed):
    send(desk, edit(shown), **typed)
    request = ChangeRequest.objects.get()
    decide(reviewer, request, "reject", comment="Which year?")
    return request, address("changerequest", "mend", request.pk)
