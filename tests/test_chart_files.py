"""Charts as pictures and as tables: the numbers of the page, under the rules of the page."""

import csv
import io

import pytest
from lxml import html

from initiatives.models import Sector
from initiatives.public import images
from initiatives.public.pages.chart_definitions import CHARTS
from tests import factories as make
from tests.register import known_since
from tests.slips import make_moved
from tests.test_share_images import size_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LANGUAGES = ("en", "ru", "uz", "kk")


def table(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.content[:300]
    text = answer.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def read(client, address):
    return html.fromstring(client.get(address).content.decode())


@pytest.fixture
def some():
    for status in ("planned", "planned", "implemented"):
        row = make.make_initiative(status=status, planned_end="2020", organisations=["bank"])
    make.make_funding(row, "-5.50", currency="USD")
    make.make_funding(row, "7", amount_max="9", amount_kind="range", currency="KZT")
    make.make_initiative(status="cancelled", parties=("UZ", "TJ"))


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_chart_is_a_picture_in_each_language(client, some, name, language):
    answer = client.get(f"/{language}/charts/{name}.png")
    assert answer["Content-Type"] == "image/png"
    width, height = size_of(answer.content)
    assert width == 1200
    assert 200 < height < 2000
    assert len(answer.content) < 300_000  # what is larger is not kept


@pytest.mark.parametrize(
    ("page", "query"),
    [("countries/kz", "country=KZ"), ("organisations/bank", "organisation=bank")],
)
def test_the_table_of_sectors_has_the_numbers_of_the_page(client, some, page, query):
    tree = read(client, f"/en/{page}/")
    (link,) = tree.cssselect("section .chart-files a[href*='sectors.csv']")
    assert link.get("href") == f"/en/charts/sectors.csv?{query}"
    (row,) = table(client, link.get("href"))
    assert (row["sector"], row["planned"], row["implemented"], row["cancelled"]) == (
        *("energy", "2", "1"),
        "0",
    )
    (bar,) = tree.cssselect("#briefing-sectors ~ .bars > li")
    shown = [bar.cssselect(f".bar-{part}")[0].text_content() for part in ("name", "value")]
    assert shown == [row["sector_name"], row["total"]]


def test_countries_are_counted_and_named_in_the_language_of_the_reader(client, some):
    rows = table(client, "/ru/charts/countries.csv")
    numbers = {row["country"]: (row["country_name"], row["initiatives"]) for row in rows}
    assert numbers["UZ"] == ("Узбекистан", "4")
    assert numbers["TJ"][1] == "1"
    assert {row["country"] for row in table(client, "/charts/countries.csv?country=TJ")} == {
        "UZ",
        "TJ",
    }


def test_money_below_zero_stays_a_number_and_a_range_stays_one(client, some):
    rows = {row["currency"]: row for row in table(client, "/charts/money.csv")}
    assert (rows["USD"]["from_amount"], rows["USD"]["to_amount"]) == ("-5.50", "-5.50")
    assert (rows["KZT"]["from_amount"], rows["KZT"]["to_amount"]) == ("7.00", "9.00")
    assert rows["KZT"]["undisclosed"] == "0"


def test_promises_are_those_of_the_meter(client, some):
    (row,) = table(client, "/charts/promises.csv")
    assert (row["year"], row["late"], row["not_said"], row["dropped"], row["total"]) == (
        *("unknown", "2", "1", "1"),
        "4",
    )
    page = read(client, "/en/meter/?country=TJ")
    (picture, link) = page.cssselect(".chart-files a")
    assert picture.get("href") == "/en/charts/promises.png?country=TJ"
    assert link.get("href") == "/en/meter.csv?country=TJ"  # has the addresses of the lists as well
    assert len(page.cssselect("main a[href*='.csv']")) == 1
    assert table(client, "/charts/promises.csv?country=TJ")[0]["total"] == "1"


def test_slips_are_those_of_their_page(client):
    make_moved()
    page = read(client, "/en/slipped/")
    shown = [cell.text for cell in page.cssselect("#slip-numbers td")]
    rows = table(client, "/charts/slips.csv")
    assert [one["dates"] for one in rows] == shown
    assert sum(int(one["dates"]) for one in rows) == 3
    (picture, _table) = page.cssselect(".slip-picture .chart-files a")
    assert client.get(picture.get("href")).status_code == 200


def test_slips_of_several_countries_together_are_those_of_their_page(client):
    make_moved()
    page = read(client, "/en/slipped/?country=KZ&country=KG&country_match=all")
    shown = [cell.text for cell in page.cssselect("#slip-numbers td")]
    (_picture, link) = page.cssselect(".slip-picture .chart-files a")
    assert [one["dates"] for one in table(client, link.get("href"))] == shown
    assert sum(map(int, shown)) == 1  # of one of the two countries there are three


def test_the_years_are_those_of_the_page_of_the_pair(client):
    dates = {"planned_start": "2020", "planned_end": "2021-06", "actual_start": "2020-05-12"}
    row = make.make_initiative("CI-2025-0001", title_ru="Мост " * 30, **dates)
    make.link_event(row, make.make_event("session", start="2019-03-02", state="held"))
    page = read(client, "/ru/pairs/kz-uz/")
    (picture, link) = page.cssselect("#picture-timeline ~ .chart-files a")
    event, initiative = table(client, link.get("href"))
    assert (event["what"], event["key"], event["actual_start"]) == (
        *("event", "session"),
        "2019-03-02",
    )
    assert (initiative["key"], initiative["planned_end"]) == ("CI-2025-0001", "2021-06")
    assert (initiative["actual_start"], initiative["actual_end"]) == ("2020-05-12", "")
    assert size_of(client.get(picture.get("href")).content)[0] == 1200


def test_decisions_are_those_of_the_page_of_the_event(client):
    event = make.make_event("session")
    for status in ("planned", "planned", "implemented"):
        make.link_event(make.make_initiative(status=status), event)
    page = read(client, "/kk/events/session/")
    (picture, link) = page.cssselect(".verdict .chart-files a")
    assert link.get("href") == "/kk/charts/decisions/session.csv"
    rows = {row["status"]: row["decisions"] for row in table(client, link.get("href"))}
    assert (rows["planned"], rows["implemented"], rows["cancelled"]) == ("2", "1", "0")
    assert size_of(client.get(picture.get("href")).content)[0] == 1200
    for slug in ("none", "x%00", "x" * 9_000):
        for ending in ("png", "csv"):
            answer = client.get(f"/kk/charts/decisions/{slug}.{ending}")
            assert answer.status_code in (400, 404)


def test_the_money_of_a_record_is_that_of_its_page(client):
    row = make.make_initiative("CI-2025-0001", title_ru="Мост")
    for amount, date in (("10", "2024"), ("5", "2025"), ("-7.5", "2025-03"), ("0", "2026")):
        make.make_funding(row, amount, currency="USD", date=date)
    make.make_funding(row, "3", type="pledge", currency="KZT")
    page = read(client, "/ru/initiatives/CI-2025-0001/")
    (picture, link) = page.cssselect("#money ~ .chart-files a")
    assert link.get("href") == "/ru/charts/flows/CI-2025-0001.csv"
    told = [
        (one["type"], one["currency"], one["year"], one["from_amount"], one["given_back"])
        for one in table(client, link.get("href"))
    ]
    assert sorted(told) == [
        ("commitment", "USD", "2024", "10.00", "0"),
        ("commitment", "USD", "2025", "-2.50", "7.50"),
        ("pledge", "KZT", "", "3.00", "0"),
    ]
    assert size_of(client.get(picture.get("href")).content)[0] == 1200
    assert client.get("/ru/charts/flows/ci-2025-0001.png")["Location"].endswith("0001.png")
    assert client.get("/ru/charts/flows/CI-2025-0002.png").status_code == 404
    assert client.get("/ru/charts/flows/CI-2025-0001.csv?as_of=x").status_code == 400
    assert table(client, "/charts/flows/CI-2025-0001.csv")[0]["type_label"]


def test_a_draft_has_no_chart_of_its_money(client):
    row = make.make_initiative("CI-2025-0001", publication="draft")
    make.make_funding(row, "1")
    for ending in ("png", "csv"):
        assert client.get(f"/en/charts/flows/CI-2025-0001.{ending}").status_code == 404


def test_single_slips_are_those_of_the_page(client):
    make_moved()
    page = read(client, "/kk/slipped/?page_size=2&page=2")
    shown = [(row.get("data-code"), row.get("data-months")) for row in page.cssselect(".slips li")]
    (picture, link) = page.cssselect(".slips + .chart-files a")
    assert link.get("href") == "/kk/charts/moves.csv?page_size=2&page=2"
    rows = table(client, link.get("href"))
    assert [(one["code"], one["months"]) for one in rows] == shown
    assert len(rows) == 1
    assert size_of(client.get(picture.get("href")).content)[0] == 1200
    for ending in ("png", "csv"):
        assert client.get(f"/kk/charts/moves.{ending}?page=9").status_code == 404
        assert client.get(f"/kk/charts/moves.{ending}?moved=taken_back").status_code == 200


def test_organisations_are_those_of_their_page(client, some):
    row = make.make_initiative()
    bank = make.make_organisation("bank")
    for kind, amount in (("commitment", "8"), ("disbursement", "2")):
        make.make_funding(row, amount, currency="USD", type=kind, provider=bank)
    page = read(client, "/en/organisations/?sort=name")
    (picture, link) = page.cssselect(".organisation-table + .chart-files a")
    assert link.get("href") == "/en/charts/organisations.csv?sort=name"
    rows = table(client, link.get("href"))
    slugs = [one.get("data-slug") for one in page.cssselect("tr[data-slug]")]
    assert [one["organisation"] for one in rows] == slugs
    (own,) = [one for one in rows if one["organisation"] == "bank"]
    assert (own["currency"], own["committed"], own["paid"]) == ("USD", "8.00", "2.00")
    assert client.get(picture.get("href"))["Content-Type"] == "image/png"
    assert client.get("/charts/organisations.csv?page=99").status_code == 404


@pytest.mark.parametrize("name", ["moves", "organisations"])
@pytest.mark.parametrize("ending", ["png", "csv"])
def test_a_page_whose_number_is_too_long_for_python_is_not_there(client, name, ending):
    number = "1" + 4_400 * "0"
    assert client.get(f"/en/charts/{name}.{ending}?page={number}").status_code == 404


def test_two_sides_are_those_of_their_page(client, some):
    page = read(client, "/en/compare/?country=KZ&with=TJ")
    (picture, link) = page.cssselect(".chart-files a")
    assert picture.get("href") == "/en/charts/compare.png?country=KZ&with=TJ"
    assert link.get("href") == "/en/compare.csv?country=KZ&with=TJ"
    rows = table(client, "/charts/compare.csv?country=KZ&with=TJ")
    beside = table(client, link.get("href"))
    for one in beside:
        del one["url"]
    assert rows == beside
    for query in ("country=KZ&with=KZ", "country=ZZ", "as_of=x", "q=dam"):
        assert client.get(f"/charts/compare.png?{query}").status_code == 400


def test_a_name_that_looks_like_a_formula_is_made_harmless(client, some):
    Sector.objects.filter(slug="energy").update(name_en="=1+1")
    assert table(client, "/en/charts/sectors.csv")[0]["sector_name"] == "'=1+1"


@pytest.mark.parametrize("ending", ["png", "csv"])
@pytest.mark.parametrize(
    ("name", "query"),
    [
        *(("sectors", one) for one in ("contry=KZ", "status=zzz", "page=2", "year=0", "q=%00")),
        *(("promises", one) for one in ("country=ZZ", "status=planned", "as_of=x")),
        *(("slips", one) for one in ("year=99999999999999999999", "sort=moved", "sector=zzz")),
        *(("money", f"q={'x' * 20_000}"), ("countries", "country=")),
    ],
)
def test_what_is_not_understood_is_refused(client, some, name, query, ending):
    answer = client.get(f"/charts/{name}.{ending}?{query}")
    assert answer.status_code == (200 if query == "country=" else 400)


def test_an_unknown_chart_is_missing(client):
    assert client.get("/en/charts/zzz.png").status_code == 404


@pytest.mark.parametrize("name", CHARTS)
def test_what_has_nothing_to_show_says_so(client, name):
    make.make_initiative()
    query = {"slips": "year=1950", "compare": "sector=energy"}.get(name, "country=AF")
    make.make_country("AF")
    assert table(client, f"/charts/{name}.csv?{query}") == []
    assert size_of(client.get(f"/kk/charts/{name}.png?{query}").content)[0] == 1200


def test_a_chart_has_validators(client, some):
    known_since()
    address = "/en/charts/sectors.png?country=KZ"
    etag = client.get(address)["ETag"]
    images.png_of.cache_clear()
    again = client.get(address, headers={"if-none-match": etag})
    assert (again.status_code, images.png_of.cache_info().misses) == (304, 0)


def test_pages_link_to_their_charts(client, some):
    for page, names in (
        ("", {"sectors", "money"}),
        ("countries/", {"countries"}),
        ("countries/kz/", {"sectors", "money"}),
        ("pairs/kz-uz/", {"sectors", "money", "timeline"}),
        ("sectors/energy/", {"money"}),
        ("meter/", {"promises", "meter"}),
        ("compare/?country=KZ&with=TJ", {"compare"}),
        ("organisations/", {"organisations"}),
    ):
        links = [one.get("href") for one in read(client, f"/uz/{page}").cssselect(".chart-files a")]
        assert {link.rpartition("/")[2].partition(".")[0] for link in links} == names, page
        assert [link for link in links if client.get(link).status_code != 200] == []
