"""CSV in the encodings, delimiters and languages of the region becomes the same cells."""

import pytest
from django.utils import translation

from initiatives.choices import Language
from initiatives.exchange.columns import READABLE
from initiatives.imports.reading import Unreadable
from initiatives.imports.reading.labels import labelled
from tests.reading import cells, problems, table

pytestmark = pytest.mark.once
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 (BOM)",
    "utf-16": "UTF-16 LE",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "cp1251": "Windows-1251",
}
TEXT = "code;title_ru\r\nCI-2025-0001;Развитие дорог\r\n"


def facts(content):
    return dict(table(content).facts())


def refused(content):
    with pytest.raises(Unreadable) as error:
        list(table(content))
    return error.value


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_encoding_is_recognised_and_told(encoding):
    content = TEXT.encode(encoding)
    assert cells(content) == [{"code": "CI-2025-0001", "title_ru": "Развитие дорог"}]
    assert facts(content)["Encoding"] == ENCODINGS[encoding]


@pytest.mark.parametrize("encoding", ["koi8-r", "cp866", "latin-1"])
def test_other_encodings_are_refused_instead_of_guessed(encoding):
    word = "déjà œuvré"[:4] if encoding == "latin-1" else "Развитие дорог"
    error = refused(f"code;title_ru\nCI-2025-0001;{word}\n".encode(encoding))
    assert (error.row, "UTF-8" in error.message) == (2, True)


def test_mixed_encodings_are_refused_with_the_line():
    lines = [b"code;title_ru\n", "1;Развитие\n".encode(), "2;дорог\n".encode("cp1251")]
    assert refused(b"".join(lines)).row == 3
    odd = [lines[0], *["1;дорог\n".encode("cp1251")] * 3, "2;Развитие\n".encode()]
    assert refused(b"".join(odd)).row == 5


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_broken_text_in_the_middle_is_refused_with_the_line(encoding):
    broken = {"utf-8-sig": b"\xff", "utf-16": b"\x00\xdc"}[encoding]
    good = TEXT.encode(encoding)
    assert refused(good + broken + "x".encode("utf-16-le")).row == 3


@pytest.mark.parametrize(("sign", "name"), [(",", "comma"), (";", "semicolon"), ("\t", "tab")])
def test_the_delimiter_is_recognised_and_told(sign, name):
    content = f'code{sign}title_en\n1{sign}"a,b;c\t""d"""\n'
    assert cells(content) == [{"code": "1", "title_en": 'a,b;c\t"d"'}]
    assert facts(content)["Delimiter"] == name


def test_the_line_that_tells_excel_the_delimiter_is_passed_over():
    assert cells("sep=;\ncode;kind\n1;other\n") == [{"code": "1", "kind": "other"}]


@pytest.mark.parametrize("language", Language.values)
def test_headers_are_understood_in_four_languages(language):
    with translation.override(language):
        title = READABLE["title_ru"].label
        names = [str(READABLE["code"]).upper(), f" {title}  (ru)", str(READABLE["planned_end"])]
    (row,) = cells(";".join(names) + "\n1;а;2027\n")
    assert row == {"code": "1", "title_ru": "а", "planned_end": "2027"}


def test_the_language_of_the_header_is_told():
    assert facts("код;плановое начало\n")["Header"].startswith("Russian")
    assert facts("code;url\n")["Header"] == "stable names, row 1"


@pytest.mark.parametrize("language", Language.values)
def test_every_column_has_a_label_of_its_own(language):
    assert set(labelled(language).values()) == set(READABLE)


def test_the_header_may_come_after_empty_lines():
    (row,) = table("\n;;\n\ncode;kind\n\n1;other\n")
    assert (row.number, row.cells["kind"]) == (6, "other")


def test_a_column_that_is_not_there_is_not_empty():
    assert cells("kind,code\n,1\n") == [{"kind": "", "code": "1"}]


def test_unknown_headers_are_listed_with_the_nearest_column():
    found = table("code,titel_en,wzzzzx!\n1,a,b\n")
    assert found.unknown == {"titel_en": "title_en", "wzzzzx!": ""}
    assert found.columns == ["code"]


def test_a_header_without_any_column_is_refused_with_a_guess():
    assert "titel_en → title_en" in refused("titel_en,x\n1,2\n").message


def test_a_column_that_stands_twice_is_refused():
    error = refused("code,kind,code\n")
    assert (error.row, error.column) == (1, "code")


def test_rows_carry_the_line_on_which_they_begin():
    rows = list(table('code,title_en\n1,"a\nb"\n\n2,c\n'))
    assert [row.number for row in rows] == [2, 5]


def test_a_row_with_too_few_or_too_many_cells_is_a_problem():
    found = problems("code,kind\n1\n2,other,extra\n3,other,\n")
    assert [(row, column) for row, column, _message in found] == [(2, ""), (3, "")]


def test_what_was_made_harmless_is_itself_again():
    assert cells("code,title_en\n1,'=1+1\n2,'plain\n")[0]["title_en"] == "=1+1"
    assert cells("code,title_en\n2,'plain\n")[0]["title_en"] == "'plain"


@pytest.mark.parametrize("sign", ["\0", "\x0b", "\x1f", "\x85"])
def test_signs_that_no_text_may_hold_are_a_problem_of_their_cell(sign):
    ((row, column, message),) = problems(f"code,title_en\n1,a{sign}b\n")
    assert (row, column) == (2, "title_en")
    assert f"Character 2 is U+{ord(sign):04X}" in message


def test_a_text_that_was_cut_is_not_taken_for_the_whole():
    ((_row, column, message),) = problems("code,summary_en\n1,abc ⟦…⟧ The text is longer\n")
    assert column == "summary_en"
    assert "cut" in message
