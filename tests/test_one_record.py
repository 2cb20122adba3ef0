"""The page and the files of one record tell what its edition says, and nothing else."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from initiatives.models import Edition, Event, Initiative, InitiativeEvent, Milestone, Source
from initiatives.publication import issue_missing
from tests import factories as make
from tests.editions import CODE, append, plain_record, redact
from tests.full_records import make_full

pytestmark = [pytest.mark.django_db, pytest.mark.no_editions, pytest.mark.once]
PAGE, DATA = f"/en/initiatives/{CODE}/", f"/initiatives/{CODE}.json"
ADDRESSES = (PAGE, DATA, f"/initiatives/{CODE}.iati.xml", f"/api/v1/initiatives/{CODE}/")


def whole(answer):
    return b"".join(answer).decode()


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_stands_in_the_rows_alone_is_not_told(client, address):
    record = make_full(make.make_initiative(CODE, parent=make.make_initiative()), 2)
    issue_missing()
    before = whole(client.get(address))
    for model, name in ((Initiative, "title_en"), (Event, "title_en"), (Milestone, "title_en")):
        model.objects.update(**{name: "CANARY"})
    InitiativeEvent.objects.update(decision_en="CANARY")
    Source.objects.update(title="CANARY")
    record.funding.update(reference="CANARY", note_en="CANARY")
    caches["answers"].clear()
    after = whole(client.get(address))
    assert "CANARY" not in after
    assert len(after) == len(before)


@pytest.mark.parametrize("address", ADDRESSES)
def test_one_part_and_ten_take_the_same_queries(client, address):
    record = make_full(make.make_initiative(CODE), 1)
    issue_missing()
    client.get(address)
    few = queries(client, address)
    make_full(record, 9, first=1)
    issue_missing()
    client.get(address)
    assert queries(client, address) == few <= 18


def queries(client, address):
    caches["answers"].clear()
    with CaptureQueriesContext(connection) as captured:
        whole(client.get(address))
    return len(captured)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_record_whose_text_was_taken_out_is_gone(client, address):
    (edition,) = append(plain_record(title="CANARY"))
    assert client.get(address).status_code == 200
    redact(edition)
    answer = client.get(address)
    assert answer.status_code == 410
    assert "CANARY" not in whole(answer)
    assert "taken out" in whole(answer)


def test_what_was_withdrawn_before_there_was_a_register_is_gone_with_its_reason(client):
    make.make_initiative(CODE, publication="withdrawn", withdrawn_reason_en="Twice")
    assert client.get(PAGE).status_code == 404
    issue_missing()
    assert issue_missing() == 0
    answer = client.get(PAGE)
    assert (answer.status_code, "Twice" in whole(answer)) == (410, True)
    assert client.get(DATA).json()["detail"] == "Twice"


def test_what_was_withdrawn_under_its_embargo_stays_unknown(client):
    ahead = timezone.now() + timedelta(days=1)
    make.make_initiative(CODE, publication="withdrawn", embargo_until=ahead)
    issue_missing()
    assert client.get(PAGE).status_code == 404
    assert not Edition.objects.exists()


def test_a_day_before_the_record_was_public_is_not_the_day_of_a_withdrawal(client):
    append(plain_record(), since=timezone.now() - timedelta(days=2))
    day = timezone.localdate() - timedelta(days=9)
    assert client.get(f"{DATA}?as_of={day}").status_code == 404
    assert "not public yet" in whole(client.get(f"{PAGE}?as_of={day}"))
