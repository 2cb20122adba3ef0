"""The evidence on the page of an initiative: every claim leads to its source and back."""

import pytest
from lxml import html

from initiatives.models import Citation
from tests.factories import (
    cite,
    link_event,
    make_event,
    make_initiative,
    make_milestone,
    make_source,
)
from tests.full_records import make_full

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CODE = "CI-2025-0001"


@pytest.fixture
def record():
    return make_initiative(CODE)


@pytest.fixture
def page(client):
    """A function that fetches the page of `CODE` and reads it."""

    def fetch():
        return html.fromstring(client.get(f"/en/initiatives/{CODE}/").content.decode())

    return fetch


def words_of_source(tree):
    return " ".join(tree.cssselect("#source-1")[0].text_content().split())


def test_each_source_is_listed_once_with_every_place_and_what_it_carries(page, record):
    cite(record, locator="P3, P10")
    cite(make_milestone(record), locator="P4")
    words = words_of_source(page())
    assert "paragraphs 3 and 10 – the record as a whole paragraph 4 – milestone 1" in words


def test_a_source_is_told_with_publisher_kind_date_language_and_link(page, record):
    known = {"publisher": "Ministry", "published": "2024-05", "language": "ru"}
    cite(record, make_source("paper", title="Протокол", url="https://a.example/p", **known))
    tree = page()
    assert "Протокол Protocol · Ministry · May 2024 · Russian" in words_of_source(tree)
    (link,) = tree.cssselect("#source-1 a[href^=http]")
    assert (link.get("href"), link.get("rel")) == (
        "https://a.example/p",
        "nofollow noopener external",
    )
    assert link.cssselect("cite")[0].get("lang") == "ru"


def test_an_address_that_is_not_of_the_web_is_not_linked(page, record):
    cite(record, make_source("trap", url="javascript:alert(1)", archived_url="data:text/html,x"))
    assert "javascript:" not in html.tostring(page()).decode()
    assert "data:text" not in html.tostring(page()).decode()


def test_every_claim_leads_to_a_source_of_the_list_and_back(page, record):
    make_full(record, 2)
    tree = page()
    anchors = {element.get("id") for element in tree.cssselect("[id]")}
    targets = {link.get("href")[1:] for link in tree.cssselect("main a[href^='#']")}
    assert len(targets) > 10
    assert targets <= anchors
    places = tree.cssselect(".source-places li")
    assert len(places) == Citation.objects.count()


def test_ids_on_the_page_are_unique(page, record):
    make_full(record, 2)
    event = make_event("twice")
    link_event(record, event, "agreed")
    link_event(record, event, "signed")
    ids = [element.get("id") for element in page().cssselect("[id]")]
    assert len(ids) == len(set(ids))
