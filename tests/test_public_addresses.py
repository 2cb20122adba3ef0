"""Every address of the public contract that exists answers in every language."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from initiatives.publication import issue_missing
from tests import factories as make
from tests.full_records import make_full
from tests.shared_rows import shared_rows
from tests.stories import tell_story

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LANGUAGES = ("en", "ru", "uz", "kk")
CODE = "CI-2025-0001"
PAGES = (
    "",
    "initiatives/",
    f"initiatives/{CODE}/",
    "countries/",
    "countries/kz/",
    "sectors/",
    "sectors/energy/",
    "organisations/",
    "organisations/bank/",
    "pairs/kz-uz/",
    "events/",
    "events/session/",
    "changes/",
    "meter/",
    "compare/",
    "slipped/",
    "about/statuses/",
    "about/data/",
    "about/privacy/",
)
FILES = {
    "initiatives.csv": "text/csv; charset=utf-8",
    "initiatives.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "initiatives.json": "application/json",
    "initiatives.iati.xml": "application/xml",
    "organisations.csv": "text/csv; charset=utf-8",
    "editions.jsonl": "application/jsonl",
    "check_editions.py": "text/x-python; charset=utf-8",
    "initiatives.atom": "application/atom+xml; charset=utf-8",
    "initiatives.ics": "text/calendar; charset=utf-8",
    f"initiatives/{CODE}.json": "application/json",
    f"initiatives/{CODE}.iati.xml": "application/xml",
    f"initiatives/{CODE}.png": "image/png",
    "initiatives.png": "image/png",
    "countries/kz.png": "image/png",
    "pairs/kz-uz.png": "image/png",
    "sectors/energy.png": "image/png",
    "events/session.png": "image/png",
    "charts/sectors.png": "image/png",
    "charts/sectors.csv": "text/csv; charset=utf-8",
    "charts/money.png": "image/png",
    "charts/money.csv": "text/csv; charset=utf-8",
    "charts/countries.png": "image/png",
    "charts/countries.csv": "text/csv; charset=utf-8",
    "charts/promises.png": "image/png",
    "charts/promises.csv": "text/csv; charset=utf-8",
    "charts/timeline.png": "image/png",
    "charts/timeline.csv": "text/csv; charset=utf-8",
    "charts/moves.png": "image/png",
    "charts/moves.csv": "text/csv; charset=utf-8",
    "charts/organisations.png": "image/png",
    "charts/organisations.csv": "text/csv; charset=utf-8",
    "charts/compare.png": "image/png",
    "charts/compare.csv": "text/csv; charset=utf-8",
    f"charts/flows/{CODE}.png": "image/png",
    f"charts/flows/{CODE}.csv": "text/csv; charset=utf-8",
    "charts/decisions/session.png": "image/png",
    "charts/decisions/session.csv": "text/csv; charset=utf-8",
    "charts/slips.png": "image/png",
    "charts/slips.csv": "text/csv; charset=utf-8",
    f"initiatives/{CODE}.atom": "application/atom+xml; charset=utf-8",
    f"initiatives/{CODE}.ics": "text/calendar; charset=utf-8",
    "countries/kz.atom": "application/atom+xml; charset=utf-8",
    "countries/kz.ics": "text/calendar; charset=utf-8",
    "pairs/kz-uz.atom": "application/atom+xml; charset=utf-8",
    "pairs/kz-uz.ics": "text/calendar; charset=utf-8",
    "sectors/energy.atom": "application/atom+xml; charset=utf-8",
    "sectors/energy.ics": "text/calendar; charset=utf-8",
    "events/session.atom": "application/atom+xml; charset=utf-8",
    "events/session.ics": "text/calendar; charset=utf-8",
    "events.atom": "application/atom+xml; charset=utf-8",
    "events.ics": "text/calendar; charset=utf-8",
    "changes.atom": "application/atom+xml; charset=utf-8",
    "changes.csv": "text/csv; charset=utf-8",
    "slipped.atom": "application/atom+xml; charset=utf-8",
    "slipped.csv": "text/csv; charset=utf-8",
    "events/session.csv": "text/csv; charset=utf-8",
    "meter.csv": "text/csv; charset=utf-8",
    "compare.csv": "text/csv; charset=utf-8",
}
PLAIN = ("healthz", "readyz", "sitemap.xml", "robots.txt", ".well-known/security.txt")
LEFTOVER = re.compile(r"\{\{|\}\}|\{%|%\}|%\(\w+\)s|\bNone\b")


def fill():
    record = make_full(make.make_initiative(CODE, organisations=["bank"]), 2)
    make.link_event(record, make.make_event("session"))
    return record


def links_of(tree):
    """Addresses of this site to which the page links; not those of the desk."""
    found = {link.get("href").partition("#")[0] for link in tree.cssselect("a, link")}
    return {address for address in found if address.startswith("/") and "/admin/" not in address}


@pytest.fixture(scope="class")
def filled(django_db_setup, django_db_blocker):
    with shared_rows(django_db_blocker):
        fill()
        issue_missing()
        yield


@pytest.mark.usefixtures("filled")
class TestFilled:
    """Addresses of a site that has something of each kind."""

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("page", PAGES)
    def test_a_page_answers_in_its_language(self, client, language, page):
        response = client.get(f"/{language}/{page}")
        assert response.status_code == 200
        assert response["Content-Type"] == "text/html; charset=utf-8"
        assert response["Content-Language"] == language
        tree = html.fromstring(response.content.decode())
        assert tree.get("lang") == language
        shown = " ".join(tree.xpath("//text()[not(parent::script)]"))
        assert LEFTOVER.findall(shown) == []

    @pytest.mark.parametrize("prefix", ["", *(f"{language}/" for language in LANGUAGES)])
    @pytest.mark.parametrize(("file", "kind"), FILES.items())
    def test_a_file_answers_with_its_type_under_every_prefix(self, client, prefix, file, kind):
        response = client.get(f"/{prefix}{file}")
        assert (response.status_code, response["Content-Type"]) == (200, kind)

    @pytest.mark.parametrize("page", PAGES)
    def test_no_link_of_a_page_is_broken(self, client, page):
        tree = html.fromstring(client.get(f"/en/{page}").content.decode())
        wanted = {link for link in links_of(tree) if not link.startswith("/static/")}
        broken = [link for link in sorted(wanted) if client.get(link).status_code not in (200, 302)]
        assert broken == []

    @pytest.mark.parametrize("page", PAGES)
    def test_the_head_of_a_page_names_it_for_people_and_machines(self, client, page):
        head = html.fromstring(client.get(f"/ru/{page}").content.decode()).cssselect("head")[0]
        assert head.cssselect("title")[0].text
        for name in ("og:title", "og:url", "og:type", "og:site_name"):
            assert head.cssselect(f"meta[property='{name}']")[0].get("content"), name
        assert head.cssselect("meta[name=description]")[0].get("content")
        (canonical,) = head.cssselect("[rel=canonical]")
        assert canonical.get("href") == f"http://testserver/ru/{page}"
        assert len(head.cssselect("[rel=alternate][hreflang]")) == 5
        assert head.cssselect("meta[name=robots]") == []

    @pytest.mark.parametrize(
        "query", ["initiatives/?status=planned", f"initiatives/{CODE}/?as_of=2020"]
    )
    def test_variants_are_not_for_search_engines(self, client, query):
        head = html.fromstring(client.get(f"/en/{query}").content.decode()).cssselect("head")[0]
        assert head.cssselect("meta[name=robots]")[0].get("content") == "noindex, follow"
        assert "?" not in head.cssselect("[rel=canonical]")[0].get("href")

    @pytest.mark.parametrize("page", PAGES)
    def test_the_section_of_the_site_is_marked(self, client, page):
        tree = html.fromstring(client.get(f"/en/{page}").content.decode())
        current = [link.text for link in tree.cssselect(".site-nav [aria-current]")]
        unnamed = dict.fromkeys(("", "meter", "compare", "about"))
        section = unnamed | {"pairs": "Countries", "slipped": "What slipped"}
        first = page.partition("/")[0]
        assert current == [name for name in [section.get(first, first.capitalize())] if name]


@pytest.mark.parametrize("address", PLAIN)
def test_what_machines_look_for_is_there(client, address):
    assert client.get(f"/{address}").status_code == 200


@pytest.mark.parametrize(
    "name", [f"initiatives/{CODE}", "initiatives/X", "events/x", "organisations/x", "sectors/x"]
)
@pytest.mark.parametrize("prefix", ["/", "/ru/"])
def test_a_file_that_is_none_is_a_404_at_once_and_no_page_with_a_slash(client, prefix, name):
    for ending in ("xlsx", "json.txt", "csv" if name != "events/x" else "json"):
        assert client.get(f"{prefix}{name}.{ending}").status_code == 404


def test_the_api_has_no_files_beside_its_objects(client):
    answer = client.get(f"/api/v1/initiatives/{CODE}.csv")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("page", PAGES)
def test_no_link_within_a_page_leads_nowhere(client, page):
    tell_story(fill())
    tree = html.fromstring(client.get(f"/en/{page}").content.decode())
    names = [part.get("id") for part in tree.cssselect("[id]")]
    targets = {link.get("href")[1:] for link in tree.cssselect("a[href^='#']")}
    assert targets <= set(names)
    assert len(names) == len(set(names))


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_no_more_for_ten_rows_than_for_one(client, page):
    record = make_full(make.make_initiative(CODE, organisations=["bank"]), 1)
    event = make.make_event("session")
    make.link_event(record, event)
    make.make_milestone(record, planned=make.in_days(9))
    make.make_initiative(planned_end="2020", organisations=["bank"])
    client.get(f"/en/{page}")
    for_one = queries(client, f"/en/{page}")
    make_full(record, 9, first=1)
    for _ in range(9):
        made = tell_story(make.make_initiative(planned_end="2020", organisations=["bank"]))
        make.link_event(made, event, "reviewed")
        make.make_milestone(made, planned=make.in_days(9))
    # Fewer where the newest news are of fewer kinds; a query for each row would be more.
    assert queries(client, f"/en/{page}") <= for_one <= 62
