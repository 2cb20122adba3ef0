"""What an officer wishes for a public record, and what a second person says to it."""

from functools import partial

import pytest

from initiatives import actions
from initiatives.choices import DeskRole
from initiatives.models import ChangeRequest
from initiatives.rights import Rights
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


def ask_for_status(initiative, by, to="implemented", **details):
    """The request of `by` for a status of `initiative` with `details`, as the desk makes it."""
    gate = actions.ApprovalGate(initiative, rights=Rights(by), asks=True)
    enter = partial(actions.enter_status, initiative, to=to, by=by, awaits_approval=True)
    gate.run(lambda: enter(**details))
    return gate.request


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
