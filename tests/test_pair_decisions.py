"""The open decisions of a pair: which they are, in which order, and page by page."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from initiatives.editions.index.decisions import OpenDecisions
from initiatives.lifecycle import Status
from initiatives.publication import issue_missing
from tests import factories as make
from tests.listing import figures

pytestmark = [pytest.mark.django_db, pytest.mark.no_editions]
LATE, NOT_LATE = "2020", "2999"


def read(client, query="", language="en"):
    caches["answers"].clear()
    response = client.get(f"/{language}/pairs/kz-uz/{query}")
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def words(element):
    return " ".join(element.text_content().split())


def codes(tree):
    return [row.get("data-code") for row in tree.cssselect(".decisions tbody tr")]


def met(slug, *sides, **fields):
    event = make.make_public_event(slug, **fields)
    event.countries.set([make.make_country(iso2) for iso2 in sides])
    return event


def decide(number, event, *, end=NOT_LATE, relation="agreed", parties=("KZ", "UZ"), **fields):
    made = make.make_initiative(f"CI-2025-{number:04}", planned_end=end, parties=parties, **fields)
    make.link_event(made, event, relation)
    return made


@pytest.fixture
def alone():
    return met("session", "KZ", "UZ")


@pytest.fixture
def wider():
    return met("summit", "KZ", "UZ", "KG")


def test_late_ones_come_first_and_among_them_those_of_the_two_alone(client, alone, wider):
    decide(1, wider, end="2019")
    decide(2, wider, end=LATE)
    decide(3, alone, end="2999-12")
    decide(4, alone, end="2021")
    decide(5, alone, end=LATE)
    decide(6, alone, end="2998")
    decide(7, wider, end="2997")
    issue_missing()
    with figures() as found:
        decisions = OpenDecisions(found.found, ["UZ", "KZ"])
        ordered = decisions.keys(0, 10)
        assert [code[-1] for code in ordered] == ["5", "4", "1", "2", "6", "3", "7"]
        assert (decisions.total, decisions.late) == (7, 4)
        for start in range(8):
            assert decisions.keys(start, start + 2) == ordered[start : start + 2]
    tree = read(client)
    assert codes(tree) == ordered[:4]
    assert words(tree.get_element_by_id("decisions")) == "7 open decisions – 4 of them late"


def test_what_has_ended_is_only_mentioned_or_of_one_side_is_no_open_decision(client, alone):
    decide(1, alone, status=Status.IMPLEMENTED)
    decide(2, alone, status=Status.CANCELLED)
    decide(3, alone, relation="mentioned")
    decide(4, alone, parties=["UZ", "TJ"])
    make.make_initiative("CI-2025-0005")
    kept = decide(6, alone, status=Status.SUSPENDED)
    issue_missing()
    assert codes(read(client)) == [kept.code]


def test_without_any_the_page_says_so(client):
    make.make_initiative()
    issue_missing()
    tree = read(client)
    assert codes(tree) == []
    (said,) = tree.cssselect("section[aria-labelledby=decisions]")
    assert words(said) == "Open decisions No event with an open decision is recorded."


def test_a_row_says_item_text_status_lateness_and_what_is_next(client, alone):
    made = make.make_initiative("CI-2025-0001", planned_end="2020-06", status="in_progress")
    make.link_event(made, alone, protocol_reference="Item 9", decision_en="Build it together.")
    make.make_milestone(made, "First stone", planned="2999")
    issue_missing()
    (row,) = read(client).cssselect(".decisions tbody tr")
    title, now, against, following = map(words, row)
    assert title == "Initiative CI-2025-0001 May 2024: Item 9 Session Build it together."
    assert now.startswith("In progress")
    assert against.startswith("late by ")
    assert against.endswith("planned end June 2020")
    assert following == "2999: First stone"


def test_of_several_events_that_of_the_two_is_named_and_the_others_counted(client, alone, wider):
    made = decide(1, wider)
    make.link_event(made, alone)
    make.link_event(made, met("forum", "KZ", "UZ", start="2023"))
    issue_missing()
    (row,) = read(client).cssselect(".decisions tbody tr")
    links = [link.get("href") for link in row[0].cssselect("a")]
    page = "/en/initiatives/CI-2025-0001/"
    assert links == [page, "/en/events/session/", f"{page}#events"]
    assert words(row[0]).endswith("and 2 more decisions")


@pytest.mark.once
def test_it_comes_in_pages_by_a_parameter_of_its_own(client, alone):
    for number in range(1, 10):
        decide(number, alone, end=f"299{number}")
    issue_missing()
    found = [codes(read(client, query)) for query in ("", "?decisions=2", "?decisions=3")]
    assert [code for page in found for code in page] == [f"CI-2025-000{n}" for n in range(1, 10)]
    assert [len(page) for page in found] == [4, 4, 1]
    tree = read(client, "?decisions=2&since=2020-01-01")
    after = tree.cssselect(".pagination a[rel=next]")[0].get("href")
    assert after == "/en/pairs/kz-uz/?since=2020-01-01&decisions=3#decisions"
    assert (
        tree.cssselect(".pagination [aria-current]")[0]
        .get("href")
        .endswith("decisions=2#decisions")
    )


@pytest.mark.once
@pytest.mark.parametrize(
    "number", ["4", "0", "x", "-1", "9" * 5000, "1%00", "2&page=2&decisions=9"]
)
def test_a_page_that_is_not_there_is_missing(client, alone, number):
    for one in range(1, 10):
        decide(one, alone)
    issue_missing()
    assert client.get(f"/en/pairs/kz-uz/?decisions={number}").status_code == 404


def test_on_a_day_of_the_past_it_tells_what_was_open_then(client, alone):
    decide(1, alone, status=Status.IMPLEMENTED)
    issue_missing()
    assert codes(read(client, "?as_of=2020-01-01")) == []


def test_one_decision_and_ten_take_the_same_queries(client, alone, wider):
    def queries():
        issue_missing()
        read(client)
        with CaptureQueriesContext(connection) as captured:
            read(client)
        return len(captured)

    def rich(number, event):
        made = decide(number, event, end=LATE, organisations=["bank"])
        make.make_milestone(made, planned=NOT_LATE)
        make.make_funding(made)
        make.make_status_change(made)

    rich(1, alone)
    for_one = queries()
    for number in range(2, 12):
        rich(number, (alone, wider)[number % 2])
    assert queries() == for_one
