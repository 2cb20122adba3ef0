"""A parameter that an address does not take never passes in silence."""

import json
import time

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from lxml import html

from initiatives.public.api.schema import document
from initiatives.public.filtersets.names import nearest
from tests.factories import make_initiative
from tests.test_public_addresses import CODE, FILES, PAGES, PLAIN, fill

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LISTS = (
    *("initiatives/", "changes/", "events/", "countries/", "sectors/", "organisations/"),
    *("meter/", "compare/", "slipped/"),
    *("feeds/initiatives/", "feeds/countries/kz/", "feeds/events/"),
)
API = (
    *("", "schema/", "docs/", "initiatives/", f"initiatives/{CODE}/", "changes/", "countries/"),
    *("countries/KZ/", "sectors/", "sectors/energy/", "organisations/", "organisations/bank/"),
    *("events/", "events/session/"),
)
MACHINES = [
    *(f"/{file}" for file in FILES),
    *(f"/kk/{file}" for file in FILES),
    *(f"/{file}" for file in (*PLAIN, "favicon.ico")),
    *(f"/api/v1/{address}" for address in API),
]
STRANGE = ["contry=KZ", "status[]=planned", "contry=", "contry", "=x", "a%00b=1", "%FF%FE=1"]


def views(resolver=None):
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                yield from views(pattern)
        elif isinstance(pattern, URLPattern) and pattern.name != "set_language":
            yield pattern


def test_every_public_address_declares_what_it_takes():
    silent = [one for one in views() if declared(one.callback) is None]
    assert silent == []


def declared(view):
    made = getattr(view, "view_class", view)
    scope = getattr(view, "view_initkwargs", {}).get("scope") or getattr(made, "scope", None)
    return getattr(made, "takes", getattr(scope, "takes", None))


def test_the_description_of_the_api_names_what_each_address_takes():
    told = {
        part["get"]["operationId"]: {
            one["name"] for one in part["get"]["parameters"] if one["in"] == "query"
        }
        for part in document()["paths"].values()
    }
    names = {f"{name}-item": name.removesuffix("s") for name in told} | {
        "countries-item": "country"
    }
    found = {
        names.get(one.name, one.name): {*declared(one.callback), "lang"}
        for one in views()
        if one.callback.__module__.startswith("initiatives.public.api") and "docs" not in one.name
    }
    assert found == told


def errors_of(answer):
    assert answer["Content-Type"] == "application/problem+json"
    told = json.loads(answer.content)
    assert (told["status"], told["title"]) == (400, "Bad Request")
    errors = told["errors"]
    if isinstance(errors, list):  # the form of the API
        return {one["parameter"]: one["detail"] for one in errors}, told["detail"]
    return {name: " ".join(said) for name, said in errors.items()}, told["detail"]


def test_machines_are_refused_with_the_name(client):
    fill()
    for address in MACHINES:
        answer = client.get(f"{address}?contry=KZ&utm_source=mail")
        assert answer.status_code == 400, address
        errors, detail = errors_of(answer)
        assert list(errors) == ["contry"], address
        assert "contry" in errors["contry"]
        assert "contry" in detail


@pytest.mark.parametrize("query", STRANGE)
@pytest.mark.parametrize("address", ["/initiatives.json", "/en/events.ics", "/api/v1/sectors/"])
def test_however_it_is_written(client, address, query):
    answer = client.get(f"{address}?{query}")
    assert answer.status_code == 400
    assert "\x00" not in answer.content.decode()
    errors_of(answer)


def test_tracking_is_passed_over(client):
    fill()
    query = "utm_source=a&UTM_Medium=b&fbclid=c&gclid=d&yclid=e&_openstat=f&ysclid=g&mtm_x=h"
    for address in MACHINES:
        assert client.get(f"{address}?{query}").status_code in (200, 302), address


ELSEWHERE = [
    ("/initiatives.json", "columns=code"),
    ("/initiatives.csv", "view=table"),
    (f"/initiatives/{CODE}.json", "q=dam"),
    (f"/initiatives/{CODE}.ics", "status=planned"),
    ("/events.ics", "as_of=2025-01-01"),
    ("/events.atom", "country=KZ"),
    ("/changes.atom", "as_of=2025-01-01"),
    ("/changes.csv", "page=1"),
    ("/slipped.csv", "as_of=2025-01-01"),
    ("/slipped.atom", "from=2025-01-01"),
    ("/pairs/kz-uz.ics", "since=2025-01-01"),
    ("/healthz", "page=1"),
    ("/sitemap.xml", "page=1"),
    ("/api/v1/initiatives/", "page=1"),
    ("/api/v1/changes/", "as_of=2025-01-01"),
    ("/api/v1/sectors/", "q=x"),
    (f"/api/v1/initiatives/{CODE}/", "cursor=x"),
    ("/api/v1/", "fields=version"),
]


def test_what_another_address_takes_is_refused_where_it_means_nothing(client):
    fill()
    for address, query in ELSEWHERE:
        answer = client.get(f"{address}?{query}")
        assert answer.status_code == 400, address
        assert list(errors_of(answer)[0]) == [query.partition("=")[0]]


def test_all_that_is_wrong_is_named_together(client):
    answer = client.get("/initiatives.json?contry=KZ&status=zzz&page=0")
    assert set(errors_of(answer)[0]) == {"contry", "status", "page"}
    answer = client.get("/api/v1/initiatives/?contry=KZ&status=zzz&page_size=0")
    assert set(errors_of(answer)[0]) == {"contry", "status", "page_size"}
    answer = client.get("/changes.csv?form=2025-01-01&to=zzz")
    assert set(errors_of(answer)[0]) == {"form", "to"}


def shown(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


@pytest.mark.parametrize("language", ["en", "kk"])
@pytest.mark.parametrize("page", LISTS)
def test_a_list_shows_the_error_above_and_no_rows(client, language, page):
    fill()
    tree = shown(client, f"/{language}/{page}?contry=KZ")
    (alert,) = tree.cssselect("main [role=alert]")
    assert "contry" in alert.text_content()
    rows = ".home-entries, [data-code], [data-slug], .timeline li, .event-row"
    assert tree.cssselect("main")[0].cssselect(rows) == []
    (way,) = alert.cssselect("p > a")
    assert client.get(way.get("href")).status_code == 200
    assert shown(client, way.get("href")).cssselect("main [role=alert]") == []


def test_the_list_counts_nothing_and_keeps_what_it_understood(client):
    make_initiative()
    tree = shown(client, "/en/initiatives/?contry=KZ&status=planned")
    assert tree.cssselect("[data-total]")[0].get("data-total") == "0"
    assert "Did you mean “country”?" in tree.cssselect("[role=alert]")[0].text_content()
    assert tree.cssselect("[role=alert] p > a")[0].get("href") == "/en/initiatives/?status=planned"


def test_a_part_of_the_list_that_a_script_asks_for_says_the_same(client):
    make_initiative()
    headers = {"HX-Request": "true", "HX-Target": "list"}
    answer = client.get("/en/initiatives/?status[]=planned", headers=headers)
    tree = html.fromstring(answer.content.decode())
    assert "status[]" in tree.cssselect("#list [role=alert]")[0].text_content()
    assert client.get("/en/initiatives/?status=planned", headers=headers).status_code == 200


@pytest.mark.parametrize("page", [page for page in PAGES if page not in LISTS])
def test_a_page_of_one_thing_stays_whole_and_says_what_it_passed_over(client, page):
    fill()
    plain = shown(client, f"/en/{page}")
    tree = shown(client, f"/en/{page}?as_off=2020-01-01")
    (alert,) = tree.cssselect("main [role=alert]")
    assert "“as_off” is not a parameter of this address" in alert.text_content()
    alert.drop_tree()
    words = [" ".join(one.cssselect("main")[0].text_content().split()) for one in (plain, tree)]
    assert words[0] == words[1]


def test_who_comes_by_a_link_of_a_newsletter_sees_the_page(client):
    fill()
    for page in PAGES:
        tree = shown(client, f"/uz/{page}?utm_campaign=x&fbclid=y")
        assert tree.cssselect("main [role=alert]") == [], page


@pytest.mark.parametrize("path", ["initiatives/", "organisations/", "slipped/"])
@pytest.mark.parametrize("wrong", ["contry=KZ", "country=ZZZ", "page_size=900"])
def test_another_page_of_what_is_not_understood_is_told_and_not_missing(path, wrong, client):
    make_initiative()
    assert client.get(f"/en/{path}?page=2").status_code == 404
    answer = client.get(f"/en/{path}?page=2&{wrong}")
    assert answer.status_code == 200
    assert html.fromstring(answer.content).cssselect("[role=alert] li")


def test_an_unknown_way_to_show_the_list_is_an_error(client):
    make_initiative()
    tree = shown(client, "/en/initiatives/?view=tiles")
    assert "“tiles” is not known here" in tree.cssselect("[role=alert]")[0].text_content()
    assert tree.cssselect("[data-code]") == []


@pytest.mark.parametrize(
    ("name", "near"),
    [
        *[("contry", "country"), ("COUNTRY", "country"), ("Status", "status")],
        *[("status[]", "status"), ("status[0]", "status"), ("filter[status]", "status")],
        *[("соuntry", "country"), ("ѕtаtuѕ", "status"), ("ｓｏｒｔ", "sort")],
        *[("pageSize", "page_size"), ("page-size", "page_size"), ("per_page", "page_size")],
        *[("search", "q"), ("order_by", "sort"), ("organization", "organisation")],
        *[("country__in", "country"), ("as-of", "as_of"), ("since", "updated_since")],
        *[("zzzzzz", ""), ("", ""), ("x" * 10_000, ""), ("\x00", "")],
    ],
)
def test_the_nearest_name_is_suggested(name, near):
    from initiatives.public.pages.listing import InitiativeList

    assert nearest(name, InitiativeList.takes) == near


@pytest.mark.parametrize("address", ["/en/initiatives/", "/en/", "/initiatives.csv", "/events.ics"])
def test_many_long_names_take_no_time(client, address):
    query = "&".join(f"{number}{'x' * 500}=1" for number in range(4_000))
    began = time.process_time()
    answer = client.get(f"{address}?{query}")
    assert answer.status_code in (200, 400)
    assert "3,995" in answer.content.decode() or "3995" in answer.content.decode()
    assert time.process_time() - began < 3


def test_a_moved_address_keeps_what_was_asked(client):
    fill()
    for old, new in [
        ("/countries/KZ.ics", "/countries/kz.ics"),
        ("/pairs/uz-kz.atom", "/pairs/kz-uz.atom"),
        (f"/initiatives/{CODE.lower()}.json", f"/initiatives/{CODE}.json"),
        ("/en/countries/KZ/", "/en/countries/kz/"),
        ("/en/pairs/uz-kz/", "/en/pairs/kz-uz/"),
        ("/api/v1/countries/kz/", "/api/v1/countries/KZ/"),
    ]:
        answer = client.get(f"{old}?as_of=2020-01-01")
        assert (answer.status_code, answer["Location"]) == (301, f"{new}?as_of=2020-01-01")


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "iati.xml", "atom", "ics"])
def test_every_format_of_the_list_takes_the_query_string_of_its_page(client, suffix):
    """A file that holds all rows holds them whichever page the reader was on."""
    whole = b"".join(client.get(f"/en/initiatives.{suffix}"))
    answer = client.get(f"/en/initiatives.{suffix}?page=2&page_size=50")
    assert answer.status_code == 200
    if suffix == "csv":
        assert b"".join(answer) == whole
    wrong = client.get(f"/en/initiatives.{suffix}?page=abc")
    assert set(errors_of(wrong)[0]) == {"page"}
