"""`manage.py import_initiatives`, as a cron job or an officer at a terminal uses it."""

import json
import time
from io import StringIO

import pytest

from initiatives import actions
from initiatives.management.progress import ProgressLine
from initiatives.management.row_numbers import Numbers
from initiatives.models import Change, ImportBatch, Initiative
from tests.factories import (
    make_initiative,
)
from tests.importing import NEW, as_file, make_lists, run

WRONG = {"title_en": "Wrong", "kind": "zzz"}


@pytest.fixture
def lists():
    make_lists()


@pytest.fixture
def table(tmp_path):
    def write(*rows):
        file = tmp_path / "table.csv"
        file.write_bytes(as_file(rows).getvalue())
        return str(file)

    return write


@pytest.mark.django_db
def test_without_an_order_it_shows_and_writes_nothing(lists, table):
    code, told = run(table(NEW))
    assert (code, Initiative.objects.count(), ImportBatch.objects.count()) == (0, 0, 0)
    assert "create row 2" in told
    assert "title_en: “A bridge”" in told
    assert "1 create" in told


@pytest.mark.django_db
def test_rows_with_errors_are_told_by_the_exit_code(lists, table):
    code, told = run(table(NEW, WRONG), "--dry-run")
    assert (code, "kind: “zzz” is unknown" in told) == (1, True)


@pytest.mark.django_db
@pytest.mark.parametrize("content", [None, b"", b"%PDF-1.4"])
def test_a_file_that_cannot_be_read_is_told_by_the_exit_code(tmp_path, content):
    file = tmp_path / "table.csv"
    if content is not None:
        file.write_bytes(content)
    assert run(str(file))[0] == 2


@pytest.mark.django_db
def test_the_report_is_that_of_the_contract(lists, table, tmp_path):
    report = tmp_path / "report.json"
    make_initiative("CI-2025-0001", title_en="Old")
    run(table({"code": "CI-2025-0001", "title_en": "New"}), report=str(report))
    assert json.loads(report.read_text()) == {
        "create": 0,
        "update": 1,
        "unchanged": 0,
        "conflict": 0,
        "error": 0,
        "rows": [
            {
                "row": 2,
                "key": "CI-2025-0001",
                "action": "update",
                "cells": {"title_en": {"old": "Old", "new": "New"}},
                "notes": [],
            }
        ],
    }


@pytest.mark.django_db
def test_it_applies_and_the_second_time_there_is_nothing_to_do(lists, table):
    assert run(table(NEW), "--apply")[0] == 0
    before = Change.objects.count(), ImportBatch.objects.count()
    code, told = run(table(NEW), "--apply")
    assert (code, "Nothing to do" in told) == (0, True)
    assert (Change.objects.count(), ImportBatch.objects.count()) == before


@pytest.mark.django_db
def test_nothing_is_written_where_a_row_is_wrong(lists, table):
    assert run(table(NEW, WRONG), "--apply")[0] == 1
    assert Initiative.objects.count() == 0


@pytest.mark.django_db
def test_the_others_are_written_on_request_and_the_end_says_that_rows_were_skipped(lists, table):
    code, told = run(table(NEW, WRONG), "--apply", "--skip-failing")
    assert (code, Initiative.objects.count()) == (3, 1)
    assert told.splitlines()[-1] == "1 row was skipped."


@pytest.mark.django_db
def test_rows_of_which_none_can_be_taken_are_skipped_too(lists, table):
    code, told = run(table(WRONG, WRONG), "--apply", "--skip-failing")
    assert (code, told.splitlines()[-1]) == (3, "2 rows were skipped.")
    assert "all is stored already" not in told


@pytest.mark.django_db
def test_a_record_that_an_officer_edited_is_skipped_and_that_is_said_last(lists, table):
    run(table(NEW), "--apply")
    made = Initiative.objects.get()
    made.title_en = "Edited"
    actions.save(made, by=None)
    code, told = run(table(NEW | {"title_en": "Of the file"}), "--apply")
    assert (code, told.splitlines()[-1]) == (3, "1 row was skipped.")
    made.refresh_from_db()
    assert made.title_en == "Edited"


@pytest.mark.django_db
def test_a_row_that_was_not_chosen_is_not_skipped(lists, table):
    assert run(table(NEW, WRONG), "--apply", "--rows", "2")[0] == 0
    assert run(table(NEW, WRONG), "--apply", "--rows", "3")[0] == 3


@pytest.mark.django_db
def test_a_record_that_cannot_be_taken_back_is_told_last(lists, table):
    run(table(NEW), "--apply")
    made = Initiative.objects.get()
    made.title_en = "Edited"
    actions.save(made, by=None)
    code, told = run("--undo", str(ImportBatch.objects.get().pk))
    assert (code, told.splitlines()[-1]) == (3, "1 row was skipped.")


@pytest.mark.django_db
def test_rows_can_be_chosen(lists, table):
    run(table(NEW, NEW | {"external_ids": "wb:P2"}), "--apply", "--rows", "3-9")
    assert Initiative.objects.get().external_ids.get().value == "P2"


@pytest.mark.django_db
def test_failed_rows_come_back_with_the_reason_and_go_again(lists, table, tmp_path):
    failed = tmp_path / "failed.csv"
    run(table(NEW, WRONG | {"title_en": "=Wrong"}), failed=str(failed))
    text = failed.read_text("utf-8-sig")
    assert "'=Wrong" in text
    assert "is unknown" in text
    failed.write_text(text.replace("zzz", "other"), "utf-8-sig")
    assert run(str(failed), "--apply")[0] == 0
    assert Initiative.objects.get().title_en == "=Wrong"


@pytest.mark.django_db
def test_an_import_is_undone_by_its_number(lists, table):
    run(table(NEW), "--apply")
    code, told = run("--undo", str(ImportBatch.objects.get().pk))
    assert (code, Initiative.objects.count(), "1 undone" in told) == (0, 0, True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "arguments",
    [
        *([], ["--undo", "7"], ["x.csv", "--undo", "7"]),
        *(["x.csv", "--by", "nobody"], ["x.csv", "--apply", "--dry-run"]),
    ],
)
def test_an_order_that_makes_no_sense_is_refused(arguments):
    assert run(*arguments)[0] == 2


@pytest.mark.parametrize("text", ["", "x", "3-", "-3", "3,,4", "३", "0", "0-2", "9-5"])
def test_what_is_no_number_of_a_row_is_refused(text):
    with pytest.raises(Exception, match="write for example"):
        Numbers.parse(text)


@pytest.mark.django_db
@pytest.mark.parametrize(("rows", "missing"), [("7", "7"), ("2,4-5", "4-5"), ("3,2,9", "3, 9")])
def test_rows_that_the_file_does_not_have_are_refused_by_name(lists, table, rows, missing):
    code, told = run(table(NEW), "--apply", "--rows", rows)
    assert (code, told) == (2, f"--rows: the file has no row {missing}.")
    assert Initiative.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("option", ["--report", "--failed"])
def test_a_report_that_cannot_be_written_is_told_before_anything_is_done(lists, table, option):
    code, told = run(table(NEW), "--apply", option, "/nowhere/report")
    assert (code, "/nowhere/report" in told, "Nothing was written." in told) == (2, True, True)
    assert Initiative.objects.count() == 0


@pytest.mark.django_db
def test_the_report_tells_what_of_the_file_was_not_read(lists, table, tmp_path):
    row = NEW | {"titel_ru": "Мост", "kind_label": "Infrastructure"}
    run(table(row), report=str(tmp_path / "report.json"))
    assert json.loads((tmp_path / "report.json").read_text())["notes"] == [
        "Unknown columns: titel_ru (perhaps title_ru)",
        "Words for people, not read: kind_label",
    ]


def test_the_progress_tells_the_rate_on_a_terminal_only(monkeypatch):
    monkeypatch.setattr(time, "monotonic", iter(range(100)).__next__)
    out = StringIO()
    out.isatty = lambda: True
    out.write = lambda text, ending=None: StringIO.write(out, text)
    with ProgressLine(out, "read") as progress:
        progress.more(50)
    assert out.getvalue() == "\r50 rows read, 50 a second\n"


@pytest.mark.django_db
def test_what_is_said_of_a_row_stands_in_the_report_as_notes(lists, table, tmp_path):
    row = NEW | {"sectors_percents": "60|30"}
    code, told = run(table(row), report=str(tmp_path / "report.json"))
    (found,) = json.loads((tmp_path / "report.json").read_text())["rows"]
    assert (code, found["notes"]) == (0, ["sectors_percents: The percents give 90, not 100."])
    assert told.count("The percents give 90, not 100.") == 1
