"""An encoding that was guessed is confirmed by a person before anything is written."""

import io
import json

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from lxml import html

from initiatives import actions
from initiatives.imports.planning import keep_plan, make_plan
from initiatives.imports.reading import Unreadable, open_table
from initiatives.models import ImportBatch, Initiative
from initiatives.rights import Rights
from tests.desk import address, make_officer, signed_in
from tests.importing import CODE, bridge, lists  # noqa: F401

pytestmark = pytest.mark.once

TEXT = f"code,title_ru\r\n{CODE},Мост через реку Сырдарья\r\n"
CONFIRM = "--confirm-encoding"


@pytest.fixture
def old_file(tmp_path, bridge):  # noqa: F811
    path = tmp_path / "old.csv"
    path.write_bytes(TEXT.encode("cp1251"))
    return path


def title():
    return Initiative.objects.get(code=CODE).title_ru


def apply(path, *options):
    call_command("import_initiatives", str(path), "--apply", *options)


def test_a_guessed_encoding_is_shown_with_words_and_nothing_is_written(old_file, capsys):
    with pytest.raises(SystemExit) as end:
        apply(old_file)
    assert end.value.code == 1
    told = capsys.readouterr()
    assert "Сырдарья" in told.out.split("encoding was guessed", 1)[1].splitlines()[0]
    assert "--confirm-encoding" in told.err
    assert not title()
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("options", [[CONFIRM], ["--encoding", "windows-1251"]])
def test_who_confirms_or_names_the_encoding_may_apply(old_file, options):
    apply(old_file, *options)
    assert title() == "Мост через реку Сырдарья"


def test_a_preview_on_the_command_line_needs_no_confirmation(old_file, tmp_path):
    report = tmp_path / "report.json"
    call_command("import_initiatives", str(old_file), "--dry-run", report=str(report))
    assert json.loads(report.read_text())["update"] == 1


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_encoding_that_is_proved_needs_no_confirmation(tmp_path, bridge, codec):  # noqa: F811
    path = tmp_path / "new.csv"
    path.write_bytes(TEXT.encode(codec))
    apply(path)
    assert title() == "Мост через реку Сырдарья"


def test_utf_16_without_its_mark_is_a_guess_too():
    table = open_table(io.BytesIO(TEXT.encode("utf-16-le")), "table.csv")
    assert "Сырдарья" in table.sample


@pytest.mark.parametrize("codec", ["koi8_r", "cp866", "mac_cyrillic", "iso8859_5"])
def test_an_encoding_that_nobody_can_guess_may_be_named(codec):
    names = {"koi8_r": "KOI8-R", "cp866": "cp866", "mac_cyrillic": "Mac-Cyrillic"}
    name = names.get(codec, "iso-8859-5")
    table = open_table(io.BytesIO(TEXT.encode(codec)), "table.csv", encoding=name)
    assert next(iter(table)).cells["title_ru"] == "Мост через реку Сырдарья"
    assert table.sample == ()


def test_an_unknown_encoding_is_refused_with_those_that_are_known(old_file):
    with pytest.raises(CommandError, match="Name one of: UTF-8, UTF-16, Windows-1251") as end:
        apply(old_file, "--encoding", "utf-9")
    assert end.value.returncode == 2


def test_a_file_that_is_not_in_the_named_encoding_is_refused():
    with pytest.raises(Unreadable, match="not in UTF-8"):
        open_table(io.BytesIO(TEXT.encode("cp1251")), "table.csv", encoding="UTF-8")


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_may_be_named_with_and_without_its_mark(codec):
    table = open_table(io.BytesIO(TEXT.encode(codec)), "table.csv", encoding="UTF-16")
    assert next(iter(table)).cells["title_ru"] == "Мост через реку Сырдарья"


@pytest.mark.parametrize("codec", ["utf-8", "cp1251"])
def test_a_file_that_is_no_utf_16_is_refused_as_such(codec):
    with pytest.raises(Unreadable, match="not in UTF-16") as refusal:
        open_table(io.BytesIO(TEXT.encode(codec)), "table.csv", encoding="UTF-16")
    assert refusal.value.row == 1


def test_the_action_itself_refuses_what_nobody_confirmed(bridge):  # noqa: F811
    table = open_table(io.BytesIO(TEXT.encode("cp1251")), "table.csv")
    plan = make_plan(table, rights=Rights.of_system())
    batch = keep_plan(plan, name="table.csv", sha256="0" * 64, by=None)
    with pytest.raises(ValidationError, match="confirm"):
        actions.imports.apply(batch, by=None)
    actions.imports.apply(batch, by=None, encoding_confirmed=True)
    assert title() == "Мост через реку Сырдарья"


@pytest.fixture
def desk(bridge):  # noqa: F811
    return signed_in(make_officer())


def sent(desk, **fields):
    file = SimpleUploadedFile("old.csv", TEXT.encode("cp1251"))
    return desk.post(address("importbatch", "send"), {"file": file, **fields}, follow=True)


def test_the_desk_shows_the_words_and_wants_a_tick(desk):
    page = html.fromstring(sent(desk).content.decode())
    assert "Сырдарья" in page.text_content()
    [box] = page.xpath("//input[@name='encoding_confirmed']")
    assert box.get("type") == "checkbox"
    assert box.get("checked") is None


@pytest.mark.parametrize(("tick", "stored"), [({}, None), ({"encoding_confirmed": "yes"}, True)])
def test_the_desk_applies_only_what_was_ticked(desk, tick, stored):
    sent(desk)
    batch = ImportBatch.objects.get()
    answer = desk.post(address("importbatch", "apply", batch.pk), tick, follow=True)
    assert bool(title()) is bool(stored)
    assert ("confirm that it reads right" in answer.content.decode()) is not bool(stored)


def test_the_desk_takes_the_name_of_an_encoding(desk):
    page = html.fromstring(sent(desk, encoding="Windows-1251").content.decode())
    assert not page.xpath("//input[@name='encoding_confirmed']")
