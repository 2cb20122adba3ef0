"""The front page as a briefing: short whatever there is, and each number leads to its rows."""

from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone
from lxml import html

from initiatives.choices import Language
from tests import factories as make
from tests.stories import revise

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def block(client, name, path="/en/"):
    response = client.get(path)
    assert response.status_code == 200
    tree = html.fromstring(response.content.decode())
    (found,) = tree.cssselect(f"section[aria-labelledby={name}]")
    return found


def words(element):
    return " ".join(element.text_content().split())


def test_an_import_of_many_is_one_line_that_names_one_of_them(client):
    made = make.make_initiatives(30)
    rows = block(client, "overview-recent").cssselect("li")
    assert len(rows) == 1
    assert "30 initiatives added among them:" in words(rows[0])
    assert rows[0].cssselect("a")[0].get("href") in {f"/en/initiatives/{one.code}/" for one in made}


def test_a_change_stands_on_the_day_on_which_it_became_known(client):
    long_ago = timezone.now() - timedelta(days=400)
    made = make.make_initiative(created_at=long_ago, published_at=long_ago, planned_end="2030")
    yesterday = timezone.now() - timedelta(days=1)
    revise(made, old="2028", new="2030", recorded_at=yesterday)
    first = block(client, "overview-recent").cssselect("li")[0]
    assert first.cssselect("time")[0].get("datetime") == timezone.localdate(yesterday).isoformat()


def test_of_what_slipped_the_longest_come_first_with_the_number_of_all(client):
    for years in range(1, 8):
        made = make.make_initiative(planned_end=str(2030 + years))
        revise(made, old="2030", new=str(2030 + years))
    found = block(client, "briefing-slipped")
    months = [int(row.get("data-months")) for row in found.cssselect("li[data-months]")]
    assert months == [84, 72, 60, 48, 36]
    (link,) = (a for a in found.cssselect("a") if "/slipped/" in a.get("href"))
    assert words(link) == "All 7 dates that moved later, with reasons"
    later = html.fromstring(client.get(link.get("href")).content.decode())
    assert later.cssselect("#slip-dates [data-total]")[0].get("data-total") == "7"


def test_what_comes_stands_in_the_order_of_its_dates(client):
    made = make.make_initiative()
    make.make_milestone(made, "Second", planned="2998")
    make.link_event(made, make.make_event("first", title_en="First", state="planned", start="2997"))
    make.link_event(made, make.make_event("third", title_en="Third", state="planned", start="2999"))
    rows = block(client, "overview-next").cssselect("li")
    assert [words(row.cssselect("a")[0]) for row in rows] == ["First", "Second", "Third"]


def test_a_sector_counts_once_what_is_in_its_parts_which_stand_inside(client):
    make.make_sector("solar", parent="energy")
    make.make_initiative(main_sector="solar", sectors=["energy"])
    make.make_initiative(main_sector="energy")
    make.make_initiative(main_sector="water")
    bars = block(client, "briefing-sectors").cssselect("li.bar")
    totals = [bar.cssselect(".bar-value")[0].text_content() for bar in bars]
    assert totals == ["2", "1"]
    (part,) = bars[0].cssselect(".bar-parts a")
    assert part.get("href") == "/en/sectors/solar/"
    assert bars[1].cssselect(".bar-parts") == []


def test_each_number_of_a_standing_is_the_length_of_its_list(client):
    make.make_initiatives(2, planned_end="2020")
    make.make_initiative(planned_end="2999")
    make.make_initiatives(3)
    make.make_initiative(status="implemented")
    found = block(client, "home-statuses").cssselect(".briefing-standings a:has(strong)")
    numbers = {a.get("href"): a.cssselect("strong")[0].text_content() for a in found}
    assert list(numbers.values()) == ["2", "1", "3"]
    for address, number in numbers.items():
        shown = html.fromstring(client.get(address).content.decode())
        assert shown.cssselect("[data-total]")[0].get("data-total") == number


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_it_takes_three_screens_at_most_with_the_longest_titles(browser, live_server):
    long = {f"title_{code}": "Гидроэлектростанция Kambarata " * 8 for code in Language.values}
    words = {f"decision_{code}": "Стороны договорились. " * 20 for code in Language.values}
    for number in range(12):
        slug = f"sector-{number}"
        names = {f"name_{code}": f"Гуманитарное сотрудничество {slug}" for code in Language.values}
        make.make_sector(slug, **names)
        for part in range(9):
            make.make_sector(f"{slug}-{part}", parent=slug, **names)
        sectors = [f"{slug}-{part}" for part in range(9)]
        made = make.make_initiative(
            main_sector=slug, sectors=sectors, planned_end="2025-11", **long
        )
        revise(made, old="2015-09-30", new="2025-11-27")
        make.make_milestone(made, long["title_en"], planned="2999-12-31")
        make.make_status_change(made)
        make.make_funding(made, "9000000000000")
        coming = make.make_event(f"talks-{number}", state="planned", start="2998-12-31", **long)
        for event in (coming, make.make_event(f"summit-{number}", start="2025-12-31", **long)):
            make.link_event(made, event, protocol_reference="Пункт 12, часть вторая", **words)
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    for path, language in product(("", "pairs/kz-uz/"), Language.values):
        tab.goto(f"{live_server.url}/{language}/{path}")
        assert tab.locator(".briefing-rows > li").count() > 5
        height = tab.evaluate("document.documentElement.scrollHeight")
        assert height <= 2400, (path, language)
    tab.close()


def test_the_page_of_sectors_shows_parts_inside_their_whole(client):
    make.make_sector("solar", parent="energy")
    make.make_initiative(main_sector="solar", sectors=["energy"])
    tree = html.fromstring(client.get("/en/sectors/").content.decode())
    (whole,) = (
        row
        for row in tree.cssselect(".sector-trees > li")
        if row.cssselect("a")[0].get("href") == "/en/sectors/energy/"
    )
    assert whole.cssselect(":scope > a [data-count]")[0].get("data-count") == "1"
    assert [a.get("href") for a in whole.cssselect("ul a")] == ["/en/sectors/solar/"]
