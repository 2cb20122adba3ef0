"""Files of which nothing can be taken, through the whole import: exit code 2 or a message at the
field of the form, with the place and the cure; little memory, and nothing is written."""

import io
import os
import re
import subprocess
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from initiatives.imports.reading import Unreadable, limits, open_table
from initiatives.models import Change, ImportBatch, ImportRow, Initiative
from tests.desk import address, errors_in, make_officer, signed_in
from tests.importing import run
from tests.reading import sheet, text, workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NO_COLUMN = "None of the first rows names a column that is known."


def merged_header():
    merged = '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    return workbook(sheet([text("code")], after=merged))


def with_password():
    content = bytearray(workbook())
    for sign, place in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        content[content.find(sign) + place] |= 1
    return bytes(content)


def bomb():
    return workbook(f"<worksheet>{' ' * (64 * limits.MIB)}</worksheet>")


MIXED = "code,title_ru\n,Мост\n,Мост\n".encode() + ",Дорога\n".encode("cp1251")
FILES = {
    "bomb.xlsx": (bomb, "would grow too much when unpacked. Save it as CSV."),
    "columns.csv": (lambda: "code" + ",a" * 100_000, "Row 1: The header has more than 1000"),
    "merged.xlsx": (merged_header, "Row 1: The cells A1:B1 are merged. Unmerge them"),
    "mixed.csv": (lambda: MIXED, "Row 4: This line is not in UTF-8 like the others. Save the"),
    "page.csv": (
        lambda: "<!doctype html><table>",
        "a web page. Send CSV, XLSX, ODS, JSON or a file of",
    ),
    "page.xlsx": (lambda: "<html><table>", "Save it as .xlsx again."),
    "flat.fods": (
        lambda: '<a xmlns="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
        "another kind of document. Save it as .ods, .xlsx or CSV.",
    ),
    "old.xls": (lambda: OLE + bytes(600), "old .xls file, or a workbook with a password. Save"),
    "password.xlsx": (with_password, "has a password. Save it without one."),
    "paper.pdf": (
        lambda: "%PDF-1.7",
        "This is no table. Send CSV, XLSX, ODS, JSON or a file of IATI",
    ),
    "empty.csv": (lambda: "", "empty"),
    "blank.csv": (lambda: "\n  \n,,\n", f"Row 3: {NO_COLUMN}"),
    "strange.csv": (lambda: "cde,titel\n", f"Row 1: {NO_COLUMN} Do you mean: cde → code"),
    "nothing.csv": (lambda: "x,y\n1,2\n", f"Row 1: {NO_COLUMN}"),
    "twice.csv": (lambda: "\ncode,kind,code\n", "Row 2, column code: The column appears in the"),
    "quote.csv": (lambda: 'code,kind\n1,"a\n2,b\n', "Row 2: The quotation mark that opens in"),
    "half.json": (lambda: '[{"code": "a"}, {"co', "Row 2: The JSON is damaged"),
    "twice.json": (lambda: '[{"kind": "a", "kind": "b"}]', "Row 1, column kind: The key appears"),
    "half-sign.json": (
        lambda: '[{"title_en": "\\ud800"}]',
        "Row 1: An escape like \\ud83d is half a",
    ),
    "wide.csv": (lambda: "code\n1\n".encode("utf-32"), "The file is in UTF-32. Save it as UTF-8."),
}


def counts():
    return [model.objects.count() for model in (Initiative, Change, ImportBatch, ImportRow)]


def content_of(name):
    content = FILES[name][0]()
    return content.encode() if isinstance(content, str) else content


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_read_is_told_with_its_place_and_cure(tmp_path, name):
    file = tmp_path / name
    file.write_bytes(content_of(name))
    code, told = run(str(file), "--apply")
    assert (code, counts()) == (2, [0] * 4)
    assert FILES[name][1] in told


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("name", FILES)
def test_it_is_told_at_the_field_of_the_form(name):
    file = SimpleUploadedFile(name, content_of(name))
    answer = signed_in(make_officer()).post(address("importbatch", "send"), {"file": file})
    (told,) = errors_in(answer)
    assert (answer.status_code, FILES[name][1] in told) == (200, True), told
    assert counts() == [0] * 4


@pytest.mark.django_db
def test_a_file_that_has_only_a_header_does_nothing(tmp_path):
    file = tmp_path / "table.csv"
    file.write_text("code,title_en\n")
    code, told = run(str(file), "--apply")
    assert (code, "Nothing to do" in told, counts()) == (0, True, [0] * 4)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content", ["title_en,kind\nA\0B,other\n", '[{"title_en": "A\\u0000B", "kind": "\\u0000"}]']
)
def test_rows_with_signs_that_no_database_takes_are_shown_by_the_form(content):
    file = SimpleUploadedFile("table", content.encode())
    desk = signed_in(make_officer())
    answer = desk.post(address("importbatch", "send"), {"file": file}, follow=True)
    assert (answer.status_code, "Take it out." in answer.content.decode()) == (200, True)
    (batch,) = ImportBatch.objects.all()
    failed = desk.get(address("importbatch", "failed", batch.pk)).getvalue().decode()
    assert "U+0000" in failed
    assert Initiative.objects.count() == 0


# The command with so little memory to have that a file read as a whole would end it.
_SMALL = """
import os, resource, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
django.setup()
from django.core.management import CommandError, call_command
begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
resource.setrlimit(resource.RLIMIT_AS, (1024**3, resource.RLIM_INFINITY))
try:
    call_command("import_initiatives", sys.argv[1], "--apply")
except CommandError as error:
    print(error.returncode, error)
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - begun
print("grown by MiB:", grown // (1024 if sys.platform != "darwin" else 1024**2))
"""


def one_line(file):
    file.write(b"code,title_en\n,")
    file.truncate(limits.FILE)  # a hole in the file, which reads as a gigabyte of NUL


def many_columns(file):
    file.write(b"code")
    for _ in range(100):
        file.write(b",a" * 100_000)


def large_bomb(file):
    file.write(workbook(f"<worksheet>{' ' * (400 * limits.MIB)}</worksheet>"))


@pytest.mark.once
@pytest.mark.parametrize(
    ("fill", "told"),
    [
        (one_line, "Row 2: The row has more than 8000000 characters. Check the line ends"),
        (many_columns, "Row 1: The row has more than 500000 characters."),
        (large_bomb, "would grow too much when unpacked"),
    ],
    ids=["a gigabyte of one line", "ten million columns", "a bomb"],
)
def test_a_file_that_is_meant_to_fill_the_memory_does_not(tmp_path, fill, told):
    path = tmp_path / "file"
    with path.open("wb") as file:
        fill(file)
    command = [sys.executable, "-c", _SMALL, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ)
    assert done.stdout.startswith(f"2 {path}: "), done.stderr
    assert told in done.stdout
    assert int(done.stdout.split()[-1]) < 100


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", '[{"code": "a"},]'),
        ("b.json", '[{"code": NaN}]'),
        ("c.json", '{"code": "a"}\n{"code": "b"}'),
        ("d.xml", '<iati-activities version="2.03"><iati-activity>'),
        ("e.xml", '<iati-activities version="2.03"><iati-activity></b>'),
    ],
)
def test_a_parser_says_nothing_in_english_of_its_own(name, content):
    with translation.override("ru"):
        with pytest.raises(Unreadable) as refusal:
            list(open_table(io.BytesIO(content.encode()), name))
        told = str(refusal.value)
    assert set(re.findall("[A-Za-z]+", told)) <= {"JSON", "XML", "NaN", "Infinity"}, told
