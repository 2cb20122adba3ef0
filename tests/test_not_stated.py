"""What a source leaves open stays open: events, relations and money of which it says no more."""

from datetime import date
from decimal import Decimal

import pytest
from lxml import etree, html

from initiatives import timeline
from initiatives.lifecycle import Need, Status, StatusFacts, missing
from initiatives.models import Event
from initiatives.models.facts import facts_of
from initiatives.public.charts.timeline import timeline as picture
from initiatives.rules import findings
from tests import factories as make
from tests.calendar_reader import one
from tests.iati.records import LIST, tellable
from tests.listing import figures, money
from tests.register import as_public

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TODAY = date(2026, 6, 1)
OPEN = {"kind": "not_stated", "state": "not_stated"}


def links(client, address, heading):
    """The texts of the links under a heading, None if there is no such heading."""
    tree = html.fromstring(client.get(address).content.decode())
    sections = tree.cssselect(f"section[aria-labelledby={heading}]")
    return [link.text_content() for link in sections[0].cssselect("a")] if sections else None


@pytest.fixture
def accession():
    event = make.make_event("accession", start=None, title_en="Accession", **OPEN)
    make.link_event(make.make_initiative(), event, "mentioned")
    return event


def test_an_event_without_date_and_state_is_not_next(client, accession):
    make.make_public_event("planned", start=None, state="planned", title_en="Planned")
    assert links(client, "/en/", "overview-next") == ["Planned", "All events"]


@pytest.mark.parametrize("address", ["/en/countries/uz/", "/en/pairs/kz-uz/"])
def test_it_stands_apart_on_the_pages_of_countries_too(client, accession, address):
    assert links(client, address, "overview-next") == ["All events"]
    assert links(client, address, "overview-open") == ["Accession"]


def test_it_stands_apart_on_the_page_of_events(client, accession):
    make.make_public_event("held", start="2024", title_en="Held")
    assert links(client, "/en/events/", "events-unknown") == ["Accession"]
    assert links(client, "/en/events/", "events-coming") == []
    assert links(client, "/en/events/", "events-past") == ["Held"]


def test_without_such_events_nothing_is_said_of_them(client):
    make.make_event("held")
    assert links(client, "/en/events/", "events-unknown") is None
    assert links(client, "/en/", "overview-open") is None


def test_its_own_page_says_that_the_source_does_not_tell(client, accession):
    tree = html.fromstring(client.get("/en/events/accession/").content.decode())
    facts = dict(
        zip(
            (name.text_content() for name in tree.cssselect("dl.facts dt")),
            (value.text_content() for value in tree.cssselect("dl.facts dd")),
            strict=True,
        )
    )
    assert facts["Kind"] == facts["State"] == "not stated in the source"


def test_with_a_date_the_date_says_whether_it_is_to_come():
    made = make.make_initiative()
    for slug, start in (("later", "2027"), ("earlier", "2025")):
        make.link_event(made, make.make_event(slug, start=start, **OPEN))
    with figures(day=TODAY) as found:
        assert found.next_events(9) == ["later"]
        assert not found.open_events(9, everywhere=True)


def test_open_events_of_initiatives_are_theirs_alone_and_each_once():
    shared = make.make_event("shared", start=None, **OPEN)
    for initiative in make.make_initiatives(2):
        make.link_event(initiative, shared, "mentioned")
    make.make_public_event("of-nobody", start=None, **OPEN)
    hidden = make.make_event("hidden", start=None, **OPEN)
    make.link_event(make.make_initiative(publication="draft"), hidden)
    with figures() as found:
        assert found.open_events(9) == ["shared"]
        assert found.open_events(9, everywhere=True) == ["of-nobody", "shared"]


def test_a_calendar_gives_it_no_status(client):
    make.link_event(make.make_initiative(), make.make_event("dated", start="2026-11-02", **OPEN))
    event = one(client)
    assert "STATUS" not in event
    assert "State not stated" in str(event["DESCRIPTION"])


def test_the_picture_of_the_years_calls_it_neither_planned_nor_held():
    make.make_event(start="2026", **OPEN)
    make.make_event(start="2025")
    rows = picture([], Event.objects.all(), today=TODAY).rows
    assert [(bool(x.planned.dates), bool(x.actual.dates), bool(x.stated.dates)) for x in rows] == [
        (False, True, False),
        (False, False, True),
    ]


def test_being_mentioned_together_carries_no_agreement():
    known = StatusFacts(today=TODAY, imported=True, held_event_relations=frozenset({"mentioned"}))
    assert missing(Status.AGREED, known) == [Need.DECIDING_SOURCE]


def test_an_announced_value_is_neither_a_promise_nor_a_payment():
    made = make.make_initiative(status="planned")
    make.make_funding(made, "5000000000", type="announced")
    facts = facts_of(made, TODAY)
    assert (facts.committed, facts.disbursed, facts.has_disbursement) == ({}, {}, False)
    before = make.make_initiative(status="planned")
    assert findings(facts) == findings(facts_of(before, TODAY))


def test_an_announced_value_is_a_total_of_its_own():
    made = make.make_initiative()
    for kind in ("pledge", "announced"):
        make.make_funding(made, "5", type=kind)
    found = [(row.type, row.low) for row in money()]
    assert found == [("announced", Decimal(5)), ("pledge", Decimal(5))]


def test_the_timeline_says_that_it_was_announced():
    made = make.make_initiative()
    bank = make.make_organisation("bank")
    make.make_funding(made, "5000000", type="announced", provider=bank, date="2025")
    make.make_funding(made, "7", type="announced", date="2024")
    titles = [entry.title for entry in timeline.of_initiative(as_public(made))]
    assert f"Value of USD 5,000,000 announced, provider: {bank}" in titles
    assert "Value of USD 7 announced" in titles


def test_an_iati_file_leaves_it_out_and_says_why(client):
    made = tellable()
    make.make_funding(made, "5", type="announced", date="2024-01-05")
    content = b"".join(client.get(LIST).streaming_content)
    activity = etree.fromstring(content).find("iati-activity")
    assert activity.find("transaction") is None
    assert b"IATI has no type for a value of which nobody says whether it was promised." in content


def test_the_page_of_the_statuses_says_that_some_have_no_date(client):
    page = client.get("/en/about/statuses/").content.decode()
    assert "Some statuses have no date because the source gives none." in page
