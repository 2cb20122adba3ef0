"""What each act does to the records of a selection, and for whom it waits."""

import pytest
from django.contrib.auth import get_user_model
from lxml import html

from initiatives import actions
from initiatives.choices import DeskRole
from initiatives.models import ChangeRequest, Desk, Initiative, StatusChange
from tests import bulk_desk
from tests.bulk_desk import (
    NO_KEYS,
    complete,
    done_to,
    fresh,
    member,
    opened,
    outcome_of,
    sent,
    status_page,
)
from tests.desk import errors_in, make_officer, signed_in
from tests.factories import (
    make_country,
    make_initiative,
    make_sector,
    make_source,
)

pytestmark = pytest.mark.django_db
publisher = bulk_desk.publisher
editor = bulk_desk.editor
rows = bulk_desk.rows


def test_a_status_is_chosen_first(publisher, rows):
    page = html.fromstring(opened(publisher, "status", rows).content.decode())
    assert len(page.xpath("//input[@type='radio'][@name='to']")) == 6


@pytest.mark.parametrize("to", ["zzz", "\0", ""])
def test_what_is_no_status_asks_for_one_again(publisher, rows, to):
    page = sent(publisher, opened(publisher, "status", rows), to=to)
    assert "Which status shall they have?" in page.content.decode()


def test_each_record_gets_its_own_change_and_its_own_citation(publisher, rows):
    page = status_page(publisher, rows, "cancelled")
    typed = {"effective": "2025-03", "reason_ru": "Спор", "source": make_source().pk}
    answer = sent(publisher, page, locator="P3", **typed)
    assert outcome_of(answer).done == rows, errors_in(answer)
    for change in StatusChange.objects.all():
        assert (change.reason_ru, change.citations.get().locator) == ("Спор", "P3")
    assert {row.status for row in fresh(rows)} == {"cancelled"}


def test_what_is_missing_for_all_stands_beside_its_field(publisher, rows):
    answer = sent(publisher, status_page(publisher, rows, "cancelled"), effective="2999")
    assert errors_in(answer) == [
        "The date must not be in the future; a status is entered when it has come.",
        "Give the reason.",
        "Name a source for this status.",
    ]
    assert "outcome" not in answer.context


def test_a_date_that_is_none_is_told_once(publisher, rows):
    page = status_page(publisher, rows, "planned")
    answer = sent(publisher, page, effective="soon", source=make_source().pk)
    assert len(errors_in(answer)) == 1


def test_what_a_record_lacks_is_told_for_that_record(publisher, rows):
    page = status_page(publisher, rows, "in_progress")
    Initiative.objects.filter(pk=rows[0].pk).update(actual_start="2025")
    answer = sent(publisher, page, effective="2025", source=make_source().pk, failing="others")
    assert outcome_of(answer).done == [rows[0]]
    assert outcome_of(answer).failed == [(rows[1], ["Give the actual start; a year is enough."])]


def test_only_a_side_of_the_record_can_have_decided(publisher, rows):
    stranger = make_initiative(parties=["TJ", "KG"])
    page = status_page(publisher, [*rows, stranger], "suspended")
    typed = {"decided_by": make_country("KZ").pk, "source": make_source().pk}
    answer = sent(publisher, page, effective="2025", reason_en="Talks", failing="others", **typed)
    assert outcome_of(answer).done == rows
    assert "takes no part in it" in outcome_of(answer).failed[0][1][0]


def test_the_status_of_an_editor_waits_where_the_public_would_see_it(editor, rows):
    draft = make_initiative(publication="draft")
    page = status_page(editor, [*rows, draft], "planned")
    outcome = outcome_of(sent(editor, page, effective="2025", source=make_source().pk))
    assert (outcome.waiting, outcome.done) == (rows, [draft])
    assert StatusChange.objects.get().initiative == draft


def test_a_status_that_needs_two_waits_even_for_a_publisher(publisher):
    made = make_initiative(actual_end="2025", outcome_en="Built")
    page = status_page(publisher, [made], "implemented")
    typed = {"effective": "2025", "source": make_source().pk, "delivered": "full"}
    outcome = outcome_of(sent(publisher, page, **typed))
    assert outcome.waiting == [made]
    assert made.change_requests.filter(kind="status").count() == 1


# Desk, officer, sector


def test_a_desk_and_an_officer_are_given_at_once_even_by_an_editor(editor, rows):
    desk, owner = Desk.objects.get(name="Desk of aziza"), make_officer("botir")
    assert outcome_of(done_to(editor, "desk", rows, chosen=desk.pk)).done == rows
    assert outcome_of(done_to(editor, "owner", rows, chosen=owner.pk)).done == rows
    assert {(row.desk, row.owner) for row in fresh(rows)} == {(desk, owner)}
    assert not ChangeRequest.objects.exists()


def test_a_desk_of_others_cannot_be_chosen(editor, rows):
    other = Desk.objects.create(name="Other")
    assert errors_in(done_to(editor, "desk", rows, chosen=other.pk))


def test_only_who_works_at_the_desk_can_be_made_responsible(editor, rows):
    stranger = get_user_model().objects.create_user("stranger")
    assert errors_in(done_to(editor, "owner", rows, chosen=stranger.pk))


@pytest.mark.parametrize("name", ["desk", "owner", "sector"])
@pytest.mark.parametrize("chosen", ["", *NO_KEYS])
def test_what_cannot_be_chosen_is_refused_in_words(publisher, rows, name, chosen):
    assert errors_in(done_to(publisher, name, rows, chosen=chosen))


def test_a_publisher_sets_the_main_sector(publisher, rows):
    answer = done_to(publisher, "sector", rows, chosen=make_sector("water").pk)
    assert outcome_of(answer).done == rows
    assert [row.sectors.get(is_main=True).sector.slug for row in rows] == ["water", "water"]


def test_the_main_sector_of_an_editor_waits_where_it_is_public(editor, rows):
    draft = make_initiative(publication="draft")
    outcome = outcome_of(done_to(editor, "sector", [*rows, draft], chosen=make_sector("water").pk))
    assert (outcome.waiting, outcome.done) == (rows, [draft])
    assert rows[0].sectors.get(is_main=True).sector.slug == "energy"


def test_what_the_editor_asked_for_is_done_when_it_is_approved(editor, rows):
    done_to(editor, "sector", rows[:1], chosen=make_sector("water").pk)
    actions.approve_request(ChangeRequest.objects.get(), by=make_officer("botir"))
    assert rows[0].sectors.get(is_main=True).sector.slug == "water"


def test_a_main_sector_that_is_there_already_counts_as_unchanged(publisher, rows):
    other = make_initiative(main_sector="water")
    answer = done_to(publisher, "sector", [*rows, other], chosen=make_sector("energy").pk)
    assert (outcome_of(answer).unchanged, outcome_of(answer).done) == (rows, [other])


# Publishing and checking


def test_a_publisher_publishes(publisher):
    rows = [complete(), complete()]
    assert outcome_of(done_to(publisher, "publish", rows)).done == rows
    assert {row.publication for row in fresh(rows)} == {"published"}


def test_an_editor_submits_for_review(editor, rows):
    draft = complete()
    outcome = outcome_of(done_to(editor, "publish", [draft, *rows]))
    assert (outcome.waiting, outcome.unchanged) == ([draft], rows)
    assert fresh([draft])[0].publication == "in_review"
    assert outcome_of(done_to(editor, "publish", [draft])).unchanged == [draft]


def test_a_reviewer_approves_what_others_asked_for_and_nothing_else():
    reviewer, asked, own, draft = member(DeskRole.REVIEWER), complete(), complete(), complete()
    actions.submit_for_review(asked, by=make_officer("botir"))
    actions.submit_for_review(own, by=reviewer)
    answer = done_to(signed_in(reviewer), "publish", [asked, own, draft], failing="others")
    assert outcome_of(answer).done == [asked]
    assert [reasons for _row, reasons in outcome_of(answer).failed] == [
        ["Somebody else has to approve this."],
        ["Nobody has asked to publish it; submit it for review first."],
    ]


def test_checking_stamps_each(editor, rows):
    assert outcome_of(done_to(editor, "checked", rows)).done == rows
    assert {row.last_checked_by.username for row in fresh(rows)} == {"aziza"}
