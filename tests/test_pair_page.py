"""The page of a pair: the brief for a session, in the order in which it is read."""

from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import html

from tests import factories as make
from tests.stories import revise

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def read(client, query="", language="en"):
    response = client.get(f"/{language}/pairs/kz-uz/{query}")
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def words(element):
    return " ".join(element.text_content().split())


def section(tree, name):
    return words(tree.cssselect(f"section[aria-labelledby={name}]")[0])


@pytest.fixture
def late():
    made = make.make_initiative(title_en="Late dam", planned_end="2020")
    make.make_funding(made)
    make.make_milestone(made, "Sign the act", responsible=make.make_country("KZ"), planned="2999")
    make.link_event(made, make.make_event("talks", state="planned", start="2999"))
    return made


def test_the_brief_has_its_parts_in_order(client, late):
    names = [part.get("aria-labelledby") for part in read(client).cssselect(".brief section")]
    assert names == [
        *("home-statuses", "decisions", "briefing-slipped", "overview-next", "pair-open"),
        *(
            "overview-recent",
            "briefing-sectors",
            "pair-moved",
            "overview-money",
            "picture-timeline",
        ),
    ]


def test_it_names_the_day_on_which_it_was_made(client, late):
    today = timezone.localdate()
    (day,) = read(client).cssselect(".brief-date time")
    assert day.get("datetime") == today.isoformat()


def test_open_milestones_stand_under_the_side_that_owes_them(client, late):
    make.make_milestone(late, "Nobody's step")
    make.make_milestone(late, "Kyrgyz step", responsible=make.make_country("KG"), planned="2020")
    make.make_milestone(late, "Uzbek step", responsible=make.make_country("UZ"), planned="2020")
    (found,) = read(client).cssselect("section[aria-labelledby=pair-open]")
    sides = [words(side) for side in found.cssselect("h3")]
    assert sides == ["Kazakhstan", "Uzbekistan", "Kyrgyzstan", "No side is named"]
    said = words(found)
    assert "Kazakhstan 2999 Sign the act Late dam" in said
    assert "No side is named date not stated Nobody's step Late dam" in said
    assert [words(one).split(" by ")[0] for one in found.cssselect(".late-by")] == ["late"] * 2


def test_the_reader_chooses_since_when_dates_have_moved(client, late):
    now = timezone.now()
    revise(late, old="2018", new="2019", recorded_at=now - timedelta(days=300))
    revise(late, old="2019", new="2020", reason_en="Floods.", recorded_at=now - timedelta(days=3))
    tree = read(client)
    assert "2018 → 2019" not in section(tree, "pair-moved")
    assert not tree.cssselect("section[aria-labelledby=pair-moved] > details[open]")
    since = (now - timedelta(days=301)).date()
    tree = read(client, f"?since={since}")
    assert "2018 → 2019" in section(tree, "pair-moved")
    assert "2019 → 2020 Floods." in section(tree, "pair-moved")
    assert tree.cssselect("section[aria-labelledby=pair-moved] > details[open]")


@pytest.mark.parametrize("day", ["soon", "2025-02-30", "0001-01-01", "9" * 5000])
def test_a_wrong_day_is_named_beside_its_field(client, late, day):
    tree = read(client, f"?since={day}")
    (field,) = tree.cssselect("details[open] #since[aria-invalid=true]")
    assert tree.cssselect(f"#{field.get('aria-describedby')}")[0].text_content().strip()


def test_of_many_moved_dates_the_rest_is_where_what_slipped_is(client, late):
    for year in range(2021, 2032):
        revise(late, old=str(year - 1), new=str(year))
    make.make_initiative(parties=["UZ", "TJ"])
    (link,) = read(client).cssselect("section[aria-labelledby=pair-moved] a[href*=slipped]")
    assert link.get("href") == "/en/slipped/?country=KZ&country=UZ&country_match=all"


def test_what_slipped_elsewhere_with_one_of_the_two_is_not_theirs(client):
    for number, parties in enumerate((["KZ", "UZ"], ["UZ", "TJ"])):
        made = make.make_initiative(parties=parties, planned_end=str(2030 + number))
        revise(made, old="2029", new=str(2030 + number))
    (link,) = read(client).cssselect("section[aria-labelledby=briefing-slipped] a[href*=slipped]")
    assert words(link) == "The 1 date that moved later, with its reason"
    there = html.fromstring(client.get(link.get("href")).content.decode())
    assert there.cssselect("#slip-dates [data-total]")[0].get("data-total") == "1"
    (match,) = there.cssselect("select[name=country_match] option[selected]")
    assert match.get("value") == "all"


def test_each_number_leads_to_its_rows_of_the_pair(client):
    make.make_initiatives(2, planned_end="2020", main_sector="energy")
    make.make_initiative(planned_end="2020", parties=["UZ", "TJ"], main_sector="energy")
    tree = read(client)
    (standing, *_others) = tree.cssselect(".briefing-standings a:has(strong)")
    (bar,) = tree.cssselect("section[aria-labelledby=briefing-sectors] a.bar-name")
    for link in (standing, bar):
        there = html.fromstring(client.get(link.get("href")).content.decode())
        assert there.cssselect("[data-total]")[0].get("data-total") == "2"


def test_the_other_order_of_the_two_leads_here(client, late):
    response = client.get("/en/pairs/uz-kz/?since=2020-01-01")
    assert response.status_code == 301
    assert response["Location"].startswith("/en/pairs/kz-uz/")
