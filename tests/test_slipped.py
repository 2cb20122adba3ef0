"""Which promises slipped, by how much and why: the page, the table and the feed."""

import csv
from datetime import UTC, date, datetime
from io import StringIO

import feedparser
import numpy as np
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from initiatives.editions.index.slips import whole_months
from initiatives.notation import later_in_words
from initiatives.promises import months_between
from initiatives.views import slipped
from tests import factories as make
from tests.stories import revise

pytestmark = pytest.mark.django_db
TODAY = datetime(2026, 11, 29, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


def at(year, month=6, day=1, hour=9):
    return datetime(year, month, day, hour, tzinfo=UTC)


def move(initiative, old, new, on, **fields):
    name = "planned" if "milestone" in fields else "planned_end"
    return revise(initiative, name, old, new, recorded_at=on, **fields)


@pytest.fixture
def moved():
    """Seven promised dates that moved, in four initiatives, and one that was only named."""
    long = make.make_initiative("CI-2025-0001", title_en="Dam", planned_end="2033")
    make.cite(move(long, "2028", "2031", at(2025), reason_en="Money"))
    move(long, "2031", "2033", at(2026), reason_en="Money again")
    step = make.make_milestone(long, "Tender", planned="2026-05")
    move(long, "2026-03-10", "2026-05", at(2026, 2), milestone=step)
    rail = make.make_initiative(
        "CI-2025-0002", parties=("KZ", "KG"), main_sector="transport", planned_end="2027-Q2"
    )
    move(rail, "2026-Q3", "2027-Q2", at(2026, 3), reason_ru="Паводок")
    early = make.make_milestone(rail, "Survey", planned="2026")
    move(rail, "2027-03", "2026", at(2026, 4), milestone=early)
    gone = make.make_initiative("CI-2025-0003", planned_end=None)
    move(gone, "2027", None, at(2026, 5), reason_en="Nobody knows")
    exact = make.make_initiative("CI-2025-0004", planned_end="2026-12")
    move(exact, "2026", "2026-12", at(2026, 5))
    named = make.make_milestone(exact, "First named", planned="2027")
    move(exact, None, "2027", at(2026, 5), milestone=named)
    revise(exact, "planned_start", "2024", "2025", recorded_at=at(2026, 5))
    return long


def tree(client, query="", language="en"):
    answer = client.get(f"/{language}/slipped/{query}")
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def shown(page):
    """(code, months) of the rows, in their order."""
    return [
        (row.get("data-code"), int(row.get("data-months")))
        for row in page.cssselect(".slips [data-code]")
    ]


def number(page, name):
    return int(page.cssselect(f"[data-{name}]")[0].get(f"data-{name}"))


def words(part):
    return " ".join(part.text_content().split())


def rows(client, query=""):
    answer = client.get(f"/en/slipped.csv{query}")
    assert answer.status_code == 200
    return list(csv.DictReader(StringIO(answer.getvalue().decode("utf-8-sig"))))


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
    assert feed.feed.title == "What slipped – Country: KZ"
    assert feed.feed.link == "http://testserver/en/slipped/?country=KZ"
    assert sorted(entry.id.partition(":initiative/")[2] for entry in feed.entries) == [
        *(f"CI-2025-0001/date/{number}" for number in (1, 2, 3)),
        "CI-2025-0002/date/1",
    ]
    assert len({entry.id for entry in feed.entries}) == 4
    assert feedparser.parse(client.get("/slipped.atom?year=2025").content).entries[0].title == (
        "Dam: Planned end moved from 2028 to 2031"
    )


def test_long_lists_come_in_pages(client):
    for place in range(3):
        made = make.make_initiative(f"CI-2025-000{place}", planned_end="2030")
        move(made, "2026", f"{2027 + place}", at(2026))
    page = tree(client, "?page_size=2")
    assert shown(page) == [("CI-2025-0002", 36), ("CI-2025-0001", 24)]
    assert page.cssselect("[rel=next]")[0].get("href") == "/en/slipped/?page_size=2&page=2"
    assert shown(tree(client, "?page_size=2&page=2")) == [("CI-2025-0000", 12)]
    for page in ("3", "999999999", "9223372036854775808"):
        assert client.get(f"/en/slipped/?page_size=2&page={page}").status_code == 404


WRONG = [
    *[("year=999", "year"), ("year=20256", "year"), ("year=" + "9" * 20, "year")],
    *[("year=%00", "year"), ("year=2025&year=x", "year"), ("country=XX", "country")],
    *[("country=%FF", "country"), ("country=K%00Z", "country"), ("sector=space", "sector")],
    *[("sector=" + "x" * 70_000, "sector"), ("moved=up", "moved"), ("sort=year", "sort")],
    *[("&".join(f"year={year}" for year in range(1000, 1060)), "year")],
]


@pytest.mark.parametrize(("query", "field"), WRONG)
def test_what_is_not_known_is_an_error_and_shows_nothing(client, moved, query, field):
    page = tree(client, f"?{query}")
    assert page.cssselect(f"#filter-{field}-error")
    assert page.cssselect(f"[role=alert] a[href='#filter-{field}']")
    assert page.cssselect("[data-code], [data-total], [data-late]") == []
    for suffix in ("csv", "atom"):
        answer = client.get(f"/slipped.{suffix}?{query}")
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
        assert list(answer.json()["errors"]) == [field]


def test_the_nearest_known_value_and_name_are_told(client, moved):
    answer = client.get("/slipped.csv?sector=enrgy&contry=KZ")
    assert "Did you mean “energy”?" in answer.json()["errors"]["sector"][0]
    assert "Did you mean “country”?" in answer.json()["errors"]["contry"][0]
    answer = client.get("/en/slipped/?" + "&".join(f"x{n}=1" for n in range(10_000)))
    assert answer.status_code == 200
    assert "too many parameters" in answer.content.decode()


@pytest.mark.parametrize("query", ["page=0", "page=x", "page_size=0", "page_size=101"])
def test_what_is_no_page_is_an_error(client, moved, query):
    page = tree(client, f"?{query}")
    assert page.cssselect("[role=alert]")
    assert page.cssselect("[data-code], [data-total]") == []
    assert client.get(f"/slipped.csv?{query}").status_code == 400


def test_empty_parameters_choose_nothing_and_the_form_keeps_what_was_chosen(client, moved):
    assert shown(tree(client, "?year=&country=&sector=&sort=")) == shown(tree(client))
    page = tree(client, "?year=2026&country=KZ&country=KG&page_size=50")
    chosen = [
        (box.getparent().get("name"), box.get("value"))
        for box in page.cssselect(".slip-form option[selected]")
    ]
    assert chosen == [
        *[("year", "2026"), ("country", "KZ"), ("country", "KG")],
        *[("moved", "later"), ("sort", "longest")],
    ]
    assert page.cssselect(".slip-form [name=page_size]")[0].get("value") == "50"


def test_an_answer_that_has_not_changed_is_not_sent_again(client, moved):
    for address in ("/en/slipped/?year=2026", "/slipped.csv", "/slipped.atom"):
        first = client.get(address)
        assert first["Cache-Control"] == "public, no-cache"
        again = client.get(address, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        since = client.get(address, headers={"if-modified-since": first["Last-Modified"]})
        assert since.status_code == 304
    without_prefix = client.get("/slipped.csv")["Vary"]
    assert "Accept-Language" in without_prefix


def test_one_row_and_ten_take_the_same_queries(client, moved):
    def queries(address):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            b"".join(client.get(address))
        return len(captured)

    addresses = ("/en/slipped/", "/slipped.csv", "/slipped.atom", "/en/slipped/?sector=energy")
    before = [queries(address) for address in addresses]
    for _ in range(10):
        made = make.make_initiative(planned_end="2030", status="in_progress")
        make.cite(move(made, "2024", "2025", at(2026)))
    assert [queries(address) for address in addresses] == before
    assert max(before) <= 25


def test_numbers_agree_in_russian(client, moved):
    head = words(tree(client, language="ru").cssselect("#slip-sum")[0])
    assert head == (
        "3 обещанные даты перенесены на более поздний срок в 2 инициативах. "
        "Половина из них — на 9 месяцев или больше."
    )


@pytest.mark.once
@pytest.mark.parametrize(
    ("months", "told"),
    [
        *[(0, "less than a month later"), (1, "1 month later"), (12, "1 year later")],
        *[(14, "1 year 2 months later"), (60, "5 years later")],
    ],
)
def test_months_in_words(months, told):
    assert later_in_words(months) == told


@pytest.mark.once
@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2026-12-31", "2027-02-28", 2),
        ("2026-01-31", "2026-02-28", 1),
        ("2026-02-28", "2026-03-31", 1),
        ("2026-03-10", "2026-05-31", 2),
        ("2026-01-15", "2026-02-14", 0),
        ("2026-01-15", "2026-02-15", 1),
        ("2024-02-29", "2025-02-28", 12),
        ("9999-11-30", "9999-12-31", 1),
    ],
)
def test_whole_months(first, last, months):
    assert months_between(date.fromisoformat(first), date.fromisoformat(last)) == months


@pytest.mark.once
def test_months_of_arrays_are_those_of_days():
    numbers = np.random.default_rng(1).integers(600_000, 800_000, (2, 500))
    days = [[date.fromordinal(number) for number in sorted(two)] for two in numbers.T.tolist()]
    wanted = [months_between(*two) for two in days]
    assert whole_months(numbers[0], numbers[1]).tolist() == wanted
    assert whole_months(numbers[1], numbers[0]).tolist() == wanted


def test_what_changes_between_the_index_and_its_rows_is_left_out(client, moved, monkeypatch):
    """The rows of a page are read after the index was asked."""
    make.make_initiative("CI-2025-0009", planned_end="2025")
    page = tree(client)
    assert number(page, "late") == 1
    assert len(page.cssselect("[data-late-code]")) == 1
    of_pages = slipped.as_published

    def changed_meanwhile(codes):
        for row in of_pages(codes):
            row.planned_end = None
            row.date_revisions.all()._result_cache.clear()
            yield row

    monkeypatch.setattr(slipped, "as_published", changed_meanwhile)
    page = tree(client)
    assert not page.cssselect("[data-late-code]")
    assert not shown(page)
