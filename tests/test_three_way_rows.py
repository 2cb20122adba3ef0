"""Rows that belong to a record are compared with it, whoever added, changed or removed them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives import actions
from initiatives.desk.forms.three_way import compare
from initiatives.models import Event, InitiativeCountry, Milestone
from tests import comparing
from tests.comparing import TAKEN, again, opened, save_as, told, view_of
from tests.desk import add_row, edit, values_of
from tests.factories import (
    add_country,
    link_event,
    make_country,
    make_event,
    make_initiative,
    make_milestone,
)

pytestmark = pytest.mark.django_db
bek = comparing.bek
desk = comparing.desk


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
    initiative = make_initiative(publication="draft")
    row = make_milestone(initiative, "Gone")
    make_milestone(initiative, "Stays")
    mine = opened(desk, initiative) | {"milestones-0-title_ru": "Моё"}
    actions.remove_record(row, by=bek)
    answer = desk.post(edit(initiative), mine)
    assert "1. Gone Somebody else has removed this row. To keep what you typed" in view_of(answer)
    assert "Title [ru] Моё" in view_of(answer)
    assert values_of(answer)["milestones-INITIAL_FORMS"] == "1"
    assert values_of(answer)["milestones-0-title_en"] == "Stays"


def test_a_row_that_they_removed_and_i_left_alone_is_just_told(desk, bek):
    initiative = make_initiative(publication="draft")
    row = make_milestone(initiative, "Gone")
    mine = opened(desk, initiative)
    actions.remove_record(row, by=bek)
    answer = desk.post(edit(initiative), mine)
    assert "1. Gone Somebody else has removed this row. You had not changed it." in view_of(answer)
    assert desk.post(edit(initiative), again(answer, overwrite="2")).status_code == 302


def test_a_row_that_they_added_stays_once_beside_mine(desk, bek):
    initiative = make_initiative()
    mine = add_row(opened(desk, initiative), "milestones", title_en="Mine")
    actions.save(Milestone(initiative=initiative, title_en="Theirs"), by=bek)
    answer = desk.post(edit(initiative), mine)
    assert "Somebody else has added this row. It stays." in view_of(answer)
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


def test_the_comparison_takes_as_many_queries_for_ten_rows_as_for_one(desk, bek, monkeypatch):
    counts = []

    def counted(*args):
        with CaptureQueriesContext(connection) as captured:
            view = compare(*args)
        counts.append(len(captured))
        return view

    monkeypatch.setattr("initiatives.desk.admin.conflicts.compare", counted)
    for number in (1, 10):
        initiative = make_initiative()
        rows = [make_milestone(initiative, responsible=make_country("UZ")) for _ in range(number)]
        mine = opened(desk, initiative, title_en="Mine")
        for row in rows:
            save_as(bek, row, title_en="Theirs")
        desk.post(edit(initiative), mine)
    assert counts[0] == counts[1]
