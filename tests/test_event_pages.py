"""The pages of events and their objects in the API tell what their editions say."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from initiatives.choices import EditionKind
from initiatives.editions import record as public
from initiatives.models import Event, Initiative
from initiatives.publication import issue_missing
from tests import factories as make
from tests.editions import append, withdrawal

pytestmark = [pytest.mark.django_db, pytest.mark.no_editions, pytest.mark.once]
ADDRESSES = ("/en/events/talks/", "/api/v1/events/talks/")
LISTS = ("/en/events/", "/api/v1/events/")


def whole(answer):
    return b"".join(answer).decode()


def event(slug="talks", **fields):
    stamps = {"uid": "0d1f3a0e-3f3f-4c0e-9f6e-000000000001", "updated_at": "2020-01-01T00:00:00Z"}
    values = {"kind": "summit", "state": "planned", **stamps, **fields}
    return public.EventRecord(form=public.FORM, slug=slug, title=public.Text(en=slug), **values)


def publish(slug="talks", **fields):
    return append(event(slug, **fields), kind=EditionKind.EVENT, key=slug)


def rows_of(client, query=""):
    tree = html.fromstring(whole(client.get(f"/en/events/{query}")))
    return [row.get("id") for row in tree.cssselect(".event-row")]


@pytest.mark.parametrize("address", [*ADDRESSES, *LISTS])
def test_what_stands_in_the_rows_alone_is_not_told(client, address):
    made = make.make_public_event("talks", title_en="Talks")
    make.link_event(make.make_initiative(), made)
    issue_missing()
    assert "Talks" in whole(client.get(address))
    for model in (Event, Initiative):
        model.objects.update(title_en="CANARY")
    caches["answers"].clear()
    assert "CANARY" not in whole(client.get(address))


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_event_is_gone_once_it_was_withdrawn_and_unknown_before(client, address):
    make.make_event("talks")
    assert client.get(address).status_code == 404
    publish()
    assert client.get(address).status_code == 200
    append(withdrawal(), kind=EditionKind.EVENT, key="talks")
    assert client.get(address).status_code == 410
    assert ["events/talks/" in whole(client.get(one)) for one in LISTS] == [False, False]


@pytest.mark.parametrize("address", [*ADDRESSES, *LISTS])
def test_one_initiative_and_ten_take_the_same_queries(client, address):
    made = make.make_public_event("talks")
    make.link_event(make.make_initiative(), made)
    issue_missing()
    client.get(address)
    few = queries(client, address)
    for _ in range(9):
        make.link_event(make.make_initiative(), made)
        make.make_public_event()
    issue_missing()
    client.get(address)
    assert queries(client, address) == few <= 14


def queries(client, address):
    caches["answers"].clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_what_comes_is_first_the_soonest_first_and_what_was_the_latest_first(client):
    publish("far", start="2999")
    publish("near", start="2998-05")
    publish("some-day")
    publish("said", state="not_stated")
    publish("old", start="2001", state="held")
    publish("older", start="2000", state="held")
    assert rows_of(client) == ["near", "far", "some-day", "said", "old", "older"]
    told = client.get("/api/v1/events/").json()["results"]
    assert [one["slug"] for one in told] == ["far", "near", "old", "older", "said", "some-day"]


def test_the_list_comes_in_pages(client):
    for number in range(5):
        publish(f"event-{number}", start=f"299{number}")
    pages = [rows_of(client, f"?page_size=2&page={number}") for number in (1, 2, 3)]
    shown = [slug for page in pages for slug in page]
    assert shown == [f"event-{number}" for number in range(5)]
    assert client.get("/en/events/?page_size=2&page=4").status_code == 404
    for number in range(16):
        publish(f"older-{number}", start="2001", state="held")
    assert len(rows_of(client)) == 20
    assert rows_of(client, "?page=x") == rows_of(client, "?page_size=0") == []


def test_the_initiatives_of_an_event_come_in_pages(client):
    made = make.make_public_event("talks")
    codes = [make.link_event(make.make_initiative(), made).initiative.code for _ in range(3)]
    issue_missing()
    first = whole(client.get("/en/events/talks/?page_size=2"))
    second = whole(client.get("/en/events/talks/?page_size=2&page=2"))
    assert [code in first for code in sorted(codes)] == [True, True, False]
    assert [code in second for code in sorted(codes)] == [False, False, True]
