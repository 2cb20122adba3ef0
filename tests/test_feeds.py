"""Atom feeds: what is in them, what they must have, and what they never betray."""

import re
from datetime import UTC, datetime, timedelta

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree

from initiatives import actions, models
from tests import factories as make
from tests.register import known_since
from tests.stories import tell_hostile_story, tell_story

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ATOM = "{http://www.w3.org/2005/Atom}"
T0 = datetime(2026, 3, 1, 9, tzinfo=UTC)
ADDRESSES = [
    "/initiatives.atom",
    "/initiatives/CI-2025-0001.atom",
    "/countries/uz.atom",
    "/pairs/kz-uz.atom",
    "/sectors/energy.atom",
]
EVERY = [*ADDRESSES, "/events.atom", "/changes.atom"]


@pytest.fixture(autouse=True)
def _domain(settings):
    settings.IDENTIFIER_DOMAIN = "tracker.example.org"


def feed_at(client, address, **headers):
    """The parsed feed; refuses what no reader should have to forgive."""
    response = client.get(f"/en{address}", headers=headers)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    check(response.content)
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo, parsed.bozo_exception
    return parsed


def check(document):
    """What RFC 4287 demands (sections 4.1.1, 4.1.2, 4.2.6) and feedparser forgives."""
    feed = etree.fromstring(document)
    for holder in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(holder.findall(ATOM + name)) == 1
        links = holder.findall(f"{ATOM}link")
        alternates = [link for link in links if link.get("rel", "alternate") == "alternate"]
        assert len(alternates) == 1
        assert datetime.fromisoformat(holder.find(f"{ATOM}updated").text).tzinfo is not None
        assert re.fullmatch(r"tag:[a-z.]+,2026:[!-~]+", holder.find(f"{ATOM}id").text)
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    assert len(feed.findall(f"{ATOM}link[@rel='self']")) == 1


@pytest.mark.parametrize("address", EVERY)
def test_a_feed_without_entries_is_a_feed(client, address):
    make.make_initiative("CI-2025-0001", published_at=T0)
    models.Initiative.objects.update(title_en="Kept")
    feed = feed_at(client, address)
    assert feed.version == "atom10"
    assert feed.feed.updated


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_change_is_an_entry_of_its_own(client, address):
    tell_story(make.make_initiative("CI-2025-0001"))
    found = {entry.id.rpartition("CI-2025-0001/")[2] for entry in feed_at(client, address).entries}
    assert found == {"new", "status/1", "status/2", "date/1", "money/1", "milestone/1"}


def test_an_entry_leads_to_its_row_and_says_when_and_on_what_evidence(client):
    initiative = make.make_initiative("CI-2025-0001", title_en="Corridor", published_at=T0)
    change = make.make_status_change(
        initiative,
        effective="2024-05",
        reason_en="Signed <by> both",
        recorded_at=T0 + timedelta(hours=1),
    )
    make.cite(change)
    entry = feed_at(client, "/initiatives.atom").entries[0]
    assert entry.title == "Corridor: Status: planned"
    assert entry.link == "http://testserver/en/initiatives/CI-2025-0001/#status-1"
    assert entry.updated == entry.published == "2026-03-01T10:00:00+00:00"
    assert "May 2024" in entry.summary
    assert "Signed &lt;by&gt; both" in entry.summary
    assert '<a href="https://example.org/protocol">Protocol, paragraph 1</a>' in entry.summary


def test_the_feed_is_as_new_as_its_newest_entry(client):
    for hours in (1, 5, 3):
        make.make_initiative(published_at=T0 + timedelta(hours=hours))
    feed = feed_at(client, "/initiatives.atom")
    assert feed.feed.updated == "2026-03-01T14:00:00+00:00"
    assert [entry.updated_parsed.tm_hour for entry in feed.entries] == [14, 12, 10]


def test_there_is_a_feed_for_every_search(client):
    make.make_initiative("CI-2025-0001")
    make.make_initiative("CI-2025-0002", status="agreed", main_sector="trade")
    feed = feed_at(client, "/initiatives.atom?status=agreed&sector=trade")
    assert [entry.link.split("/")[-2] for entry in feed.entries] == ["CI-2025-0002"]
    assert feed.feed.title == "Changes: Initiatives – Sector: Trade; Status: Agreed"
    assert feed.feed.link == "http://testserver/en/initiatives/?sector=trade&status=agreed"
    assert (
        feed.feed.id == "tag:tracker.example.org,2026:feed/initiatives?sector=trade&status=agreed"
    )


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("status=zzz", "status: “zzz” is not known here."),
        ("status=planned%00", "status: This contains characters that are not text."),
        ("year=0", "year: “0” is not a year"),
        ("q=%ff", "q: This contains characters"),
        (f"country={'K' * 70000}", "country: Write at most"),
    ],
)
@pytest.mark.parametrize("ending", ["atom", "ics"])
def test_a_filter_that_is_not_understood_is_refused_with_the_reason(client, ending, query, reason):
    response = client.get(f"/en/initiatives.{ending}?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert reason in response.json()["detail"]


def test_a_feed_of_an_earlier_day_ends_with_that_day(client):
    initiative = make.make_initiative(published_at=T0, created_at=T0)
    make.make_status_change(initiative, recorded_at=T0)
    known_since(T0)
    make.make_status_change(initiative, "agreed", recorded_at=T0 + timedelta(days=2))
    feed = feed_at(client, "/initiatives.atom?as_of=2026-03-01")
    assert {entry.id.rpartition("/")[2] for entry in feed.entries} == {"new", "1"}


def test_a_feed_has_at_most_fifty_entries(client):
    make.make_initiatives(51)
    assert len(feed_at(client, "/initiatives.atom").entries) == 50


def test_a_pair_has_what_both_take_part_in(client):
    make.make_initiative("CI-2025-0001", parties=("UZ", "KZ"))
    make.make_initiative("CI-2025-0002", parties=("UZ", "TJ"))
    third = make.make_initiative("CI-2025-0003", parties=("UZ",))
    make.add_country(third, "KZ", role="host")
    fourth = make.make_initiative("CI-2025-0004", parties=("UZ",))
    make.add_country(fourth, "KZ", role="observer")
    feed = feed_at(client, "/pairs/kz-uz.atom")
    codes = {entry.link.split("/")[-2] for entry in feed.entries}
    assert codes == {"CI-2025-0001", "CI-2025-0003"}
    assert feed.feed.title == "Changes: Kazakhstan – Uzbekistan"


def test_a_sector_has_what_is_in_its_parts(client):
    make.make_sector("solar", parent="energy")
    make.make_initiative("CI-2025-0001", main_sector="solar")
    assert len(feed_at(client, "/sectors/energy.atom").entries) == 1


@pytest.mark.parametrize("prefix", ["", "/en", "/kk"])
@pytest.mark.parametrize("ending", ["atom", "ics"])
@pytest.mark.parametrize("written", ["uz-kz", "KZ-UZ", "UZ-kz"])
def test_the_order_of_a_pair_does_not_matter(client, prefix, ending, written):
    response = client.get(f"{prefix}/pairs/{written}.{ending}")
    assert response.status_code == 301
    assert response["Location"] == f"{prefix}/pairs/kz-uz.{ending}"


@pytest.mark.parametrize("ending", ["atom", "ics"])
@pytest.mark.parametrize(
    "address",
    [
        "/pairs/kz-kz",
        "/pairs/kz-xx",
        "/pairs/aa-bb",
        "/countries/xx",
        "/countries/uzbekistan",
        "/sectors/unknown",
        "/initiatives/CI-2025-9999",
        "/initiatives/nothing",
        "/initiatives/CI-2025-0001%0a",
    ],
)
def test_what_is_unknown_is_not_found(client, address, ending):
    make.make_initiative("CI-2025-0001")
    assert client.get(f"/en{address}.{ending}").status_code == 404


@pytest.mark.parametrize("ending", ["atom", "ics"])
def test_a_withdrawn_record_says_why(client, ending, django_user_model):
    address = f"/en/initiatives/CI-2025-0001.{ending}"
    made = make.make_initiative("CI-2025-0001")
    assert client.get(address).status_code == 200
    officer = django_user_model.objects.create_user("officer")
    actions.withdraw(made, reason="Mistaken", by=officer)
    response = client.get(address)
    assert response.status_code == 410
    assert response.json()["detail"] == "Mistaken"


@pytest.mark.parametrize("ending", ["atom", "ics"])
@pytest.mark.parametrize(
    "hidden",
    [
        {"publication": "draft"},
        {"publication": "in_review"},
        {"embargo_until": timezone.now() + timedelta(days=1)},
        {"publication": "withdrawn", "embargo_until": timezone.now() + timedelta(days=1)},
    ],
)
def test_a_record_that_is_not_public_is_not_found(client, hidden, ending):
    make.make_initiative("CI-2025-0001", **hidden)
    assert client.get(f"/en/initiatives/CI-2025-0001.{ending}").status_code == 404


@pytest.mark.parametrize(
    "hidden",
    [
        {"publication": "draft"},
        {"publication": "withdrawn"},
        {"embargo_until": timezone.now() + timedelta(days=1)},
    ],
)
@pytest.mark.parametrize("ending", ["atom", "ics"])
def test_no_feed_and_no_calendar_betrays_what_is_not_public(client, ending, hidden):
    secret = tell_story(make.make_initiative("CI-2025-0002", title_en="Secret", **hidden))
    make.make_milestone(secret, "Secret step", planned="2027")
    shared = make.make_event("shared", title_en="Shared")
    make.link_event(secret, shared)
    make.link_event(make.make_initiative("CI-2025-0001"), shared)
    for address in ("/initiatives", "/countries/uz", "/pairs/kz-uz", "/sectors/energy", "/events"):
        body = client.get(f"/en{address}.{ending}").getvalue().decode()
        assert "Secret" not in body
        assert "CI-2025-0002" not in body
        assert "event-of" not in body


@pytest.mark.parametrize("address", EVERY)
def test_hostile_stored_text_does_not_break_a_feed(client, address, monkeypatch):
    tell_hostile_story("CI-2025-0001", monkeypatch)
    feed = feed_at(client, address)
    assert feed.entries
    assert not any("<script" in entry.summary for entry in feed.entries)


@pytest.mark.parametrize("address", [*ADDRESSES, "/events.atom", "/changes.atom"])
def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(client, address):
    tell_story(make.make_initiative("CI-2025-0001"))
    numbers = []
    for more in (0, 6):
        for initiative in make.make_initiatives(more):
            tell_story(initiative)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/en{address}")
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_each_event_is_an_entry_with_its_state(client):
    make.make_public_event("summit", state="confirmed", start="2027-05", updated_at=T0)
    (entry,) = feed_at(client, "/events.atom").entries
    assert entry.title == "Summit (confirmed)"
    assert entry.id == "tag:tracker.example.org,2026:event/summit/0"
    assert entry.link == "http://testserver/en/events/summit/"
    assert "May 2027" in entry.summary


def test_a_feed_speaks_the_language_of_its_address(client):
    initiative = make.make_initiative(title_ru="Коридор")
    make.make_status_change(initiative, reason_ru="Подписано")
    feed = feedparser.parse(client.get("/kk/initiatives.atom").content)
    assert feed.feed.language == "kk"
    assert "Коридор" in feed.entries[0].title
    assert '<div lang="ru"><p>Подписано</p></div>' in feed.entries[0].summary
