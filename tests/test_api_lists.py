"""The lists of the API: the same rows as everywhere, page by page."""

from datetime import UTC, datetime
from urllib.parse import unquote

import pytest
from django.core.signing import Signer
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.models import Initiative
from initiatives.public.api import cursors
from initiatives.public.filtersets import InitiativeFilterSet, sorting
from tests import factories as make
from tests.full_records import make_full

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/"
LISTS = ("initiatives", "countries", "sectors", "organisations", "events", "changes")


@pytest.fixture
def fetch(client):
    """A function that fetches an address below the root of the API, or an absolute one."""

    def fetch(address, status=200):
        response = client.get(address if "://" in address else f"{ROOT}{address}")
        assert response.status_code == status, response.content
        return response.json()

    return fetch


@pytest.fixture
def walk(fetch):
    """A function that reads a list to its end, `next` by `next`, or back by `previous`."""

    def walk(address, link="next"):
        pages = []
        while address:
            page = fetch(address)
            pages.append(page["results"])
            address = page[link]
        pages = pages if link == "next" else pages[::-1]
        return [row for page in pages for row in page]

    return walk


def make_varied():
    """Initiatives of which some share a date, a title or an amount, and some have none."""
    for number, start in enumerate(
        ("2025", "2025", "2025-Q3", None, None, "2024-05-14", "2026-H1")
    ):
        status = ("planned", "agreed", "cancelled")[number % 3]
        titles = {"title_en": "Same" if number < 3 else f"title {number}", "title_ru": "Ёлка"}
        made = make.make_initiative(status=status, planned_start=start, planned_end=start, **titles)
        if number % 2:
            make.make_funding(made, "0.1" if number < 4 else "9000000000000.01")
    Initiative.objects.update(updated_at=datetime(2025, 6, 30, 12, 0, 0, 123456, tzinfo=UTC))


@pytest.mark.parametrize("order", dict(sorting.ORDERS))
@pytest.mark.parametrize("language", ["en", "ru"])
def test_pages_have_the_order_of_the_list_on_the_way_there_and_back(walk, client, order, language):
    make_varied()
    whole = client.get(f"/{language}/initiatives.json?sort={order}").json()["results"]
    address = f"initiatives/?sort={order}&lang={language}&page_size=2"
    codes = [row["code"] for row in whole]
    assert [row["code"] for row in walk(address)] == codes
    last = _last_page(client, f"{ROOT}{address}")
    assert [row["code"] for row in walk(last, "previous")] == codes


def _last_page(client, address):
    following = address
    while following:
        address, following = following, client.get(following).json()["next"]
    return f"http://testserver{address}" if address.startswith("/") else address


def test_objects_are_those_of_the_file(fetch, client):
    make_full(make.make_initiative("CI-2025-0001", planned_end="2001"), 2)
    whole = client.get("/initiatives.json?sort=title").json()
    found = fetch("initiatives/?sort=title")
    assert (found["results"], found["count"]) == (whole["results"], whole["count"])
    record = client.get("/initiatives/CI-2025-0001.json").json()
    assert fetch("initiatives/CI-2025-0001/") == record


def test_a_row_that_comes_meanwhile_moves_no_page(fetch, walk):
    first, second = make.make_initiatives(2)
    page = fetch("initiatives/?sort=-updated&page_size=1")
    newer = make.make_initiative()
    rest = walk(page["next"])
    assert {page["results"][0]["code"], *[row["code"] for row in rest]} == {first.code, second.code}
    assert newer.code not in [row["code"] for row in rest]


def test_a_page_is_found_though_its_neighbour_went(fetch):
    for code in ("CI-2025-0001", "CI-2025-0002", "CI-2025-0003"):
        make.make_initiative(code, title_en="Same")
    page = fetch("initiatives/?sort=title&page_size=1")
    Initiative.objects.filter(code="CI-2025-0001").update(publication="withdrawn")
    assert fetch(page["next"])["results"][0]["code"] == "CI-2025-0002"


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_read_to_its_end_and_back(fetch, walk, client, name):
    make_full(make.make_initiative(sectors=["water"]), 3)
    whole = fetch(f"{name}/?page_size=100")
    assert (whole["next"], whole["previous"]) == (None, None)
    assert len(whole["results"]) == whole["count"] > 1
    assert walk(f"{name}/?page_size=2") == whole["results"]
    assert walk(_last_page(client, f"{ROOT}{name}/?page_size=2"), "previous") == whole["results"]


@pytest.mark.once
@pytest.mark.parametrize("name", LISTS)
def test_one_row_and_ten_take_the_same_queries(client, name):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{ROOT}{name}/?page_size=100").status_code == 200
        return len(captured)

    make_full(make.make_initiative(organisations=["bank"]), 1)
    client.get(f"{ROOT}{name}/")
    for_few = queries()
    make_full(make.make_initiative(), 9, first=1)
    assert queries() == for_few <= 25


@pytest.mark.once
@pytest.mark.parametrize("cursor", ["x", "x:y:z", "%00", "é", "9" * 70_000, "WzFd:abc"])
def test_a_cursor_that_nobody_gave_is_refused(fetch, cursor):
    problem = fetch(f"initiatives/?cursor={cursor}", status=400)
    assert [one["parameter"] for one in problem["errors"]] == ["cursor"]


@pytest.mark.once
def test_a_cursor_is_sealed_as_earlier_releases_did(fetch):
    """So that who was in the middle of a list when a release came goes on with it."""
    make.make_initiatives(2)
    cursor = fetch("initiatives/?page_size=1")["next"].partition("cursor=")[2]
    assert Signer(salt="initiatives.api.cursors").unsign_object(unquote(cursor))


@pytest.mark.once
def test_a_cursor_of_another_list_is_refused(fetch):
    make.make_initiatives(2)
    cursor = fetch("initiatives/?page_size=1")["next"].partition("cursor=")[2]
    for address in ("initiatives/?sort=title&", "initiatives/?status=planned&", "countries/?"):
        problem = fetch(f"{address}cursor={cursor}", status=400)
        assert "another list" in problem["detail"]


@pytest.mark.once
def test_fields_are_chosen_down_to_a_language(fetch):
    make.make_initiative("CI-2025-0001", title_en="Road")
    page = fetch("initiatives/?fields=code,title.en,countries.iso2&fields=sectors")
    assert page["results"] == [
        {
            "code": "CI-2025-0001",
            "title": {"en": "Road"},
            "countries": [{"iso2": "KZ"}, {"iso2": "UZ"}],
            "sectors": [{"slug": "energy", "percent": None, "is_main": True}],
        }
    ]
    assert fetch("initiatives/CI-2025-0001/?fields=history.to,parent") == {
        "parent": None,
        "history": [],
    }
    assert fetch("sectors/?fields=slug")["results"] == [{"slug": "energy"}]


@pytest.mark.once
@pytest.mark.parametrize(
    "name", ["password", "title.xx", "code.x", "%00", ".", "title.", "x" * 9999]
)
def test_an_unknown_field_is_refused_with_the_known_ones(fetch, name):
    (error,) = fetch(f"initiatives/?fields=code,{name}", status=400)["errors"]
    assert error["parameter"] == "fields"
    assert "title.kk" in error["detail"]


@pytest.mark.once
def test_all_that_is_wrong_is_told_at_once(fetch):
    problem = fetch("initiatives/?status=x&year=0&page_size=0&fields=x&cursor=x", status=400)
    told = [one["parameter"] for one in problem["errors"]]
    assert told == ["status", "year", "page_size", "fields", "cursor"]


def test_what_is_not_public_is_nowhere(fetch):
    draft = make.make_initiative("CI-2025-0001", publication="draft", organisations=["secret-org"])
    make.link_event(draft, make.make_event("secret-talks"))
    for name in ("initiatives", "organisations", "events", "changes"):
        assert fetch(f"{name}/")["results"] == []
    for address in ("initiatives/CI-2025-0001", "organisations/secret-org", "events/secret-talks"):
        fetch(f"{address}/", status=404)


def test_an_event_names_published_initiatives_only(fetch):
    event = make.make_event("session")
    make.link_event(make.make_initiative("CI-2025-0001"), event, decision_en="Build it.")
    make.link_event(make.make_initiative("CI-2025-0002", publication="draft"), event)
    make.cite(event, make.make_source("secret-letter", is_public=False))
    told = fetch("events/session/")
    assert [one["code"] for one in told["initiatives"]] == ["CI-2025-0001"]
    assert told["sources"] == []


def test_changes_are_the_rows_of_the_file(fetch, client):
    make_full(make.make_initiative("CI-2025-0001", created_at=datetime(2020, 1, 1, tzinfo=UTC)), 2)
    table = b"".join(client.get("/changes.csv", headers={"Accept-Language": "en"})).decode("utf-8")
    told = fetch("changes/")
    assert told["count"] == len(table.strip().splitlines()) - 1 > 1
    assert list(told["results"][0]) == table.lstrip("\ufeff").splitlines()[0].split(",")
    fetch("changes/?from=2026-02-01&to=2026-01-01", status=400)


@pytest.mark.once
def test_words_are_in_the_language_that_is_asked_for(client):
    make.make_initiative()
    told = [
        client.get(f"{ROOT}changes/{query}", headers={"Accept-Language": accepted}).json()
        for query, accepted in (("?lang=ru", "kk"), ("", "ru-RU,ru;q=0.9"), ("?lang=en", "ru"))
    ]
    russian, accepted, english = (page["results"][0]["change"] for page in told)
    assert russian == accepted != english


@pytest.mark.once
@pytest.mark.parametrize(("sort", "place"), [("-updated", "2025-01-01"), ("title", 3)])
def test_a_cursor_of_an_earlier_version_is_refused(fetch, sort, place):
    make.make_initiative()
    path = f"initiatives/?page_size=1&sort={sort}"
    query = {name: [] for name in InitiativeFilterSet.base_filters} | {"sort": [sort]}
    question = [f"/api/v1/{path.partition('?')[0]}", "en", query]
    cursor = cursors.sealed(question, [False, place, "CI-2025-0001"])
    problem = fetch(f"{path}&cursor={cursor}", 400)
    assert [one["parameter"] for one in problem["errors"]] == ["cursor"]
