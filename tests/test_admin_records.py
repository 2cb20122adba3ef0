"""The other records of the desk: links, rows, and deleting."""

import pytest
from django.contrib import admin

from initiatives import actions, models
from initiatives.models import Change, Desk, Event
from initiatives.partial_dates import PartialDate
from tests import factories
from tests.desk import (
    add_row,
    address,
    edit,
    errors_in,
    make_chief,
    make_officer,
    send,
    signed_in,
    values_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    return make_chief()


@pytest.fixture
def desk(chief):
    return signed_in(chief)


def test_every_model_of_the_domain_has_a_place_at_the_desk():
    placed = set(admin.site._registry)
    for model_admin in admin.site._registry.values():
        placed |= {inline.model for inline in model_admin.inlines}
    domain = {getattr(models, name) for name in models.__all__ if name != "AppendOnlyError"}
    # Read by the public, written by actions.
    register = {models.Edition, models.ReviewCheck, models.SearchDocument, models.SearchTerm}
    # Asked by the desk, and shown as what it finds.
    asked = {models.DeskRow, models.DeskDocument, models.DeskTerm}
    # Shown with the records and the officers to whom they belong.
    of_sources = {models.DocumentRemoval, models.EditionFile, models.SourceCheck}
    of_officers = {
        models.RequestMail,
        models.SavedFilter,
        models.Presence,
        models.RecoveryCode,
        models.Passkey,
    }
    # Nobody at the desk sees who reads what.
    of_readers = {models.MailSubscription}
    rest = {models.CodeCounter, *register, *asked, *of_sources, *of_officers, *of_readers}
    assert domain - placed == rest


def test_links_of_an_event_are_written_with_a_record(desk, chief):
    event = factories.make_event()
    uzbekistan, kazakhstan = factories.make_country("UZ"), factories.make_country("KZ")
    answer = send(desk, edit(event), countries=[uzbekistan.pk, kazakhstan.pk])
    assert answer.status_code == 302, errors_in(answer)
    event.refresh_from_db()
    assert (event.countries.count(), event.version, event.updated_by) == (2, 2, chief)
    assert Change.objects.get().fields == {"countries": [[], ["KZ", "UZ"]]}


def test_links_that_stay_as_they_are_write_nothing(desk):
    event = factories.make_event()
    event.countries.add(factories.make_country())
    send(desk, edit(event))
    event.refresh_from_db()
    assert event.version == 1
    assert not Change.objects.exists()


def test_an_event_is_created_with_links_and_rows(desk):
    add = address("event", "add")
    values = values_of(desk.get(add)) | {"title_en": "Session", "slug": "session", "_save": ""}
    values |= {"kind": "commission_session", "countries": [factories.make_country().pk]}
    values = add_row(
        values, "initiatives", initiative=factories.make_initiative().pk, relation="reviewed"
    )
    answer = desk.post(add, values)
    assert answer.status_code == 302, errors_in(answer)
    event = Event.objects.get()
    assert event.countries.count() == event.initiatives.count() == 1


def test_a_desk_is_created_with_its_members(desk, chief):
    add = address("desk", "add")
    values = values_of(desk.get(add)) | {"name": "Energy desk", "own_password": "pw", "_save": ""}
    values["sectors"] = [factories.make_sector().pk]
    values = add_row(values, "members", user=make_officer().pk, role="4")
    answer = desk.post(add, values)
    assert answer.status_code == 302, errors_in(answer)
    made = Desk.objects.get(name="Energy desk")
    assert made.members.get().created_by == chief
    assert Change.objects.filter(model__in=["desk", "deskmember"]).count() == 3


def test_a_citation_names_exactly_one_claim(desk):
    values = {"source": factories.make_source().pk, "initiative": factories.make_initiative().pk}
    event = factories.make_event()
    answer = send(desk, address("citation", "add"), **values, event=event.pk)
    assert errors_in(answer) == ["A citation belongs to exactly one claim."]


def test_the_reasons_of_the_database_are_told_in_words(desk):
    initiative = factories.make_initiative()
    answer = send(
        desk,
        address("funding", "add"),
        initiative=initiative.pk,
        type="pledge",
        amount="5",
        amount_kind="undisclosed",
    )
    assert any("undisclosed is not zero" in text for text in errors_in(answer))


def test_a_record_to_which_others_point_is_not_deleted(desk):
    organisation = factories.make_organisation()
    factories.make_initiative(organisations=["bank"])
    answer = desk.post(address("organisation", "delete", organisation.pk), {"post": "yes"})
    assert answer.status_code == 200
    assert models.Organisation.objects.exists()


def test_deleting_an_unused_record_leaves_a_record_of_it(desk):
    source = factories.make_source()
    desk.post(address("source", "delete", source.pk), {"post": "yes"})
    assert not models.Source.objects.exists()
    assert Change.objects.get().action == "deleted"


def test_no_list_deletes_many_at_once(desk):
    source = factories.make_source()
    form = {"action": "delete_selected", "_selected_action": source.pk, "post": "yes"}
    desk.post(address("source"), form)
    assert models.Source.objects.exists()


def test_a_draft_is_erased_with_its_histories(desk, chief):
    draft = factories.make_initiative(publication="draft")
    event = factories.make_event()
    factories.link_event(draft, event)
    source = factories.make_source()
    change = factories.make_status_change(draft)
    details = {"effective": PartialDate.parse("2025"), "reason": "Wrong", "source": source}
    actions.correct_status(change, to="planned", by=chief, **details)
    answer = desk.post(address("initiative", "delete", draft.pk), {"post": "yes"})
    assert answer.status_code == 302
    assert not models.Initiative.objects.exists()


def test_a_record_that_was_public_is_not_deleted_and_the_cure_is_told(desk, chief):
    initiative = factories.make_initiative(publication="draft")
    factories.cite(factories.make_status_change(initiative))
    initiative.refresh_from_db()
    initiative.summary_en = "Short"
    actions.save(initiative, by=chief)
    actions.publish(initiative, by=chief)
    answer = desk.post(address("initiative", "delete", initiative.pk), {"post": "yes"}, follow=True)
    assert "A record that was public is withdrawn, not deleted." in answer.content.decode()
    assert models.Initiative.objects.exists()


def test_the_own_page_of_a_milestone_asks_why_its_date_moves(desk):
    milestone = factories.make_milestone(factories.make_initiative(), planned="2026")
    answer = send(desk, edit(milestone), planned="2027")
    assert errors_in(answer) == ["A promised date moves. Say why; the public will read it."]
    assert send(desk, edit(milestone), planned="2027", moved_because="Floods").status_code == 302
    assert milestone.date_revisions.get().reason == "Floods"
