"""The page about the data explains every column of both files, from where they are defined."""

import pytest
from django.utils.text import capfirst
from lxml import html

from initiatives.choices import Language
from initiatives.exchange.columns import COLUMNS
from initiatives.exchange.columns.forms import form_of
from initiatives.exchange.workbook import SHEETS

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def lists(client):
    """A function that gives, by what stands above each list of columns, its pairs of texts."""

    def fetch(language="en"):
        page = html.fromstring(client.get(f"/{language}/about/data/").content.decode())
        found = {}
        for block in page.cssselect("section[aria-labelledby=data-columns] details"):
            terms, meanings = block.cssselect("dt"), block.cssselect("dd")
            pairs = zip(terms, meanings, strict=True)
            (summary,) = block.cssselect("summary")
            found[summary.text_content().strip()] = [
                (term.text_content(), meaning.text_content()) for term, meaning in pairs
            ]
        return found

    return fetch


def test_each_sheet_and_column_of_the_spreadsheet_for_reading_is_explained(lists):
    found = lists()
    for sheet in SHEETS:
        told = [(column.title, str(column.meaning)) for column in sheet.columns]
        assert found[f"Sheet “{sheet.name}”"] == told
        assert all(meaning.endswith(".") for _title, meaning in told)


def test_each_column_of_the_technical_files_is_explained(lists):
    told = dict(lists()["All columns"])
    assert list(told) == list(COLUMNS)
    for name, column in COLUMNS.items():
        assert told[name] == f"{capfirst(str(column))}. {form_of(column)}"
    assert told["planned_end"].startswith("Planned end. A date as exact as its source: 2027, ")
    assert told["title_kk"] == "Title (kk). A text in this language."
    assert told["funding_amounts"] == "Money (amounts). A number with a decimal point."
    assert told["status_label"] == "Status (name). For information only; imports ignore it."


@pytest.mark.parametrize("language", Language.values)
def test_there_are_as_many_in_every_language(lists, language):
    numbers = [len(columns) for columns in lists(language).values()]
    assert numbers == [*(len(sheet.columns) for sheet in SHEETS), len(COLUMNS)]
