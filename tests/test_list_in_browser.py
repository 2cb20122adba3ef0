"""The list in a real browser: it follows the filters, and an answer is three clicks away."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.factories import make_funding, make_initiative, make_initiatives, make_organisation

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def site(live_server):
    bank = make_organisation("bank", name_en="Bank of the Region")
    wanted = make_initiative("CI-2025-0001", main_sector="energy", status="in_progress")
    make_funding(wanted, "7000000", provider=bank)
    make_initiative("CI-2025-0002", main_sector="energy", status="implemented")
    make_initiative("CI-2025-0003", main_sector="energy", parties=("UZ", "KG"))
    make_initiative("CI-2025-0004", main_sector="trade")
    return live_server.url


@pytest.fixture
def page(browser, site):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.said = []
    opened.on("console", lambda message: opened.said.append(message.text))
    opened.goto(f"{site}/en/initiatives/")
    yield opened
    context.close()


def codes(page):
    return page.eval_on_selector_all("[data-code]", "rows => rows.map(row => row.dataset.code)")


def choose(page, option, total):
    """Choose an option, and wait until the list says so many results."""
    page.check(f"#choose-{option}")
    page.wait_for_selector(f'.list-sentence [data-total="{total}"]')


def test_the_list_follows_a_choice_without_a_new_page(page):
    page.evaluate("window.samePage = true")
    choose(page, "sector-energy", 3)
    assert page.evaluate("window.samePage")
    assert "sector=energy" in page.url
    assert page.evaluate("document.activeElement.id") == "choose-sector-energy"
    assert page.said == []


def test_going_back_takes_the_choice_back(page):
    choose(page, "sector-energy", 3)
    page.go_back()
    page.wait_for_selector('.list-sentence [data-total="4"]')
    assert not page.is_checked("#choose-sector-energy")


def test_energy_with_kazakhstan_not_yet_implemented_is_three_clicks_away(page):
    choose(page, "sector-energy", 3)
    choose(page, "country-KZ", 2)
    choose(page, "status-in_progress", 1)
    assert codes(page) == ["CI-2025-0001"]
    assert "USD 7,000,000" in page.inner_text("[data-code]").replace("\xa0", " ")


def test_without_scripts_the_same_form_loads_the_page(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/en/initiatives/")
    page.check("#choose-sector-energy")
    page.click(".filter-actions button")
    assert sorted(codes(page)) == ["CI-2025-0001", "CI-2025-0002", "CI-2025-0003"]
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_telephone_the_first_result_stands_below_a_closed_panel(browser, site, scripts):
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=scripts
    )
    page = context.new_page()
    page.goto(f"{site}/en/initiatives/")
    assert page.locator("[data-code]").first.bounding_box()["y"] < 740 - 60
    assert not page.locator("#choose-sector-energy").is_visible()
    page.focus("#show-filters")
    page.keyboard.press("Space")
    page.check("#choose-sector-energy")
    if scripts:  # the list is renewed and the panel stays open
        page.wait_for_selector('.list-sentence [data-total="3"]')
        assert page.locator("#choose-country-KZ").is_visible()
    else:
        page.click(".filter-actions [type=submit]")
        assert len(codes(page)) == 3
        assert not page.locator("#choose-sector-energy").is_visible()
    context.close()


def test_a_filter_that_is_wrong_is_seen_on_a_telephone(browser, site):
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/en/initiatives/?updated_since=yesterday")
    assert page.locator("#filter-updated_since").is_visible()
    context.close()


@pytest.fixture(params=[360, 1280])
def scrolled(browser, site, request):
    """The list at a width, with its panel open, more rows than fit, and a filter far down."""
    make_initiatives(12, title_en="A title of some length " * 4, main_sector="energy")
    context = browser.new_context(viewport={"width": request.param, "height": 500})
    opened = context.new_page()
    opened.set_default_timeout(5_000)
    opened.goto(f"{site}/en/initiatives/")
    if request.param == 360:
        opened.focus("#show-filters")
        opened.keyboard.press("Space")
    opened.locator("#filter-year summary").first.click()
    opened.locator("#choose-sector-energy").scroll_into_view_if_needed()
    yield opened
    context.close()


def place(page, selector):
    return page.evaluate("it => document.querySelector(it).getBoundingClientRect().top", selector)


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_what_is_ticked_stays_where_it_is(scrolled, by):
    option = "#choose-sector-energy"
    for total in (15, 16):  # chosen, and taken back
        stood = place(scrolled, option)
        if by == "mouse":
            scrolled.click(option)
        else:
            scrolled.focus(option)
            scrolled.keyboard.press("Space")
        scrolled.wait_for_selector(f'.list-sentence [data-total="{total}"]')
        assert abs(place(scrolled, option) - stood) <= 2
        assert scrolled.evaluate("`#${document.activeElement.id}`") == option
        assert scrolled.locator("#filter-year details").first.get_attribute("open") is not None


def test_the_button_leads_to_the_results(scrolled):
    scrolled.click("#filters-show")
    scrolled.wait_for_selector("#results:focus")
    assert 0 <= place(scrolled, "#list") < 100
    if scrolled.viewport_size["width"] == 360:
        assert not scrolled.locator("#choose-sector-energy").is_visible()


def test_who_presses_enter_goes_on_typing(page):
    page.fill("#filter-q", "CI-2025-0004")
    page.press("#filter-q", "Enter")
    page.wait_for_selector('.list-sentence [data-total="1"]')
    assert page.evaluate("document.activeElement.id") == "filter-q"


def test_the_results_say_that_they_are_being_fetched(page):
    waiting = []
    page.route("**/initiatives/?*", lambda route: waiting.append(route))
    page.check("#choose-sector-energy")
    page.wait_for_selector('#results[aria-busy="true"]')
    assert (
        page.eval_on_selector("#filters", "form => getComputedStyle(form, '::before').height")
        == "4px"
    )
    waiting[0].continue_()
    page.wait_for_selector('.list-sentence [data-total="3"]')
    assert page.locator('[aria-busy="true"]').count() == 0


def test_a_failure_is_not_passed_over(page):
    page.route("**/initiatives/?*", lambda route: route.fulfill(status=503, body="Come back later"))
    page.check("#choose-sector-energy")
    page.get_by_text("Come back later").wait_for()


def test_an_address_has_no_empty_parameters(page):
    choose(page, "sector-energy", 3)
    assert "=&" not in f"{page.url}&"
    assert parse_qs(urlsplit(page.url).query)["sector"] == ["energy"]


def test_the_button_counts_the_present_choice(page):
    assert page.inner_text("#filters-show") == "Show 4 results"
    choose(page, "sector-energy", 3)
    choose(page, "status-in_progress", 1)
    assert page.inner_text("#filters-show") == "Show 1 result"


def test_a_wide_screen_gives_its_width_to_the_table_alone(page, site):
    page.set_viewport_size({"width": 1920, "height": 900})
    width = "document.querySelector('.list-results').clientWidth"
    cards = page.evaluate(width)
    page.goto(f"{site}/en/initiatives/?view=table")
    assert cards < 1000 < 1500 < page.evaluate(width)


def test_the_whole_table_is_seen_in_each_language(page, site):
    beyond = "(wrap => wrap.scrollWidth - wrap.clientWidth)(document.querySelector('.table-wrap'))"
    for language in ("en", "ru", "uz", "kk"):
        page.goto(f"{site}/{language}/initiatives/?view=table")
        for width in (360, 768, 1024, 1280, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(beyond) == 0, (language, width)


def test_downloads_stand_above_the_first_result(page):
    assert place(page, ".list-files") < place(page, "[data-code]")
