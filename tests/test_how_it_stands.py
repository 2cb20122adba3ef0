"""The line that says how a record stands: on its page, on cards and in tables, day by day."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from lxml import html

from initiatives.lifecycle import Status
from initiatives.timeline import stands_in_words
from tests import factories as make
from tests.register import as_public, known_since
from tests.stories import revise

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CODE, ADDRESS = "CI-2025-0001", "/en/initiatives/CI-2025-0001/"
DAY = "2026-11-27T08:00:00Z"


@pytest.fixture
def noon():
    with time_machine.travel(DAY, tick=False) as moment:
        yield moment


def make_late(code=CODE, status=Status.IN_PROGRESS):
    """An end that moved by five years, two late milestones, one reached, one dropped, one ahead."""
    made = make.make_initiative(code, title_en="Dam", status=status, planned_end="2033")
    revise(made, old="2028", new="2031")
    revise(made, old="2031", new="2033")
    make.make_milestone(made, "Study", planned="2025", actual="2025-06-30")
    make.make_milestone(made, "Company", planned="2025-12")
    make.make_milestone(made, "Road", planned="2026-Q3")
    make.make_milestone(made, "Contract", planned="2027-Q2")
    make.make_milestone(made, "Line", planned="2026-01", dropped_reason_en="Part of another")
    return made


def words(initiative):
    return [part.words for part in stands_in_words(as_public(initiative).stands)]


def fetched(client, address, selector):
    tree = html.fromstring(client.get(address).content.decode())
    return [" ".join(found.text_content().split()) for found in tree.cssselect(selector)]


LATE = [
    "5 years later than promised",
    "2 of 4 milestones late",
    "next: Q2 2027",
]


def test_the_line_has_what_moved_what_is_late_and_what_is_next(noon):
    assert words(make_late()) == LATE


def test_page_card_and_table_say_the_same(noon, client):
    make_late()
    known_since()
    stands = " · ".join(LATE)
    wanted = f"In progress {stands}"
    assert fetched(client, ADDRESS, ".current-status-line") == [wanted]
    (card,) = fetched(client, "/en/initiatives/", ".card-status")
    assert card.startswith(wanted)
    (against,) = fetched(client, "/en/initiatives/?view=table", "tbody tr td:nth-child(3)")
    assert against.startswith(stands)


def test_nothing_is_said_of_what_is_not_known(noon):
    made = make.make_initiative()
    make.make_milestone(made, "Some time")
    assert words(made) == []


@pytest.mark.parametrize("status", [Status.IMPLEMENTED, Status.CANCELLED])
def test_of_what_has_ended_nothing_is_late(noon, status):
    assert words(make_late(status=status)) == []


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("2025-11", ["late by 11 months"]),
        ("2026-11-26", ["late by less than a month"]),
        ("2026-11", []),
        ("2026", []),
    ],
)
def test_an_end_is_late_once_its_last_possible_day_has_passed(noon, end, said):
    assert words(make.make_initiative(planned_end=end)) == said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2028", "2028-12-31", []),
        ("2030", "2029", []),
        ("2028-12-15", "2028", ["less than a month later than promised"]),
        ("2028-H1", "2028", ["6 months later than promised"]),
        ("2028", None, []),
    ],
)
def test_an_end_moved_later_by_its_last_possible_days(noon, old, new, said):
    made = make.make_initiative(planned_end=new)
    revise(made, old=old, new=new)
    assert words(made) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "ru",
            [
                "на 5 лет позже обещанного",
                "просрочено 2 из 4 контрольных этапов",
                "следующий этап: 2-й квартал 2027 г.",
            ],
        ),
        (
            "uz",
            [
                "vaʼda qilinganidan 5 yil kech",
                "4 ta bosqichdan 2 tasi kechikmoqda",
                "keyingi bosqich: 2027-yil 2-chorak",
            ],
        ),
        (
            "kk",
            [
                "уәде етілгеннен 5 жылға кеш",
                "кешіккен кезеңдер: 2 / 4",
                "келесі кезең: 2027 ж. 2-тоқсан",
            ],
        ),
    ],
)
def test_the_line_in_other_languages(noon, language, said):
    made = make_late()
    with translation.override(language):
        assert words(made) == said


def test_one_milestone_has_the_singular(noon):
    made = make.make_initiative()
    make.make_milestone(made, planned="2025")
    assert words(made) == ["1 of 1 milestone late"]
    with translation.override("ru"):
        assert words(made) == ["просрочено 1 из 1 контрольного этапа"]


def test_late_milestones_say_by_how_much(noon, client):
    make_late()
    known_since()
    assert fetched(client, ADDRESS, ".steps .tag") == [
        "Reached",
        "late by 10 months",
        "late by 1 month",
        "Open",
        "Dropped",
    ]


def test_the_page_is_another_one_on_the_next_day(client):
    with time_machine.travel("2026-11-27T08:00:00Z", tick=False):
        made = make.make_initiative(CODE)
        make.make_milestone(made, planned="2026-11-27")
        known_since()
        first = client.get(ADDRESS)
        assert fetched(client, ADDRESS, ".stands") == ["next: 27 November 2026"]
    with time_machine.travel("2026-11-28T08:00:00Z", tick=False):
        again = client.get(ADDRESS, headers={"if-none-match": first["ETag"]})
        assert again.status_code == 200
        assert fetched(client, ADDRESS, ".stands") == ["1 of 1 milestone late"]
        assert fetched(client, "/en/initiatives/", ".stands") == ["1 of 1 milestone late"]


def test_a_past_day_tells_how_it_stood_then(client):
    with time_machine.travel("2026-01-10T08:00:00Z", tick=False):
        make_late()
        known_since()
    with time_machine.travel(DAY, tick=False):
        address = f"{ADDRESS}?as_of=2026-01-20"
        assert "1 of 4 milestones late ·" in fetched(client, address, ".stands")
        (line,) = fetched(client, address, ".life-today")
        assert line == "20 January 2026 This page shows this day"


def test_the_timeline_is_parted_by_a_line_for_today(client):
    with time_machine.travel("2026-03-12T08:00:00Z", tick=False):
        make_late()
        known_since()
    with time_machine.travel(DAY, tick=False):
        lines = fetched(client, ADDRESS, "ol.life > li")
    assert [line for line in lines if "moved" not in line] == [
        "30 June 2025 Milestone reached: Study",
        "December 2025 Milestone due: Company",
        "recorded on 12 March 2026 Milestone dropped: Line",
        "Q3 2026 Milestone due: Road",
        "27 November 2026 Today",
        "Q2 2027 Milestone due: Contract",
    ]


def test_ten_rows_ask_no_more_than_one(client, noon):
    make_late()
    known_since()
    client.get("/en/initiatives/")
    with CaptureQueriesContext(connection) as one:
        client.get("/en/initiatives/?page_size=100")
    for number in range(2, 11):
        make_late(f"CI-2025-{number:04}")
    known_since()
    client.get("/en/initiatives/")
    with CaptureQueriesContext(connection) as ten:
        response = client.get("/en/initiatives/?page_size=100")
    assert response.content.decode().count("milestones late") == 10
    assert len(ten) == len(one)
