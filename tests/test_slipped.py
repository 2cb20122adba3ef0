"""Which promises slipped, by how much and why: the page, the table and the feed."""

import feedparser
import pytest
import time_machine

from tests import factories as make
from tests.slips import TODAY, at, make_moved, move, number, rows, shown, tree, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def moved():
    return make_moved()


def test_each_date_is_told_with_what_it_was_and_is_by_how_much_and_why(client, moved):
    page = tree(client)
    assert shown(page) == [("CI-2025-0001", 60), ("CI-2025-0002", 9), ("CI-2025-0001", 2)]
    first, second, third = (words(row) for row in page.cssselect(".slips [data-code]"))
    assert "5 years later entered on 1 June 2026 Dam" in first
    assert "2028 → moved to 2031 → moved to 2033" in first
    assert first.index("Why: Money again") < first.index("Why: Money Protocol")
    assert "9 months later" in second
    assert "Q3 2026 → moved to Q2 2027" in second
    assert "2 months later" in third
    assert "Milestone: Tender" in third
    assert "10 March 2026 → moved to May 2026" in third
    assert "Why: no reason given" in third


def test_the_totals_stand_on_top(client, moved):
    page = tree(client)
    assert words(page.cssselect("#slip-sum")[0]) == (
        "3 promised dates moved later in 2 initiatives. Half of them by 9 months or more."
    )
    assert words(page.cssselect(".slip-figures")[0]).startswith("Longest 5 years Dam")
    assert "Reason given 2 of 3 1 without" in words(page.cssselect(".slip-figures")[0])
    found = [number(page, name) for name in ("earlier", "taken-back", "same", "total", "explained")]
    assert found == [1, 1, 1, 3, 2]
    counts = page.cssselect("#slip-numbers [data-months]")
    assert [(int(one.get("data-months")), one.text) for one in counts] == [
        *[(0, "1"), (4, "0"), (7, "1"), (13, "0"), (24, "1")]
    ]
    assert [words(one) for one in page.cssselect("#slip-numbers tbody th")] == [
        *("0–3", "4–6", "7–12", "13–24", "over 24")
    ]


def test_by_sector_the_initiatives_that_slipped_of_those_with_a_date(client, moved):
    page = tree(client)
    bars = page.cssselect(".slip-sectors [data-sector]")
    assert [
        (bar.get("data-sector"), bar.get("data-slipped"), bar.get("data-dated")) for bar in bars
    ] == [("energy", "1", "3"), ("transport", "1", "1")]
    assert "1 of 3 with a date (33%)" in words(bars[0])


def test_a_year_has_what_was_recorded_in_it_at_the_site(client, moved):
    assert shown(tree(client, "?year=2025")) == [("CI-2025-0001", 36)]
    assert shown(tree(client, "?year=2026"))[0] == ("CI-2025-0001", 24)
    assert shown(tree(client, "?year=2025&year=2026")) == shown(tree(client))
    assert shown(tree(client, "?year=2031")) == []
    assert words(tree(client, "?year=2026").cssselect("h1")[0]) == (
        "What slipped in 2026, by how much, and why"
    )


def test_the_day_of_the_site_decides_the_year(client, settings):
    settings.TIME_ZONE = "Asia/Tashkent"
    made = make.make_initiative(planned_end="2027")
    move(made, "2026", "2027", at(2025, 12, 31, 21))
    assert shown(tree(client, "?year=2026")) == [(made.code, 12)]
    assert shown(tree(client, "?year=2025")) == []


def test_countries_and_sectors_narrow_as_in_the_list(client, moved):
    make.make_sector("power", parent="energy")
    part = make.make_initiative("CI-2025-0009", main_sector="power", planned_end="2027")
    move(part, "2026", "2027", at(2026, 7))
    everywhere = shown(tree(client))
    assert shown(tree(client, "?country=kg")) == [("CI-2025-0002", 9)]
    assert shown(tree(client, "?country=KG&country=UZ")) == everywhere
    assert [code for code, _ in shown(tree(client, "?sector=energy"))] == [
        *("CI-2025-0001", "CI-2025-0009", "CI-2025-0001")
    ]
    assert shown(tree(client, "?sector=power")) == [("CI-2025-0009", 12)]
    assert shown(tree(client, "?sector=transport&country=UZ")) == []


def test_the_other_order_has_what_moved_last_first(client, moved):
    found = [code for code, _ in shown(tree(client, "?sort=moved"))]
    assert found == ["CI-2025-0001", "CI-2025-0002", "CI-2025-0001"]
    assert [row["moved_on"] for row in rows(client, "?sort=moved")] == [
        *("2026-06-01", "2026-03-01", "2026-02-01")
    ]


def test_what_moved_earlier_and_what_was_taken_back_have_lists_of_their_own(client, moved):
    page = tree(client, "?moved=earlier")
    assert shown(page) == [("CI-2025-0002", 3)]
    assert "3 months earlier" in words(page.cssselect(".slips [data-code]")[0])
    (row,) = rows(client, "?moved=taken_back")
    assert (row["code"], row["before"], row["after"], row["moved"], row["months"]) == (
        *("CI-2025-0003", "2027", "", "taken_back", ""),
    )
    page = tree(client, "?moved=taken_back")
    assert "taken back, no new date" in words(page.cssselect(".slips [data-code]")[0])
    assert "2027 → moved to no date" in words(page.cssselect(".slips [data-code]")[0])


def test_a_date_that_was_taken_back_and_named_again_moved_to_the_new_one(client):
    made = make.make_initiative(planned_end="2029")
    move(made, "2026", None, at(2025))
    assert shown(tree(client)) == [(made.code, 36)]
    again = make.make_initiative(planned_end="2030")
    move(again, "2026", None, at(2024))
    move(again, "2028", "2030", at(2025))
    assert shown(tree(client, "?year=2024")) == [(again.code, 24)]
    assert (again.code, 48) in shown(tree(client))


def test_a_date_that_moved_and_came_back_has_not_slipped(client):
    made = make.make_initiative(planned_end="2026")
    move(made, "2026", "2028", at(2025))
    move(made, "2028", "2026", at(2026))
    page = tree(client)
    assert (shown(page), number(page, "same")) == ([], 1)
    assert shown(tree(client, "?year=2025")) == [(made.code, 24)]
    assert words(page.cssselect("#slip-sum")[0]) == "No promised date moved later."


def test_what_is_not_public_is_nowhere(client, moved):
    for publication in ("draft", "in_review", "withdrawn"):
        hidden = make.make_initiative(publication=publication, planned_end="2030")
        move(hidden, "2026", "2030", at(2026), reason_en="Secret reason")
    page = tree(client)
    assert number(page, "total") == 3
    assert "Secret" not in page.text_content()
    assert len(rows(client)) == 3
    assert b"Secret" not in client.get("/slipped.atom").content


def test_what_is_late_without_a_new_date_is_listed_with_its_list(client):
    late = make.make_initiative(planned_end="2026-06", status="in_progress", parties=("UZ", "TJ"))
    older = make.make_initiative(planned_end="2024", status="agreed", main_sector="water")
    make.make_initiative(planned_end="2026", status="in_progress")
    page = tree(client)
    found = page.cssselect("[data-late-code]")
    assert [row.get("data-late-code") for row in found] == [older.code, late.code]
    assert "late by 1 year 10 months" in words(found[0])
    assert "late by 4 months" in words(found[1])
    assert number(page, "late") == 2
    page = tree(client, "?country=TJ&sector=energy")
    assert [one.get("data-late-code") for one in page.cssselect("[data-late-code]")] == [late.code]
    (link,) = page.cssselect("section[aria-labelledby=late] a.home-all")
    assert link.get("href") == "/en/initiatives/?flag=overdue&country=TJ&sector=energy"


def test_the_table_has_a_row_for_each_date(client, moved):
    first, second, third = rows(client)
    assert first == {
        **{"code": "CI-2025-0001", "title": "Dam", "date": "planned_end", "milestone": ""},
        **{"milestone_title": "", "before": "2028", "after": "2033", "moved": "later"},
        **{"months": "60", "moves": "2", "moved_on": "2026-06-01"},
        **{"reason": "Money | Money again", "status": "planned", "status_label": "Planned"},
        **{"countries": "KZ|UZ", "countries_names": "Kazakhstan|Uzbekistan"},
        **{"sectors": "energy", "sectors_names": "Energy"},
        "url": "http://testserver/en/initiatives/CI-2025-0001/#moved-2",
    }
    assert (second["before"], second["after"], second["months"]) == ("2026-Q3", "2027-Q2", "9")
    assert (third["date"], third["milestone"], third["milestone_title"]) == (
        *("milestone", "1", "Tender"),
    )
    (row,) = rows(client, "?moved=earlier")
    assert (row["before"], row["after"], row["moved"], row["months"]) == (
        *("2027-03", "2026", "earlier", "3"),
    )


def test_the_feed_has_an_entry_for_each_move(client, moved):
    feed = feedparser.parse(client.get("/en/slipped.atom?country=KZ").content)
    assert feed.feed.title == "What slipped – Country: Kazakhstan"
    assert feed.feed.link == "http://testserver/en/slipped/?country=KZ"
    assert sorted(entry.id.partition(":initiative/")[2] for entry in feed.entries) == [
        *(f"CI-2025-0001/date/{number}" for number in (1, 2, 3)),
        "CI-2025-0002/date/1",
    ]
    assert len({entry.id for entry in feed.entries}) == 4
    assert feedparser.parse(client.get("/slipped.atom?year=2025").content).entries[0].title == (
        "Dam: Planned end moved from 2028 to 2031"
    )
