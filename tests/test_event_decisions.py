"""What became of the decisions of an event: order, sum in words, next step, calendar."""

import pytest
from django.core.cache import caches
from icalendar import Calendar
from lxml import html

from initiatives.choices import EditionKind
from initiatives.lifecycle import Status
from initiatives.models import Initiative
from initiatives.publication import issue_missing
from tests import factories as make
from tests.calendar_reader import document
from tests.editions import append, withdrawal
from tests.test_event_pages import event

pytestmark = [pytest.mark.django_db, pytest.mark.no_editions]
PAGE = "/en/events/summit/"


def page_of(client, language="en", query=""):
    caches["answers"].clear()
    answer = client.get(f"/{language}/events/summit/{query}")
    return html.fromstring(b"".join(answer).decode())


def words(element):
    return " ".join(element.text_content().split())


def codes(tree):
    return [row.get("data-code") for row in tree.cssselect(".decisions tbody tr")]


def cells(tree, code):
    (row,) = [row for row in tree.cssselect("tr[data-code]") if row.get("data-code") == code]
    return [words(cell) for cell in row]


@pytest.fixture
def summit():
    """An event with a decision of each kind; what it only mentions is no decision."""
    event = make.make_public_event("summit", start="2020-05-04")
    stories = {
        "CI-2020-0001": {"status": Status.IMPLEMENTED, "actual_end": "2023"},
        "CI-2020-0002": {"status": Status.CANCELLED},
        "CI-2020-0003": {"status": Status.IN_PROGRESS, "planned_end": make.in_days(4000)},
        "CI-2020-0004": {"status": Status.IN_PROGRESS, "planned_end": "2022-06"},
        "CI-2020-0005": {"status": Status.IN_PROGRESS, "planned_end": "2021"},
        "CI-2020-0006": {"status": Status.PLANNED},
    }
    for code, fields in stories.items():
        record = make.make_initiative(code, **fields)
        make.link_event(record, event, protocol_reference=f"Item {code[-1]}")
    mentioned = make.make_initiative("CI-2020-0007", status=Status.IMPLEMENTED)
    make.link_event(mentioned, event, relation="mentioned")
    issue_missing()
    return event


@pytest.mark.usefixtures("summit")
class TestSummit:
    def test_late_ones_come_first_then_open_ones_then_the_ended_and_the_mentioned(self, client):
        found = codes(page_of(client))
        assert found[:4] == ["CI-2020-0005", "CI-2020-0004", "CI-2020-0003", "CI-2020-0006"]
        assert set(found[4:6]) == {"CI-2020-0001", "CI-2020-0002"}
        assert found[6:] == ["CI-2020-0007"]

    @pytest.mark.parametrize(
        ("language", "sentence"),
        [
            (
                "en",
                "6 decisions: 1 implemented, 1 cancelled, 3 in progress, 1 planned"
                " – 2 of them late",
            ),
            (
                "ru",
                "6 решений: реализовано – 1, отменено – 1, выполняется – 3, запланировано – 1"
                " – просрочено: 2",
            ),
        ],
    )
    def test_the_sum_counts_what_was_decided_and_not_what_is_mentioned(
        self, client, language, sentence
    ):
        tree = page_of(client, language)
        assert words(tree.get_element_by_id("verdict")) == sentence

    def test_a_row_says_item_status_and_by_how_much_it_is_late(self, client):
        item, title, now, against, following = cells(page_of(client), "CI-2020-0004")
        assert (item, title) == ("Item 4", "Initiative CI-2020-0004 Agreed at")
        assert now.startswith("In progress")
        assert against.startswith("late by ")
        assert against.endswith("planned end June 2022")
        assert following == "no next date stated"

    def test_what_has_ended_says_when_and_has_nothing_open(self, client):
        assert cells(page_of(client), "CI-2020-0001")[3:] == ["ended 2023", "nothing open"]

    def test_all_pages_have_the_same_sum(self, client):
        first, last = (page_of(client, query=f"?page_size=4&page={page}") for page in (1, 2))
        assert len(codes(first) + codes(last)) == 7
        assert words(first.get_element_by_id("verdict")) == words(last.get_element_by_id("verdict"))


def test_the_next_step_is_the_open_milestone_that_comes_first(client):
    record = make.make_initiative("CI-2020-0001", status=Status.IN_PROGRESS)
    make.make_milestone(record, "Long past", planned="2021")
    make.make_milestone(record, "Later", planned=make.in_days(900))
    make.make_milestone(record, "Next one", planned=make.in_days(300))
    make.link_event(record, make.make_public_event("summit"))
    issue_missing()
    assert cells(page_of(client), "CI-2020-0001")[3].endswith(": Next one")


def test_without_a_reference_there_is_no_column_of_items(client):
    make.link_event(make.make_initiative("CI-2020-0001"), make.make_public_event("summit"))
    issue_missing()
    assert len(cells(page_of(client), "CI-2020-0001")) == 4


def test_an_event_that_is_only_mentioned_says_that_no_decision_is_known(client):
    record = make.make_initiative("CI-2020-0001")
    make.link_event(record, make.make_public_event("summit"), relation="mentioned")
    issue_missing()
    tree = page_of(client)
    assert words(tree.get_element_by_id("verdict")) == "No decision of this event is known"
    assert codes(tree) == ["CI-2020-0001"]


def test_its_calendar_has_the_event_itself_and_the_dates_of_its_decisions_alone(client, settings):
    settings.IDENTIFIER_DOMAIN = "tracker.example.org"
    summit, other = make.make_public_event("summit"), make.make_public_event("talks")
    decided = make.make_initiative("CI-2020-0001", planned_end="2099")
    make.link_event(decided, summit)
    make.link_event(decided, other)
    make.link_event(make.make_initiative("CI-2020-0002", planned_end="2099"), other)
    hidden = make.make_initiative("CI-2020-0003", planned_end="2099", publication="draft")
    make.link_event(hidden, summit)
    mentioned = make.make_initiative("CI-2020-0004", planned_end="2099")
    make.link_event(mentioned, summit, relation="mentioned")
    issue_missing()
    calendar = Calendar.from_ical(document(client, "/events/summit"))
    assert {str(found["UID"]) for found in calendar.walk("VEVENT")} == {
        str(summit.uid),
        "CI-2020-0001-planned-end@tracker.example.org",
    }


@pytest.mark.parametrize("file", ["ics", "atom"])
def test_a_file_of_an_event_that_is_not_public_is_not_there(client, file):
    make.make_event("summit")
    for slug in ("summit", "nowhere"):
        assert client.get(f"/events/{slug}.{file}").status_code == 404


@pytest.mark.parametrize("file", ["ics", "atom"])
def test_a_file_of_an_event_that_was_withdrawn_tells_why(client, file):
    record = event()
    append(record, kind=EditionKind.EVENT, key="talks")
    assert client.get(f"/events/talks.{file}").status_code == 200
    append(withdrawal(en="Never held."), kind=EditionKind.EVENT, key="talks")
    answer = client.get(f"/events/talks.{file}")
    assert (answer.status_code, answer.json()["detail"]) == (410, "Never held.")


def test_a_draft_is_in_no_row_and_no_count(client):
    event = make.make_public_event("summit")
    make.link_event(make.make_initiative("CI-2020-0001"), event)
    make.link_event(make.make_initiative("CI-2020-0002", publication="draft"), event)
    issue_missing()
    tree = page_of(client)
    assert codes(tree) == ["CI-2020-0001"]
    assert words(tree.get_element_by_id("verdict")) == "1 decision: 1 planned"
    assert Initiative.objects.count() == 2
