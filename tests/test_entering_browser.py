"""How long it takes to enter a record with a new bank, two milestones, money and a new source."""

import pytest

from initiatives.models import Citation, Initiative
from tests.counted import Hand
from tests.factories import make_country, make_sector
from tests.test_admin_browser import desk  # noqa: F401

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]
ADD = "/admin/initiatives/initiative/add/"
MOST_CLICKS, MOST_FIELDS, MOST_PAGES = 24, 22, 4
TALLEST = 1500  # pixels of the page of a new record on a screen 1280 wide


def height(page):
    return page.evaluate("document.documentElement.scrollHeight")


@pytest.fixture
def hand(desk, live_server):  # noqa: F811
    make_country("UZ"), make_country("KZ"), make_sector()
    hand = Hand(desk)
    hand.open(live_server.url + ADD)
    return hand


@pytest.mark.parametrize("language", ["en", "ru", "uz", "kk"])
def test_the_page_of_a_new_record_is_short_in_each_language(desk, live_server, language):  # noqa: F811
    cookie = {"name": "django_language", "value": language, "url": live_server.url}
    desk.context.add_cookies([cookie])
    desk.goto(live_server.url + ADD)
    desk.wait_for_load_state("networkidle")
    assert height(desk) < TALLEST


def test_a_whole_record_is_entered_on_one_page(hand):
    page = hand.page
    hand.fill("#id_title_en", "Solar power station")
    hand.fill("#id_summary_en", "Both sides build a power station.")
    hand.select("#id_kind", "infrastructure")
    for row, name in enumerate(["Uzbekistan", "Kazakhstan"]):
        hand.choose(f"countries-{row}-country", name)
    hand.choose("sectors-0-sector", "Energy")
    bank = hand.window("#add_id_organisations-0-organisation")
    bank.fill("#id_name_en", "Steppe Bank")
    bank.select("#id_kind", "bank")
    bank.click("[name=_save]")
    hand.add(bank)
    page.wait_for_selector("option:has-text('Steppe Bank')", state="attached")
    hand.select("#id_organisations-0-role", "1")
    for row, (title, day) in enumerate([("Study", "2027-Q1"), ("Land", "2027-12-31")]):
        hand.fill(f"#id_milestones-{row}-title_en", title)
        hand.fill(f"#id_milestones-{row}-planned", day)
    hand.select("#id_funding-0-type", "pledge")
    hand.fill("#id_funding-0-amount", "300 mln EUR")
    hand.fill("#id_funding-0-date", "2026-10-14")
    hand.choose("funding-0-provider", "Steppe Bank")
    source = hand.window("#add_id_citations-0-source")
    source.fill("#id_url", "https://president.uz/ru/2026/10/14/visit")
    source.page.press("#id_url", "Tab")
    source.page.wait_for_selector("text=Filled from the address")
    source.fill("#id_title", "Press release")
    source.click("[name=_save]")
    hand.add(source)
    page.wait_for_selector("option:has-text('Press release')", state="attached")
    hand.fill("#id_citations-0-locator", "P3")
    assert "Fields not saved" in page.text_content(".desk-unsaved")
    hand.leave("[name=_continue]")
    record = Initiative.objects.get()
    assert record.milestones.count() == 2
    assert record.funding.get().provider.name_en == "Steppe Bank"
    assert record.sectors.get().is_main
    assert Citation.objects.count() == 4
    print(f"clicks {hand.clicks}, fields {hand.fields}, pages {hand.pages}")
    assert hand.clicks <= MOST_CLICKS
    assert hand.fields <= MOST_FIELDS
    assert hand.pages <= MOST_PAGES
