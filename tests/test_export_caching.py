"""What was sent once is sent again only if it would differ."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.http import parse_http_date

from initiatives import actions
from initiatives.models import Country, Initiative
from tests import factories as make
from tests.register import known_since

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CSV, JSON, XLSX = (f"/en/initiatives.{suffix}" for suffix in ("csv", "json", "xlsx"))
RECORD = "/en/initiatives/CI-2025-0001.json"
IATI, IATI_RECORD = "/en/initiatives.iati.xml", "/en/initiatives/CI-2025-0001.iati.xml"
ADDRESSES = [CSV, JSON, XLSX, RECORD, IATI, IATI_RECORD]


@pytest.fixture
def made():
    record = make.make_initiative("CI-2025-0001")
    known_since()
    return record


@pytest.fixture
def tag(client):
    """A function that gives the ETag of an address."""
    return lambda address=CSV, **headers: client.get(address, headers=headers)["ETag"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_has_it_already_gets_304_without_a_body(client, made, address):
    first = client.get(address)
    for condition in (
        {"If-None-Match": first["ETag"]},
        {"If-Modified-Since": first["Last-Modified"]},
    ):
        again = client.get(address, headers=condition)
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
        assert again["Cache-Control"] == first["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_change_is_sent(client, made, address):
    old = client.get(address)["ETag"]
    made.title_en = "Another title"
    actions.save(made, by=None)
    assert client.get(address, headers={"If-None-Match": old}).status_code == 200


def test_a_new_name_of_a_country_is_a_change(made, tag):
    old = tag()
    Country.objects.filter(iso2="UZ").update(name_en="Uz", updated_at=timezone.now())
    assert tag() != old


def test_a_record_in_place_of_another_is_a_change(made, tag):
    """The same number of rows, and none of them newer than before."""
    other = make.make_initiative(publication="draft", updated_at=made.updated_at)
    old = tag()
    Initiative.objects.filter(pk=made.pk).update(publication="withdrawn")
    Initiative.objects.filter(pk=other.pk).update(publication="published")
    known_since()
    assert tag() != old


def test_a_row_that_left_the_list_is_newer_than_what_stayed(client, made):
    """A client that knows dates only must not keep the row."""
    gone = make.make_initiative()
    known_since()
    later = timezone.now() + timedelta(seconds=5)
    with time_machine.travel(later, tick=False):
        actions.withdraw(gone, reason={"en": "Wrong"}, by=None)
        assert parse_http_date(client.get(CSV)["Last-Modified"]) == int(later.timestamp())


def test_nothing_was_changed_in_the_future(client):
    make.make_initiative(updated_at=timezone.now() + timedelta(days=9))
    changed = parse_http_date(client.get(CSV)["Last-Modified"])
    assert changed <= timezone.now().timestamp()


def test_each_language_query_and_day_has_its_own(made, tag, monkeypatch):
    tags = [tag(), tag("/ru/initiatives.csv"), tag(f"{CSV}?sort=title"), tag(JSON)]
    monkeypatch.setattr(timezone, "localdate", lambda *_: datetime(2999, 1, 1, tzinfo=UTC).date())
    monkeypatch.setattr(timezone, "now", lambda: datetime(2999, 1, 1, tzinfo=UTC))
    tags.append(tag())
    assert len(set(tags)) == len(tags)


def test_the_days_of_the_site_and_of_utc_begin_anew(made, tag, client):
    """Files of activities know both days, see `writing.parts`."""
    seen = []
    for instant in ("2099-03-01T18:59Z", "2099-03-01T19:01Z", "2099-03-02T00:01Z"):
        with time_machine.travel(instant, tick=False):
            seen.append((tag(), client.get(CSV)["Last-Modified"]))
    tags, changed = zip(*seen, strict=True)
    assert len(set(tags)) == 3
    days = datetime(2099, 3, 1, tzinfo=UTC), datetime(2099, 3, 1, 19, tzinfo=UTC)
    midnights = [int(one.timestamp()) for one in (*days, datetime(2099, 3, 2, tzinfo=UTC))]
    assert [parse_http_date(one) for one in changed] == midnights


@pytest.mark.parametrize("address", [CSV, RECORD, "/en/initiatives/CI-2025-0001/"])
def test_a_check_by_the_desk_is_a_change(made, client, address):
    """It may end the flag “stale”."""
    old = client.get(address)
    for minutes in (3, 6):  # the first check of the record, and one that follows it
        later = timezone.now() + timedelta(minutes=minutes)
        with time_machine.travel(later, tick=False):
            actions.mark_checked(made, by=None)
            new = client.get(address, headers={"If-None-Match": old["ETag"]})
            assert new.status_code == 200
            assert parse_http_date(new["Last-Modified"]) == int(later.timestamp())
            since = {"If-Modified-Since": old["Last-Modified"]}
            assert client.get(address, headers=since).status_code == 200
        old = new


def test_a_check_of_another_record_leaves_the_page_of_a_record_as_it_is(made, tag):
    other = make.make_initiative()
    known_since()
    old, whole = tag(RECORD), tag()
    actions.mark_checked(other, by=None)
    assert (tag(RECORD) == old, tag() == whole) == (True, False)


def test_without_a_language_in_the_address_the_reader_chooses_it(client, made):
    found = client.get("/initiatives.csv", headers={"Accept-Language": "ru"})
    assert "Узбекистан" in b"".join(found).decode()
    assert {"Accept-Language", "Cookie"} <= set(found["Vary"].split(", "))
    assert "Accept-Language" not in client.get(CSV).get("Vary", "")


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_has_the_headers_of_get(client, made, address):
    head, get = client.head(address), client.get(address)
    assert head.status_code == 200
    for name in ("ETag", "Last-Modified", "Cache-Control", "Content-Type"):
        assert head[name] == get[name]


@pytest.mark.parametrize("address", [CSV, XLSX, IATI, IATI_RECORD])
def test_head_of_a_stream_says_no_length(client, made, address):
    head = client.head(address)
    assert "Content-Length" not in head
    assert b"".join(head.streaming_content) == b""


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_reading_is_allowed(client, address):
    assert client.post(address).status_code == 405
