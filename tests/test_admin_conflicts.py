"""Two officers at once: the second save is refused, and nothing typed is lost."""

import pytest
from django.db import IntegrityError
from django.utils import timezone

from initiatives import actions
from initiatives.models import Milestone
from tests.desk import edit, errors_in, make_officer, make_viewer, send, signed_in, values_of
from tests.factories import link_event, make_event, make_initiative, make_milestone

pytestmark = pytest.mark.django_db


@pytest.fixture
def bek():
    return make_officer("bek")


@pytest.fixture
def desk():
    return signed_in(make_officer("aziza"))


def opened(desk, record, **typed):
    return values_of(desk.get(edit(record))) | {"_save": "", **typed}


def save_as(officer, record, **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    actions.save(record, by=officer)


def test_the_second_save_is_refused_and_says_who_and_when(desk, bek):
    initiative = make_initiative()
    mine = opened(desk, initiative, title_en="Mine")
    save_as(bek, initiative, title_en="Theirs")
    answer = desk.post(edit(initiative), mine)
    (message,) = errors_in(answer)
    assert message.startswith("bek saved this record on ")
    assert f"{timezone.localdate():%Y}" in message
    assert values_of(answer)["title_en"] == "Mine"
    initiative.refresh_from_db()
    assert initiative.title_en == "Theirs"


def test_saving_again_is_refused_until_the_officer_says_whose_shall_win(desk, bek):
    initiative = make_initiative()
    mine = opened(desk, initiative, title_en="Mine")
    save_as(bek, initiative, title_en="Theirs")
    again = values_of(desk.post(edit(initiative), mine)) | {"_save": ""}
    assert desk.post(edit(initiative), again).status_code == 200
    assert desk.post(edit(initiative), again | {"overwrite": "2"}).status_code == 302
    initiative.refresh_from_db()
    assert (initiative.title_en, initiative.version) == ("Mine", 3)


def test_the_word_to_overwrite_holds_only_for_what_was_seen(desk, bek):
    initiative = make_initiative()
    mine = opened(desk, initiative, title_en="Mine", overwrite="2")
    save_as(bek, initiative, title_en="Theirs")
    save_as(bek, initiative, title_en="Theirs again")
    assert desk.post(edit(initiative), mine).status_code == 200


def test_a_row_that_somebody_else_edited_counts_as_the_initiative(desk, bek):
    initiative = make_initiative()
    milestone = make_milestone(initiative)
    mine = opened(desk, initiative, title_en="Mine")
    save_as(bek, milestone, title_en="Theirs")
    assert desk.post(edit(initiative), mine).status_code == 200
    milestone.refresh_from_db()
    assert milestone.title_en == "Theirs"


def test_a_row_that_somebody_else_removed_is_told_and_breaks_nothing(desk, bek):
    initiative = make_initiative(publication="draft")
    milestone = make_milestone(initiative)
    mine = opened(desk, initiative, overwrite="2")
    actions.remove_record(milestone, by=bek)
    assert desk.post(edit(initiative), mine).status_code == 200
    dropped = mine | {"milestones-0-DELETE": "on"}
    assert desk.post(edit(initiative), dropped).status_code == 302
    assert not Milestone.objects.exists()


def test_the_view_is_for_those_who_may_change_the_record_alone(bek):
    initiative = make_initiative()
    save_as(bek, initiative, title_en="Theirs")
    answer = signed_in(make_viewer()).post(edit(initiative), {"title_en": "Mine", "seen": "1"})
    assert answer.status_code == 403


def test_a_row_that_is_refused_brings_the_view_even_if_the_record_is_as_it_was(desk, bek):
    event = make_event()
    row = link_event(make_initiative(), event)
    mine = opened(desk, event, place_en="Mine")
    actions.remove_record(row, by=bek)
    answer = desk.post(edit(event), mine)
    assert any("were changed or removed" in text for text in errors_in(answer))
    assert values_of(answer)["place_en"] == "Mine"
    event.refresh_from_db()
    assert not event.place_en


def test_a_form_without_a_version_is_refused(desk):
    initiative = make_initiative()
    mine = opened(desk, initiative, title_en="Mine")
    del mine["seen"]
    assert desk.post(edit(initiative), mine).status_code == 200


def test_a_stamp_of_checking_does_not_disturb_an_open_form(desk, bek):
    initiative = make_initiative()
    mine = opened(desk, initiative, title_en="Mine")
    actions.mark_checked(initiative, by=bek)
    assert desk.post(edit(initiative), mine).status_code == 302
    initiative.refresh_from_db()
    assert initiative.last_checked_by == bek


def test_other_records_are_guarded_alike(desk, bek):
    event = make_event()
    mine = opened(desk, event, place_en="Mine")
    save_as(bek, event, place_en="Theirs")
    assert desk.post(edit(event), mine).status_code == 200
    assert send(desk, edit(event), place_en="Mine").status_code == 302


def test_a_clash_in_the_same_moment_is_told_and_nothing_is_lost(desk, monkeypatch):
    def clash(*args, **kwargs):
        raise IntegrityError

    monkeypatch.setattr(actions, "save", clash)
    answer = send(desk, edit(make_initiative()), title_en="Mine")
    assert any("in this moment" in text for text in errors_in(answer))
    assert values_of(answer)["title_en"] == "Mine"
