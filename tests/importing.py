"""Files to bring in, made from cells, and what came of them."""

import csv
import io

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from initiatives import actions
from initiatives.imports.planning import fingerprint, keep_plan, make_plan
from initiatives.imports.reading import open_table
from initiatives.rights import Rights
from tests.factories import (
    make_country,
    make_initiative,
    make_organisation,
    make_sector,
    make_source,
)

CODE = "CI-2025-0001"


@pytest.fixture(autouse=True)
def lists(db):
    make_lists()


def make_lists():
    """What the cells of `NEW` point to."""
    for iso2 in ("UZ", "KZ", "KG"):
        make_country(iso2)
    for slug in ("energy", "water"):
        make_sector(slug)
    make_organisation("bank")
    make_source("protocol")


@pytest.fixture
def bridge():
    return make_initiative(CODE, title_en="Bridge")


def as_file(rows):
    """A CSV of rows of cells; columns that a row lacks are empty in it."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(text.getvalue().encode())


def rights_of(by):
    return Rights(by) if by is not None else Rights.of_system()


def plan_of(*rows, by=None):
    return make_plan(open_table(as_file(rows), "table.csv"), rights=rights_of(by))


def kept(*rows, by=None):
    sha256 = fingerprint(as_file(rows))
    return keep_plan(plan_of(*rows, by=by), name="table.csv", sha256=sha256, by=by)


def applied(*rows, by=None, **options):
    return actions.imports.apply(kept(*rows, by=by), by=by, **options)


def outcomes(batch):
    return [row.outcome for row in batch.rows.all()]


def errors(*rows, by=None):
    """(row, column, message) of all that is wrong."""
    found = plan_of(*rows, by=by).rows("error")
    return [
        (row.number, name, cell["error"])
        for row in found
        for name, cell in row.cells.items()
        if "error" in cell
    ]


def only_error(*rows, by=None):
    ((_number, column, message),) = errors(*rows, by=by)
    return column, message


def run(*arguments, **options):
    """Exit code of `import_initiatives` and what it printed."""
    out = io.StringIO()
    try:
        call_command("import_initiatives", *arguments, stdout=out, stderr=out, **options)
    except SystemExit as end:
        return end.code, out.getvalue()
    except CommandError as error:
        return error.returncode, str(error)
    return 0, out.getvalue()


def snapshot():
    """All rows of all tables."""
    models = apps.get_models(include_auto_created=True)
    return {one: list(one._base_manager.order_by("pk").values_list()) for one in models}


NEW = {
    "title_en": "A bridge",
    "kind": "infrastructure",
    "countries_roles": "UZ:party|KZ:party|KZ:host",
    "sectors": "energy|water",
    "main_sector": "energy",
    "sectors_percents": "60|40",
    "organisations_roles": "bank:1",
    "planned_end": "2027-05",
    "funding_numbers": "1|2",
    "funding_types": "commitment|disbursement",
    "funding_amount_kinds": "exact|undisclosed",
    "funding_amounts": "1000.50|",
    "funding_currencies": "USD|",
    "funding_providers": "bank|",
    "external_ids": "wb:P1",
    "status": "planned",
    "status_since": "2024",
    "status_source": "protocol",
}
