"""The page of one initiative: its life in order, what slipped, and how to cite and follow it."""

import json

import pytest
from lxml import html

from initiatives.lifecycle import Status
from tests import factories as make
from tests.full_records import make_full
from tests.stories import revise, tell_story

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CODE = "CI-2025-0001"


@pytest.fixture
def record():
    return make.make_initiative(CODE, title_en="Dam", planned_end="2028-H1")


@pytest.fixture
def page(client):
    def fetch(address=f"initiatives/{CODE}/"):
        response = client.get(f"/en/{address}")
        assert response.status_code == 200
        return html.fromstring(response.content.decode())

    return fetch


def text(tree, selector):
    (found,) = tree.cssselect(selector)
    return " ".join(found.text_content().split())


def lines(tree, selector):
    return [" ".join(line.text_content().split()) for line in tree.cssselect(selector)]


def test_the_timeline_has_everything_in_order_and_undated_things_apart(page, record):
    tell_story(record)
    make.make_milestone(record, "Some time")
    make.make_funding(record, "5", date="2024-06")
    tree = page()
    assert lines(tree, "ol.life > li")[:5] == [
        "2023 Status: planned",
        "14 May 2024 Status: planned → agreed",
        "May 2024 Agreed at: Event of ci 2025 0001",
        "June 2024 USD 5 committed",
        "March 2025 Milestone reached: Step",
    ]
    assert lines(tree, "ul.life > li") == [
        "date not stated USD 1,000,000 committed by Adb",
        "date not stated Milestone due: Some time",
    ]


def test_a_record_without_a_life_has_no_timeline(page, record):
    assert page().cssselect("#timeline") == []


def test_slippage_tells_first_promise_present_one_and_the_number_of_moves(page, record):
    revise(record, old="2026", new="2027")
    revise(record, old="2027", new="2028-H1", reason_en="The ground was harder.")
    revise(record, "planned_start", "2024", "2025")
    tree = page()
    expected = "First promised: 2026 → now: first half of 2028, moved 2 times"
    assert text(tree, ".slippage") == expected
    assert "The ground was harder." in text(tree, "section[aria-labelledby=moved]")


def test_an_end_that_never_moved_has_not_slipped(page, record):
    revise(record, "planned_start", "2024", "2025")
    assert page().cssselect(".slippage") == []


def test_the_note_says_in_words_what_contradicts_itself(page, record):
    make.make_status_change(record, Status.IMPLEMENTED)
    make.make_milestone(record)
    words = text(page(), "section[aria-labelledby=note]")
    assert "Contradiction in the record: The status is “implemented”, but 1 milestone" in words
    assert "Without a public source" in words


def test_a_record_in_which_the_rules_find_nothing_says_so(page):
    texts = {f"{name}_{code}": "A" for name in ("title", "summary") for code in make.LANGUAGES}
    record = make.make_initiative(CODE, **texts)
    make.cite(make.make_status_change(record))
    assert "checks found no contradiction" in text(page(), "section[aria-labelledby=note]")


def test_the_citation_names_the_edition_and_leads_back_to_it(page, record):
    words = text(page(), ".cite-text")
    assert words.startswith("“Dam” (CI-2025-0001, edition 1, ")
    assert f"http://testserver/en/initiatives/{CODE}/editions/1/" in words


def test_what_it_carries_on_and_what_carries_it_on_are_linked(page, record):
    before = make.make_initiative(title_en="First dam")
    make.make_status_change(before, Status.CANCELLED, continued_in=record)
    after = make.make_initiative(title_en="Second dam")
    make.make_status_change(record, Status.CANCELLED, continued_in=after)
    hidden = make.make_initiative(title_en="Draft dam", publication="draft")
    make.make_status_change(hidden, Status.CANCELLED, continued_in=record)
    tree = page()
    words = text(tree, "section[aria-labelledby=related]")
    assert words == "Related initiatives Carries on First dam Carried on in Second dam"
    assert "Draft dam" not in tree.text_content()


def test_places_sectors_organisations_and_events_are_linked(page, record):
    make.add_organisation(record, "bank")
    make.link_event(record, make.make_event("talks"))
    links = {link.get("href") for link in page().cssselect("main a")}
    expected = (
        "countries/kz",
        "pairs/kz-uz",
        "sectors/energy",
        "organisations/bank",
        "events/talks",
    )
    assert {f"/en/{address}/" for address in expected} <= links


def test_one_party_makes_no_pair(page):
    record = make.make_initiative(CODE, parties=("UZ",))
    make.add_country(record, "KZ", "host")
    assert not page().cssselect("a[href*='/pairs/']")


@pytest.mark.parametrize(
    ("kind", "media"), [("atom", "application/atom+xml"), ("json", "application/json")]
)
def test_the_record_is_offered_in_the_formats_of_machines(page, record, kind, media):
    tree = page()
    (link,) = tree.cssselect(f"link[rel=alternate][type='{media}']")
    assert link.get("href") == f"/en/initiatives/{CODE}.{kind}"
    assert tree.cssselect(f"#take-away ~ ul a[href='/en/initiatives/{CODE}.{kind}']")


def linked_data(tree):
    (script,) = tree.cssselect("script")
    assert script.get("type") == "application/ld+json"
    assert not set("<>&") & set(script.text)
    return json.loads(script.text)


def test_machines_are_told_what_the_page_is_about(page, record):
    make_full(record, 1)
    told = linked_data(page())
    assert (told["@type"], told["mainEntity"]["@type"]) == ("WebPage", "Project")
    assert told["mainEntity"]["identifier"] == CODE
    assert [place["identifier"] for place in told["mainEntity"]["areaServed"]] == ["KZ", "UZ"]
    assert told["citation"][0]["url"].startswith("https://example.org/")


def test_a_hostile_title_stays_within_the_data(page):
    make.make_initiative(CODE, title_en="</script><script>alert(1)</script>&")
    told = linked_data(page())
    assert told["name"] == "</script><script>alert(1)</script>&"


@pytest.mark.parametrize(
    ("start", "told"),
    [
        ("2027-05-14", "2027-05-14"),
        ("2027-05", "2027-05"),
        ("2027-Q2", "2027"),
        ("2027-H1", "2027"),
        ("2027", "2027"),
        (None, None),
    ],
)
def test_an_event_has_no_date_that_nobody_stated(page, start, told):
    make.make_public_event("talks", start=start, title_en="Talks", state="confirmed")
    data = linked_data(page("events/talks/"))
    assert (data["@type"], data["name"], data.get("startDate")) == ("Event", "Talks", told)
    assert data["eventStatus"] == "https://schema.org/EventScheduled"


def test_an_event_with_a_time_has_its_zone(page):
    zoned = {"start_time": "10:30", "time_zone": "Asia/Tashkent"}
    make.make_public_event("talks", start="2027-05-14", **zoned)
    assert linked_data(page("events/talks/"))["startDate"] == "2027-05-14T10:30+05:00"
