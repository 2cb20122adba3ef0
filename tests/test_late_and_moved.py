"""The list by what is late, what moved, and by how long; in every format, on any day."""

from calendar import monthrange
from datetime import date

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from initiatives.choices import Direction
from initiatives.editions.index import Index, Selection
from initiatives.editions.index.slips import Slips
from initiatives.lifecycle import Status
from initiatives.promises import latest_before, months_between
from tests import factories as make
from tests.register import known_since
from tests.slips import make_moved
from tests.stories import revise

DAY = "2026-11-29T08:00:00Z"
pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def records():
    """Late by three years and by a day, a late milestone, one on time, ended ones, no date."""
    with time_machine.travel(DAY, tick=False):
        initiative("1", "2023-11", title_en="Three years")
        initiative("2", "2026-11-28", title_en="A day")
        third = initiative("3", "2030", title_en="Late milestone")
        make.make_milestone(third, planned="2026-Q3")
        fourth = initiative("4", "2026-11", title_en="This month")
        make.make_milestone(fourth, planned="2025", actual="2026")
        make.make_milestone(fourth, planned="2025", dropped_reason_en="Not needed")
        make.make_milestone(fourth, planned="2026-Q4")
        for number, status in (("5", Status.IMPLEMENTED), ("6", Status.CANCELLED)):
            ended = initiative(number, "2020", status=status)
            make.make_milestone(ended, planned="2020")
        make.make_milestone(initiative("7", None))
        known_since()
        yield


def initiative(number, end, status=Status.IN_PROGRESS, **fields):
    return make.make_initiative(f"CI-2025-000{number}", status=status, planned_end=end, **fields)


def found(client, query, status=200):
    answer = client.get(f"/initiatives.json?page_size=100&{query}")
    assert answer.status_code == status
    return "".join(one["code"][-1] for one in answer.json().get("results", ()))


@pytest.mark.parametrize(
    ("query", "digits"),
    [
        ("late=end", "12"),
        ("late=milestone", "3"),
        ("late=yes", "123"),
        ("late=end&late=milestone", "123"),
        ("late_by=35", "1"),
        ("late_by=36", ""),
        ("late_by=1200&late_by=3", "1"),
        ("late=milestone&late_by=1", ""),
    ],
)
def test_what_is_late_is_found(records, client, query, digits):
    assert sorted(found(client, query)) == [*digits]


@pytest.mark.parametrize(("order", "digits"), [("-late_by", "1234567"), ("late_by", "2134567")])
def test_the_most_overdue_is_first_or_last_of_those_that_are(records, client, order, digits):
    assert found(client, f"sort={order}") == digits


def test_pages_of_the_api_go_on_though_a_day_has_passed(records, client):
    asked = "/api/v1/initiatives/?sort=-late_by&page_size=1&fields=code"
    first = client.get(asked).json()
    assert [one["code"] for one in first["results"]] == ["CI-2025-0001"]
    with time_machine.travel("2026-11-30T08:00:00Z", tick=False):
        second = client.get(first["next"]).json()
        assert [one["code"] for one in second["results"]] == ["CI-2025-0002"]


@pytest.mark.parametrize(
    ("now", "late"),
    [
        ("2026-11-30T18:59:00Z", "12"),
        ("2026-11-30T19:01:00Z", "124"),  # the first of December in Tashkent
    ],
)
def test_a_day_begins_at_midnight_of_the_site(records, client, now, late):
    with time_machine.travel(now, tick=False):
        assert sorted(found(client, "late=end")) == [*late]


def test_a_past_day_says_what_was_late_on_it(client):
    with time_machine.travel("2026-01-10T08:00:00Z", tick=False):
        initiative("1", "2025-10")
        moved = initiative("2", "2026-03")
        known_since()
    with time_machine.travel("2026-06-10T08:00:00Z", tick=False):
        type(moved).objects.filter(pk=moved.pk).update(planned_end="2027", version=9)
        revise(moved, old="2026-03", new="2027")
        known_since(None, moved.code)
    with time_machine.travel(DAY, tick=False):
        assert found(client, "late=end&as_of=2026-01-31") == "1"
        assert found(client, "late_by=3&as_of=2026-01-31") == "1"
        assert found(client, "late_by=3&as_of=2026-01-30") == ""
        assert sorted(found(client, "late=end&as_of=2026-05-01")) == ["1", "2"]
        assert found(client, "late=end") == "1"
        assert found(client, "moved=later") == "2"
        assert found(client, "moved=later&as_of=2026-05-01") == ""


@pytest.fixture
def moved():
    with time_machine.travel(DAY, tick=False):
        make_moved()
        initiative("5", "2027")
        initiative("6", None)
        known_since()
        yield


@pytest.mark.parametrize(
    ("query", "digits"),
    [
        ("moved=later", "12"),
        ("moved=earlier", ""),
        ("moved=taken_back", "3"),
        ("moved=no", "45"),
        ("moved=milestone", "1"),
        ("moved_by=6", "12"),
        ("moved_by=12", "1"),
        ("moved_by=60", "1"),
        ("moved_by=61", ""),
    ],
)
def test_what_moved_is_found(moved, client, query, digits):
    assert sorted(found(client, query)) == [*digits]


def test_the_order_goes_by_days_and_what_never_moved_is_last(moved, client):
    earlier = initiative("7", "2028")
    revise(earlier, old="2029", new="2028")
    known_since()
    assert found(client, "sort=-moved_by") == "1247356"
    assert found(client, "sort=moved_by") == "7421356"


def test_it_is_what_the_page_of_slipped_dates_counts(moved):
    with Index().reading() as reading:
        later = reading.find(Selection(moved=("later", "milestone"))).total
        slips = Slips(reading.find(Selection())).totals()
        assert later == slips.initiatives == 2
        assert (
            reading.find(Selection(moved=("taken_back",))).total
            == slips.numbers[Direction.TAKEN_BACK]
        )


def test_the_panel_counts_what_each_option_would_give(records, client):
    tree = page(client, "late_by=18")
    assert numbers(tree, "late") == {"yes": 1, "end": 1, "milestone": 0}
    assert numbers(tree, "late_by") == {"3": 1, "6": 1, "12": 1, "18": 1, "24": 1, "60": 0}
    assert chosen(tree) == ["18"]
    labels = [" ".join(one.text_content().split()) for one in options(tree, "late_by")]
    assert labels[3] == "1 year 6 months or more 1"
    assert numbers(page(client), "moved") == {
        "later": 0, "earlier": 0, "taken_back": 0, "no": 6, "milestone": 0,
    }  # fmt: skip


def page(client, query=""):
    answer = client.get(f"/en/initiatives/?{query}")
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def options(tree, name):
    boxes = tree.cssselect(f"input[type=checkbox][name={name}]")
    return sorted((box.getparent() for box in boxes), key=_value)


def _value(label):
    (box,) = label.cssselect("input")
    text = box.get("value")
    return text.zfill(4) if text.isdigit() else text


def numbers(tree, name):
    found = {}
    for box in tree.cssselect(f"input[type=checkbox][name={name}]"):
        found[box.get("value")] = int(
            box.getparent().cssselect("[data-count]")[0].get("data-count")
        )
    return found


def chosen(tree):
    return [box.get("value") for box in tree.cssselect("input[name=late_by][checked]")]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("late=milestones", "Did you mean “milestone”?"),
        ("moved=latr", "Did you mean “later”?"),
        ("late_by=0", "“0” is not a number of months between 1 and 1200."),
        ("late_by=1201", "“1201” is not a number of months between 1 and 1200."),
        ("moved_by=" + "9" * 99, "is not a number of months"),
        ("moved_by=-1", "is not a number of months"),
        ("moved_by=²", "is not a number of months"),
        ("late_bye=3", "Did you mean “late_by”?"),
        ("sort=late", "Did you mean “late_by”?"),
    ],
)
def test_what_is_wrong_shows_nothing_and_says_why(records, client, query, said):
    tree = page(client, query)
    assert said in tree.text_content()
    assert not tree.cssselect("[data-code]")
    for address in (
        "/initiatives.json",
        "/initiatives.csv",
        "/initiatives.ics",
        "/api/v1/initiatives/",
    ):
        answer = client.get(f"{address}?{query}", headers={"accept-language": "en"})
        assert answer.status_code == 400
        assert said in answer.content.decode()


@pytest.mark.parametrize("name", ["csv", "xlsx", "json", "atom", "ics", "iati.xml"])
def test_every_format_takes_them(records, client, name):
    query = "late=end&late_by=12&moved=no&sort=-late_by"
    answer = client.get(f"/initiatives.{name}?{query}")
    assert answer.status_code == 200
    body = b"".join(answer) if answer.streaming else answer.content
    if name in ("csv", "json"):
        assert b"CI-2025-0001" in body
        assert b"CI-2025-0002" not in body


DAYS = st.dates(date(1100, 1, 1), date(9998, 12, 31))


@given(DAYS, st.integers(1, 1200), st.integers(-40, 40))
def test_so_many_months_before_a_day_is_the_last_day_that_far_away(day, months, more):
    latest = latest_before(day, months)
    assert months_between(latest, day) == months
    after = date.fromordinal(latest.toordinal() + 1)
    assert months_between(after, day) < months
    other = date.fromordinal(latest.toordinal() + more)
    assert (months_between(other, day) >= months) is (other <= latest)


@pytest.mark.parametrize(
    ("day", "months", "latest"),
    [
        (date(2026, 11, 29), 36, date(2023, 11, 29)),
        (date(2026, 11, 30), 1, date(2026, 10, 31)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2023, 2, 28), 12, date(2022, 2, 28)),
        (date(2023, 3, 30), 1, date(2023, 2, 28)),
    ],
)
def test_months_end_as_they_do(day, months, latest):
    assert latest_before(day, months) == latest
    assert latest.day <= monthrange(latest.year, latest.month)[1]
