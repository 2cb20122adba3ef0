"""Which editions have a term: the question that each database answers by its own text index."""

import json
from collections.abc import Iterable

import numpy as np
from django.db import connections, router
from pyroaring import BitMap

from initiatives.editions.index.columns import rows_at
from initiatives.models import SearchDocument

# Each term is looked up by itself: one query of many alternatives compares every row with all.
_ROWS = {
    "sqlite": """
        SELECT wanted.value, group_concat(initiatives_search.rowid)
        FROM json_each(%s) AS wanted CROSS JOIN initiatives_search
        WHERE initiatives_search MATCH '"' || wanted.value || '"' GROUP BY wanted.value""",
    "postgresql": """
        SELECT wanted.term, string_agg(edition_id::text, ',')
        FROM json_array_elements_text(%s::json) AS wanted(term) JOIN initiatives_searchdocument
        ON string_to_array(terms COLLATE "C", ' ') @> ARRAY[wanted.term COLLATE "C"]
        GROUP BY wanted.term""",
}


def rows_by_term(terms: Iterable[str]) -> dict[str, BitMap]:
    """The positions of the editions that have each of the terms, if there are any. One query."""
    terms = list(terms)
    if not terms:
        return {}
    connection = connections[router.db_for_read(SearchDocument)]
    with connection.cursor() as cursor:
        cursor.execute(_ROWS[connection.vendor], [json.dumps(terms)])
        return {term: _rows(positions) for term, positions in cursor.fetchall()}


def _rows(positions: str) -> BitMap:
    """Of positions in one text, which is read ten times faster than so many rows."""
    return rows_at(np.sort(np.fromstring(positions, np.uint32, sep=",")))
