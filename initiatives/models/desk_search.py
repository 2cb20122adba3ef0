"""Which initiatives a folded word finds at the desk, by the text index of each database."""

import json
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db import connections, router
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from initiatives.models.search import DeskTerm
from initiatives.search_terms import SHORT, windows

# Each term is looked up by itself: one query of many alternatives compares every row with all.
_FOUND = {
    "sqlite": """
        SELECT initiatives_desk_search.rowid
        FROM json_each(%s) AS wanted CROSS JOIN initiatives_desk_search
        WHERE initiatives_desk_search MATCH '"' || wanted.value || '"'""",
    "postgresql": """
        SELECT initiative_id
        FROM json_array_elements_text(%s::json) AS wanted(term) JOIN initiatives_deskdocument
        ON string_to_array(terms COLLATE "C", ' ') @> ARRAY[wanted.term COLLATE "C"]""",
}
# Whose names count, and what leads from them to an initiative.
_NAMED = (
    ("Country", "InitiativeCountry", "country"),
    ("Sector", "InitiativeSector", "sector"),
    ("Organisation", "InitiativeOrganisation", "organisation"),
    ("Organisation", "Funding", "provider"),
    ("Organisation", "Funding", "receiver"),
)


def containing(words: Iterable[str]) -> Q:
    """What selects the initiatives that have each of the folded words: in a text of theirs, or in
    the name of who takes part, pays or receives. It asks one query, of the vocabulary."""
    parts = {word: sorted(windows(word)) for word in words}
    terms = _terms({part for of_word in parts.values() for part in of_word})
    condition = Q()
    for word, of_word in parts.items():
        condition &= Q(pk__in=_finding(word, [terms[part] for part in of_word]))
    return condition


def _terms(parts: set[str]) -> dict[str, list[str]]:
    """Part of a word → the words in which it stands."""
    holding = [Q(term__contains=part) for part in sorted(parts) if len(part) > SHORT]
    known = DeskTerm.objects.filter(reduce(or_, holding)) if holding else DeskTerm.objects.none()
    found = list(known.values_list("term", flat=True))
    return {
        part: [part] if len(part) <= SHORT else [term for term in found if part in term]
        for part in parts
    }


def _finding(word: str, terms: list[list[str]]) -> RawSQL:
    """The keys of the initiatives that the word finds; `terms` are those of each of its parts."""
    connection = connections[router.db_for_read(DeskTerm)]
    text = " INTERSECT ".join([_FOUND[connection.vendor]] * len(terms))
    named = [rows.query.get_compiler(connection=connection).as_sql() for rows in _naming(word)]
    sql = " UNION ".join([text, *(one for one, _params in named)])
    return RawSQL(sql, [*map(json.dumps, terms), *(one for _sql, some in named for one in some)])


def _naming(word: str) -> Iterator[QuerySet[Any, Any]]:
    """What leads to initiatives from the rows in whose names the word stands."""
    for row, link, field in _NAMED:
        hits = _model(row).objects.filter(search_text__contains=word).order_by().values("pk")
        rows = _model(link).objects.filter(**{f"{field}__in": hits}).order_by()
        yield QuerySet(rows.model, rows.query).values("initiative")


def _model(name: str) -> type[Any]:
    return apps.get_model("initiatives", name)
