"""Datasette with facets on the same SQLite file: what a general tool for publishing tables does.

It is no part of the tracker: requirements-bench.txt has its version, and where it is not installed
it is left out.
"""

import asyncio
import json
from collections.abc import Callable
from importlib.util import find_spec

from django.conf import settings
from django.db import connection

TABLE = "bench_datasette"
_MAKE = f"""
CREATE TABLE IF NOT EXISTS {TABLE} AS SELECT i.code, i.title_en, i.status, i.kind, i.updated_at,
    substr(coalesce(i.actual_start, i.planned_start), 1, 4) AS year,
    (SELECT json_group_array(c.iso2) FROM initiatives_initiativecountry l
        JOIN initiatives_country c ON c.id = l.country_id
        WHERE l.initiative_id = i.id) AS countries,
    (SELECT json_group_array(s.slug) FROM initiatives_initiativesector l
        JOIN initiatives_sector s ON s.id = l.sector_id WHERE l.initiative_id = i.id) AS sectors,
    (SELECT json_group_array(o.slug) FROM initiatives_initiativeorganisation l
        JOIN initiatives_organisation o ON o.id = l.organisation_id
        WHERE l.initiative_id = i.id) AS organisations
FROM initiatives_initiative i WHERE i.publication = 'published'
"""
_COLUMNS = ("status", "kind", "year")
_ARRAYS = ("countries", "sectors", "organisations")


def why_not() -> str:
    """Why it cannot be measured here; empty if it can."""
    if connection.vendor != "sqlite":
        return "it reads SQLite files only"
    if find_spec("datasette") is None:
        return "it is not installed: pip install -r requirements-bench.txt"
    return ""


def facets(limit: float) -> Callable[[], object]:
    """What asks for the first page of all rows with six facets; `limit` is in seconds."""
    from datasette.app import Datasette

    with connection.cursor() as cursor:
        cursor.execute(_MAKE)
        for column in (*_COLUMNS, "updated_at"):
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {TABLE}_{column} ON {TABLE} ({column})")
    allowed = int(limit * 1000)
    datasette = Datasette(
        [str(settings.DATABASES["default"]["NAME"])],
        settings={"sql_time_limit_ms": allowed, "facet_time_limit_ms": allowed},
    )
    loop = asyncio.new_event_loop()
    name = next(iter(datasette.databases.keys() - {"_internal"}))
    parameters = [
        *(f"_facet={one}" for one in _COLUMNS),
        *(f"_facet_array={one}" for one in _ARRAYS),
    ]
    address = f"/{name}/{TABLE}.json?_sort_desc=updated_at&_size=20&" + "&".join(parameters)

    def ask() -> dict:
        answer = loop.run_until_complete(datasette.client.get(address))
        found = json.loads(answer.content)
        if answer.status_code != 200 or len(found["facet_results"]) < len(parameters):
            raise SystemExit(f"Datasette answers {answer.status_code} with {found.get('error')}")
        return found

    return ask
