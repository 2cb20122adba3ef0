"""The page beside each feed: the same entries, its address to copy, and what cannot be shown."""

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from initiatives import actions
from tests import factories as make
from tests.stories import tell_hostile_story, tell_story

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CODE = "CI-2025-0001"
BESIDE = [
    ("/en/initiatives/", "initiatives"),
    ("/en/countries/uz/", "countries/uz"),
    ("/en/pairs/kz-uz/", "pairs/kz-uz"),
    ("/en/sectors/energy/", "sectors/energy"),
    (f"/en/initiatives/{CODE}/", f"initiatives/{CODE}"),
    ("/en/events/", "events"),
    ("/en/changes/", "changes"),
    ("/en/slipped/", "slipped"),
]


def tree_of(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return html.fromstring(answer.content.decode())


def every_page(client, address):
    """The page and those that its links to the next one lead to."""
    while address:
        tree = tree_of(client, address)
        yield tree
        address = next((link.get("href") for link in tree.cssselect("a[rel=next]")), "")


def words(part):
    return " ".join(part.text_content().split())


@pytest.mark.parametrize(("page", "place"), BESIDE)
def test_a_page_leads_to_the_page_of_its_feed_which_holds_the_same(client, page, place):
    tell_story(make.make_initiative(CODE))
    (link,) = tree_of(client, page).cssselect("main a[href*='/feeds/']")
    assert link.get("href") == f"/en/feeds/{place}/"
    tree = tree_of(client, link.get("href"))
    assert tree.cssselect("#feed-address")[0].get("value") == f"http://testserver/en/{place}.atom"
    parsed = feedparser.parse(client.get(f"/en/{place}.atom").content)
    first = ".timeline > li > p:first-child"
    shown = [
        words(one) for part in every_page(client, link.get("href")) for one in part.cssselect(first)
    ]
    assert shown == [" ".join(entry.title.split()) for entry in parsed.entries]
    assert shown


def test_the_page_of_an_organisation_leads_to_the_feed_of_its_initiatives(client):
    make.make_initiative(CODE, organisations=["bank"])
    (link,) = tree_of(client, "/ru/organisations/bank/").cssselect("main a[href*='/feeds/']")
    assert link.get("href") == "/ru/feeds/initiatives/?organisation=bank"
    tree = tree_of(client, link.get("href"))
    (box,) = tree.cssselect("#feed-address")
    assert box.get("value") == "http://testserver/ru/initiatives.atom?organisation=bank"
    assert len(tree.cssselect(".timeline > li")) == 1


def test_the_page_of_an_event_leads_to_the_feed_of_its_decisions(client):
    make.link_event(make.make_initiative(CODE), make.make_event("session"))
    (link,) = tree_of(client, "/kk/events/session/").cssselect("main a[href*='/feeds/']")
    assert link.get("href") == "/kk/feeds/events/session/"
    assert tree_of(client, link.get("href")).cssselect(".timeline > li")


def test_filters_are_kept_and_what_only_counts_visits_is_not(client):
    make.make_initiative(CODE, status="planned")
    make.make_initiative(status="agreed")
    tree = tree_of(client, "/en/feeds/initiatives/?status=planned&page=1&utm_source=x&q=")
    (box,) = tree.cssselect("#feed-address")
    assert box.get("value") == "http://testserver/en/initiatives.atom?status=planned"
    assert len(tree.cssselect(".timeline > li")) == 1
    assert "Planned" in words(tree.cssselect("h1")[0])
    (feed,) = tree.cssselect(".mail-form [name=feed]")
    assert feed.get("value") == "/en/initiatives.atom?status=planned"


def test_ten_entries_stand_on_a_page_and_the_filters_lead_to_the_next(client):
    for number in range(1, 13):
        make.make_initiative(f"CI-2025-{number:04}", status="planned")
    address = "/en/feeds/initiatives/?status=planned&q=&page=7"
    first, second = every_page(client, address)
    assert [len(tree.cssselect(".timeline > li")) for tree in (first, second)] == [10, 2]
    (following,) = first.cssselect("a[rel=next]")
    assert following.get("href") == ("/en/feeds/initiatives/?status=planned&entries=2#entries")
    assert second.cssselect("#feed-address")[0].get("value").endswith("?status=planned")


@pytest.mark.parametrize("number", ["3", "0", "-1", "x", "9" * 2000, "1.5"])
def test_a_page_of_entries_that_is_not_there_is_not_found(client, number):
    make.make_initiative(CODE)
    assert client.get(f"/en/feeds/initiatives/?entries={number}").status_code == 404
    assert client.get(f"/initiatives.atom?entries={number}").status_code == 400


def test_a_day_of_the_past_is_not_followed_by_mail(client):
    make.make_initiative(CODE)
    tree = tree_of(client, "/en/feeds/countries/uz/?as_of=2020-01-01")
    (box,) = tree.cssselect("#feed-address")
    assert box.get("value") == "http://testserver/en/countries/uz.atom?as_of=2020-01-01"
    assert tree.cssselect(".mail-form, .timeline") == []
    assert "no entry yet" in words(tree.cssselect("main")[0])


@pytest.mark.parametrize(
    "address",
    [
        "initiatives/?contry=KZ",
        "initiatives/?status=zzz",
        "countries/uz/?q=dam",
        "changes/?from=2026-02-01&to=2026-01-01",
        "slipped/?year=x",
        "events/?as_of=2025-01-01",
        "sectors/energy/?as_of=" + "9" * 2000,
    ],
)
def test_what_cannot_be_understood_is_told_and_nothing_is_shown(client, address):
    make.make_initiative(CODE)
    tree = tree_of(client, f"/en/feeds/{address}")
    (alert,) = tree.cssselect("main [role=alert]")
    assert len(words(alert.cssselect("li")[0])) > 10
    assert tree.cssselect(".timeline, #feed-address") == []


def test_small_letters_and_the_other_order_lead_to_the_right_address(client):
    make.make_initiative(CODE)
    for given, right in (
        ("initiatives/ci-2025-0001/", f"initiatives/{CODE}/"),
        ("pairs/uz-kz/", "pairs/kz-uz/"),
        ("countries/UZ/", "countries/uz/"),
    ):
        answer = client.get(f"/uz/feeds/{given}")
        assert (answer.status_code, answer["Location"]) == (301, f"/uz/feeds/{right}")


def test_what_is_not_public_has_no_page_and_what_was_withdrawn_says_why(client, django_user_model):
    make.make_initiative("CI-2025-0002", publication="draft")
    for address in ("initiatives/CI-2025-0002/", "countries/xx/", "sectors/none/", "events/none/"):
        assert client.get(f"/en/feeds/{address}").status_code == 404
    officer = django_user_model.objects.create_user("officer")
    actions.withdraw(make.make_initiative(CODE), reason="A double", by=officer)
    tree = tree_of(client, f"/en/feeds/initiatives/{CODE}/", status=410)
    assert "A double" in words(tree.cssselect("main")[0])


def test_nothing_of_a_hostile_s_part_of_the_page(client, monkeypatch):
    tell_hostile_story(CODE, monkeypatch)
    tree = tree_of(client, "/en/feeds/initiatives/")
    assert tree.cssselect("main script, main img, main iframe") == []


@pytest.mark.parametrize("language", ["en", "ru", "uz", "kk"])
def test_it_is_named_for_readers_and_kept_out_of_search_engines(client, language):
    make.make_initiative(CODE)
    head = tree_of(client, f"/{language}/feeds/initiatives/").cssselect("head")[0]
    assert head.cssselect("meta[name=description]")[0].get("content")
    assert head.cssselect("meta[name=robots]")[0].get("content") == "noindex, follow"
    (feed,) = head.cssselect("[type='application/atom+xml']")
    assert feed.get("href") == f"/{language}/initiatives.atom"


@pytest.mark.parametrize(
    "address",
    [
        "feeds/initiatives/",
        "feeds/countries/uz/",
        "feeds/slipped/",
        "charts/moves.csv",
        "charts/organisations.csv",
        "charts/compare.csv?country=KZ&with=UZ",
        "initiatives/?q=initiatvie",
    ],
)
def test_ten_records_take_the_queries_of_one(client, address):
    def asked():
        client.get(f"/en/{address}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/en/{address}").status_code == 200
        return len(queries)

    tell_story(make.make_initiative(CODE, organisations=["bank"]))
    few = asked()
    for number in range(2, 11):
        tell_story(make.make_initiative(f"CI-2025-00{number:02}", organisations=["bank"]))
    assert asked() == few
