"""The page of a pair: the brief for a session, in the order in which it is read."""

from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import html

from tests import factories as make
from tests.stories import revise

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def read(client, query=""):
    response = client.get(f"/en/pairs/kz-uz/{query}")
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def section(tree, name):
    return " ".join(tree.cssselect(f"section[aria-labelledby={name}]")[0].text_content().split())


@pytest.fixture
def late():
    made = make.make_initiative(title_en="Late dam", planned_end="2020")
    make.make_funding(made)
    make.make_milestone(made, "Sign the act", responsible=make.make_country("KZ"), planned="2999")
    make.link_event(made, make.make_event("talks", state="planned", start="2999"))
    return made


def test_the_brief_has_its_parts_in_order(client, late):
    names = [part.get("aria-labelledby") for part in read(client).cssselect(".brief > section")]
    brief = ["pair-open", "overview-late", "pair-moved", "overview-money", "overview-next"]
    assert [name for name in names if name in [*brief, "scope-list"]] == [*brief, "scope-list"]


def test_it_names_the_day_on_which_it_was_made(client, late):
    today = timezone.localdate()
    (day,) = read(client).cssselect(".brief-date time")
    assert day.get("datetime") == today.isoformat()


def test_open_decisions_stand_under_the_side_that_owes_them(client, late):
    make.make_milestone(late, "Nobody's step")
    words = section(read(client), "pair-open")
    assert "Kazakhstan Sign the act due 2999" in words
    assert "No side is named Nobody's step date not stated" in words


def test_the_reader_chooses_since_when_dates_have_moved(client, late):
    now = timezone.now()
    revise(late, old="2018", new="2019", recorded_at=now - timedelta(days=300))
    revise(late, old="2019", new="2020", reason_en="Floods.", recorded_at=now - timedelta(days=3))
    assert "2018 → 2019" not in section(read(client), "pair-moved")
    since = (now - timedelta(days=301)).date()
    words = section(read(client, f"?since={since}"), "pair-moved")
    assert "2018 → 2019" in words
    assert "2019 → 2020 Floods." in words


@pytest.mark.parametrize("day", ["soon", "2025-02-30", "0001-01-01", "9" * 5000])
def test_a_wrong_day_is_named_beside_its_field(client, late, day):
    tree = read(client, f"?since={day}")
    (field,) = tree.cssselect("#since[aria-invalid=true]")
    assert tree.cssselect(f"#{field.get('aria-describedby')}")[0].text_content().strip()


def test_each_initiative_is_a_row_with_its_code(client, late):
    assert [row.get("data-code") for row in read(client).cssselect("tr[data-code]")] == [late.code]


def test_the_other_order_of_the_two_leads_here(client, late):
    response = client.get("/en/pairs/uz-kz/?since=2020-01-01")
    assert response.status_code == 301
    assert response["Location"].startswith("/en/pairs/kz-uz/")
