"""What changed between two days: the page, the table and the feed of the same entries."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import factories as make
from tests.stories import revise, tell_hostile_story, tell_story

pytestmark = [pytest.mark.django_db, pytest.mark.once]
T0 = datetime(2026, 3, 10, 9, tzinfo=UTC)
PERIOD = "?from=2026-03-10&to=2026-03-12"
WRONG = [
    ("from=yesterday", "from: This is not a day. Write 2025-06-30."),
    ("to=2026-02-30", "to: This is not a day."),
    ("from=2026-03-12&to=2026-03-10", "from: The first day is after the last one."),
    ("from=2026-03-10%00", "from: This is not a day."),
    ("from=0001-01-01", "from: Ensure this value is greater"),
    ("to=9999-12-31", "to: Ensure this value is less"),
    ("to=" + "9" * 70000, "to: This is not a day."),
    ("from=%ff", "from: This is not a day."),
]


def rows(client, query=PERIOD):
    response = client.get(f"/en/changes.csv{query}")
    assert response.status_code == 200
    text = response.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def page(client, query=PERIOD):
    return client.get(f"/en/changes/{query}")


@pytest.fixture
def week():
    """A record of long ago, in which something of each kind changed on three days."""
    made = make.make_initiative("CI-2025-0001", title_en="Corridor", published_at=T0.replace(2025))
    make.make_status_change(made, recorded_at=T0.replace(2025))
    make.make_status_change(made, "agreed", recorded_at=T0, reason_en="Signed")
    revise(made, recorded_at=T0 + timedelta(days=1))
    make.make_funding(made, created_at=T0 + timedelta(days=2))
    make.make_initiative("CI-2025-0002", title_en="Bridge", published_at=T0 + timedelta(hours=1))
    return made


def test_the_page_tells_what_changed_day_by_day(client, week):
    days = page(client).context["days"]
    told = [(str(day), [entry.title for entry in entries]) for day, entries in days]
    assert told == [
        ("2026-03-12", ["USD 1,000,000 committed"]),
        ("2026-03-11", ["Planned end moved from 2027 to first half of 2028"]),
        ("2026-03-10", ["New on this site, status: planned", "Status: planned → agreed"]),
    ]


def test_an_entry_links_to_its_row_and_shows_the_reason(client, week):
    body = page(client).content.decode()
    assert 'href="/en/initiatives/CI-2025-0001/#status-2"' in body
    assert "<p>Signed</p>" in body
    assert '<span data-total="4">4</span>' in body


def test_both_days_belong_to_the_period_in_the_time_zone_of_the_site(client, settings):
    settings.TIME_ZONE = "Asia/Tashkent"  # five hours before UTC
    first = datetime(2026, 3, 9, 19, tzinfo=UTC)
    for moment in (-1, 0, 24 * 3600 - 1, 24 * 3600):
        make.make_initiative(published_at=first + timedelta(seconds=moment))
    assert len(rows(client, "?from=2026-03-10&to=2026-03-10")) == 2


@pytest.mark.parametrize(
    ("query", "number"),
    [("", 2), ("?from=2020-01-01", 3), ("?to={day}", 1)],
)
def test_without_days_the_last_thirty_are_meant(client, query, number):
    query = query.format(day=timezone.localdate() - timedelta(days=29))
    for days in (0, 29, 100):
        make.make_initiative(published_at=timezone.now() - timedelta(days=days))
    assert len(rows(client, query)) == number
    assert page(client, query).context["total"] == number


@pytest.mark.parametrize(("query", "reason"), WRONG)
def test_the_page_names_a_wrong_day_beside_its_field_and_shows_nothing(client, query, reason, week):
    response = page(client, f"?{query}")
    name, _, message = reason.partition(": ")
    body = response.content.decode()
    assert response.status_code == 200
    assert f'aria-describedby="id_{name}-error"' in body
    assert message in body
    assert "Corridor" not in body


@pytest.mark.parametrize(("query", "reason"), WRONG)
@pytest.mark.parametrize("ending", ["csv", "atom"])
def test_machines_are_refused_a_wrong_day_with_the_reason(client, ending, query, reason):
    response = client.get(f"/en/changes.{ending}?{query}")
    assert response.status_code == 400
    assert reason in response.json()["detail"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("page=1", 200),
        ("page=2", 404),
        ("page_size=1&page=4", 200),
    ],
)
def test_a_page_past_the_end_is_not_found(client, week, query, status):
    assert page(client, f"{PERIOD}&{query}").status_code == status


def test_pages_keep_the_period(client, week):
    response = page(client, f"{PERIOD}&page_size=2")
    assert str(response.context["next_page"]).endswith(f"{PERIOD}&page_size=2&page=2")
    assert [len(entries) for _, entries in response.context["days"]] == [1, 1]


def test_a_page_size_that_is_none_is_an_error(client, week):
    response = page(client, f"{PERIOD}&page_size=0")
    assert response.status_code == 200
    assert response.context["total"] == 0
    assert "between 1 and 100" in response.content.decode()


def test_the_table_has_a_row_for_each_change(client, week):
    first = rows(client)[0]
    assert first == {
        "known_since": "2026-03-12T09:00:00Z",
        "on": "",
        "kind": "money",
        "code": "CI-2025-0001",
        "title": "Corridor",
        "change": "USD 1,000,000 committed",
        "reason": "",
        "url": "http://testserver/en/initiatives/CI-2025-0001/#money-1",
        "id": "tag:localhost,2026:initiative/CI-2025-0001/money/1",
    }


def test_page_table_and_feed_tell_the_same(client, week):
    feed = feedparser.parse(client.get(f"/en/changes.atom{PERIOD}").content)
    shown = [entry.uid for _, entries in page(client).context["days"] for entry in entries]
    assert shown == [row["id"] for row in rows(client)] == [entry.id for entry in feed.entries]
    assert feed.feed.link == f"http://testserver/en/changes/{PERIOD}"


def test_what_a_record_held_when_it_became_public_is_no_change(client):
    made = make.make_initiative(published_at=T0)
    make.make_status_change(made, recorded_at=T0 - timedelta(days=1))
    assert [row["kind"] for row in rows(client)] == ["new"]


@pytest.mark.parametrize("ending", ["/", ".csv", ".atom"])
@pytest.mark.parametrize("publication", ["draft", "in_review", "withdrawn"])
def test_nothing_is_told_of_what_is_not_public(client, ending, publication):
    tell_story(make.make_initiative("CI-2025-0009", publication=publication))
    assert b"CI-2025-0009" not in client.get(f"/en/changes{ending}").getvalue()


def test_hostile_stored_text_breaks_neither_page_nor_table(client, monkeypatch):
    tell_hostile_story("CI-2025-0001", monkeypatch)
    assert "<script>&amp;" not in page(client, "").content.decode()
    assert len(rows(client, "")) == 4


@pytest.mark.parametrize("ending", ["/?page_size=100", ".csv"])
def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(client, ending):
    numbers = []
    for more in (1, 9):
        for initiative in make.make_initiatives(more):
            tell_story(initiative)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/en/changes{ending}").getvalue()
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_a_page_that_has_not_changed_is_not_sent_again(client, week):
    first = page(client)
    again = client.get(f"/en/changes/{PERIOD}", headers={"if-none-match": first["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)


@pytest.mark.parametrize("number", ["0", "x", "-0"])
def test_what_is_no_page_is_said_and_nothing_is_shown(client, number):
    answer = client.get(f"/en/changes/?page={number}")
    assert (answer.status_code, "Pages are numbered from 1." in answer.text) == (200, True)
    assert "data-total" not in answer.text
