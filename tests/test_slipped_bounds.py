"""What slipped: its pages, refusals, caching, queries, and how months are counted and told."""

from datetime import date

import numpy as np
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.editions.index.slips import whole_months
from initiatives.notation import later_in_words
from initiatives.promises import months_between
from initiatives.public.pages import slipped
from tests import factories as make
from tests.slips import TODAY, at, make_moved, move, number, shown, tree, words

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def moved():
    return make_moved()


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
        *[("year", "2026"), ("country", "KZ"), ("country", "KG"), ("country_match", "any")],
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


@pytest.mark.parametrize(
    ("months", "told"),
    [
        *[(0, "less than a month later"), (1, "1 month later"), (12, "1 year later")],
        *[(14, "1 year 2 months later"), (60, "5 years later")],
    ],
)
def test_months_in_words(months, told):
    assert later_in_words(months) == told


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
