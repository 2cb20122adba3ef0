"""robots.txt lets programs read everything but the pages of lists with filters."""

import re
from urllib.robotparser import RobotFileParser

import pytest
from lxml import html

from initiatives.public.pages.listing import InitiativeList
from tests.test_public_addresses import CODE, FILES, PAGES, fill

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LANGUAGES = ("en", "ru", "uz", "kk")


@pytest.fixture
def robots(client):
    return client.get("/robots.txt").content.decode()


def simple(robots, address) -> bool:
    """As the standard library reads it: the first rule that is a beginning of the address."""
    parser = RobotFileParser()
    parser.parse(robots.splitlines())
    return parser.can_fetch("AnyBot", f"https://tracker.example.org{address}")


def longest(robots, address) -> bool:
    """As RFC 9309 has it: the longest rule that matches, with * and $; of two equal ones, allow."""
    rules = re.findall(r"^(Allow|Disallow): (\S+)$", robots, re.M)
    found = [
        (len(path.encode()), kind == "Allow") for kind, path in rules if _matches(path, address)
    ]
    return max(found, default=(0, True))[1]


def _matches(path, address):
    pattern = re.escape(path).replace(r"\*", ".*")
    return re.match(pattern.removesuffix(r"\$") + ("$" if path.endswith("$") else ""), address)


READERS = pytest.mark.parametrize("may_fetch", [simple, longest])


@READERS
def test_pages_and_filtered_files_feeds_and_calendars_may_be_fetched(robots, may_fetch):
    queries = ("", "?status=planned", "?country=KZ&country=UZ&sector=energy", "?q=a/b", "?q=/?")
    for prefix in ("", *(f"/{language}" for language in LANGUAGES)):
        for file in FILES:
            for query in queries:
                assert may_fetch(robots, f"{prefix}/{file}{query}"), (file, query)
    for language in LANGUAGES:
        for page in PAGES:
            assert may_fetch(robots, f"/{language}/{page}"), page
    for address in ("/", "/sitemap.xml", "/static/css/site.css", "/api/v1/initiatives/?q=dam"):
        assert may_fetch(robots, address), address


@READERS
def test_lists_with_filters_are_kept_from_crawlers(robots, may_fetch):
    for language in LANGUAGES:
        for name in InitiativeList.takes:
            address = f"/{language}/initiatives/?{name}=x&page=2"
            assert not may_fetch(robots, address), address
        assert not may_fetch(robots, f"/{language}/changes/?from=2025-01-01")
        assert not may_fetch(robots, f"/{language}/slipped/?year=2025")
    assert not may_fetch(robots, "/admin/login/")


def test_no_page_with_a_query_is_left_to_crawlers_that_know_the_asterisk(robots):
    for query in (f"initiatives/{CODE}/?as_of=2025-01-01", "pairs/kz-uz/?since=2025-01-01"):
        assert not longest(robots, f"/kk/{query}")


@READERS
def test_what_the_list_links_to_is_judged_so(client, robots, may_fetch):
    fill()
    page = html.fromstring(client.get("/en/initiatives/?status=planned").content.decode())
    links = [link.get("href") for link in page.cssselect(".list-files a")]
    files = [one for one in links if "/feeds/" not in one]  # the page beside the feed is a page
    assert (len(files), len(links)) == (8, 9)
    assert [one for one in files if not may_fetch(robots, one)] == []
    options = [link.get("href") for link in page.cssselect(".list-view a, .chips a[href*='?']")]
    assert options
    assert [one for one in options if may_fetch(robots, one)] == []
