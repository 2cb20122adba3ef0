"""How long it takes to enter a record with a new bank, two milestones, money and a new source."""

import pytest

from initiatives.models import Citation, Desk, Initiative, Source
from tests.counted import Hand
from tests.desk import edit
from tests.factories import make_country, make_initiative, make_sector
from tests.test_admin_browser import desk  # noqa: F401

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]
ADD = "/admin/initiatives/initiative/add/"
CLICKS, FIELDS, PAGES = 7, 13, 2
ADDRESS = "https://president.uz/ru/2026/10/14/visit"
FILLED = {  # by the program, for the officer to look at
    "funding-0-type": "announced",
    "funding-0-date": "2026-10-14",
    "funding-0-new_organisation_kind": "bank",
    "citations-0-new_source_kind": "official",
    "citations-0-new_source_published": "2026-10-14",
}
TALLEST = 1500  # pixels of the page of a new record on a screen 1280 wide


def height(page):
    return page.evaluate("document.documentElement.scrollHeight")


@pytest.fixture
def hand(desk, live_server):  # noqa: F811
    """Of an officer whose desk is there for one country and one sector."""
    make_country("UZ"), make_country("KZ")
    ministry = Desk.objects.get()
    ministry.covers_all = False
    ministry.save()
    ministry.countries.add(make_country("UZ"))
    ministry.sectors.add(make_sector())
    hand = Hand(desk)
    hand.open(live_server.url + ADD)
    return hand


@pytest.mark.parametrize("language", ["en", "ru", "uz", "kk"])
def test_the_page_of_a_new_record_is_short_in_each_language(desk, live_server, language):  # noqa: F811
    cookie = {"name": "django_language", "value": language, "url": live_server.url}
    desk.context.add_cookies([cookie])
    desk.goto(live_server.url + ADD)  # until it is loaded: the scripts have drawn the boxes then
    assert height(desk) < TALLEST


def test_no_button_moves_when_the_bar_tells_what_is_not_saved(desk, live_server):  # noqa: F811
    """Else a press that begins on a button may end beside it."""
    desk.goto(live_server.url + edit(make_initiative(title_en="Dam", publication="draft")))
    buttons = desk.locator(".submit-row :is(input:not([type=hidden]), a)")
    before = [button.bounding_box() for button in buttons.all()]
    desk.fill("#id_title_en", "Bridge")
    desk.wait_for_selector(".desk-unsaved:has-text('Fields not saved')")
    assert desk.locator(".submit-row .deletelink").count() == 1
    assert [button.bounding_box() for button in buttons.all()] == before


def test_a_whole_record_is_entered_on_one_page(hand):
    page = hand.page
    hand.fill("#id_title_en", "Solar power station")
    hand.fill("#id_summary_en", "Both sides build a power station.")
    hand.select("#id_kind", "infrastructure")
    hand.choose("countries-1-country", "Kazakhstan")  # the first party is that of the desk
    for row, (title, day) in enumerate([("Study", "2027-Q1"), ("Land", "2027-12-31")]):
        hand.fill(f"#id_milestones-{row}-title_en", title)
        hand.fill(f"#id_milestones-{row}-planned", day)
    hand.fill("#id_funding-0-amount", "300 mln EUR")
    hand.click("#funding-0 .desk-more summary")
    hand.fill("#id_funding-0-new_organisation", "Steppe Bank")
    page.press("#id_funding-0-new_organisation", "Tab")
    hand.click("#citations-0 .desk-more summary")
    hand.fill("#id_citations-0-new_source", "Press release")
    hand.fill("#id_citations-0-new_source_address", ADDRESS)
    page.press("#id_citations-0-new_source_address", "Tab")
    page.wait_for_selector("text=Filled from the address")
    hand.fill("#id_citations-0-locator", "P3")
    # It is counted when nothing has been typed for a moment.
    page.wait_for_selector(".desk-unsaved:has-text('Fields not saved')")
    assert {name: page.input_value(f"#id_{name}") for name in FILLED} == FILLED
    hand.leave("[name=_continue]")
    record = Initiative.objects.get()
    assert [row.country.iso2 for row in record.countries.order_by("pk")] == ["UZ", "KZ"]
    assert record.milestones.count() == 2
    money = record.funding.get()
    assert (money.provider.name_en, money.provider.kind) == ("Steppe Bank", "bank")
    assert (money.type, str(money.date)) == ("announced", "2026-10-14")
    assert record.sectors.get().is_main
    assert Citation.objects.count() == 4
    source = Source.objects.get()
    assert (source.publisher, source.language) == ("president.uz", "ru")
    assert "published by president.uz" in page.text_content(".messagelist")
    print(f"clicks {hand.clicks}, fields {hand.fields}, pages {hand.pages}")
    assert (hand.clicks, hand.fields, hand.pages) == (CLICKS, FIELDS, PAGES)
