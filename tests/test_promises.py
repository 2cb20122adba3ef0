"""What became of what was promised: by year of promise, and two of them side by side."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from initiatives.choices import Standing
from initiatives.editions.index import Index, Selection
from initiatives.models import Initiative
from initiatives.publication import issue_missing
from tests.factories import (
    make_country,
    make_initiative,
    make_initiatives,
    make_sector,
    make_status_change,
)
from tests.test_flag_queries import TODAY, make_random

pytestmark = pytest.mark.django_db
HOLDS = {
    "in_full": {"status": "implemented", "delivered": "full"},
    "in_part": {"status": "implemented", "delivered": "part"},
    "not_said": {"status": "implemented"},
    "on_time": {"status": "suspended", "planned_end": "2999"},
    "late": {"status": "planned", "planned_end": "2020"},
    "no_date": {"status": "agreed"},
    "dropped": {"status": "cancelled", "planned_end": "2020"},
}


def read(client, address, status=200):
    answer = client.get(f"/en/{address}")
    assert answer.status_code == status
    return html.fromstring(answer.content.decode())


def numbers(row):
    cells = row.cssselect("[data-standing]")
    return {cell.get("data-standing"): int(cell.text_content()) for cell in cells}


@pytest.fixture
def one_of_each():
    """A promise of 2021 with each standing, of Uzbekistan but for the last, which nobody dates."""
    for number, fields in enumerate(HOLDS.values(), start=1):
        parties = ("UZ",) if number < len(HOLDS) else ()
        made = make_initiative(f"CI-2025-000{number}", parties=parties, **fields)
        if parties:
            make_status_change(made, "planned", effective="2021-05")
            Initiative.objects.filter(pk=made.pk).update(status=fields["status"])


def test_each_has_one_standing_and_all_together_are_all(one_of_each, client):
    tree = read(client, "meter/")
    (year, unknown) = tree.cssselect("tbody tr")
    assert (year.get("data-year"), unknown.get("data-year")) == ("2021", "unknown")
    assert numbers(year) == dict.fromkeys(Standing.values, 1) | {"dropped": 0}
    assert numbers(unknown) == dict.fromkeys(Standing.values, 0) | {"dropped": 1}
    assert numbers(tree.cssselect("tfoot tr")[0]) == dict.fromkeys(Standing.values, 1)


def test_every_number_leads_to_its_rows(one_of_each, client):
    for place in read(client, "meter/").cssselect("[data-standing] a"):
        shown = html.fromstring(client.get(place.get("href")).content.decode())
        assert shown.cssselect("[data-total]")[0].get("data-total") == place.text_content()
        assert len(shown.cssselect("[data-code]")) == int(place.text_content())


@pytest.mark.parametrize(("standing", "number"), [*zip(HOLDS, range(1, 8), strict=True)])
def test_the_list_is_narrowed_by_what_became_of_them(one_of_each, client, standing, number):
    found = client.get(f"/initiatives.json?standing={standing}").json()
    assert [one["code"] for one in found["results"]] == [f"CI-2025-000{number}"]


def test_what_is_late_depends_on_the_day(client):
    ends = timezone.localdate() + timedelta(days=1)
    make_initiative("CI-2025-0001", status="planned", planned_end=str(ends))
    issue_missing()
    for day, standing in ((ends, Standing.ON_TIME), (ends + timedelta(days=1), Standing.LATE)):
        with Index().reading(day=day) as reading:
            assert reading.find(Selection()).tally("standing") == {standing: 1}


def test_standings_are_those_of_random_records():
    make_random(60, seed=1)
    Initiative.objects.update(publication="published")
    issue_missing()
    with Index().reading(day=TODAY) as reading:
        tally = reading.find(Selection()).tally("standing")
        assert sum(tally.values()) == 60
        overdue = reading.find(Selection()).tally("flag")["overdue"]
        assert tally["late"] == overdue > 0


def year_of(*changes):
    made = make_initiative("CI-2025-0001")
    for fields in changes:
        make_status_change(made, **fields)
    issue_missing()
    with Index().reading() as reading:
        return reading.find(Selection()).tally("promised")


def test_it_was_promised_when_it_was_first_planned_or_agreed():
    later = {"to": "agreed", "effective": "2022-01-31"}
    assert year_of({"to": "planned", "effective": "2021-Q4"}, later) == {"2021": 1}


def test_work_that_began_is_no_promise():
    assert year_of({"to": "in_progress", "effective": "2021"}) == {"unknown": 1}


def test_a_corrected_status_promised_nothing():
    made = make_initiative("CI-2025-0001")
    wrong = make_status_change(made, "agreed", effective="2012")
    make_status_change(made, "agreed", effective="2021", corrects=wrong)
    issue_missing()
    with Index().reading() as reading:
        assert reading.find(Selection()).tally("promised") == {"2021": 1}


def test_country_and_sector_narrow_and_stay_in_the_addresses(one_of_each, client):
    make_sector("trade")
    tree = read(client, "meter/?country=UZ")
    assert tree.cssselect("[data-total]")[0].get("data-total") == "6"
    assert all("country=UZ" in one.get("href") for one in tree.cssselect(".meter a"))
    assert not read(client, "meter/?sector=trade&country=UZ").cssselect(".meter")


def test_several_countries_and_sectors_stay_chosen_in_the_form(one_of_each, client):
    make_country("KZ")
    tree = read(client, "meter/?country=UZ&country=KZ&sector=energy")
    boxes = tree.cssselect("form.meter-filters [checked]")
    assert {(box.get("name"), box.get("value")) for box in boxes} == {
        ("country", "UZ"),
        ("country", "KZ"),
        ("sector", "energy"),
    }
    assert tree.cssselect("[data-total]")[0].get("data-total") == "6"


@pytest.mark.parametrize(
    "query", ["country=XX", "sector=%00", "contry=UZ", "country=" + "9" * 999, "country=%FF%FE"]
)
@pytest.mark.parametrize("page", ["meter/", "compare/"])
def test_what_is_not_understood_is_said_and_shows_nothing(one_of_each, client, page, query):
    tree = read(client, f"{page}?{query}")
    assert tree.cssselect(".field-error") or tree.cssselect("[role=alert]")
    assert not tree.cssselect("[data-standing]")


def test_it_is_told_as_of_a_day(one_of_each, client):
    before = timezone.localdate() - timedelta(days=1)
    assert not read(client, f"meter/?as_of={before}").cssselect(".meter")
    assert "show today’s state" in read(client, f"meter/?as_of={before}").text_content()


def shares(tree):
    return {
        row.get("data-standing"): [" ".join(cell.text_content().split()) for cell in row[1:]]
        for row in tree.cssselect("tbody tr[data-standing]")
    }


@pytest.fixture
def two_countries():
    """Of four promises of Uzbekistan one is kept, of two of Kazakhstan one; one is of both."""
    for number, (status, countries) in enumerate(
        [
            ("implemented", ("UZ", "KZ")),
            ("cancelled", ("UZ",)),
            ("cancelled", ("UZ",)),
            ("planned", ("UZ",)),
            ("planned", ("KZ",)),
        ],
        start=1,
    ):
        made = make_initiative(f"CI-2025-000{number}", status=status, parties=countries)
        make_status_change(made, "planned", effective=f"202{number % 2}")
        Initiative.objects.filter(pk=made.pk).update(status=status)


def test_two_countries_stand_side_by_side(two_countries, client):
    tree = read(client, "compare/?country=UZ&with=KZ")
    found = shares(tree)
    kazakhstan = make_country("KZ").name_en
    assert found["not_said"] == ["25% · 1", "50% · 1", f"25 percentage points more: {kazakhstan}"]
    assert found["in_full"] == ["0", "0", "about equal"]
    totals = [one.get("data-total") for one in tree.cssselect("thead [data-total]")]
    assert totals == ["4", "2"]
    assert "1 promise was made by both and counts for both." in " ".join(
        tree.text_content().split()
    )


def test_the_numbers_of_both_sides_lead_to_their_rows(two_countries, client):
    for address in ("country=UZ&with=KZ", "year=2020&with=2021", "with=KZ", "year=2021"):
        places = read(client, f"compare/?{address}").cssselect("tbody td a")
        assert places
        for place in places:
            shown = html.fromstring(client.get(place.get("href")).content.decode())
            assert shown.cssselect("[data-total]")[0].get("data-total") == place.text_content()


def test_one_alone_is_compared_with_all(two_countries, client):
    assert shares(read(client, "compare/?with=KZ"))["dropped"][:2] == ["0", "40% · 2"]


def test_two_years_of_a_country(two_countries, client):
    tree = read(client, "compare/?year=2020&with=2021&country=KZ")
    totals = [one.get("data-total") for one in tree.cssselect("thead [data-total]")]
    assert totals == ["0", "2"]


@pytest.mark.parametrize(
    ("query", "name", "said"),
    [
        ("country=UZ&with=XX", "with", "“XX” is not known here"),
        ("country=UZ&with=UZ", "with", "Choose a different one from the first."),
        ("country=UZ&country=KZ&with=UZ", "with", "Only two can be compared."),
        ("year=20&with=2021", "year", "“20” is not a year"),
        ("year=2020&with=KZ", "with", "“KZ” is not a year"),
    ],
)
def test_what_cannot_be_compared_is_said_at_its_field(two_countries, client, query, name, said):
    tree = read(client, f"compare/?{query}")
    assert said in tree.get_element_by_id(f"choose-{name}-error").text_content()
    assert not tree.cssselect("[data-standing]")


def test_who_has_not_chosen_is_shown_what_could_be(two_countries, client):
    tree = read(client, "compare/")
    assert [one.get("href") for one in tree.cssselect("main p a[href*='with=']")] == [
        "/en/compare/?country=KZ&with=UZ"
    ]
    assert not tree.cssselect("[data-standing]")


@pytest.mark.parametrize("page", ["meter/", "compare/?country=UZ&with=KZ"])
def test_ten_take_the_queries_of_one(client, page):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            read(client, page)
        return len(queries)

    make_initiatives(1)
    read(client, page)
    few = asked()
    for made in make_initiatives(10):
        make_status_change(made, "planned", effective="2020")
    read(client, page)
    assert asked() == few


def test_years_and_countries_are_two_ways_and_the_sector_stays(two_countries, client):
    for query, shown in (("country=UZ&", 0), ("year=2020&", 1)):
        tree = read(client, f"compare/?{query}sector=energy")
        ways = tree.cssselect("main nav.pagination a")
        assert [one.get("href") for one in ways] == [
            "/en/compare/?sector=energy",
            "/en/compare/?year=2021&with=2020&sector=energy",
        ]
        assert [one.get("aria-current") for one in ways].index("true") == shown


def test_other_comparisons_are_of_the_same_day(two_countries, client):
    day = timezone.localdate().isoformat()
    for query in ("", "year=2021&"):
        tree = read(client, f"compare/?{query}as_of={day}")
        links = tree.cssselect("main p a[href*='/compare/'], main nav.pagination a")
        others = [one.get("href") for one in links if not one.get("href").endswith("/compare/")]
        assert others
        assert all(f"as_of={day}" in one for one in others)


@pytest.mark.parametrize(("page", "number"), [("countries/uz/", 2), ("pairs/kz-uz/", 1)])
def test_pages_of_a_past_day_lead_to_the_promises_of_that_day(two_countries, client, page, number):
    day = timezone.localdate().isoformat()
    tree = read(client, f"{page}?as_of={day}")
    links = tree.cssselect("main a[href*='/meter/'], main a[href*='/compare/']")
    assert [one.get("href").endswith(f"&as_of={day}") for one in links] == [True] * number


def test_a_year_that_nobody_knows_stays_chosen_where_it_finds_nothing(client):
    make_status_change(make_initiative("CI-2025-0001"), effective="2025")
    tree = read(client, "initiatives/?promised=unknown")
    (box,) = tree.cssselect("[name=promised][checked]")
    assert box.get("value") == "unknown"
    tree = read(client, "compare/?year=unknown&with=2025")
    assert tree.cssselect("[name=year] option[selected]")[0].get("value") == "unknown"
