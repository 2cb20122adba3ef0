"""Whatever stands in a text, each format stays readable and says the same."""

import csv
import io
import json

import openpyxl
import pytest
from lxml import etree

from initiatives.exchange import cell_limits
from initiatives.exchange.cells import original
from initiatives.models import Initiative
from tests import factories as make
from tests.iati.check import problems

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LANGUAGES = ("en", "ru", "uz", "kk")
HOSTILE = {
    "control": "before\x0bafter\x01",
    "formula": "=1+1",
    "apostrophe": "'=1+1",
    "bars": "a|b\\|c",
    "quotes": "\"quoted\", 'both' ; <b>&amp;</b> ]]>",
    "lines": "first\nsecond\n",
    "leading line": "\n=1",
    "right to left": "\u202eمرحبا\u202c",
    "emoji": "👩‍👩‍👧🇺🇿",
    "escaped": "_x0041_ \\u0041 %41",
    "separators": "one\u2028two\u2029three\ufeff",
    "spaces": "  kept \t ",
    "very long": "ы" * 40_000,
}


@pytest.fixture(params=HOSTILE.values(), ids=HOSTILE.keys())
def stored(request):
    """A record with the same text in all its fields; as it was read back from the database."""
    text = request.param
    line, names = text[:100], {f"name_{code}": text[:100] for code in LANGUAGES}
    make.make_country("UZ", **names)
    make.make_sector("energy", **names)
    made = make.make_initiative(
        parties=["UZ"],
        planned_start="2024",
        **{f"title_{code}": line for code in LANGUAGES},
        **{f"{name}_{code}": text for name in ("summary", "outcome") for code in LANGUAGES},
    )
    make.make_funding(made, note_en=text, provider=make.make_organisation("bank", **names))
    make.make_status_change(made, reason_en=text)
    make.make_milestone(made, line, dropped_reason_en=text)
    make.cite(made, make.make_source(title=line, publisher=line), locator=line)
    return Initiative.objects.get()


def test_csv_says_what_is_stored(client, stored):
    text = b"".join(client.get("/en/initiatives.csv")).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    assert original(row["title_ru"]) == stored.title_ru
    assert original(row["summary_kk"]) == stored.summary_kk
    assert row["code"] == stored.code


def test_xlsx_says_what_is_stored_or_that_it_is_cut(client, stored):
    file = io.BytesIO(b"".join(client.get("/en/initiatives.xlsx")))
    header, row = openpyxl.load_workbook(file).active.iter_rows(values_only=True)
    cells = dict(zip(header, row, strict=True))
    # The library leaves escapes of ECMA-376 as they are.
    title = (cells["title_ru"] or "").replace("_x005F_", "_")
    assert title == stored.title_ru
    if len(stored.summary_en) > cell_limits.LONGEST:
        assert cell_limits.CUT in cells["summary_en"]


@pytest.mark.parametrize("address", ["/en/initiatives.json", "/en/initiatives/{}.json"])
def test_json_says_what_is_stored(client, stored, address):
    found = json.loads(client.get(address.format(stored.code)).content)
    (found,) = found.get("results", [found])
    assert found["title"]["ru"] == stored.title_ru
    assert found["summary"]["uz"] == stored.summary_uz


@pytest.mark.parametrize("address", ["/en/initiatives.iati.xml", "/en/initiatives/{}.iati.xml"])
def test_iati_says_what_is_stored_and_is_valid(client, stored, address):
    content = b"".join(client.get(address.format(stored.code)))
    assert problems(content) == []
    (title,) = etree.fromstring(content).xpath("iati-activity/title/narrative[@xml:lang='ru']")
    assert title.text == stored.title_ru
