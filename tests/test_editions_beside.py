"""What a change of one row does to the editions of others, all in one batch."""

from datetime import timedelta

import pytest
from django.utils import timezone

from initiatives import actions, models
from initiatives.editions import record as public
from initiatives.models import Edition
from initiatives.publication import issue_missing
from tests import factories as make
from tests.registering import (
    CODE,
    OTHER,
    added,
    body,
    keys_of,
    last_body,
    make_shown,
    save,
    withdraw,
)
from tests.stories import revise

pytestmark = [pytest.mark.django_db, pytest.mark.no_editions]
THIRD = "CI-2025-0003"


@pytest.fixture
def shown():
    make_shown(OTHER)
    return make_shown()


def publish(row):
    return actions.publish(models.Initiative.objects.get(pk=row.pk), by=None)


def make_hidden(code=THIRD, **fields):
    return make_shown(code, publication="draft", **fields)


def test_a_source_that_is_renamed_makes_editions_of_all_that_cite_it(shown):
    source = make.make_source("report")
    third = make_shown(THIRD)
    for claim in (shown.status_changes.get(), make.make_milestone(third), revise(third)):
        make.cite(claim, source)
    event = make.make_public_event("summit")
    make.cite(event, source)
    rated = make_shown("CI-2025-0004")
    rate = {"usd_rate": 2, "usd_rate_on": "2025-01-01", "usd_rate_source": source}
    make.make_funding(rated, **rate)
    issue_missing()
    new = added(lambda: save(source, title="Renamed"))
    assert keys_of(new) == [CODE, THIRD, rated.code, "summit"]
    assert len({one.batch for one in new}) == 1
    assert last_body(rated.code).funding[0].usd_rate_source.title == "Renamed"
    assert last_body().history[0].sources[-1].title == "Renamed"


def test_a_source_that_is_hidden_goes_from_what_cites_it_and_from_the_rate(shown):
    source = make.make_source("report")
    make.cite(shown, source)
    rate = {"usd_rate": 2, "usd_rate_on": "2025-01-01", "usd_rate_source": source}
    make.make_funding(shown, **rate)
    issue_missing()
    (new,) = added(lambda: save(source, is_public=False))
    assert body(new).funding[0].usd_rate_source is None
    assert "report" not in new.body


LISTS = {
    "country": ("iso2", "KG"),
    "sector": ("slug", "power"),
    "organisation": ("slug", "adb"),
}


def row_of_a_list(name, record):
    if name == "country":
        make.make_milestone(record, responsible=make.make_country("TJ"))
        return make.make_country("TJ")
    if name == "sector":
        record.sectors.create(sector=make.make_sector("water"))
        return make.make_sector("water")
    make.make_funding(record, provider=make.make_organisation("bank"))
    return make.make_organisation("bank")


@pytest.mark.parametrize("name", LISTS)
def test_the_key_of_a_row_of_a_list_is_in_records_and_its_name_is_not(shown, name):
    row = row_of_a_list(name, shown)
    issue_missing()
    key, value = LISTS[name]
    (new,) = added(lambda: save(row, **{key: value}))
    assert (new.key, f'"{value}"' in new.body) == (CODE, True)
    assert added(lambda: save(row, name_en="Another name")) == []


def test_an_organisation_of_an_event_makes_an_edition_of_the_event(shown):
    event = make.make_public_event("summit")
    bank = make.make_organisation("bank")
    issue_missing()
    (with_bank,) = added(lambda: actions.set_links(event, "organisations", [bank], by=None))
    assert body(with_bank, public.EventRecord).organisations == ("bank",)
    assert keys_of(added(lambda: save(bank, slug="adb"))) == ["summit"]


def test_the_host_of_an_event_makes_an_edition_of_the_event(shown):
    event = make.make_public_event("summit", host_country=make.make_country("TJ"))
    issue_missing()
    assert keys_of(added(lambda: save(event.host_country, iso2="KG"))) == ["summit"]


def test_an_event_that_is_edited_makes_editions_of_it_and_of_what_names_it(shown):
    event = make.make_event("summit")
    make.link_event(shown, event)
    issue_missing()
    assert keys_of(added(lambda: save(event, title_en="Renamed"))) == [CODE, "summit"]
    assert keys_of(added(lambda: save(event, place_en="Osh"))) == ["summit"]


@pytest.mark.parametrize("is_published", [True, False], ids=["by itself", "by another record"])
def test_an_event_that_gets_public_appears_in_a_status_that_names_it(shown, is_published):
    event = make.make_event("summit")
    make.make_status_change(shown, "agreed", event=event)
    third = make_shown(THIRD)
    assert "summit" not in last_body().history[-1].__repr__()
    link = models.InitiativeEvent(initiative=third, event=event, relation="agreed")
    new = added(
        (lambda: save(event, publication="published"))
        if is_published
        else (lambda: actions.save(link, by=None))
    )
    assert keys_of(new) == [CODE, *([] if is_published else [THIRD]), "summit"]
    assert last_body().history[-1].event == "summit"


def test_a_record_that_names_an_event_takes_it_along_when_it_goes_and_comes(shown):
    event = make.make_event("summit")
    make.make_status_change(shown, "agreed", event=event)
    third = make_shown(THIRD)
    make.link_event(third, event)
    issue_missing()
    assert keys_of(added(lambda: withdraw(third))) == [CODE, THIRD, "summit"]
    assert last_body().history[-1].event is None
    assert keys_of(added(lambda: publish(third))) == [CODE, THIRD, "summit"]


def test_a_part_and_its_whole_name_each_other_only_while_both_are_public(shown):
    part = make_hidden(parent=shown)
    assert keys_of(added(lambda: publish(part))) == [CODE, THIRD]
    assert (last_body().children, last_body(THIRD).parent) == ((THIRD,), CODE)
    assert keys_of(added(lambda: withdraw(shown))) == [CODE, THIRD]
    assert last_body(THIRD).parent is None


def test_a_part_that_moves_makes_editions_of_both_wholes(shown):
    part = make_shown(THIRD, parent=shown)
    other = models.Initiative.objects.get(code=OTHER)
    assert keys_of(added(lambda: save(part, parent=other))) == [CODE, OTHER, THIRD]


def test_what_carries_a_record_on_is_named_on_both_sides_only_while_both_are_public(shown):
    heir = make_hidden()
    make.make_status_change(shown, "cancelled", continued_in=heir)
    issue_missing()
    assert last_body().history[-1].continued_in is None
    assert keys_of(added(lambda: publish(heir))) == [CODE, THIRD]
    assert (last_body().history[-1].continued_in, last_body(THIRD).continues) == (THIRD, (CODE,))
    assert keys_of(added(lambda: withdraw(shown))) == [CODE, THIRD]
    assert last_body(THIRD).continues == ()


def test_what_is_published_alone_makes_an_edition_of_itself_alone(shown):
    draft = make_hidden()
    assert keys_of(added(lambda: publish(draft))) == [THIRD]


def test_an_embargo_that_is_set_later_hides_the_part_from_its_whole(shown):
    part = make_shown(THIRD, parent=shown)
    end = timezone.now() + timedelta(days=2)
    new = added(lambda: save(part, embargo_until=end))
    assert keys_of(new) == [CODE, CODE, THIRD, THIRD]
    current = Edition.objects.of("initiative", CODE).current
    assert (body(current().get()).children, body(current(end).get()).children) == ((), (THIRD,))
