"""JSON of the public contract becomes the same cells as a table, object by object."""

import io
import tracemalloc

import pytest

from initiatives.imports.reading import Unreadable, limits, open_table
from tests.reading import cells, problems, table
from tests.test_reading_csv_limits import Endless

pytestmark = pytest.mark.once
OBJECT = {
    "code": "CI-2025-0001",
    "title": {"en": "Road", "ru": "Дорога", "uz": "", "kk": ""},
    "status_since": None,
    "planned_end": "2027-Q3",
    "countries": [
        {"iso2": "KZ", "role": "host"},
        {"iso2": "KZ", "role": "party"},
        {"iso2": "UZ", "role": "party"},
    ],
    "sectors": [
        {"slug": "energy", "percent": 40.0, "is_main": True},
        {"slug": "water", "percent": None, "is_main": False},
    ],
    "organisations": [{"slug": "a|b", "role": "1"}],
    "funding": [
        {"type": "pledge", "amount": "5.50", "amount_max": None, "currency": "USD", "date": "2025"},
        {"type": "commitment", "amount": None, "amount_max": None, "currency": None, "date": None},
    ],
    "flags": ["late", "no_source"],
}
CELLS = {
    "code": "CI-2025-0001",
    "title_en": "Road",
    "title_ru": "Дорога",
    "title_uz": "",
    "title_kk": "",
    "status_since": "",
    "planned_end": "2027-Q3",
    "countries": "KZ|UZ",
    "parties": "KZ|UZ",
    "countries_roles": "KZ:host|KZ:party|UZ:party",
    "sectors": "energy|water",
    "main_sector": "energy",
    "sectors_percents": "40.00|",
    "organisations": r"a\|b",
    "organisations_roles": r"a\|b:1",
    "funding_types": "pledge|commitment",
    "funding_amounts": "5.50|",
    "funding_amounts_max": "|",
    "funding_currencies": "USD|",
    "funding_dates": "2025|",
    "flags": "late|no_source",
}
LIST = {"count": 1, "next": None, "results": [OBJECT]}


def refused(content):
    with pytest.raises(Unreadable) as error:
        list(table(content, "file.json"))
    return error.value


@pytest.mark.parametrize("content", [LIST, [OBJECT], OBJECT], ids=["answer", "list", "record"])
def test_all_shapes_give_the_same_cells(content):
    found = table(content)
    assert (found.format, set(found.columns)) == ("json", set(CELLS))
    assert [(row.number, row.cells, row.problems) for row in found] == [(1, CELLS, [])]


def test_a_list_without_objects_is_a_table_without_rows():
    assert cells([]) == cells({"count": 0, "next": None, "results": []}) == []


def test_rows_carry_their_places():
    assert [row.number for row in table([{"code": "1"}, {"code": "2"}])] == [1, 2]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251"])
def test_encodings_are_recognised(encoding):
    content = '[{"code": "1", "title": {"ru": "Развитие дорог"}}]'.encode(encoding)
    assert cells(content) == [{"code": "1", "title_ru": "Развитие дорог"}]


def test_what_has_no_column_is_counted_and_what_is_unknown_named():
    found = table([{"code": "1", "titel": "x", "children": ["2"], "history": []}])
    list(found)
    list(found)
    assert found.unknown == {"titel": "title"}
    assert found.ignored == {"titel": 1, "children": 1}


def test_no_more_names_are_counted_than_anybody_reads():
    found = table([{"code": "1", f"a{n}": 1} for n in range(2 * limits.KEYS)])
    list(found)
    assert (len(found.ignored), found.ignored["…"]) == (limits.KEYS + 1, limits.KEYS)


@pytest.mark.parametrize(
    ("found", "column"),
    [
        ({"code": True}, "code"),
        ({"code": ["1"]}, "code"),
        ({"title": "Road"}, "title"),
        ({"title": {"en": {}}}, "title_en"),
        ({"flags": "late"}, "flags"),
        ({"countries": ["KZ"]}, "countries"),
        ({"countries": [{"iso2": 1, "role": "party"}]}, "iso2"),
        ({"funding": [{"amount": 5.123456789012345678}]}, "funding_amounts"),
        ({"funding": [{"amount": 10**20}]}, "funding_amounts"),
        ({"planned_end": 2027.5}, "planned_end"),
    ],
)
def test_a_wrong_type_is_a_problem_of_its_column(found, column):
    assert {(row, one) for row, one, _message in problems([{"kind": "", **found}])} == {(1, column)}


def test_what_is_no_object_is_a_problem_of_its_row():
    assert [(row, column) for row, column, _ in problems('[{"code": "1"}, 7]')] == [(2, "")]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "01"])
def test_what_is_no_number_is_refused_with_its_place(number):
    assert refused(f'[{{"code": "1"}}, {{"code": {number}}}]').row == 2


@pytest.mark.parametrize("digits", [limits.DIGITS, 300_000])
def test_giant_numbers_are_refused(digits):
    assert "digits" in refused(f'[{{"code": {"9" * digits}}}]').message


@pytest.mark.parametrize("number", ["1e400", "1e999999999", "-1e-999999999", "9" * 300])
def test_numbers_of_many_digits_are_problems(number):
    assert problems(f'[{{"sectors": [{{"slug": "a", "percent": {number}}}]}}]')


def test_deep_nesting_is_refused():
    assert "deeper" in refused('[{"code": "1", "x": ' + "[" * 2000 + "]" * 2000 + "}]").message
    assert "deeper" in refused("[" * 2000).message


def test_a_key_that_stands_twice_is_refused_by_name():
    error = refused('[{"code": "1"}, {"code": "2", "code": "3"}]')
    assert (error.row, error.column) == (2, "code")


@pytest.mark.parametrize("content", ["[", '[{"code": "1"}', "[] x", '{"a": 1}', "7", '"a"', ""])
def test_what_is_no_list_of_initiatives_is_refused(content):
    assert refused(content)


def test_a_control_sign_is_a_problem_of_its_cell():
    ((row, column, _message),) = problems('[{"title": {"en": "a\\u0000b"}}]')
    assert (row, column) == (1, "title_en")


@pytest.mark.parametrize("repeated", [b"a", b'","', b'b":1,"'], ids=["text", "list", "keys"])
def test_an_endless_object_is_refused_in_little_memory(repeated):
    file = Endless(b'[{"code":"1","x":["', repeated, 100 * limits.MIB)
    tracemalloc.start()
    with pytest.raises(Unreadable):
        list(open_table(file, "file.json"))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 40 * limits.MIB


def test_a_longer_list_takes_no_more_memory():
    def peak(number):
        content = b"[" + b",".join([b'{"code": "1", "title": {"en": "Road"}}'] * number) + b"]"
        tracemalloc.start()
        count = sum(1 for _row in open_table(io.BytesIO(content), "file.json"))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert count == number
        return most

    assert peak(10_000) < 1.2 * peak(1_000) + limits.MIB


@pytest.mark.parametrize("before", [0, 65_500, 65_520, 65_523, 65_524, 65_525, 65_527, 65_530])
def test_half_a_character_is_refused_wherever_a_piece_ends(before):
    begin = '[{"title_en": "' + "a" * before
    assert cells(begin + '\\ud83d\\ude00\\\\ud83d"}]')[0]["title_en"][before:] == "😀\\ud83d"
    for half in ("\\ud83d", "\\ud83d\\u0041", "\\ude00"):
        with pytest.raises(Unreadable, match="half a character"):
            cells(begin + half + '"}]')


@pytest.mark.parametrize(
    "found",
    [
        {"title_en": "A", "title": {"en": "B"}},
        {"countries_roles": "UZ:party", "countries": [{"iso2": "KZ", "role": "party"}]},
    ],
)
def test_what_is_told_twice_and_differently_is_a_problem(found):
    ((_row, _column, message),) = problems([found])
    assert message == "There are two different values for this. Keep only one."
    assert problems([{"title_en": "A", "title": {"en": "A"}}]) == []


@pytest.mark.parametrize("value", ["true", "yes", 1])
def test_a_main_sector_is_said_by_true_and_by_nothing_else(value):
    sectors = [{"slug": "energy", "is_main": value}, {"slug": "water", "is_main": False}]
    assert problems([{"code": "CI-2025-0001", "sectors": sectors}]) == [
        (1, "main_sector", "Write true or false, without quotation marks.")
    ]
