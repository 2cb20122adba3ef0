"""Decisions of an event, promises by year and two sides beside each other, as CSV."""

import csv
import io

import pytest
import time_machine
from lxml import html

from initiatives.choices import EditionKind, Standing
from tests import factories as make
from tests.editions import append, withdrawal
from tests.register import known_since

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NOW = "2026-03-31T12:00:00+05:00"


def table(client, address):
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert response["Content-Disposition"].endswith('.csv"')
    text = b"".join(response).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture
def summit():
    event = make.make_public_event("summit", start="2020-05-04")
    stories = {
        "CI-2020-0001": {"status": "implemented", "actual_end": "2023"},
        "CI-2020-0002": {"status": "in_progress", "planned_end": "2025-12-31"},
        "CI-2020-0003": {"status": "planned", "planned_end": "2030-Q1"},
    }
    for code, fields in stories.items():
        made = make.make_initiative(code, title_en=f"=Road {code[-1]}", **fields)
        make.link_event(made, event, protocol_reference=code[-1], decision_en="+Build")
    make.make_milestone(made, "Bridge", planned="2027")
    other = make.make_initiative("CI-2020-0009", title_en="Only named")
    make.link_event(other, event, relation="mentioned")
    make.link_event(other, make.make_public_event("elsewhere"), protocol_reference="77")
    draft = make.make_initiative(publication="draft", title_en="Hidden")
    make.link_event(draft, event)
    with time_machine.travel(NOW, tick=False):
        known_since()
        yield event


def test_decisions_are_told_late_ones_first(client, summit):
    late, coming, done, named = table(client, "/en/events/summit.csv")
    assert late == {
        "item": "2",
        "relation": "agreed",
        "relation_label": "Agreed at",
        "decision": "'+Build",
        "code": "CI-2020-0002",
        "title": "'=Road 2",
        "status": "in_progress",
        "status_label": "In progress",
        "planned_end": "2025-12-31",
        "actual_end": "",
        "months_late": "3",
        "next_milestone": "",
        "next_milestone_date": "",
        "url": "http://testserver/en/initiatives/CI-2020-0002/",
    }
    assert (coming["planned_end"], coming["months_late"]) == ("2030-Q1", "")
    assert (coming["next_milestone"], coming["next_milestone_date"]) == ("Bridge", "2027")
    assert (done["status"], done["actual_end"]) == ("implemented", "2023")
    assert (named["relation"], named["item"], named["code"]) == ("mentioned", "", "CI-2020-0009")


def test_words_are_in_the_language_of_the_address(client, summit):
    assert table(client, "/ru/events/summit.csv")[0]["status_label"] == "Выполняется"
    assert table(client, "/events/summit.csv")[0]["url"].startswith("http://testserver/en/")


def test_the_page_links_to_its_table(client, summit):
    page = html.fromstring(client.get("/en/events/summit/").content.decode())
    (link,) = page.cssselect(".follow a[href$='.csv']")
    assert link.get("href") == "/en/events/summit.csv"


def test_a_hidden_event_has_no_table(client, summit):
    make.make_event("inner")
    assert client.get("/events/inner.csv").status_code == 404
    append(withdrawal(en="Never held."), kind=EditionKind.EVENT, key="talks")
    gone = client.get("/en/events/talks.csv")
    assert (gone.status_code, gone.json()["detail"]) == (410, "Never held.")


@pytest.mark.parametrize("slug", ["no-such", "a" * 3000, "…"])
def test_an_event_that_is_none_is_404(client, db, slug):
    assert client.get(f"/events/{slug}.csv").status_code == 404


def test_queries_are_as_many_for_ten_decisions_as_for_one(client, django_assert_max_num_queries):
    event, counts = make.make_public_event("summit"), []
    for number in (1, 9):
        for made in make.make_initiatives(number):
            make.link_event(made, event)
            make.make_milestone(made, planned="2030")
        known_since()
        with django_assert_max_num_queries(40) as asked:
            assert table(client, "/en/events/summit.csv")
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.fixture
def promises():
    """Two of 2023, one of them late, and one that nobody dates; one is of another sector."""
    for code, year in (("CI-2025-0001", "2023"), ("CI-2025-0002", "2023-05"), ("CI-2025-0003", "")):
        made = make.make_initiative(code, parties=["UZ", "KZ"] if year else ["UZ", "KG"])
        if year:
            make.make_status_change(made, "planned", effective=year)
    made.sectors.update(sector=make.make_sector("trade"))
    first = type(made).objects.get(code="CI-2025-0001")
    first.planned_end = "2025"
    first.save()
    with time_machine.travel(NOW, tick=False):
        known_since()
        yield


def test_promises_are_told_by_year(client, promises):
    dated, unknown = table(client, "/en/meter.csv")
    assert list(dated) == ["promised_in", "promises", *Standing.values, "url"]
    assert (dated["promised_in"], dated["promises"]) == ("2023", "2")
    assert (dated["late"], dated["no_date"], dated["dropped"]) == ("1", "1", "0")
    assert dated["url"] == "http://testserver/en/initiatives/?promised=2023"
    assert (unknown["promised_in"], unknown["promises"]) == ("unknown", "1")


def test_the_filters_of_the_meter_narrow_its_table(client, promises):
    (only,) = table(client, "/en/meter.csv?sector=trade")
    assert (only["promised_in"], only["promises"]) == ("unknown", "1")
    assert "sector=trade" in only["url"]
    assert table(client, "/en/meter.csv?as_of=2020-01-01") == []


def test_two_countries_are_told_beside_each_other(client, promises):
    rows = table(client, "/en/compare.csv?country=KZ&with=KG")
    assert [row["side"] for row in rows] == ["KZ"] * 7 + ["KG"] * 7
    late = rows[Standing.values.index("late")]
    assert (late["side_name"], late["promises"], late["count"]) == ("Kazakhstan", "2", "1")
    assert (late["percent"], late["standing_label"]) == ("50.0", "Open, late")
    assert late["url"].endswith("/en/initiatives/?country=KZ&standing=late")
    years = table(client, "/en/compare.csv?year=2023&with=unknown")
    assert [row["promises"] for row in years] == ["2"] * 7 + ["1"] * 7


def test_one_country_is_compared_with_all(client, promises):
    rows = table(client, "/en/compare.csv?country=KG")
    assert {(row["side"], row["promises"]) for row in rows} == {("KG", "1"), ("", "3")}


def test_nothing_asked_for_is_nothing_told(client, promises):
    assert table(client, "/en/compare.csv") == []


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("meter.csv?country=ZZZ&sector=none&cntry=KZ", {"country", "sector", "cntry"}),
        ("meter.csv?as_of=2999-01-01", {"as_of"}),
        ("compare.csv?country=UZ&with=UZ", {"with"}),
        ("compare.csv?country=UZ&with=zzz&page=1", {"with", "page"}),
        ("compare.csv?as_of=yesterday", {"as_of"}),
        ("compare.csv?country=%00", {"country"}),
        ("events/summit.csv?page=1&as_of=2025-01-01", {"page", "as_of"}),
    ],
)
def test_what_the_page_cannot_understand_is_refused(client, address, names):
    make.link_event(make.make_initiative(), make.make_public_event("summit"))  # of UZ and KZ
    answer = client.get(f"/{address}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert set(answer.json()["errors"]) == names


@pytest.mark.parametrize("address", ["meter.csv", "compare.csv?country=UZ", "events/summit.csv"])
def test_who_has_it_already_gets_304(client, summit, address):
    first = client.get(f"/{address}")
    again = client.get(f"/{address}", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head(f"/{address}")["ETag"] == first["ETag"]


@pytest.mark.parametrize(("page", "query"), [("meter", "country=UZ"), ("compare", "country=KG")])
def test_the_pages_link_to_their_tables(client, promises, page, query):
    tree = html.fromstring(client.get(f"/en/{page}/?{query}").content.decode())
    links = [link.get("href") for link in tree.cssselect("a[href*='.csv']")]
    assert f"/en/{page}.csv?{query}" in links
    assert table(client, f"/en/{page}.csv?{query}")
