"""Requests of a status from when they were rows of their own: kept as change requests, and back."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from initiatives import actions
from initiatives.actions.status_edits import source_among, status_among
from initiatives.models import ChangeRequest
from tests.desk import make_officer
from tests.factories import make_initiative, make_source

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.no_editions]


@pytest.fixture
def record():
    """It is made in the tables of today, and goes back with them."""
    record = make_initiative()
    make_source("treaty")
    make_officer()
    return record


@pytest.fixture
def before(record):
    """The tables as they were, with what was asked for today; afterwards they are as they are.

    To go back and forth takes as long as a hundred tests, so all goes together.
    """
    if not MigrationRecorder(connection).applied_migrations():
        pytest.skip("The tables were made without migrations.")
    _ask_today(make_initiative(TODAYS))
    loader = MigrationLoader(connection)
    (parent,) = loader.graph.node_map["initiatives", _NAME].parents
    call_command("migrate", "initiatives", parent.key[1], verbosity=0)
    yield loader.project_state([parent.key]).apps
    call_command("migrate", "initiatives", verbosity=0)


_NAME = next(name for _app, name in MigrationLoader(None).disk_migrations if "one_request" in name)
TODAYS = "CI-2025-0001"


def test_requests_come_over_and_the_way_back_leaves_what_else_was_asked_for(before, record):
    batch = _fill(before, record)
    call_command("migrate", "initiatives", verbosity=0)
    _what_waited_can_be_approved_and_what_was_decided_is_kept(record, batch)
    _the_way_back_leaves_what_else_was_asked_for_as_an_edit()


def _fill(before, record):
    """Two requests of a status in the tables as they were; the import that asked for one."""
    source = before.get_model("initiatives", "Source").objects.get()
    officer = get_user_model().objects.get()
    _put_status(before, record, "planned", "2024")
    old = before.get_model("initiatives", "StatusRequest").objects
    typed = {"effective": "2025", "source_id": source.pk, "locator": "P3", "quote": "is signed"}
    same = {"initiative_id": record.pk, "created_by_id": officer.pk}
    old.create(number=1, to_status="agreed", reason_en="Signed", **typed, **same)
    refused = {"state": "rejected", "comment": "Where?", "approver_id": officer.pk}
    old.create(number=2, to_status="cancelled", **refused, **same)
    return _import_that_asked(before, record)


def _what_waited_can_be_approved_and_what_was_decided_is_kept(record, batch):
    rejected, waiting = record.change_requests.order_by("state")
    assert (rejected.to_status, rejected.comment, rejected.approver) == (
        "cancelled",
        "Where?",
        get_user_model().objects.get(),
    )
    assert (rejected.batch_id, waiting.batch_id) == (None, batch.pk)
    actions.approve_request(waiting, by=make_officer("second"))
    change = record.status_changes.last()
    assert (change.to_status, str(change.effective), change.reason_en) == (
        "agreed",
        "2025",
        "Signed",
    )
    assert list(change.citations.values_list("locator", "quote")) == [("P3", "is signed")]


def _the_way_back_leaves_what_else_was_asked_for_as_an_edit():
    other, again = ChangeRequest.objects.filter(initiative__code=TODAYS).order_by("kind")
    assert (other.kind, other.edits) == ("edit", EDITS[:1])
    entered = status_among(again.edits)
    assert (again.to_status, entered["fields"]["effective"][1]) == ("agreed", "2025")
    assert source_among(again.edits, entered)["fields"]["locator"] == [None, "P3"]


def _put_status(apps, record, status, since):
    """By the tables as they were, which lack columns of today."""
    changes = apps.get_model("initiatives", "StatusChange").objects
    changes.create(initiative_id=record.pk, number=1, to_status=status, effective=since)
    of_record = apps.get_model("initiatives", "Initiative").objects.filter(pk=record.pk)
    of_record.update(status=status, status_since=since)


def _import_that_asked(apps, record):
    batches = apps.get_model("initiatives", "ImportBatch").objects
    batch = batches.create(file_name="a.csv", sha256="0" * 64)
    apps.get_model("initiatives", "Change").objects.create(
        initiative_id=record.pk,
        model="statusrequest",
        key=[record.code, 1],
        action="created",
        batch_id=batch.pk,
    )
    return batch


EDITS = [
    {
        "model": "initiative",
        "key": [TODAYS],
        "action": "changed",
        "fields": {"title_en": ["Old", "New"]},
    },
    {
        "model": "statuschange",
        "key": [TODAYS, 1],
        "action": "created",
        "fields": {"to_status": [None, "agreed"], "effective": [None, "2025"]},
    },
    {
        "model": "citation",
        "key": ["treaty", "P3", "status_change", TODAYS, 1],
        "action": "created",
        "fields": {
            "source": [None, "treaty"],
            "locator": [None, "P3"],
            "status_change": [None, f"{TODAYS}/1"],
        },
    },
]


def _ask_today(record):
    """A status with its source, and a title beside it, as one request."""
    asked = {
        "model": "initiative",
        "key": [record.code],
        "created_by": get_user_model().objects.get(),
    }
    ChangeRequest.objects.create(kind="status", edits=EDITS, initiative=record, **asked)
