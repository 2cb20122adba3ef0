"""A parameter that can have one value only is refused where it has two, wherever it is given.

A repeated filter is an OR; two orders, days or pages are none, and to pass over one of them would
show something that nobody asked for.
"""

import pytest

from tests.factories import make_country, make_initiative

SAID = "Give one value only."
LIST = ["sort=title&sort=status", "as_of=2026-01-02&as_of=2026-01-03", "page_size=2&page_size=5"]
LIST += ["page=1&page=2", "country_match=all&country_match=any"]
PERIOD = ["from=2026-01-02&from=2026-01-03", "to=2026-01-02&to=2026-01-03"]


@pytest.fixture(autouse=True)
def initiative(db):
    return make_initiative()


@pytest.mark.parametrize("query", LIST)
@pytest.mark.parametrize("path", ["/initiatives.json", "/initiatives.csv", "/initiatives.atom"])
def test_files_and_feeds_of_the_list_refuse_it(client, path, query):
    answer = client.get(f"{path}?{query}")
    assert (answer.status_code, answer.json()["detail"]) == (400, f"{query.split('=')[0]}: {SAID}")


@pytest.mark.parametrize("query", [*LIST, "view=cards&view=table"])
def test_the_page_of_the_list_says_it_and_shows_no_row(client, query):
    answer = client.get(f"/en/initiatives/?{query}")
    assert (answer.status_code, SAID in answer.text, "data-code" in answer.text) == (200, 1, 0)


@pytest.mark.parametrize(
    ("path", "query"),
    [
        *(("initiatives", one) for one in [*LIST[:3], "lang=ru&lang=en"]),
        *(("changes", one) for one in PERIOD),
    ],
)
def test_the_api_refuses_it(client, path, query):
    answer = client.get(f"/api/v1/{path}/?{query}")
    assert (answer.status_code, SAID in answer.json()["detail"]) == (400, True)


@pytest.mark.parametrize(
    ("path", "query"),
    [
        *(("changes", one) for one in PERIOD),
        *(("slipped", one) for one in ["sort=moved&sort=longest", "moved=later&moved=earlier"]),
        *(("organisations", one) for one in ["sort=name&sort=paid", "currency=USD&currency=UZS"]),
        *((page, "page=1&page=2") for page in ("events", "changes", "organisations", "slipped")),
    ],
)
def test_other_pages_say_it(client, path, query):
    answer = client.get(f"/en/{path}/?{query}")
    assert (answer.status_code, SAID in answer.text) == (200, True)


def test_no_list_inside_a_page_is_open_at_two_pages(client):
    page = "/en/feeds/initiatives/?entries=1"
    assert [client.get(f"{page}{more}").status_code for more in ("", "&entries=2")] == [200, 404]


@pytest.mark.parametrize(
    "query", ["sort=title&sort=title", "page=1&page=1", "status=planned&status=", "page=1&page=%20"]
)
def test_the_same_value_twice_is_one(client, query):
    assert client.get(f"/initiatives.json?{query}").status_code == 200


@pytest.mark.parametrize("blank_first", [True, False])
def test_a_blank_beside_a_value_says_nothing(client, blank_first):
    make_initiative("CI-2025-0002")

    def asked(path, name, value):
        pairs = [f"{name}=", f"{name}={value}"]
        return client.get(f"{path}?{'&'.join(pairs if blank_first else reversed(pairs))}")

    for path in ("/initiatives.json", "/api/v1/initiatives/"):
        assert len(asked(path, "page_size", 1).json()["results"]) == 1
    assert asked("/initiatives.json", "page", 7).status_code == 404
    assert asked("/api/v1/initiatives/", "lang", "ru")["Content-Language"] == "ru"
    assert 'value="2026-01-02"' in asked("/en/changes/", "from", "2026-01-02").text
    assert asked("/en/mail/", "feed", "/initiatives.atom").status_code == 200


def test_what_is_followed_and_the_file_of_the_map_are_one(client):
    assert client.get("/en/mail/?feed=/initiatives.atom&feed=/countries/kz.atom").status_code == 400
    assert client.get("/sitemap.xml?p=2&p=1").status_code == 404


def test_a_pair_is_told_since_one_day(client):
    for iso2 in ("KZ", "UZ"):
        make_country(iso2)
    page = "/en/pairs/kz-uz/?since="
    assert SAID in client.get(f"{page}2026-01-02&since=2026-01-03").text
    for one in ("2026-01-02&since=", "&since=2026-01-02", "2026-01-02&since=2026-01-02"):
        told = client.get(f"{page}{one}").text
        assert (SAID in told, 'value="2026-01-02"' in told) == (False, True)


def test_of_several_the_wrong_one_is_named(client):
    detail = client.get("/initiatives.json?as_of=2026-01-02&as_of=nonsense").json()["detail"]
    assert detail == "as_of: “nonsense” is not a day. Write it as 2025-06-30."


def test_it_is_said_in_the_language_of_the_reader(client):
    detail = client.get("/ru/initiatives.json?sort=title&sort=status").json()["detail"]
    assert detail == "sort: Укажите одно значение, а не несколько."
