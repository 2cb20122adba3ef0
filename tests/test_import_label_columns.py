"""Columns in words are not taken over, so a word that says something else than the codes is told;
so are a value of a list that stands twice, and dates that cannot be true."""

import pytest

from tests import importing
from tests.importing import CODE, plan_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
lists = importing.lists
bridge = importing.bridge


def notes(**cells):
    (row,) = plan_of(cells).rows()
    return row.action, [f"{column}: {note}" for column, note in row.notes]


@pytest.mark.parametrize(
    ("column", "word", "codes"),
    [
        ("parties_names", "Uzbekistan|Atlantis", "parties"),
        ("countries_names", "Atlantis", "countries"),
        ("sectors_names", "Alchemy", "sectors"),
        ("organisations_names", "Atlantis", "organisations"),
        ("status_label", "Implemented", "status"),
        ("kind_label", "Atlantis", "kind"),
        ("delivered_label", "In part", "delivered"),
    ],
)
def test_a_word_that_the_record_does_not_have_is_told(bridge, column, word, codes):
    strange = word.rpartition("|")[2]
    told = f"{column}: “{strange}” is not taken over: change the code in the column {codes}."
    assert notes(code=CODE, **{column: word}) == ("unchanged", [told])


@pytest.mark.parametrize(
    "cells",
    [
        {"status_label": "Planned"},
        {"status_label": "Запланирована"},
        {"parties_names": ""},
        {"kind_label": " other "},
    ],
)
def test_the_words_of_the_record_are_passed_over_in_any_language(bridge, cells):
    assert notes(code=CODE, **cells) == ("unchanged", [])


def test_words_of_a_new_row_without_codes_are_told(bridge):
    _action, (note,) = notes(title_en="New", sectors_names="Trade")
    assert note.startswith("sectors_names: “Trade” is not taken over")


def test_where_the_code_changes_it_says_what_is_meant(bridge):
    _action, found = notes(code=CODE, kind="agreement", kind_label="Other")
    assert found == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("countries_roles", "UZ:party|KZ:party|KZ:party"),
        ("countries", "UZ|KZ|KZ"),
        ("parties", "UZ|KZ|KZ"),
        ("external_ids", "own:1|own:1"),
    ],
)
def test_a_value_that_stands_twice_is_told(bridge, column, value):
    _action, (note,) = notes(code=CODE, **{column: value})
    assert note == f"{column}: “{value.rpartition('|')[2]}” is given twice and is entered once."


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"actual_end": "9000-05"}, "actual_end: The date must not be in the future."),
        (
            {"planned_start": "2028", "planned_end": "2027"},
            "planned_end: Planned end (2027) before planned start (2028).",
        ),
        (
            {"actual_start": "2024-05-02", "actual_end": "2024-05-01"},
            "actual_end: Actual end (2024-05-01) before actual start (2024-05-02).",
        ),
    ],
)
def test_dates_that_cannot_be_true_are_told(bridge, cells, told):
    assert notes(code=CODE, **cells) == ("update", [told])


def test_dates_that_may_be_true_are_not(bridge):
    assert notes(code=CODE, planned_start="2028", planned_end="2028-02")[1] == []
