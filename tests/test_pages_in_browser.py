"""The public pages in a real browser: for everybody, within the CSP, on any screen, by keyboard."""

import re

import pytest

from initiatives.models import Initiative
from tests.axe import AXE, WITHOUT_CONTRAST, found_by_axe
from tests.editions import issued
from tests.factories import (
    link_event,
    make_country,
    make_event,
    make_funding,
    make_initiative,
    make_initiatives,
    make_milestone,
)
from tests.full_records import make_full

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

LANGUAGES = ("en", "ru", "uz", "kk")
CODE = "CI-2025-0001"
PAGES = ("", "initiatives/", f"initiatives/{CODE}/", "initiatives/CI-2025-0002/", "pairs/kz-uz/")
OTHERS = (
    "countries/",
    "countries/kz/",
    "sectors/",
    "sectors/energy/",
    "organisations/",
    "organisations/organisation-0/",
    "events/",
    "events/session/",
    "changes/",
    "meter/",
    "compare/?country=KZ&with=UZ",
    "slipped/",
    "about/statuses/",
    "about/data/",
    "about/privacy/",
    "mail/?feed=/pairs/kz-uz.atom",
    "feeds/pairs/kz-uz/",
    "initiatives/?q=hydropowre",
    f"initiatives/{CODE}/report/",
    "api/v1/docs/",
    "embed/initiatives/?country=KZ",
    f"embed/initiatives/{CODE}/",
    f"initiatives/{CODE}/editions/",
    f"initiatives/{CODE}/editions/1/",
    f"initiatives/{CODE}/editions/2/?with=1&show=all",
)
# What was asked for and is not there: a code, a withdrawn record, a day, days in a wrong order.
REFUSED = (
    "initiatives/CI-1999-0001/",
    "initiatives/CI-2025-0003/",
    f"initiatives/{CODE}/?as_of=x",
    "changes/?from=2026-02-01&to=2026-01-01",
    f"initiatives/{CODE}/editions/1/?with=x",
)
DARK = (
    *PAGES,
    *("countries/", "sectors/energy/", "changes/", "slipped/", "initiatives/CI-1999-0001/"),
    *("embed/initiatives/", f"embed/initiatives/{CODE}/"),
    *(f"initiatives/{CODE}/editions/{page}" for page in ("", "1/", "2/?with=1&show=all")),
)
PRINTED = (
    *("initiatives/", f"initiatives/{CODE}/", "pairs/kz-uz/"),
    f"initiatives/{CODE}/editions/2/?with=1",
)
# Between light and dark only the colours differ.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
# The browser itself writes this line about the page that it was asked for.
OWN_STATUS = re.compile(r"the server responded with a status of 4(04|10)")
LIST_BYTES = 150_000


@pytest.fixture
def site(live_server):
    """The address of a site with a full record, a bare one in Russian and one withdrawn."""
    long = {"title_en": "Hydropower " * 12, "title_ru": "Гидроэлектростанция " * 10}
    texts = {"summary_en": "One.\n\nTwo.", "outcome_ru": "Итог."}
    full = make_full(make_initiative(CODE, planned_end="2020", **long, **texts), 2)
    make_milestone(full, "A step to come", planned="2999-H1", responsible=make_country("KZ"))
    link_event(full, make_event("session", host_country=make_country("UZ"), **long))
    bare = make_initiative("CI-2025-0002", title_ru="Мост", parties=(), main_sector=None)
    make_funding(bare, "9000000000000", amount_max="9000000000001", amount_kind="range")
    make_initiative("CI-2025-0003", publication="withdrawn", withdrawn_reason_kk="Қайталау.")
    for status in ("agreed", "in_progress", "implemented", "cancelled"):
        make_initiative(status=status)
    _change_in_register(full)
    return live_server.url


def _change_in_register(record):
    """Two editions, between which texts and dates changed, and parts came and went."""
    issued(record)
    texts = {"title_en": "Hydropower", "description_ru": "Новое описание.\n\nДва абзаца."}
    Initiative.objects.filter(pk=record.pk).update(planned_end="2031", **texts)
    record.external_ids.first().delete()
    make_milestone(record, "One more")
    issued(record)


@pytest.fixture
def open_page(browser, site):
    """A function that opens a page. Pages with the same options follow each other in one tab, since
    for each new one the browser starts a process.
    """
    tabs = {}

    def open_in(language, path, **options):
        key = str(options)
        tab = tabs[key] = tabs.get(key) or watched(browser.new_context(**options).new_page())
        tab.set_viewport_size(tab.first_size)
        tab.complaints.clear()
        tab.requests.clear()
        tab.goto(f"{site}/{language}/{path}")
        return tab

    yield open_in
    for tab in tabs.values():
        tab.context.close()


def watched(tab):
    """The tab, which keeps its size, what the browser says of its pages, and what these ask for."""
    tab.first_size, tab.complaints, tab.requests = tab.viewport_size, [], []
    tab.on("console", lambda said: tab.complaints.append(said.text))
    tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
    tab.on("requestfinished", lambda request: tab.requests.append(request))
    return tab


def violations(tab, options):
    return [(tab.url, one["id"], node["html"]) for one, node in found_by_axe(tab, options)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_and_the_browser_find_nothing_and_nothing_is_wider_than_320_pixels(
    open_page, site, language
):
    rules = AXE if language == "en" else WITHOUT_CONTRAST
    for path in (*PAGES, *OTHERS, *REFUSED):
        tab = open_page(language, path, color_scheme="light", reduced_motion="reduce")
        assert violations(tab, rules) == []
        tab.set_viewport_size({"width": 320, "height": 640})
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert [said for said in tab.complaints if not OWN_STATUS.search(said)] == []
        assert [one.url for one in tab.requests if not one.url.startswith((site, "data:"))] == []


def test_axe_finds_no_fault_in_the_colours_of_the_dark(open_page):
    for path in DARK:
        tab = open_page("ru", path, color_scheme="dark", reduced_motion="reduce")
        assert violations(tab, COLOURS) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_paper_there_is_the_record_and_nothing_to_click(open_page, language):
    for path in PRINTED:
        tab = open_page(language, path, viewport={"width": 672, "height": 950})  # A4 less margins
        tab.emulate_media(media="print")
        assert tab.evaluate("document.documentElement.scrollWidth") <= 672, path
        for part in ("nav", "form", "button", ".follow", ".site-footer"):
            assert tab.locator(part).filter(visible=True).count() == 0, (path, part)
        assert tab.locator("h1").is_visible(), path


def test_a_source_has_its_address_on_paper(open_page):
    tab = open_page("en", f"initiatives/{CODE}/")
    tab.emulate_media(media="print")
    script = "link => getComputedStyle(link, '::after').content"
    shown = tab.locator(".source-title a").first.evaluate(script)
    assert "https://example.org/" in shown


def test_the_first_stop_of_the_keyboard_leads_to_the_content(open_page):
    for path in PAGES:
        tab = open_page("en", path)
        tab.keyboard.press("Tab")
        assert tab.locator(":focus").inner_text() == "Skip to the content", path
        assert tab.locator(":focus").bounding_box()["y"] >= 0, path
        tab.keyboard.press("Enter")
        assert tab.evaluate("document.activeElement.id") == "content", path


def test_the_focus_can_be_seen_at_each_stop_of_the_keyboard(open_page):
    for path in PAGES:
        tab = open_page("en", path)
        for _ in range(14):
            tab.keyboard.press("Tab")
            stop = tab.evaluate("document.activeElement.outerHTML.slice(0, 80)")
            outline = tab.evaluate("getComputedStyle(document.activeElement).outline")
            assert "solid 3px" in outline or stop.startswith("<body>"), (path, stop)


def test_everything_is_there_without_javascript(open_page):
    tab = open_page("en", f"initiatives/{CODE}/", java_script_enabled=False)
    for name in ("Milestones", "Events", "Money", "Status history", "Sources"):
        assert tab.get_by_role("heading", name=name, exact=True).is_visible()


def test_a_list_of_twenty_weighs_less_than_150_kilobytes_uncompressed(open_page):
    make_initiatives(20, title_en="A title of some length " * 4, summary_en="A sentence. " * 40)
    tab = open_page("en", "initiatives/")
    assert tab.locator("article").count() == 20
    assert sum(len(one.response().body()) for one in tab.requests) < LIST_BYTES
