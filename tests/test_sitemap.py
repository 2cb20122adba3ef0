"""The map of the site: what it lists, in which languages, and how it stays within its limits."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from initiatives import actions
from initiatives.public import sitemaps
from tests import factories as make
from tests.register import known_since

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
T0 = datetime(2026, 3, 10, 9, tzinfo=UTC)


def read(client, query=""):
    response = client.get(f"/sitemap.xml{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    return etree.fromstring(response.getvalue())


def paths(client, language="en", query=""):
    found = read(client, query).findall("s:url/s:loc", NAMES)
    start = f"http://testserver/{language}"
    return [loc.text.removeprefix(start) for loc in found if loc.text.startswith(start)]


def test_public_pages_are_listed_and_no_others(client):
    event = make.make_public_event("summit")
    event.organisations.set([make.make_organisation("guest")])
    public = make.make_initiative("CI-2025-0001", organisations=["bank"])
    make.add_country(public, "TJ", role="observer")
    make.make_funding(public, provider=make.make_organisation("fund"))
    hidden = make.make_initiative("CI-2025-0002", publication="draft", organisations=["secret"])
    make.add_country(hidden, "AZ")
    make.link_event(hidden, make.make_event("hidden"))
    make.make_sector("unused")
    found = paths(client)
    lists = ("initiatives/", "countries/", "sectors/", "organisations/", "events/", "changes/")
    assert found == [
        *(f"/{path}" for path in ("", *lists, "slipped/", "meter/", "compare/")),
        *(f"/{path}" for path in ("about/statuses/", "about/data/", "about/privacy/")),
        *(f"/countries/{iso2}/" for iso2 in ("kz", "tj", "uz")),
        "/pairs/kz-uz/",
        "/sectors/energy/",
        *(f"/organisations/{slug}/" for slug in ("bank", "fund", "guest")),
        "/events/summit/",
        "/initiatives/CI-2025-0001/",
    ]


def test_what_was_withdrawn_is_listed_no_more(client, django_user_model):
    made = make.make_initiative("CI-2025-0001")
    assert "/initiatives/CI-2025-0001/" in paths(client)
    actions.withdraw(made, reason="Wrong", by=django_user_model.objects.create_user("officer"))
    assert "CI-2025-0001" not in "".join(paths(client))


def test_each_page_is_there_in_every_language_and_names_the_others(client):
    make.make_initiative("CI-2025-0001")
    lists = [paths(client, language) for language in ("en", "ru", "uz", "kk")]
    assert lists[0] == lists[1] == lists[2] == lists[3]
    entry = read(client).findall("s:url", NAMES)[-1]
    links = {link.get("hreflang"): link.get("href") for link in entry.findall("x:link", NAMES)}
    path = "initiatives/CI-2025-0001/"
    wanted = {code: f"http://testserver/{code}/{path}" for code in ("en", "ru", "uz", "kk")}
    assert links == wanted | {"x-default": f"http://testserver/{path}"}


def test_a_record_and_an_event_say_since_when_they_are_as_they_are(client):
    make.make_initiative("CI-2025-0001", updated_at=T0, published_at=T0)
    make.make_public_event("summit", updated_at=T0)
    known_since(T0 + timedelta(days=1))
    days = [(loc.getparent()[0].text, loc.text) for loc in read(client).iter("{*}lastmod")]
    assert len(days) == 8
    assert {day for _address, day in days} == {"2026-03-10"}


def test_more_pages_than_a_file_may_hold_are_in_files_that_an_index_names(client, monkeypatch):
    for initiative in make.make_initiatives(3):
        make.link_event(initiative, make.make_event(f"event-{initiative.pk}"))
    whole = paths(client)
    monkeypatch.setattr(sitemaps, "PER_FILE", 4)
    monkeypatch.setattr(sitemaps, "WRITTEN", 3)
    files = [loc.text for loc in read(client).findall("s:sitemap/s:loc", NAMES)]
    numbers = range(1, -(-len(whole) // 4) + 1)
    assert files == [f"http://testserver/sitemap.xml?p={number}" for number in numbers]
    parts = [paths(client, query=f"?p={number}") for number in numbers]
    assert [len(part) for part in parts[:-1]] == [4] * (len(parts) - 1)
    assert [path for part in parts for path in part] == whole
    assert client.get(f"/sitemap.xml?p={len(files) + 1}").status_code == 404


@pytest.mark.parametrize("number", ["0", "x", "-1", "2", "9" * 70, "%00", "٣"])
def test_a_file_that_is_not_there_is_not_found(client, number):
    assert client.get(f"/sitemap.xml?p={number}").status_code == 404


def test_a_map_that_has_not_changed_is_not_sent_again(client):
    make.make_initiative()
    known_since()
    with time_machine.travel(T0, tick=False):
        first = client.get("/sitemap.xml")
        again = client.get("/sitemap.xml", headers={"if-none-match": first["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)


def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(client):
    numbers = []
    for more in (1, 9):
        make.make_initiatives(more)
        read(client)
        with CaptureQueriesContext(connection) as queries:
            read(client)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
