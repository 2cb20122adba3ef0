"""The second run of a file, in any format: nothing is changed and no history is written."""

import json

import pytest

from initiatives.models import Initiative
from tests.importing import NEW, as_file, make_lists, run, snapshot
from tests.reading import as_xlsx

CODE = "CI-2025-0001"
ROWS = [NEW, NEW | {"external_ids": "wb:P2", "parent": "wb:P1", "title_en": "=1+1"}]
COLUMNS = list(dict.fromkeys(name for row in ROWS for name in row))
TABLE = [{name: row.get(name, "") for name in COLUMNS} for row in ROWS]
OBJECTS = [
    {
        "code": CODE,
        "title": {"en": "A bridge", "ru": "Мост"},
        "kind": "infrastructure",
        "countries": [{"iso2": "UZ", "role": "party"}, {"iso2": "KZ", "role": "host"}],
        "sectors": [{"slug": "energy", "percent": "60.5", "is_main": True}, {"slug": "water"}],
        "organisations": [{"slug": "bank", "role": "1"}],
        "funding": [{"number": 1, "type": "pledge", "amount": "5", "currency": "USD"}],
        "planned_end": "2027-Q3",
    },
    {"title_en": "Part", "parent": CODE, "external_ids": [{"scheme": "wb", "value": "P2"}]},
]


def _object(model, **fields):
    return {"model": f"initiatives.{model}", "fields": fields}


FIXTURE = [
    _object("initiative", code=CODE, title_en="A bridge", kind="other", planned_end="2027"),
    _object("initiativecountry", initiative=[CODE], country=["UZ"], role="party"),
    _object("initiativesector", initiative=[CODE], sector=["energy"], is_main=True),
    _object("initiativeorganisation", initiative=[CODE], organisation=["bank"], role="1"),
    _object("funding", initiative=[CODE], number=1, type="pledge", amount="5", currency="USD"),
    _object("externalid", initiative=[CODE], scheme="wb", value="P1"),
]


def as_text(encoding, delimiter=","):
    return as_file(TABLE).getvalue().decode().replace(",", delimiter).encode(encoding)


FILES = {
    "csv": lambda: as_text("utf-8-sig"),
    "csv in UTF-16 with tabs": lambda: as_text("utf-16", "\t"),
    "csv with semicolons": lambda: as_text("utf-8", ";"),
    "xlsx": lambda: as_xlsx(TABLE),
    "json": lambda: json.dumps(OBJECTS).encode(),
    "fixture": lambda: json.dumps(FIXTURE).encode(),
}


@pytest.fixture(autouse=True)
def _lists(db):
    make_lists()


@pytest.mark.parametrize("name", FILES)
def test_the_second_run_of_a_file_leaves_every_table_as_it_is(tmp_path, name):
    file = tmp_path / "table"
    file.write_bytes(FILES[name]())
    assert run(str(file), "--apply")[0] == 0
    before = snapshot()
    assert Initiative.objects.exists()
    code, told = run(str(file), "--apply")
    assert (code, "Nothing to do" in told, snapshot() == before) == (0, True, True)
