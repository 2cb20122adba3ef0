"""Mine, theirs and before: what a refused save is compared with."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from initiatives import actions
from initiatives.forms.three_way import compare
from initiatives.models import Event, InitiativeCountry, Milestone
from initiatives.partial_dates import PartialDate
from tests.desk import add_row, edit, make_officer, signed_in, values_of
from tests.factories import (
    add_country,
    cite,
    link_event,
    make_country,
    make_event,
    make_initiative,
    make_milestone,
    make_organisation,
    make_source,
)

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
    record.refresh_from_db()
    for name, value in fields.items():
        setattr(record, name, value)
    actions.save(record, by=officer, reason="agreed")


def told(answer):
    """Label → (before, theirs, mine) of the view, without who, when and the choice."""
    page = html.fromstring(answer.content.decode())
    for noise in page.xpath("//section//td//fieldset | //section//td//span"):
        noise.drop_tree()
    rows = page.xpath("//section[@class='desk-three-way']//tbody/tr")
    cells = [[" ".join(cell.text_content().split()) for cell in row] for row in rows]
    return {label: tuple(values) for label, *values in cells}


def view_of(answer):
    page = html.fromstring(answer.content.decode())
    return " ".join(page.xpath("//section[@class='desk-three-way']")[0].text_content().split())


def again(answer, **typed):
    return values_of(answer) | {"_save": "", **typed}


TAKEN = "not changed; theirs is taken over"


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


def test_a_row_that_only_they_changed_is_taken_over(desk, bek):
    initiative = make_initiative()
    make_milestone(initiative, "One")
    second = make_milestone(initiative, "Two")
    mine = opened(desk, initiative) | {"milestones-0-title_en": "Mine"}
    save_as(bek, second, title_en="Theirs")
    answer = desk.post(edit(initiative), mine)
    assert desk.post(edit(initiative), again(answer, overwrite="2")).status_code == 302
    assert [*Milestone.objects.values_list("title_en", flat=True)] == ["Mine", "Theirs"]


def test_a_row_that_they_removed_is_told_with_what_i_had_typed(desk, bek):
    initiative = make_initiative()
    row = make_milestone(initiative, "Gone")
    make_milestone(initiative, "Stays")
    mine = opened(desk, initiative) | {"milestones-0-title_ru": "Моё"}
    actions.remove_record(row, by=bek)
    answer = desk.post(edit(initiative), mine)
    assert "1. Gone Somebody removed this row. To keep what you typed" in view_of(answer)
    assert "Title [ru] Моё" in view_of(answer)
    assert values_of(answer)["milestones-TOTAL_FORMS"] == "1"
    assert values_of(answer)["milestones-0-title_en"] == "Stays"


def test_a_row_that_they_removed_and_i_left_alone_is_just_told(desk, bek):
    initiative = make_initiative()
    row = make_milestone(initiative, "Gone")
    mine = opened(desk, initiative)
    actions.remove_record(row, by=bek)
    answer = desk.post(edit(initiative), mine)
    assert "1. Gone Somebody removed this row. You had not changed it." in view_of(answer)
    assert desk.post(edit(initiative), again(answer, overwrite="2")).status_code == 302


def test_a_row_that_they_added_stays_once_beside_mine(desk, bek):
    initiative = make_initiative()
    mine = add_row(opened(desk, initiative), "milestones", title_en="Mine")
    actions.save(Milestone(initiative=initiative, title_en="Theirs"), by=bek)
    answer = desk.post(edit(initiative), mine)
    assert "Somebody added this row. It stays." in view_of(answer)
    assert desk.post(edit(initiative), again(answer, overwrite="2")).status_code == 302
    assert [*Milestone.objects.values_list("title_en", flat=True)] == ["Theirs", "Mine"]


def test_a_row_that_both_added_alike_is_there_once(desk, bek):
    initiative = make_initiative()
    country = make_country("TJ")
    mine = add_row(opened(desk, initiative), "countries", country=country.pk, role="party")
    theirs = InitiativeCountry(initiative=initiative, country=country, role="party")
    actions.save(theirs, by=bek)
    answer = desk.post(edit(initiative), mine)
    assert desk.post(edit(initiative), again(answer, overwrite="2")).status_code == 302
    assert initiative.countries.filter(country=country).count() == 1


def test_a_row_that_i_remove_and_they_changed_is_asked_about(desk, bek):
    initiative = make_initiative()
    row = make_milestone(initiative, "Before")
    mine = opened(desk, initiative) | {"milestones-0-DELETE": "on"}
    save_as(bek, row, title_en="Theirs")
    answer = desk.post(edit(initiative), mine)
    assert told(answer)["This row"][2] == "removed"
    kept = again(answer, overwrite="2") | {"take-milestones-0-DELETE": "theirs"}
    assert desk.post(edit(initiative), kept).status_code == 302
    assert Milestone.objects.get().title_en == "Theirs"


def test_a_country_that_changed_its_role_is_followed_through_its_keys(desk, bek):
    initiative = make_initiative()
    row = add_country(initiative, "TJ", role="financier")
    mine = opened(desk, initiative, title_en="Mine")
    save_as(bek, row, role="observer")
    save_as(bek, row, role="party")
    answer = desk.post(edit(initiative), mine)
    assert told(answer)["Role"] == ("Financier", "Party", TAKEN)


def test_a_row_of_an_event_is_guarded_though_the_event_is_not_touched(desk, bek):
    event = make_event()
    row = link_event(make_initiative(), event, decision_en="Before")
    mine = opened(desk, event) | {"initiatives-0-decision_en": "Mine"}
    save_as(bek, row, decision_en="Theirs")
    answer = desk.post(edit(event), mine)
    assert told(answer) == {"Decision [en]": ("Before", "Theirs", "Mine")}
    assert desk.post(edit(event), again(answer)).status_code == 200
    assert desk.post(edit(event), again(answer, overwrite="1")).status_code == 302


def test_links_to_several_rows_are_compared_as_sets(desk, bek):
    event = make_event()
    mine = opened(desk, event, countries=[make_country("UZ").pk])
    actions.set_links(event, "countries", [make_country("TJ"), make_country("KZ")], by=bek)
    answer = desk.post(edit(event), mine)
    assert told(answer) == {"Countries": ("–", "Kazakhstan, Tajikistan", "Uzbekistan")}
    taken = again(answer, overwrite="2") | {"take-countries": "theirs"}
    assert desk.post(edit(event), taken).status_code == 302
    assert {*Event.objects.get().countries.values_list("iso2", flat=True)} == {"TJ", "KZ"}


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


def test_the_comparison_takes_as_many_queries_for_ten_rows_as_for_one(desk, bek, monkeypatch):
    counts = []

    def counted(*args):
        with CaptureQueriesContext(connection) as captured:
            view = compare(*args)
        counts.append(len(captured))
        return view

    monkeypatch.setattr("initiatives.admin.conflicts.compare", counted)
    for number in (1, 10):
        initiative = make_initiative()
        rows = [make_milestone(initiative, responsible=make_country("UZ")) for _ in range(number)]
        mine = opened(desk, initiative, title_en="Mine")
        for row in rows:
            save_as(bek, row, title_en="Theirs")
        desk.post(edit(initiative), mine)
    assert counts[0] == counts[1]


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


@pytest.mark.parametrize("seen", ["", "0", "-1", "abc", "99999999999999999999", "77"])
def test_a_version_that_was_tampered_with_breaks_nothing(desk, bek, seen):
    initiative = make_initiative()
    row = make_milestone(initiative)
    mine = opened(desk, initiative, title_en="Mine", seen=seen, merged=seen)
    save_as(bek, row, title_en="Theirs")
    answer = desk.post(edit(initiative), mine | {"milestones-0-seen": seen})
    assert answer.status_code == 200
    assert values_of(answer)["title_en"] == "Mine"
    assert "Theirs" in view_of(answer)
