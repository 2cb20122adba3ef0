"""Mine, theirs and before: what a refused save is compared with."""

import pytest

from initiatives import actions
from initiatives.partial_dates import PartialDate
from tests import comparing
from tests.comparing import TAKEN, again, opened, save_as, told, view_of
from tests.desk import edit, make_officer, signed_in, values_of
from tests.factories import (
    cite,
    make_country,
    make_initiative,
    make_milestone,
    make_organisation,
    make_source,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]
bek = comparing.bek
desk = comparing.desk


def test_what_both_changed_is_told_in_three_values_with_who(desk, bek):
    initiative = make_initiative(title_en="Before")
    mine = opened(desk, initiative, title_en="Mine")
    save_as(bek, initiative, title_en="Theirs")
    answer = desk.post(edit(initiative), mine)
    assert told(answer) == {"Title [en]": ("Before", "Theirs", "Mine")}
    assert "Theirs bek, " in view_of(answer)
    assert 'href="#id_title_en"' in answer.content.decode()


def test_what_only_they_changed_is_taken_over_and_not_overwritten(desk, bek):
    initiative = make_initiative(title_en="Before", actual_end="2027")
    mine = opened(desk, initiative, title_en="Mine")
    save_as(bek, initiative, actual_end="2028-Q1")
    answer = desk.post(edit(initiative), mine)
    assert told(answer) == {"Actual end": ("2027", "2028-Q1", TAKEN)}
    assert "Changed by you alone: Title [en]" in view_of(answer)
    desk.post(edit(initiative), again(answer, overwrite="2"))
    initiative.refresh_from_db()
    assert (initiative.title_en, str(initiative.actual_end)) == ("Mine", "2028-Q1")


def test_a_choice_of_theirs_is_done_with_the_next_save(desk, bek):
    initiative = make_initiative(title_en="Before")
    mine = opened(desk, initiative, title_en="Mine", summary_en="Kept")
    save_as(bek, initiative, title_en="Theirs")
    answer = desk.post(edit(initiative), mine)
    chosen = again(answer, overwrite="2") | {"take-title_en": "theirs"}
    assert desk.post(edit(initiative), chosen).status_code == 302
    initiative.refresh_from_db()
    assert (initiative.title_en, initiative.summary_en) == ("Theirs", "Kept")


def test_mine_is_kept_where_nothing_else_is_chosen(desk, bek):
    initiative = make_initiative(title_en="Before")
    mine = opened(desk, initiative, title_en="Mine")
    save_as(bek, initiative, title_en="Theirs")
    answer = desk.post(edit(initiative), mine)
    assert desk.post(edit(initiative), again(answer, overwrite="2")).status_code == 302
    initiative.refresh_from_db()
    assert initiative.title_en == "Mine"


def test_a_third_save_brings_the_view_again_with_the_first_value_as_before(desk, bek):
    initiative = make_initiative(title_en="Before")
    mine = opened(desk, initiative, title_en="Mine")
    save_as(bek, initiative, title_en="Theirs")
    answer = desk.post(edit(initiative), mine)
    save_as(bek, initiative, title_en="Theirs again", summary_en="New")
    answer = desk.post(edit(initiative), again(answer, overwrite="2"))
    assert told(answer) == {
        "Title [en]": ("Before", "Theirs again", "Mine"),
        "Summary [en]": ("–", "New", TAKEN),
    }


def test_what_was_taken_over_does_not_become_mine_in_a_second_view(desk, bek):
    initiative = make_initiative(actual_end="2027")
    mine = opened(desk, initiative, title_en="Mine")
    save_as(bek, initiative, actual_end="2028")
    answer = desk.post(edit(initiative), mine)
    save_as(bek, initiative, actual_end="2029")
    answer = desk.post(edit(initiative), again(answer))
    assert told(answer) == {"Actual end": ("2027", "2029", TAKEN)}
    assert values_of(answer)["actual_end"] == "2029"


def test_a_conflict_stays_told_until_it_is_decided(desk, bek):
    initiative = make_initiative(title_en="Before")
    mine = opened(desk, initiative, title_en="Mine")
    save_as(bek, initiative, title_en="Theirs")
    answer = desk.post(edit(initiative), again(desk.post(edit(initiative), mine)))
    assert told(answer) == {"Title [en]": ("Before", "Theirs", "Mine")}


def test_what_is_no_field_of_the_form_is_told_too(desk, bek):
    initiative = make_initiative(status="planned", publication="draft")
    mine = opened(desk, initiative, title_en="Mine")
    on = PartialDate.parse("2025")
    actions.change_status(initiative, to="planned", effective=on, source=make_source(), by=bek)
    answer = desk.post(edit(initiative), mine)
    assert told(answer) == {"In this status since": ("–", "2025", TAKEN)}


def test_choices_and_references_are_told_in_words(desk, bek):
    initiative = make_initiative()
    row = make_milestone(initiative, responsible=make_country("UZ"))
    mine = opened(desk, initiative) | {"milestones-0-responsible": make_country("KZ").pk}
    save_as(bek, row, responsible=make_country("TJ"))
    answer = desk.post(edit(initiative), mine)
    assert told(answer) == {"Responsible side": ("Uzbekistan", "Tajikistan", "Kazakhstan")}


@pytest.mark.parametrize(
    ("make", "name"),
    [(make_source, "title"), (make_organisation, "name_en"), (make_country, "name_en")],
)
def test_records_without_rows_are_compared_alike(bek, make, name):
    desk, record = signed_in(make_officer("chief", is_superuser=True)), make()
    before = getattr(record, name)
    mine = opened(desk, record, **{name: "Mine"})
    save_as(bek, record, **{name: "Theirs"})
    (values,) = told(desk.post(edit(record), mine)).values()
    assert values == (before, "Theirs", "Mine")


def test_a_milestone_by_itself_is_compared_by_its_own_version(desk, bek):
    milestone = make_milestone(make_initiative(), "Before")
    cite(milestone)
    mine = opened(desk, milestone, title_en="Mine")
    save_as(bek, milestone, title_en="Theirs")
    answer = desk.post(edit(milestone), mine)
    assert told(answer) == {"Title [en]": ("Before", "Theirs", "Mine")}


def test_without_histories_mine_and_theirs_are_shown_alone(desk):
    initiative = make_initiative(title_en="Before")
    mine = opened(desk, initiative, title_en="Mine")
    type(initiative).objects.filter(pk=initiative.pk).update(version=2, title_en="Theirs")
    answer = desk.post(edit(initiative), mine)
    assert told(answer) == {"Title [en]": ("not known", "Theirs", "Mine")}


def test_line_breaks_of_a_browser_are_no_change(desk, bek):
    initiative = make_initiative(summary_en="One\nTwo")
    mine = opened(desk, initiative, summary_en="One\r\nTwo", title_en="Mine")
    save_as(bek, initiative, summary_en="One\nThree")
    answer = desk.post(edit(initiative), mine)
    assert told(answer) == {"Summary [en]": ("OneTwo", "OneThree", TAKEN)}


@pytest.mark.parametrize(
    "text", ["", "{", "[1]", '{"title_en": 1}', '{"version": ["9"]}', "[" * 9999]
)
def test_a_choice_that_was_tampered_with_breaks_nothing(desk, text):
    initiative = make_initiative(title_en="Before")
    mine = opened(desk, initiative, title_en="Mine")
    typed = mine | {"take-title_en": "theirs", "theirs-title_en": text}
    assert desk.post(edit(initiative), typed).status_code == 302
    initiative.refresh_from_db()
    assert (initiative.title_en, initiative.version) == ("Mine", 2)


def test_a_version_that_was_tampered_with_breaks_nothing(desk, bek):
    initiative = make_initiative()
    row = make_milestone(initiative)
    mine = opened(desk, initiative, title_en="Mine")
    save_as(bek, row, title_en="Theirs")
    for seen in ("", "0", "-1", "abc", "99999999999999999999", "77"):
        typed = dict.fromkeys(("seen", "merged", "milestones-0-seen"), seen)
        answer = desk.post(edit(initiative), mine | typed)
        assert answer.status_code == 200, seen
        assert values_of(answer)["title_en"] == "Mine", seen
        assert "Theirs" in view_of(answer), seen
