"""Rows of a public record wait with it, and so does what the public reads elsewhere."""

import pytest

from initiatives import actions
from initiatives.models import ChangeRequest, DateRevision, Event
from tests import requesting
from tests.desk import add_row, address, edit, errors_in, send, values_of
from tests.factories import (
    add_country,
    cite,
    link_event,
    make_country,
    make_event,
    make_funding,
    make_initiative,
    make_milestone,
    make_organisation,
    make_source,
)
from tests.requesting import decide

pytestmark = pytest.mark.django_db
editor = requesting.editor
desk = requesting.desk
reviewer = requesting.reviewer
shown = requesting.shown


def every_kind_of_row(desk, shown):
    """What the form sends when each kind of row is added, changed or removed."""
    add_country(shown, "KG", role="observer")
    make_milestone(shown, "Step", planned="2026")
    values = values_of(desk.get(edit(shown))) | {"_save": ""}
    values = add_row(values, "organisations", organisation=make_organisation().pk, role="4")
    values = add_row(values, "citations", source=make_source().pk, locator="P3")
    values = add_row(values, "milestones", title_ru="Опоры", weight="1", planned="2027-Q3")
    values = add_row(values, "events", event=make_event("summit").pk, relation="signed")
    values = add_row(values, "external_ids", scheme="wb", value="P1")
    values = add_row(
        values, "funding", type="pledge", amount="5.5", amount_kind="exact", currency="USD"
    )
    values |= {"funding-0-instrument": "unknown"}
    row = [row.country.iso2 for row in shown.countries.all()].index("KG")
    values |= {f"countries-{row}-DELETE": "on", "milestones-0-planned": "2028"}
    return values | {"moved_because": "Floods"}


def test_rows_wait_with_the_record_and_come_when_it_is_approved(desk, shown, reviewer):
    answer = desk.post(edit(shown), every_kind_of_row(desk, shown))
    assert answer.status_code == 302, errors_in(answer)
    assert not shown.citations.exists()
    decided = decide(reviewer, ChangeRequest.objects.get(), "approve")
    assert decided.status_code == 302, errors_in(decided)
    kept = [shown.organisations, shown.citations, shown.events, shown.external_ids, shown.funding]
    assert [rows.count() for rows in kept] == [1, 1, 1, 1, 1]
    assert not shown.countries.filter(role="observer").exists()
    assert [str(m.planned) for m in shown.milestones.all()] == ["2028", "2027-Q3"]
    assert DateRevision.objects.get().reason == "Floods"


def test_a_new_row_takes_the_next_number_if_another_took_its_own(desk, shown, reviewer):
    values = values_of(desk.get(edit(shown))) | {"_save": ""}
    desk.post(edit(shown), add_row(values, "milestones", title_en="Mine", weight="1"))
    make_milestone(shown, "Theirs")
    decide(reviewer, ChangeRequest.objects.get(), "approve")
    assert [str(row) for row in shown.milestones.all()] == ["1. Theirs", "2. Mine"]


def test_a_request_for_a_row_that_went_is_refused_in_words(desk, shown, reviewer):
    row = link_event(shown, make_event())
    send(desk, edit(shown), **{"events-0-decision_en": "Mine"})
    actions.remove_record(row, by=reviewer)
    answer = decide(reviewer, ChangeRequest.objects.get(), "approve")
    assert "no longer exists" in errors_in(answer)[0]


def test_a_public_event_waits_and_a_private_one_does_not(desk, reviewer):
    public, private = make_event("public", publication="published"), make_event("private")
    link_event(make_initiative(publication="draft"), private)
    send(desk, edit(public), place_en="Samarkand")
    send(desk, edit(private), place_en="Samarkand")
    assert list(Event.objects.filter(place_en="Samarkand")) == [private]
    decide(reviewer, ChangeRequest.objects.get(), "approve")
    assert Event.objects.get(slug="public").place_en == "Samarkand"


def test_a_new_event_that_would_be_public_waits_and_is_made_when_approved(desk, reviewer):
    add = address("event", "add")
    country = make_country("UZ")
    values = values_of(desk.get(add)) | {"_save": "", "title_en": "Summit", "slug": "summit"}
    values |= {"kind": "summit", "publication": "published"}
    answer = desk.post(add, values | {"countries": [country.pk]})
    assert answer.status_code == 302, errors_in(answer)
    assert not Event.objects.exists()
    decide(reviewer, ChangeRequest.objects.get(), "approve")
    assert list(Event.objects.get().countries.all()) == [country]


@pytest.mark.parametrize("kind", ["organisation", "source"])
def test_names_that_the_public_reads_wait_too(desk, shown, kind):
    cite(shown, make_source("treaty"))
    shown.organisations.create(organisation=make_organisation("bank"), role="4")
    record = make_source("treaty") if kind == "source" else make_organisation("bank")
    field = "title" if kind == "source" else "name_en"
    send(desk, edit(record), **{field: "Renamed"})
    record.refresh_from_db()
    assert getattr(record, field) != "Renamed"
    assert ChangeRequest.objects.get().model == kind


def test_a_part_that_is_deleted_at_its_own_page_waits(desk, shown):
    money = make_funding(shown)
    desk.post(address("funding", "delete", money.pk), {"post": "yes"})
    assert shown.funding.exists()
    assert ChangeRequest.objects.get().edits[0]["action"] == "deleted"
