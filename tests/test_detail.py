"""The page of one initiative: what a reader finds there, and what nobody may find."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from initiatives.choices import Publication
from initiatives.lifecycle import Status
from tests.factories import (
    add_organisation,
    cite,
    link_event,
    make_event,
    make_funding,
    make_initiative,
    make_milestone,
    make_organisation,
    make_source,
    make_status_change,
)
from tests.full_records import make_full

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CODE = "CI-2025-0001"


@pytest.fixture
def page(client):
    """A function that fetches the page of `CODE` and reads it."""

    def fetch(language="en", status=200):
        response = client.get(f"/{language}/initiatives/{CODE}/")
        assert response.status_code == status
        return html.fromstring(response.content.decode())

    return fetch


@pytest.fixture
def record():
    return make_initiative(CODE, title_en="Dam", title_ru="Плотина")


def text(tree, selector):
    (found,) = tree.cssselect(selector)
    return " ".join(found.text_content().split())


def section(tree, name):
    return text(tree, f"section[aria-labelledby={name}]")


# --- Who may see it -----------------------------------------------------------------------------


@pytest.mark.parametrize("publication", [Publication.DRAFT, Publication.IN_REVIEW])
def test_what_is_not_published_is_not_there(page, publication):
    make_initiative(CODE, publication=publication, title_en="Secret dam")
    assert "Secret dam" not in page(status=404).text_content()


@pytest.mark.parametrize("publication", [Publication.PUBLISHED, Publication.WITHDRAWN])
def test_an_embargo_hides_a_record_until_its_moment(page, publication):
    tomorrow = timezone.now() + timedelta(days=1)
    make_initiative(CODE, publication=publication, embargo_until=tomorrow)
    page(status=404)


def test_what_was_withdrawn_says_why_in_the_readers_language_and_nothing_else(page):
    reasons = {"withdrawn_reason_en": "A duplicate.", "withdrawn_reason_ru": "Повтор записи."}
    make_initiative(CODE, publication=Publication.WITHDRAWN, title_en="Dam", **reasons)
    shown = page("ru", status=410).text_content()
    assert "Повтор записи." in shown
    assert "Dam" not in shown


def test_a_code_in_small_letters_leads_to_the_right_address(client):
    response = client.get("/uz/initiatives/ci-2025-0001/?as_of=2025-06-30")
    assert response.status_code == 301
    assert response["Location"] == "/uz/initiatives/CI-2025-0001/?as_of=2025-06-30"


@pytest.mark.parametrize(
    "code",
    [
        *("CI-2025-9999", "x", "CI-2025-0001'--", "%F0%9F", "%FF%FE", "cı-2025-0001", "9" * 5000),
        *("CI-%D9%A2%D9%A0%D9%A2%D9%A5-0001", "..", "CI-2025-0001%0A", "CI-2025-" + "1" * 9),
    ],
)
def test_an_odd_code_is_a_page_that_is_not_there(client, record, code):
    assert client.get(f"/en/initiatives/{code}/").status_code == 404


def test_the_whole_is_named_only_if_it_is_public(page):
    parent = make_initiative("CI-2024-0009", title_en="Whole", publication=Publication.DRAFT)
    make_initiative(CODE, parent=parent)
    shown = html.tostring(page()).decode()
    assert "Whole" not in shown
    assert "CI-2024-0009" not in shown
    parent.publication = Publication.PUBLISHED
    parent.save()
    assert "Whole" in section(page(), "related")


def test_parts_are_named_only_if_they_are_public(page, record):
    make_initiative(parent=record, title_en="Turbine")
    make_initiative(parent=record, title_en="Secret part", publication=Publication.DRAFT)
    assert "Turbine" in section(page(), "related")
    assert "Secret part" not in page().text_content()


def test_the_initiative_that_carries_on_is_named_only_if_it_is_public(page, record):
    other = make_initiative(title_en="Second dam", publication=Publication.DRAFT)
    make_status_change(record, Status.CANCELLED, continued_in=other)
    assert "Second dam" not in page().text_content()
    other.publication = Publication.PUBLISHED
    other.save()
    assert "Second dam" in section(page(), "history")


def test_a_source_that_is_not_public_is_not_named(page, record):
    cite(make_status_change(record), make_source("letter", title="Secret letter", is_public=False))
    tree = page()
    assert "Secret letter" not in tree.text_content()
    assert "no public source named" in section(tree, "history")


def test_officers_are_not_named(page, record, django_user_model):
    person = django_user_model.objects.create_user("aigerim.officer")
    make_status_change(record, approved_by=person)
    tree = page()
    assert "aigerim" not in html.tostring(tree).decode()
    assert "approved by a second person" in section(tree, "history")


def test_the_internal_note_stays_inside(page):
    make_initiative(CODE, internal_note="Call the ministry")
    assert "Call the ministry" not in page().text_content()


# --- What it says -------------------------------------------------------------------------------


def test_the_head_says_the_status_its_date_its_reason_and_its_source(page, record):
    cite(make_status_change(record, Status.AGREED, effective="2024-06", reason_en="Signed."))
    head = text(page(), ".current-status")
    assert "Agreed since June 2024 Signed. source 1, paragraph 1" in head


def test_a_status_without_a_date_says_so(page, record):
    make_status_change(record, effective=None, origin="import")
    tree = page()
    assert "date not stated" in text(tree, ".current-status")
    assert "date not stated" in text(tree, "#status-1")


def test_history_has_the_newest_change_first_and_says_what_was_corrected(page, record):
    wrong = make_status_change(record, Status.IMPLEMENTED)
    make_status_change(record, Status.IN_PROGRESS, corrects=wrong)
    tree = page()
    assert [row.get("id") for row in tree.cssselect(".history > li")] == ["status-2", "status-1"]
    assert "Corrects record 1, “Implemented”" in text(tree, "#status-2")
    assert "Corrected by record 2" in text(tree, "#status-1")


def test_progress_counts_what_was_not_dropped_and_weighs_it(page, record):
    make_milestone(record, actual="2024")
    make_milestone(record, weight=3)
    make_milestone(record, dropped_reason_ru="Не нужно.")
    words = section(page(), "milestones")
    assert "1 of 2 milestones reached, 25%; 1 dropped" in words
    assert "Не нужно." in words


def test_dates_tell_the_first_promise_where_it_differs(page):
    make_initiative(CODE, planned_end="2027-Q3", first_planned_end="2025", actual_start="2024-05")
    words = section(page(), "dates")
    assert "Actual start May 2024" in words
    assert "First promised end 2025 Planned end now Q3 2027" in words
    assert "Actual end not recorded" in words


def test_participants_have_their_roles_and_the_main_sector_is_marked(page, record):
    add_organisation(record, "world-bank")
    words = section(page(), "participants")
    assert "Kazakhstan Party Uzbekistan Party" in words
    assert "World bank Implementing" in words
    assert "Energy main sector" in words


def test_an_event_has_its_relation_state_place_decision_and_source(page, record):
    event = make_event("session", start="2024-05-14", place_en="Tashkent", title_en="14th session")
    cite(event, locator="item 7")
    link_event(record, event, "decided", decision_en="Both sides decided.")
    words = text(page(), "#event-session")
    for part in ("Decided at: 14th session", "Held", "14 May 2024", "Tashkent"):
        assert part in words
    assert "Both sides decided. source 1, item 7" in words


def test_money_is_told_by_line_and_never_converted(page, record):
    bank = make_organisation("bank", name_en="World Bank")
    line = make_funding(record, "5000000000", provider=bank, date="2025-Q1", note_en="Two credits.")
    cite(line, locator="Annex 1")
    make_funding(record, None)
    tree = page()
    words = text(tree, "#money-1")
    assert words == "Commitment World Bank USD 5,000,000,000 Q1 2025 source 1, Annex 1"
    assert "undisclosed" in text(tree, "#money-2")
    assert "Two credits." in section(tree, "money")


def test_a_moved_date_tells_both_dates_and_the_reason(page, record):
    values = {"old": "2026", "new": "2027-H1", "reason_en": "The ground was harder."}
    cite(record.date_revisions.create(number=1, field="planned_end", **values), locator="p. 3")
    words = text(page(), "#moved-1")
    assert "2026 → moved to first half of 2027 The ground was harder. source 1, p. 3" in words


def test_what_nobody_recorded_is_said_to_be_unrecorded_and_no_source_is_blamed(page):
    make_initiative(CODE, parties=(), main_sector=None)
    tree = page()
    assert section(tree, "participants").count("not recorded") == 3
    assert section(tree, "dates").count("not recorded") == 4
    for name, words in (("milestones", "milestone"), ("events", "event"), ("money", "amount")):
        assert section(tree, name).split(maxsplit=1)[1] == f"No {words} is recorded."
    assert "sources state" not in tree.text_content()
    assert "in the source" not in tree.text_content()
    assert "No status has been recorded." in section(tree, "history")


def test_a_text_that_is_missing_in_the_readers_language_is_marked(page, record):
    (heading,) = page("kk").cssselect("h1")
    assert heading.cssselect("[lang=ru]")[0].text == "Плотина"


def test_external_identifiers_and_the_day_of_the_last_check_are_told(page, record):
    record.external_ids.create(scheme="wb", value="P181317")
    tree = page()
    assert "P181317" in section(tree, "record")
    assert "Last checked by the desk not checked yet" in section(tree, "note")


# --- The database -----------------------------------------------------------------


def test_it_takes_the_same_queries_for_one_row_of_each_kind_and_for_ten(client):
    few, many = make_initiative("CI-2025-0100"), make_initiative("CI-2025-0101")
    make_full(few, 1)
    make_full(many, 10)
    client.get("/en/")
    counts = []
    for code in (few.code, many.code):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/en/initiatives/{code}/").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 30
