"""The desk's pages of imports: send, look, apply, undo."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from initiatives import actions
from initiatives.choices import DeskRole
from initiatives.models import ImportBatch, Initiative
from tests.desk import address, make_chief, make_officer, signed_in
from tests.factories import (
    make_initiative,
)
from tests.importing import NEW, applied, as_file, kept, make_lists, outcomes

pytestmark = pytest.mark.django_db
CODE = "CI-2025-0001"


@pytest.fixture(autouse=True)
def _lists():
    make_lists()


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def desk(officer):
    return signed_in(officer)


def send(desk, *rows, content=None, name="table.csv"):
    content = as_file(rows).getvalue() if content is None else content
    file = SimpleUploadedFile(name, content)
    return desk.post(address("importbatch", "send"), {"file": file}, follow=True)


def text_of(answer):
    return " ".join(
        html.fromstring(answer.content.decode()).xpath("//main")[0].text_content().split()
    )


def step(desk, batch, name, **sent):
    return desk.post(address("importbatch", name, batch.pk), sent, follow=True)


def test_a_file_is_shown_before_anything_is_changed(desk):
    make_initiative(CODE, title_en="Bridge")
    told = text_of(send(desk, {"code": CODE, "title_en": "Long bridge"}, NEW))
    assert "Bridge → Long bridge" in told
    assert (Initiative.objects.get().title_en, ImportBatch.objects.get().state) == (
        "Bridge",
        "previewed",
    )


def test_a_file_that_cannot_be_read_is_told_at_the_field(desk):
    assert "This is no table" in text_of(send(desk, content=b"%PDF-1.4", name="a.pdf"))
    assert ImportBatch.objects.count() == 0


def test_a_file_that_is_too_large_is_refused(desk, monkeypatch):
    monkeypatch.setattr("initiatives.desk.forms.sending.LARGEST", 10)
    assert "larger than 10" in text_of(send(desk, NEW)).replace("\xa0", " ")


def test_a_file_with_too_many_rows_is_refused(desk, monkeypatch):
    monkeypatch.setattr("initiatives.desk.forms.sending.MOST_ROWS", 1)
    told = text_of(send(desk, NEW, {"title_en": "Another"}))
    assert "more than 1 rows. Divide it, or ask for import_initiatives." in told
    assert ImportBatch.objects.count() == 0


def test_what_is_shown_is_applied(desk, officer):
    batch = kept(NEW, by=officer)
    told = text_of(step(desk, batch, "apply", box="2", row="2"))
    made = Initiative.objects.get()
    assert ("The import has been applied" in told, made.created_by) == (True, officer)


def test_rows_without_a_tick_are_left_out(desk, officer):
    batch = kept(NEW, NEW | {"external_ids": "wb:P2"}, by=officer)
    step(desk, batch, "apply", box=["2", "3"], row=["3"])
    assert outcomes(batch) == ["skipped", "done"]


def test_rows_of_other_pages_follow_the_choice_for_them(desk, officer):
    batch = kept(NEW, NEW | {"external_ids": "wb:P2"}, by=officer)
    step(desk, batch, "apply", box="2", row="2", others="these")
    assert outcomes(batch) == ["done", "skipped"]


@pytest.mark.parametrize(("choice", "outcome"), [("skip", "skipped"), ("overwrite", "done")])
def test_the_officer_decides_conflicts(desk, officer, choice, outcome):
    made = make_initiative(CODE, title_en="Bridge")
    applied({"code": CODE, "title_en": "Long bridge"}, by=officer)
    made.refresh_from_db()
    made.title_en = "Short bridge"
    actions.save(made, by=None)
    batch = kept({"code": CODE, "title_en": "Longer bridge"}, by=officer)
    step(desk, batch, "apply", box="2", row="2", conflicts=choice)
    assert outcomes(batch) == [outcome]


def test_it_is_undone_by_a_button(desk, officer):
    batch = applied(NEW, by=officer)
    told = text_of(step(desk, batch, "undo"))
    assert "The import has been undone." in told
    assert "left unchanged" not in told
    assert Initiative.objects.count() == 0


def test_what_waits_for_a_second_person_is_told_as_left(desk, officer):
    make_initiative(CODE, title_en="Bridge")
    batch = applied({"code": CODE, "title_en": "Long"}, by=officer)
    officer.desks.update(role=DeskRole.EDITOR)
    told = text_of(step(desk, batch, "undo"))
    assert outcomes(batch) == ["waiting"]
    assert "Rows that were left unchanged are listed below." in told


def test_what_was_done_is_not_done_twice(desk, officer):
    batch = applied(NEW, by=officer)
    assert "applied already" in text_of(step(desk, batch, "apply"))


def test_rows_with_errors_are_downloaded_with_the_reason(desk, officer):
    batch = kept(NEW, {"title_en": "Wrong", "kind": "zzz"}, by=officer)
    answer = desk.get(address("importbatch", "failed", batch.pk))
    lines = answer.getvalue().decode("utf-8-sig").splitlines()
    assert (len(lines), lines[0].endswith(",reason"), "is unknown" in lines[1]) == (2, True, True)


def test_a_new_record_is_folded_under_its_title(desk, officer):
    page = desk.get(address("importbatch", "change", kept(NEW, by=officer).pk))
    (folded,) = html.fromstring(page.content.decode()).xpath("//main//details")
    assert folded.find("summary").text == "A bridge"
    assert "infrastructure" in folded.text_content()


def test_what_of_a_file_is_not_read_is_told(desk):
    told = text_of(send(desk, {"title_en": "A bridge", "titel": "x", "status_label": "y"}))
    assert "Unknown columns titel" in told
    assert "Words for people, not read status_label" in told


def test_a_name_that_may_be_meant_is_told_in_the_language_of_who_reads(desk):
    desk.cookies[settings.LANGUAGE_COOKIE_NAME] = "ru"
    told = text_of(send(desk, {"title_en": "A bridge", "titel_ru": "x"}))
    assert "Неизвестные столбцы titel_ru (возможно, title_ru)" in told


def test_a_header_with_a_sign_that_no_text_may_hold_is_shown_without_it(desk):
    told = text_of(send(desk, content=b"title_en,a\0b\nA bridge,x\n"))
    assert "Unknown columns ab" in told


def test_rows_can_be_shown_by_action(desk, officer):
    batch = kept(NEW, {"title_en": "Wrong", "kind": "zzz"}, by=officer)
    page = address("importbatch", "change", batch.pk)
    told = text_of(desk.get(page, {"action": "error"}))
    assert ("Wrong" in told, "A bridge" in told) == (True, False)


@pytest.mark.parametrize("query", ["action=zzz", "page=99", "page=x", "outcome=zzz"])
def test_a_wrong_query_is_no_error(desk, officer, query):
    batch = kept(NEW, by=officer)
    assert desk.get(address("importbatch", "change", batch.pk) + f"?{query}").status_code == 200


def test_officers_see_their_own_imports_and_chiefs_all(desk, officer):
    other = make_officer("bek")
    batch = kept(NEW, by=other)
    for name in ("change", "failed"):
        assert desk.get(address("importbatch", name, batch.pk)).status_code == 403
    for name in ("apply", "undo"):
        assert desk.post(address("importbatch", name, batch.pk)).status_code == 403
    for user in (other, make_chief()):
        assert signed_in(user).get(address("importbatch", "change", batch.pk)).status_code == 200


def test_who_lost_the_role_applies_nothing(officer, desk):
    batch = kept(NEW, by=officer)
    officer.desks.update(role=DeskRole.VIEWER)
    assert desk.post(address("importbatch", "apply", batch.pk)).status_code == 403


def test_the_pages_ask_as_much_for_ten_rows_as_for_one(desk, officer):
    def asked(number):
        rows = [NEW | {"external_ids": f"wb:{number}-{n}"} for n in range(number)]
        page = address("importbatch", "change", kept(*rows, by=officer).pk)
        desk.get(page)
        with CaptureQueriesContext(connection) as queries:
            desk.get(page)
        return len(queries)

    assert asked(1) == asked(10)


def test_what_is_said_of_a_row_stands_beside_its_cell_and_is_stored(desk):
    told = text_of(send(desk, NEW | {"sectors_percents": "60|30"}))
    assert told.count("The percents give 90, not 100.") == 1
    (row,) = ImportBatch.objects.get().rows.all()
    assert row.notes == [["sectors_percents", "The percents give 90, not 100."]]


def test_what_is_said_of_a_row_that_stays_as_it_is_is_shown_too(desk):
    send(desk, NEW)
    batch = ImportBatch.objects.get()
    batch.rows.update(action="unchanged", cells={}, notes=[["funding_amounts", "It was rounded."]])
    page = desk.get(address("importbatch", "change", batch.pk))
    assert "money (amounts): It was rounded." in text_of(page)
