"""Pages as of a day: what was known then, said plainly, and nothing that was not public."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from initiatives import actions
from initiatives.partial_dates import PartialDate
from tests import factories as make
from tests.register import known_since

pytestmark = [pytest.mark.django_db, pytest.mark.no_editions, pytest.mark.once]
CODE = "CI-2025-0001"
NOW = timezone.now()
LONG_AGO, MONTH_AGO = NOW - timedelta(days=365), NOW - timedelta(days=30)
THEN = f"?as_of={MONTH_AGO:%Y-%m-%d}"
SCOPES = ("pairs/kz-uz/", "countries/kz/", "sectors/energy/", "organisations/bank/")
BAD = ("yesterday", "2025-02-30", "2999-01-01", "0000-00-00", "9" * 5000, "2025-06-30%ff")


def make_old(**fields):
    times = {"created_at": LONG_AGO, "published_at": LONG_AGO}
    made = make.make_initiative(**{"organisations": ["bank"], **fields}, **times)
    for rows in (made.countries, made.sectors, made.organisations):
        rows.update(created_at=LONG_AGO)
    make.make_status_change(made, recorded_at=LONG_AGO)
    return made


@pytest.fixture
def officer(django_user_model):
    return django_user_model.objects.create_user("officer")


@pytest.fixture
def changed(officer):
    """A record of a year ago, of which title, status, promise, money and milestone are new."""
    made = make_old(code=CODE, title_en="Old title", planned_end="2020")
    step = make.make_milestone(made, "Old step", created_at=LONG_AGO, planned="2999")
    make.make_funding(made, "5", created_at=LONG_AGO)
    known_since(LONG_AGO)
    made.title_en, made.planned_end = "New title", PartialDate.parse("2030")
    actions.save(made, by=officer, reason="Floods")
    step.actual = PartialDate.parse("2025")
    actions.save(step, by=officer, reason="Floods")
    make.make_funding(made, "7")
    words = {"effective": PartialDate.parse("2025"), "source": make.make_source()}
    actions.change_status(made, to="agreed", by=officer, **words)
    return made


def read(client, address, status=200):
    response = client.get(f"/en/{address}")
    assert response.status_code == status
    return html.fromstring(response.content.decode())


def words_of(tree, selector="main"):
    return " ".join(tree.cssselect(selector)[0].text_content().split())


def test_a_record_is_shown_as_it_was_known(client, changed):
    words = words_of(read(client, f"initiatives/{CODE}/{THEN}"))
    assert "Old title" in words
    assert "Planned late by" in words
    assert "Open" in words
    for later in ("New title", "Agreed", "2030", "USD 7"):
        assert later not in words


def test_a_banner_says_so_and_leads_to_todays_state(client, changed):
    (banner,) = read(client, f"initiatives/{CODE}/{THEN}").cssselect(".known-on")
    assert "As known on" in banner.text_content()
    assert banner.cssselect("a")[0].get("href") == f"/en/initiatives/{CODE}/"


@pytest.mark.parametrize("page", [f"initiatives/{CODE}/", *SCOPES])
def test_without_a_day_there_is_no_banner(client, changed, page):
    assert read(client, page).cssselect(".known-on") == []


@pytest.mark.parametrize("page", SCOPES)
def test_a_set_of_records_is_counted_as_it_was_known(client, changed, page):
    make.make_initiative(title_en="Not yet there", organisations=["bank"])
    tree = read(client, f"{page}{THEN}")
    counts = {row.get("class"): words_of(row, "a") for row in tree.cssselect(".home-statuses li")}
    assert counts["status-planned"] == "1 Planned 100%"
    assert counts["status-agreed"] == "0 Agreed"
    assert "Old title" in words_of(tree)
    assert "Not yet there" not in words_of(tree)


def test_a_pair_tells_what_was_open_late_and_paid(client, changed):
    tree = read(client, f"pairs/kz-uz/{THEN}")
    assert "Old step" in words_of(tree, "section[aria-labelledby=pair-open]")
    assert "Open, late: 1" in words_of(tree, "section[aria-labelledby=home-statuses]")
    assert "USD 5" in words_of(tree, "section[aria-labelledby=overview-money]")
    now = read(client, "pairs/kz-uz/")
    assert not now.cssselect("section[aria-labelledby=pair-open]")
    assert "USD 12" in words_of(now, "section[aria-labelledby=overview-money]")


def test_a_date_that_moved_later_had_not_moved_then(client, changed):
    assert "No promised date has moved" in words_of(read(client, f"pairs/kz-uz/{THEN}"))
    assert "2020 → 2030" in words_of(read(client, "pairs/kz-uz/"))


@pytest.mark.parametrize("page", [f"initiatives/{CODE}/", *SCOPES])
@pytest.mark.parametrize("day", BAD)
def test_a_day_that_is_none_is_named_and_nothing_is_shown(client, changed, page, day):
    tree = read(client, f"{page}?as_of={day}")
    assert tree.cssselect("#as-of[aria-invalid=true][aria-describedby=as-of-error]")
    assert tree.cssselect("#as-of-error")[0].text_content().strip()
    assert "title" not in words_of(tree, "main")


def test_a_record_that_was_not_public_then_says_so(client):
    make.make_initiative(CODE, title_en="Secret then")
    known_since()
    words = words_of(read(client, f"initiatives/{CODE}/{THEN}", status=404))
    assert "nothing about this record had been published" in words
    assert "Secret then" not in words


def test_an_embargo_that_held_then_holds_for_the_past(client):
    make_old(code=CODE, title_en="Held back", embargo_until=NOW - timedelta(days=2))
    known_since(LONG_AGO)
    words = words_of(read(client, f"initiatives/{CODE}/{THEN}", status=404))
    assert "Held back" not in words


@pytest.mark.parametrize(("publication", "status"), [("draft", 404), ("withdrawn", 410)])
def test_the_past_of_what_is_not_public_is_not_told(client, publication, status):
    make_old(code=CODE, title_en="Secret dam", publication=publication)
    known_since(LONG_AGO)
    tree = read(client, f"initiatives/{CODE}/{THEN}", status=status)
    assert "Secret dam" not in words_of(tree)
    assert "had been published" not in words_of(tree)


def test_money_that_was_taken_away_is_there(client, officer):
    made = make_old(code=CODE)
    line = make.make_funding(made, "555", created_at=LONG_AGO)
    known_since(LONG_AGO)
    actions.remove_record(line, by=officer)
    assert "USD 555" in words_of(read(client, f"initiatives/{CODE}/{THEN}"))
    assert "USD 555" not in words_of(read(client, f"initiatives/{CODE}/"))


def test_an_event_that_now_belongs_to_drafts_alone_does_not_come_back(client, officer):
    made = make_old(code=CODE)
    event = make.make_event("talks", title_en="Secret talks")
    link = make.link_event(made, event, created_at=LONG_AGO)
    known_since(LONG_AGO)
    make.link_event(make.make_initiative(publication="draft"), event)
    actions.remove_record(link, by=officer)
    assert "Secret talks" not in words_of(read(client, f"initiatives/{CODE}/{THEN}"))


@pytest.mark.parametrize("page", SCOPES)
def test_the_past_asks_as_often_for_one_record_as_for_ten(client, page):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/en/{page}{THEN}").status_code == 200
        return len(captured)

    make.make_milestone(make_old(), responsible=make.make_country("KZ"), created_at=LONG_AGO)
    known_since(LONG_AGO)
    queries()
    for_one = queries()
    for _ in range(9):
        step = {"responsible": make.make_country("KZ"), "created_at": LONG_AGO}
        make.make_milestone(make_old(), **step)
    known_since(LONG_AGO)
    queries()
    assert queries() == for_one <= 45
