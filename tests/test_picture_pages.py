"""The pictures in their pages: the numbers, where each mark leads, and that nothing leaks in."""

import re

import pytest
from lxml import html

from initiatives.public import overview
from initiatives.public.filtersets import InitiativeFilterSet
from tests import factories as make
from tests.listing import codes, figures

pytestmark = [pytest.mark.django_db, pytest.mark.once]
COUNTRY = "/en/countries/kz/"
PAIR = {"country": ["KZ", "UZ"], "country_match": ["all"]}


def counted(filterset=None):
    with figures(filterset) as found:
        sectors = found.statuses_by_sector()
    found = overview.by_sector(sectors)
    return {(sector.slug, status.value): n for sector, row in found for status, n in row.items()}


@pytest.fixture
def page(client):
    def fetch(path="/en/pairs/kz-uz/"):
        response = client.get(path)
        assert response.status_code == 200
        return html.fromstring(response.content.decode())

    return fetch


def make_pair():
    make.make_sector("solar", parent="energy")
    make.make_sector("wind", parent="energy")
    for status, main, others in (
        ("planned", "energy", ["solar", "wind"]),
        ("planned", "solar", ["wind"]),
        ("agreed", "wind", []),
        ("agreed", "water", ["energy"]),
        ("cancelled", "water", []),
    ):
        make.make_initiative(status=status, main_sector=main, sectors=others)
    make.make_initiative(status="agreed", parties=["UZ", "TJ"])
    make.make_initiative(status="agreed", publication="draft")


# --- Counting --------------------------------------------------------------------------------


def test_a_whole_counts_what_is_in_its_parts_once():
    make_pair()
    assert counted(InitiativeFilterSet(PAIR)) == {
        ("energy", "planned"): 2,
        ("energy", "agreed"): 2,
        ("solar", "planned"): 2,
        ("wind", "planned"): 2,
        ("wind", "agreed"): 1,
        ("water", "agreed"): 1,
        ("water", "cancelled"): 1,
    }


def test_each_count_is_the_length_of_its_list():
    make_pair()
    for (sector, status), number in counted(InitiativeFilterSet(PAIR)).items():
        filterset = InitiativeFilterSet({**PAIR, "sector": [sector], "status": [status]})
        assert len(codes(filterset)) == number


def test_dates_are_told_apart_from_their_absence():
    make.make_initiative("CI-2025-0001", actual_end="2024")
    make.make_initiative("CI-2025-0002", planned_start="2026-Q1")
    make.make_initiative("CI-2025-0003")
    with figures() as all_of_them:
        found = all_of_them.dates(5)
    assert (found.known, found.unknown) == (2, 1)
    assert found.dated == ["CI-2025-0002", "CI-2025-0001"]
    assert found.undated == ["CI-2025-0003"]


def test_an_event_of_several_initiatives_is_one_and_those_of_drafts_are_none():
    summit = make.make_public_event("summit", start="2026")
    for initiative in make.make_initiatives(3):
        make.link_event(initiative, summit)
        make.link_event(initiative, summit, relation="signed")
    make.link_event(make.make_initiative(publication="draft"), make.make_event("secret"))
    with figures() as all_of_them:
        found = all_of_them.event_dates(5)
    assert (found.known, found.unknown, found.dated) == (1, 0, ["summit"])


# --- Marks -----------------------------------------------------------------------------------


def test_each_number_of_the_table_leads_to_exactly_the_rows_it_counts(page):
    make_pair()
    (table,) = (one for one in page(COUNTRY).cssselect("details table") if one.cssselect("td a"))
    links = table.cssselect("td a")
    assert [link.text_content() for link in links] == ["2", "2", "1", "1"]
    for link in links:
        (total,) = page(link.get("href")).cssselect("[data-total]")
        assert total.get("data-total") == link.text_content()


def test_a_bar_of_money_leads_to_the_initiatives_with_money_in_its_currency(page):
    funded = make.make_initiative()
    make.make_funding(funded, "10", amount_kind="range", amount_max="40", currency="KZT")
    make.make_initiative()
    (bar,) = page().cssselect(".bar-money")
    assert [part.get("width") for part in bar.cssselect("rect")] == ["100%", "25%"]
    (link,) = {a.get("href") for a in bar.cssselect("a")}
    assert [row.get("data-code") for row in page(link).cssselect("[data-code]")] == [funded.code]


def test_the_timeline_says_in_words_what_it_draws(page):
    make.make_initiative("CI-2025-0001", planned_start="2025", planned_end="2027-05")
    make.link_event(make.make_initiative(actual_start="2026-02-01"), make.make_event(start="2024"))
    rows = page().cssselect(".times tbody tr")
    words = [" ".join(row.cssselect("td")[0].text_content().split()) for row in rows]
    assert words == ["actual: 2024", "planned: 2025 – May 2027", "actual: from 1 February 2026"]
    links = {a.get("href") for a in rows[1].cssselect("a")}
    assert links == {"/en/initiatives/CI-2025-0001/"}


def test_a_year_of_the_axis_leads_to_what_was_active_in_it(page):
    make.make_initiative("CI-2025-0001", planned_start="2025", planned_end="2025")
    make.make_initiative("CI-2025-0002", planned_start="2026", planned_end="2026")
    links = {a.text_content().strip(): a.get("href") for a in page().cssselect(".times thead a")}
    shown = page(links["2025"]).cssselect("[data-code]")
    assert [row.get("data-code") for row in shown] == ["CI-2025-0001"]


def test_without_dates_the_page_says_so_and_names_what_is_undated(page):
    made = make.make_initiative(title_en="Undated")
    make.make_initiative(planned_end="2027")
    (section,) = page().cssselect("section[aria-labelledby=picture-timeline]")
    assert "of 2 initiatives and events a date is recorded for 1" in section.text_content()
    assert not section.cssselect("svg, table")
    assert [a.get("href") for a in section.cssselect("details a")] == [
        f"/en/initiatives/{made.code}/"
    ]


def test_each_country_of_the_map_leads_to_its_page_with_its_number(page):
    make.make_initiatives(2)
    make.make_initiative(parties=["UZ", "TJ"])
    tree = page("/kk/countries/")
    links = tree.cssselect("svg.map a")
    assert len(links) == 3
    assert links[0].get("href") == "/kk/countries/uz/"
    assert re.match(r"Өзбекстан: 3\b", links[0].cssselect("title")[0].text_content())
    names = [text.text for text in tree.cssselect(".map-narrow text")]
    assert names == ["Өзбекстан", "Қазақстан", "Тәжікстан"]
    assert page(links[0].get("href")).cssselect("[data-total]")[0].get("data-total") == "3"


# --- Honesty and safety ----------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/en/pairs/kz-uz/", "/en/countries/uz/", "/en/countries/"])
def test_without_initiatives_nothing_is_drawn(page, path):
    make.make_country("UZ"), make.make_country("KZ")
    make.make_initiative(publication="draft", planned_start="2025")
    assert not page(path).cssselect(".picture, .bars, .map")


def test_the_page_of_a_sector_has_no_bars_since_they_would_widen_its_list(page):
    make.make_initiative(sectors=["water"])
    tree = page("/en/sectors/energy/")
    assert not tree.cssselect("section[aria-labelledby=briefing-sectors]")


@pytest.mark.parametrize("language", ["en", "ru", "uz", "kk"])
def test_no_length_is_written_with_a_decimal_comma(page, language):
    for number, slug in enumerate(["energy", "water", "trade"]):
        make.make_initiatives(number + 1, main_sector=slug, planned_start="2025-05-03")
    make.make_initiative(main_sector="energy", status="agreed")
    for path in ("pairs/kz-uz/", "countries/"):
        for mark in page(f"/{language}/{path}").cssselect("main svg *"):
            lengths = [mark.get(name, "0") for name in ("x", "y", "x1", "x2", "width", "height")]
            assert all(re.fullmatch(r"\d+(\.\d+)?%?", length) for length in lengths), lengths


def test_hostile_names_stay_text(client):
    name = '"><script>alert(1)</script>&'
    make.make_sector("energy", name_en=name)
    make.make_country("UZ", name_en=name)
    make.make_initiative(title_en=name, planned_start="2025", planned_end="2026")
    make.make_initiative(title_en=name, planned_start="2025")
    for path in ("/en/pairs/kz-uz/", "/en/countries/", "/en/countries/uz/"):
        text = client.get(path).content.decode()
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;" in text


@pytest.mark.parametrize("path", ["/en/pairs/kz-uz/", "/en/countries/", "/en/countries/uz/"])
def test_pictures_need_no_style_attribute_and_repeat_no_id(page, path):
    for initiative in make.make_initiatives(3, planned_start="2025", planned_end="2026-05"):
        make.make_funding(initiative)
    tree = page(path)
    ids = [element.get("id") for element in tree.cssselect("[id]")]
    assert len(ids) == len(set(ids))
    assert not tree.cssselect("[style], [onclick], style")
