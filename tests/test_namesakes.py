"""Who makes a record that may be there already is told which one, if she may see that."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives import actions
from initiatives.choices import DeskRole
from initiatives.models import ImportBatch, Initiative
from initiatives.text.titles import title_key
from tests.desk import (
    address,
    edit,
    errors_in,
    make_chief,
    make_desk,
    make_officer,
    send,
    signed_in,
    values_of,
)
from tests.factories import make_initiative, make_sector
from tests.importing import applied, kept, lists, outcomes, plan_of, run

B09 = Path(__file__).parent / "data" / "imports" / "b09_same_new_row_twice.csv"
_lists = lists


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Road to Osh", "ROAD  TO OSH."),
        ("Строительство моста", "Cтpoитeльcтвo мocтa"),  # with Latin letters
        ("Oʻzbekiston yoʻli", "O'zbekiston yo‘li"),
        ("Café №1", "Cafe\u0301 №1"),
    ],
)
def test_titles_are_one_whatever_their_case_spaces_signs_and_look_alike_letters(one, other):
    assert title_key(one) == title_key(other)


@pytest.mark.parametrize("others", [("Road 1", "Road 2"), ("Мост", "Пост"), ("?", "!")])
def test_titles_that_differ_stay_two(others):
    assert len(set(map(title_key, others))) == 2


def notes_of(plan):
    return [[text for _column, text in row.notes] for row in plan.rows()]


def test_two_rows_that_say_the_same_are_told_of_each_other():
    same = {"title_en": "Road", "kind": "other"}
    plan = plan_of(same, {"title_en": "Bridge"}, same)
    first, middle, last = notes_of(plan)
    assert first == ["Row 4 says the same, so one initiative would be made twice. Leave one out."]
    assert (middle, last) == ([], [first[0].replace("4", "2")])
    assert plan.counts["create"] == 3


def test_two_rows_of_one_title_in_any_language_are_asked_about():
    (first, _other) = notes_of(plan_of({"title_en": "MOCT"}, {"title_ru": "Мост", "kind": "other"}))
    assert first == ["Row 3 makes an initiative of the same title. Are both one?"]


def test_a_record_of_the_same_title_is_named():
    made = make_initiative(title_ru="Дорога  на Ош", title_en="Road to Osh")
    ((note,),) = notes_of(plan_of({"title_en": "дорога на ОШ"}))
    assert f"already: {made.code} “Road to Osh”." in note


def test_a_few_of_many_records_are_named():
    for _number in range(6):
        make_initiative(title_en="Road")
    ((note,),) = notes_of(plan_of({"title_en": "Road"}))
    assert note.count("CI-") == 3
    assert "and others" in note


def test_nobody_is_told_of_a_record_that_is_hidden():
    make_initiative(title_en="Road", publication="draft", parties=("TM",), main_sector=None)
    officer = make_officer(role=DeskRole.EDITOR, desk=make_desk("KZ", countries=["KZ"]))
    assert notes_of(plan_of({"title_en": "Road", "parties": "KZ"}, by=officer)) == [[]]
    opened = signed_in(officer)
    values = {"title_en": "Road", "kind": "other"}
    send(opened, address("initiative", "add"), **values)
    assert Initiative.objects.filter(title_en="Road").count() == 2


def test_the_queries_do_not_grow_with_rows_or_namesakes():
    counts = []
    for number in (1, 5):
        make_initiative(title_en="Road")
        rows = [{"title_en": "Road", "kind": "other"}] * number
        with CaptureQueriesContext(connection) as captured:
            plan_of(*rows)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_case_of_one_row_twice(tmp_path):
    make_sector("trade")
    report = tmp_path / "report.json"
    code, told = run(str(B09), "--apply", report=str(report))
    assert (code, "says the same" in told) == (0, True)
    made = Initiative.objects.count()
    code, told = run(str(B09), "--apply", report=str(report))
    assert (code, Initiative.objects.count()) == (1, made)
    for text in ("This file was applied on", "a command of the server", "--again", "CI-"):
        assert text in told
    assert "This file was applied on" in json.loads(report.read_text())["notes"][0]
    assert run(str(B09), "--apply", "--again")[0] == 0
    assert Initiative.objects.count() == 2 * made


def test_a_file_whose_records_are_known_by_a_key_needs_no_confirmation():
    row = {"title_en": "Road", "external_ids": "wb:P9"}
    applied(row)
    assert outcomes(applied(row)) == [""]


def test_the_other_rows_of_a_file_need_no_confirmation():
    rows = [{"title_en": "Road"}, {"title_en": "Bridge"}]
    applied(*rows, rows=lambda number: number == 2)
    assert outcomes(applied(*rows, rows=lambda number: number == 3)) == ["skipped", "done"]


def test_what_was_undone_may_be_done_again():
    batch = applied({"title_en": "Road"})
    actions.imports.undo(batch, by=None)
    assert outcomes(applied({"title_en": "Road"})) == ["done"]


def test_the_desk_tells_of_the_earlier_import_and_asks():
    officer = make_officer("aziza", first_name="Aziza")
    applied({"title_en": "Road"}, by=officer)
    batch = kept({"title_en": "Road"}, by=officer)
    client = signed_in(officer)
    page = client.get(edit(batch)).content.decode()
    assert "This file was applied on" in page
    assert "by aziza" in page
    assert "initiative/?q=CI-" in page
    values = values_of(client.get(edit(batch)))
    refused = client.post(address("importbatch", "apply", batch.pk), values, follow=True)
    assert "Confirm that this is meant." in refused.content.decode()
    assert Initiative.objects.count() == 1
    client.post(address("importbatch", "apply", batch.pk), values | {"again": "on"})
    assert Initiative.objects.count() == 2


def test_an_earlier_import_of_hidden_records_is_not_told():
    applied({"title_en": "Road", "parties": "UZ"}, by=make_chief())
    officer = make_officer(role=DeskRole.EDITOR, desk=make_desk("KZ", countries=["KZ"]))
    batch = kept({"title_en": "Road", "parties": "UZ"}, by=officer)
    assert "was applied" not in signed_in(officer).get(edit(batch)).content.decode()
    assert ImportBatch.objects.count() == 2


def test_a_new_record_of_a_title_that_exists_is_saved_after_it_was_confirmed():
    made = make_initiative(title_en="Road to Osh")
    client = signed_in(make_officer())
    url = address("initiative", "add")
    answer = send(client, url, title_ru="Road  TO osh", summary_en="Typed")
    (told,) = [text for text in errors_in(answer) if made.code in text]
    assert "There is an initiative of this title already" in told
    assert f'<a href="{edit(made)}">' in answer.content.decode()
    values = values_of(answer)
    assert (values["title_ru"], values["summary_en"]) == ("Road  TO osh", "Typed")
    assert Initiative.objects.count() == 1
    confirmed = values | {"same_titles": made.code, "_save": ""}
    assert client.post(url, confirmed).status_code == 302
    assert Initiative.objects.count() == 2


def test_a_record_that_is_there_may_keep_the_title_of_another():
    make_initiative(title_en="Road")
    other = make_initiative(title_en="Road")
    client = signed_in(make_officer())
    assert send(client, edit(other), summary_en="More").status_code == 302
