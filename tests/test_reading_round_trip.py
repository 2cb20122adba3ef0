"""Whatever is written is read again as the same cells, in every format."""

from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import example, given
from hypothesis import strategies as st

from initiatives.exchange import json_file
from initiatives.exchange.cells import join, original, split
from initiatives.exchange.columns import chosen
from initiatives.exchange.record_file import as_record
from initiatives.imports.reading import open_table
from initiatives.text.plain_text import clean
from tests import factories as make
from tests.reading import as_csv, as_xlsx, cells, problems, table
from tests.register import published, published_in_full

FIXTURES = sorted((Path(__file__).parent.parent / "fixtures").glob("*.json"))
DATES = ["", "2027", "2027-H1", "2027-Q3", "2027-05", "2027-05-14"]
TEXTS = [
    "=1+1",
    "'=1",
    "a|b\\",
    '"',
    'a","b";\t',
    "\n=1",
    "_x0041_",
    "x\ny\n",
    " ",
    "©\u202f©",
]
stored = st.sampled_from(TEXTS) | st.text(max_size=30).map(clean)
joined = st.lists(stored, max_size=4).map(join)
rows = st.lists(
    st.fixed_dictionaries(
        {
            "code": st.from_regex(r"CI-\d{4}-\d{4}", fullmatch=True),
            "title_ru": stored,
            "summary_kk": stored,
            "organisations": joined,
            "planned_end": st.sampled_from(DATES),
            "funding_dates": st.lists(st.sampled_from(DATES), max_size=3).map(join),
            "funding_amounts": st.sampled_from(["", "8999999999999999.99", "1.00|", "0.001|2.50"]),
        }
    ),
    min_size=1,
    max_size=4,
)


@pytest.mark.once
@pytest.mark.parametrize("write", [as_csv, as_xlsx])
@given(made=rows)
@example(made=[{"code": "CI-2025-0001", "title_ru": text} for text in TEXTS])
def test_a_table_is_read_as_it_was_written(write, made):
    assert (cells(write(made)), problems(write(made))) == (made, [])


@pytest.mark.once
@given(made=rows)
def test_a_semicolon_and_another_encoding_change_nothing(made):
    text = "code;title_ru\r\n" + "".join(
        '{};"{}"\r\n'.format(row["code"], row["title_ru"].replace('"', '""')) for row in made
    )
    found = [row["title_ru"] for row in cells(text.encode("utf-16"))]
    assert found == [original(row["title_ru"]) for row in made]


@pytest.fixture
def made(db):
    """Initiatives with everything that has a column, written as a table would be."""
    for text, day in zip(TEXTS, DATES * 2, strict=False):
        one = make.make_initiative(
            title_ru=text,
            summary_kk=text,
            outcome_en=text,
            planned_end=day or None,
            sectors=["water"],
        )
        one.sectors.filter(is_main=True).update(percent="66.5")
        make.add_country(one, "KZ", role="host")
        make.add_organisation(one, "bank", role="1")
        make.make_funding(one, "8999999999999999.99", provider=make.make_organisation("adb"))
        make.make_funding(one, None, provider_country=make.make_country("CN"), date=day or None)
    make.make_initiative(parties=[], main_sector=None)
    return list(written())


def written():
    for row in published():
        yield {column.name: column.write(row) for column in chosen([])}


@pytest.mark.django_db
@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_all_columns_of_a_table_come_back(made, write):
    assert (cells(write(made)), problems(write(made))) == (made, [])


def as_list():
    return {"count": 0, "next": None, "results": list(map(json_file.as_object, published()))}


def as_records():
    for row in published_in_full():
        row.flags = []
        yield as_record(row)


def told(row):
    """The cells that a machine reads; the others repeat them in words."""
    return {name: row[name] for name in row if not name.endswith(("_names", "_label"))}


LEFT_OUT = ("countries_percents", "funding_receivers")


@pytest.mark.django_db
def test_records_say_the_same_as_a_table(made):
    for record, wanted in zip(as_records(), made, strict=True):
        (row,) = table(record)
        # A record has no place for shares and receivers where none is known.
        absent = [name for name in LEFT_OUT if not wanted[name].strip("|")]
        cells = {name: wanted[name] for name in absent} | row.cells
        assert (cells, row.problems) == ({**told(wanted), "flags": ""}, [])


@pytest.mark.django_db
def test_an_answer_says_the_same_as_a_table(made):
    for row, wanted in zip(table(as_list()), made, strict=True):
        assert row.problems == []
        assert row.cells == {name: wanted[name] for name in row.cells}


@pytest.mark.django_db
def test_the_fixture_says_the_same_as_a_table_after_it_was_loaded():
    call_command("loaddata", *FIXTURES, verbosity=0)
    found = {row.cells["code"]: row for row in open_table(FIXTURES[1])}
    different = {
        (name, wanted[name], text)
        for wanted in written()
        for name, text in found.pop(wanted["code"]).cells.items()
        if sorted(split(text)) != sorted(split(wanted[name]))  # only the database orders sectors
    }
    assert (different, found) == (set(), {})
