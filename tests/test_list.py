"""The public list as a reader without JavaScript meets it."""

from datetime import UTC, datetime

import pytest
from lxml import html

from tests.factories import make_initiative, make_initiatives

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    """A function that fetches the list with a query string and reads the page."""

    def fetch(query="", status=200, path="/en/initiatives/"):
        response = client.get(f"{path}?{query}")
        assert response.status_code == status
        return html.fromstring(response.content.decode())

    return fetch


def codes(tree):
    return [row.get("data-code") for row in tree.cssselect("article[data-code], tr[data-code]")]


def total(tree):
    (found,) = tree.cssselect("[data-total]")
    assert found.text_content() == found.get("data-total")
    return int(found.get("data-total"))


def links(tree, selector):
    return [link.get("href") for link in tree.cssselect(selector)]


def test_it_shows_each_published_initiative_once_and_the_total(page):
    shown, _agreed = make_initiative(status="planned"), make_initiative(status="agreed")
    make_initiative(publication="draft")
    make_initiative(publication="withdrawn")
    make_initiative(embargo_until=datetime(2999, 1, 1, tzinfo=UTC))
    assert total(page()) == len(codes(page())) == 2
    assert codes(page("status=planned")) == [shown.code]


def test_a_count_stands_beside_the_option_that_gives_it(page):
    make_initiatives(3, status="planned", parties=["UZ"])
    make_initiative(status="agreed", parties=["KZ"])
    for row in page("country=UZ").cssselect("label.option:has([data-count])"):
        count, option = row.cssselect("[data-count]")[0], row.cssselect("input")[0]
        assert count.text_content() == count.get("data-count")
        if option.get("name") == "status":
            assert int(count.get("data-count")) == 3 * (option.get("value") == "planned")


def test_options_without_rows_are_folded_away_unless_chosen(page):
    make_initiative(status="planned")
    tree = page("status=cancelled")
    folded = tree.cssselect("#filter-status details.filter-rest input")
    assert "cancelled" not in {option.get("value") for option in folded}
    assert {"suspended", "implemented"} <= {option.get("value") for option in folded}


def test_the_form_keeps_what_was_chosen(page):
    make_initiative()
    tree = page("q=initiative&status=planned&country=uz&sort=-title&page_size=50")
    checked = {option.get("value") for option in tree.cssselect("#filters input[checked]")}
    assert checked == {"planned", "UZ"}
    assert tree.cssselect("#filter-q")[0].get("value") == "initiative"
    chosen = {option.get("value") for option in tree.cssselect("option[selected]")}
    assert chosen == {"-title", "50"}


def test_a_chip_takes_one_value_away_and_keeps_the_rest(page):
    make_initiative(status="planned")
    tree = page("status=planned&status=agreed&country=kz&sort=title&page_size=50&utm=1")
    rest = "country=KZ&sort=title&page_size=50"
    assert links(tree, "a.chip")[0] == f"/en/initiatives/?status=agreed&{rest}"
    assert len(links(tree, "a.chip")) == 4


def test_a_sentence_says_what_is_shown(page):
    make_initiative(status="planned")
    words = page("status=planned&status=agreed&country=KZ").cssselect(".list-sentence")[0]
    said = " ".join(words.text_content().split())
    assert said == "1 initiative – Status: Planned or Agreed; Country: Kazakhstan"


def test_without_results_it_says_which_filter_to_drop(page):
    make_initiative(status="planned", parties=["UZ", "KZ"])
    tree = page("status=cancelled&country=UZ&q=initiative")
    (way,) = tree.cssselect(".no-results a")
    assert way.get("href") == "/en/initiatives/?q=initiative&country=UZ"
    assert way.text_content() == "without the filter Status: Cancelled – 1"


@pytest.mark.parametrize(
    ("path", "query", "meant"),
    [
        ("/en/initiatives/", "q=brigde", "Did you mean “Bridge”?"),
        ("/ru/initiatives/", "q=brigde&sort=title", "Возможно, вы имели в виду «Bridge»?"),
        ("/en/initiatives/", "q=zzz&q=brigde&status=planned", "Did you mean “Bridge”?"),
    ],
)
def test_a_search_without_results_is_told_what_it_may_have_meant(page, path, query, meant):
    make_initiative(title_en="Bridge", title_ru="", status="planned")
    link = page(query, path=path).cssselect(".no-results a")[0]
    assert link.text_content() == meant
    found, address = page(link.get("href").split("?")[1], path=path), link.get("href")
    assert total(found) == 1
    assert ("sort=title" in address, "status=planned" in address) == (
        "sort" in query,
        "status" in query,
    )


def test_what_is_meant_is_shown_under_a_line_that_says_so_and_files_stay_empty(page, client):
    make_initiative("CI-2025-0001", title_en="Bridge", status="planned")
    make_initiative("CI-2025-0002", title_en="Bridge two", status="agreed")
    tree = page("q=brigde&status=planned")
    assert total(tree) == 0
    (part,) = tree.cssselect(".found-instead")
    said = " ".join(part.cssselect("h3")[0].text_content().split())
    assert said == "No exact match for “brigde”. Showing “Bridge”:"
    assert codes(part) == ["CI-2025-0001"]
    assert links(part, "p > a")[-1] == "/en/initiatives/?q=Bridge&status=planned"
    assert client.get("/en/initiatives.json?q=brigde").json()["count"] == 0
    assert page("q=zzzzzzzz").cssselect(".found-instead") == []


def test_nothing_is_suggested_that_the_other_filters_leave_out(page):
    make_initiative(title_en="Bridge", status="planned")
    make_initiative(title_en="Tunnel", status="agreed")
    links = page("q=brigde&status=agreed").cssselect(".no-results a")
    assert not any("Did you mean" in link.text_content() for link in links)


def test_it_says_so_where_dropping_one_filter_does_not_help(page):
    make_initiative(status="planned")
    tree = page("status=cancelled&kind=dialogue")
    assert links(tree, ".no-results a") == ["/en/initiatives/"]


def test_an_error_stands_beside_its_field_and_nothing_is_shown(page):
    make_initiative()
    tree = page("status=zzz&q=%00")
    assert codes(tree) == []
    assert total(tree) == 0
    (group,) = tree.cssselect("#filter-status")
    assert "zzz" in tree.get_element_by_id(group.get("aria-describedby")).text_content()
    box = tree.get_element_by_id("filter-q")
    assert box.get("aria-invalid") == "true"
    assert tree.get_element_by_id(box.get("aria-describedby")).text_content().strip()
    assert links(tree, "[role=alert] a") == ["#filter-q", "#filter-status"]
    assert tree.cssselect("#filter-status details.filter-rest[open]")


def test_pages_are_linked_with_the_filters_and_in_order(page):
    make_initiatives(45, status="planned")
    tree = page("status=planned&page=2")
    assert len(codes(tree)) == 20
    assert links(tree, "a[rel=prev]") == ["/en/initiatives/?status=planned"]
    assert links(tree, "a[rel=next]") == ["/en/initiatives/?status=planned&page=3"]
    (current,) = tree.cssselect(".pagination [aria-current=page]")
    assert current.text_content().split()[-1] == "2"
    assert "page 2" in tree.findtext(".//title")


def test_all_pages_together_show_everything_once(page):
    made = make_initiatives(7)
    found = [code for number in (1, 2, 3) for code in codes(page(f"page_size=3&page={number}"))]
    assert sorted(found) == sorted(row.code for row in made)


def test_the_front_page_counts_what_is_public_and_leads_to_it(page):
    make_initiatives(2, status="planned")
    make_initiative(status="agreed", publication="draft")
    tree = page(path="/en/")
    assert total(tree) == 2
    (planned,) = tree.cssselect("a[href='/en/initiatives/?status=planned'] [data-count]")
    assert planned.text_content() == "2"


@pytest.mark.parametrize("path", ["/", "/initiatives/"])
def test_an_address_without_language_leads_to_the_one_of_the_reader(client, path):
    response = client.get(f"{path}?status=planned", headers={"accept-language": "kk"})
    assert response.url == f"/kk{path}?status=planned"


SHORTER = [
    ("q=", ""),
    (
        "q=&country=KZ&updated_since=&as_of=&sort=title&country=UZ",
        "country=KZ&sort=title&country=UZ",
    ),
    ("q=dam&q=&view", "q=dam"),
    ("as%5Fof=&q=%D1%81%D1%83+a", "q=%D1%81%D1%83+a"),
    ("contry=&q=&utm_source=", "contry=&utm_source="),
    ("q=&status[]=planned&kind=%FF", "status[]=planned&kind=%FF"),
]


@pytest.mark.once
@pytest.mark.parametrize(("query", "kept"), SHORTER)
def test_an_address_with_empty_parameters_leads_to_the_one_without(client, query, kept):
    for ask in (client.get, client.head):
        answer = ask(f"/en/initiatives/?{query}")
        assert answer.status_code == 302
        assert answer["Location"] == "/en/initiatives/" + (kept and f"?{kept}")
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.once
def test_letters_that_were_not_escaped_arrive_whole(client):
    answer = client.get("/en/initiatives/", QUERY_STRING="q=су&as_of=".encode().decode("latin-1"))
    assert answer["Location"] == "/en/initiatives/?q=%D1%81%D1%83"


@pytest.mark.once
def test_files_take_empty_parameters_as_they_are(client):
    assert client.get("/initiatives.json?q=&as_of=").status_code == 200
