"""Whatever a file holds, it is unreadable, or its rows are wrong, or it can be brought in.

No other exception, on either database, from reading the file to applying it and to writing its
failed rows.
"""

import csv
import io
import json
from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from initiatives import actions
from initiatives.imports.planning import failed_rows, keep_plan, make_plan
from initiatives.imports.reading import Unreadable, open_table
from initiatives.management.import_report import write_preview, write_report
from initiatives.models import Initiative
from initiatives.rights import Rights
from tests.factories import (
    make_initiative,
)
from tests.importing import NEW, make_lists
from tests.reading import as_xlsx, packed, unpacked

CODE = "CI-2025-0001"
ROWS = [
    {"code": CODE, "parent": ""} | NEW,
    {"code": "", "parent": "wb:P1"} | NEW | {"external_ids": "wb:P2|adb:7"},
]
OBJECTS = [
    {
        "code": CODE,
        "title": {"en": "A bridge", "ru": ""},
        "kind": "infrastructure",
        "countries": [{"iso2": "UZ", "role": "party"}, {"iso2": "KZ", "role": "host"}],
        "sectors": [{"slug": "energy", "percent": "60.00", "is_main": True}],
        "organisations": [{"slug": "bank", "role": "1"}],
        "funding": [{"number": 1, "type": "commitment", "amount": "5", "currency": "USD"}],
        "external_ids": [{"scheme": "wb", "value": "P1"}],
        "flags": ["stale"],
        "planned_end": "2027-05",
        "parent": None,
    },
    {"title_en": "Part", "parent": "wb:P1", "status": "planned", "status_since": "2024"},
]


def _object(model, **fields):
    return {"model": f"initiatives.{model}", "fields": fields}


FIXTURE = [
    _object("initiative", code=CODE, title_en="A bridge", kind="other", parent=None),
    _object("initiativecountry", initiative=[CODE], country=["UZ"], role="party"),
    _object("initiativesector", initiative=[CODE], sector=["energy"], is_main=True),
    _object("initiativeorganisation", initiative=[CODE], organisation=["bank"], role="1"),
    _object("funding", initiative=[CODE], number=1, type="pledge", amount="5", currency="USD"),
    _object("externalid", initiative=[CODE], scheme="wb", value="P1"),
    _object("statuschange", initiative=[CODE], number=1, to_status="planned", effective="2024"),
]
NASTY = [
    *("\0", "a\0b", "\ud800", "\udcff", "\ufffe", "\x85", "\r", "\n", '"', "|", "\\", "a|b|", "'="),
    *("=1+1", "#REF!", "45123", "-1", "1e400", "NaN", "Infinity", "9" * 30, "٣", "²", "x" * 3000),
    *("2027-13", "2027-02-31", "0000", "UZ:", ":party", "wb:", ":", "wb:P1", CODE, "CI-2025-0002"),
    *("UZ:party|UZ:party", "energy|energy", "_x0000_", "_xD800_", "true", "null", " ", "\u202e"),
]
texts = st.sampled_from(NASTY) | st.text(st.characters(), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
places = st.lists(st.integers(0, 2**32), min_size=1, max_size=3)
PIECES = [text.encode("utf-8", "surrogatepass") for text in NASTY] + [
    *(b"", b"\xff", b"\xfe\xff", b"\xd0", b"\xcf\xf0\xe8", b",", b";", b"\t", b"\r", b'","'),
    *(b"<", b">", b"/>", b"<c><f>1</f></c>", b"&#0;", b"&a;", b"<!DOCTYPE a>", b"[", b"]", b"{}"),
    *(b"}", b"\\u0000", b"\\ud800", b"1e999999", b"-", b'"fields":', b'"results":['),
]
cuts = st.lists(
    st.tuples(
        st.integers(0, 2**32), st.integers(0, 9), st.sampled_from(PIECES) | st.binary(max_size=4)
    ),
    max_size=4,
)


@st.composite
def tables(draw):
    """A CSV or XLSX with strange texts in some of its cells, and maybe in its header."""
    rows = [dict(row) for row in ROWS]
    for place in draw(places):
        row = rows[place % len(rows)]
        row[list(row)[place % len(row)]] = draw(texts)
    if draw(st.booleans()):
        return _csv(rows)
    return as_xlsx(rows)


def _csv(rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8", "surrogatepass")


@st.composite
def objects(draw):
    """A JSON in which some values are others, wherever they stand."""
    content = json.loads(json.dumps(draw(st.sampled_from([OBJECTS, FIXTURE]))))
    for place in draw(places):
        holder, key = _holder(content, place)
        holder[key] = draw(values)
    return json.dumps(content).encode()


def _holder(content, place):
    """A list or object somewhere in `content`, and a key of it."""
    while True:
        keys = list(content) if isinstance(content, dict) else range(len(content))
        place, key = divmod(place, len(keys))
        if place % 4 == 0 or not (
            isinstance(content[keys[key]], dict | list) and content[keys[key]]
        ):
            return content, keys[key]
        content = content[keys[key]]


@st.composite
def damaged(draw):
    """A good file with some bytes in the place of others."""
    content = draw(
        st.sampled_from([_csv(ROWS), _encoded(OBJECTS), _encoded(FIXTURE), as_xlsx(ROWS)])
    )
    return _damage(content, draw(cuts))


@st.composite
def damaged_inside(draw):
    """A workbook that is packed well and has a strange part."""
    parts = unpacked(as_xlsx(ROWS))
    name = draw(st.sampled_from(sorted(parts)))
    return packed(parts | {name: _damage(parts[name], draw(cuts))})


def _encoded(content):
    return json.dumps(content).encode()


def _damage(content, cuts):
    for place, length, piece in cuts:
        place %= len(content) + 1
        content = content[:place] + piece + content[place + length :]
    return content


starts = st.sampled_from(
    [b"", b"PK\3\4", b"[", b'[{"code":', b"code,title_en\n", b"\xff\xfe", b"\0"]
)
noise = st.builds(bytes.__add__, starts, st.binary(max_size=60))


@pytest.fixture
def lists(transactional_db):
    make_lists()
    make_initiative(CODE, title_en="Old")


@pytest.mark.slow
@given(content=noise | damaged() | damaged_inside() | tables() | objects())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_file_is_more_than_unreadable_or_wrong(lists, content):
    with transaction.atomic():
        with suppress(Unreadable):
            _bring_in(content)
        transaction.set_rollback(True)
    assert Initiative.objects.get().title_en == "Old"


def _bring_in(content):
    table = open_table(io.BytesIO(content), "table")
    plan = make_plan(table, rights=Rights.of_system())
    write_report(plan, io.StringIO())
    write_preview(plan, io.StringIO(), everything=True)
    assert b"".join(failed_rows(plan.rows("error"), plan.columns))
    for row in plan.rows("error"):
        assert all(row.wrongs)
    batch = keep_plan(plan, name="table", sha256="0" * 64, by=None)
    applied = actions.imports.apply(batch, by=None, encoding_confirmed=True)
    actions.imports.undo(applied, by=None)
