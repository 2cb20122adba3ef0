"""What was known on a day is shown as it was known, and nothing else."""

from csv import DictReader
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from initiatives import actions
from initiatives.as_of import as_published
from initiatives.models import Initiative, Milestone
from initiatives.partial_dates import PartialDate
from initiatives.public.filtersets import InitiativeFilterSet
from tests import factories as make
from tests.listing import codes
from tests.register import known_since

pytestmark = [pytest.mark.django_db, pytest.mark.no_editions]
LONG_AGO = timezone.now() - timedelta(days=365)


@pytest.fixture
def officer(django_user_model):
    return django_user_model.objects.create_user("officer")


@pytest.fixture
def old():
    """A record that was made and published a year ago."""
    made = make.make_initiative(
        title_en="Old title", planned_end="2027", created_at=LONG_AGO, published_at=LONG_AGO
    )
    make.make_status_change(made, "planned", recorded_at=LONG_AGO)
    made.countries.update(created_at=LONG_AGO)
    make.make_funding(made, "5.00", created_at=LONG_AGO)
    known_since(LONG_AGO)
    return made


def at(days_ago=30):
    return timezone.now() - timedelta(days=days_ago)


def known(*made, days_ago=30):
    """The records that were known so many days ago, as they were."""
    day = timezone.localdate(at(days_ago))
    return as_published([one.code for one in made], on=day)


@pytest.fixture
def then(old):
    """A function that gives the old record as it was known a month ago."""
    return lambda: known(old)[0]


def test_a_text_is_shown_as_it_was(old, then, officer):
    old.title_en, old.title_kk = "New title", "Жаңа"
    actions.save(old, by=officer, reason="Floods")
    assert (then().title_en, then().title_kk) == ("Old title", "")


def test_a_status_of_later_is_not_known_yet(old, then, officer):
    actions.change_status(
        old,
        to="agreed",
        by=officer,
        effective=PartialDate.parse("2025"),
        source=make.make_source(),
    )
    assert then().status == "planned"
    assert [change.to_status for change in then().status_changes.all()] == ["planned"]


def test_a_promise_that_moved_since_stands_where_it_stood(old, then, officer):
    old.planned_end = PartialDate.parse("2030")
    actions.save(old, by=officer, reason="Floods")
    assert str(then().planned_end) == "2027"
    assert list(then().date_revisions.all()) == []


def test_parts_that_came_later_are_left_out(old, then, officer):
    actions.save(Milestone(initiative=old, title_en="Step"), by=officer)
    make.add_country(old, "KG")
    assert list(then().milestones.all()) == []
    assert {row.country.iso2 for row in then().countries.all()} == {"UZ", "KZ"}


def test_money_that_changed_or_went_is_back(old, then, officer):
    funding = old.funding.get()
    funding.amount = 7
    actions.save(funding, by=officer)
    assert [str(row.amount) for row in then().money] == ["5.00"]
    actions.remove_record(funding, by=officer)
    assert str(then().funding.all()[0].amount) == "5.00"


def test_a_country_that_went_is_back_with_its_name(old, then, officer):
    actions.remove_record(old.countries.get(country__iso2="KZ"), by=officer)
    assert {row.country.iso2 for row in then().countries.all()} == {"UZ", "KZ"}


def test_records_of_later_and_records_withdrawn_since_do_not_appear(old, officer):
    make.make_initiative(published_at=timezone.now())
    on_its_day = InitiativeFilterSet({"as_of": str(timezone.localdate(at()))})
    assert codes(on_its_day) == [old.code]
    actions.withdraw(old, reason="Wrong", by=officer)
    assert codes(on_its_day) == []


def test_the_past_asks_as_often_for_one_as_for_ten(old):
    one = _queries()
    for _ in range(9):
        other = make.make_initiative(created_at=LONG_AGO, published_at=LONG_AGO)
        make.make_status_change(other, "planned", recorded_at=LONG_AGO)
        make.make_funding(other, "5.00", created_at=LONG_AGO)
    known_since(LONG_AGO)
    assert _queries() == one


def _queries():
    rows = list(Initiative.objects.all())
    with CaptureQueriesContext(connection) as captured:
        assert len(known(*rows)) == len(rows)
    return len(captured)


def test_the_list_of_a_day_shows_status_and_text_of_that_day(client, old, officer):
    old.title_en = "New title"
    actions.save(old, by=officer, reason="Floods")
    make.make_status_change(old, "agreed")
    day = at().date()
    page = client.get(f"/en/initiatives/?as_of={day}&status=planned")
    assert "Old title" in page.content.decode()
    told = client.get(f"/initiatives.json?as_of={day}").json()["results"][0]
    assert (told["status"], told["title"]["en"]) == ("planned", "Old title")
    assert client.get(f"/initiatives.json?as_of={day}&status=agreed").json()["count"] == 0


def test_a_table_of_a_day_tells_the_record_above_of_that_day(client, old, officer):
    times = {"created_at": LONG_AGO, "published_at": LONG_AGO}
    before, since = make.make_initiative(**times), make.make_initiative(**times)
    below = make.make_initiative(parent=before, **times)
    known_since(LONG_AGO)
    below.parent = since
    actions.save(below, by=officer, reason="Floods")

    def above(query=""):
        lines = b"".join(client.get(f"/initiatives.csv?{query}")).decode("utf-8-sig").splitlines()
        (csv,) = [row["parent"] for row in DictReader(lines) if row["code"] == below.code]
        found = client.get(f"/initiatives/{below.code}.json?{query}").json()["parent"]
        return csv, found

    assert above() == (since.code, since.code)
    assert above(f"as_of={at().date()}") == (before.code, before.code)
    actions.withdraw(before, reason={"en": "Wrong"}, by=officer)
    assert above(f"as_of={at().date()}") == ("", None)


@pytest.mark.parametrize("day", ["2999-01-01", "soon", "2025-06", "2025-06-30T10:00:00Z", "%00"])
def test_a_day_that_is_none_or_to_come_is_refused(client, old, day):
    assert client.get(f"/initiatives.json?as_of={day}").status_code == 400
    assert b'data-total="0"' in client.get(f"/en/initiatives/?as_of={day}").content


def test_what_was_under_embargo_on_the_day_was_not_known():
    held_back = {"created_at": LONG_AGO, "published_at": LONG_AGO}
    made = make.make_initiative(embargo_until=at(days_ago=10), **held_back)
    known_since(LONG_AGO)
    assert known(made, days_ago=5)
    assert not known(made, days_ago=30)


def test_a_record_of_a_past_day_tells_the_version_of_that_day(old, then, officer):
    old.refresh_from_db()
    for title in ("One", "Two"):
        old.title_en = title
        actions.save(old, by=officer)
    actions.mark_checked(old, by=officer)
    assert (old.version, then().version) == (3, 1)
