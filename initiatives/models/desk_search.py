"""Which initiatives a folded word finds at the desk, by the text index of each database."""

import json
from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db import connections, router
from django.db.models import Model, Q, TextField, Value
from django.db.models.expressions import RawSQL

from initiatives.models.search import DeskTerm
from initiatives.text.search_terms import SHORT, stands_in, windows

# Each term is looked up by itself: one query of many alternatives compares every row with all.
# PostgreSQL knows of an array that is written out how many there are, and of a JSON text does not.
_FOUND = {
    "sqlite": """
        SELECT initiatives_desk_search.rowid
        FROM json_each(%s) AS wanted CROSS JOIN initiatives_desk_search
        WHERE initiatives_desk_search MATCH '"' || wanted.value || '"'""",
    "postgresql": """
        SELECT initiative_id
        FROM unnest(%s::text[]) AS wanted(term) JOIN initiatives_deskdocument
        ON string_to_array(terms COLLATE "C", ' ') @> ARRAY[wanted.term COLLATE "C"]""",
}
# Those with one of the keys, in the words of each database.
_WITH_KEYS = {
    "sqlite": "{column} IN (SELECT value FROM json_each(%s))",
    "postgresql": "{column} = ANY(%s::bigint[])",
}
# PostgreSQL would look the words up again for each row at hand, where it thinks that it needs few.
_ONCE = {
    "sqlite": "{}",
    "postgresql": "WITH found AS MATERIALIZED ({}) SELECT initiative_id FROM found",
}
_LIST: dict[str, Callable[[list[Any]], Any]] = {"sqlite": json.dumps, "postgresql": list}
# Whose names count, and what leads from them to an initiative.
_NAMED = {
    "Country": (("InitiativeCountry", "country"),),
    "Sector": (("InitiativeSector", "sector"),),
    "Organisation": (
        ("InitiativeOrganisation", "organisation"),
        ("Funding", "provider"),
        ("Funding", "receiver"),
    ),
}
_Keys = dict[str, list[int]]  # by the name of the model


def containing(words: Iterable[str]) -> Q:
    """What selects the initiatives that have each of the folded words: in a text of theirs, or in
    the name of who takes part, pays or receives. It asks two queries, of the vocabulary and of the
    names, which are looked through once however often the condition is asked."""
    by_word = _terms_of(words)
    named = _named(list(by_word))
    condition = Q()
    for word, terms in by_word.items():
        condition &= Q(pk__in=_finding(terms, named[word]))
    return condition


def in_texts(words: Iterable[str], link: str) -> dict[str, Q]:
    """Folded word → what selects the rows whose `link` leads to an initiative that has it in a
    text of its own. It asks one query, of the vocabulary."""
    return {word: Q(**{f"{link}__in": _finding(t, {})}) for word, t in _terms_of(words).items()}


def contains(model: type[Model], column: str, word: str) -> Q:
    """What selects the rows whose folded `column`, own or of what they point to, has the word."""
    link, _, name = column.rpartition("__")
    if not link:
        return Q(**{f"{name}__contains": word})
    named: Any = model._meta.get_field(link).related_model
    return Q(**{f"{link}__in": named._default_manager.filter(**{f"{name}__contains": word})})


def any_of(model: type[Model], conditions: list[Q]) -> Q:
    """What selects the rows for which one of the conditions holds; each finds its rows by itself,
    since of alternatives a database makes a question to every row."""
    if len(conditions) == 1:
        return conditions[0]
    first, *others = (model._default_manager.filter(each).values("pk") for each in conditions)
    return Q(pk__in=first.order_by().union(*(rows.order_by() for rows in others)))


def _terms_of(words: Iterable[str]) -> dict[str, list[list[str]]]:
    """Word → for each of its parts the words of the index in which that stands."""
    parts = {word: sorted(windows(word)) for word in words}
    terms = _terms({part for of_word in parts.values() for part in of_word})
    return {word: [terms[part] for part in of_word] for word, of_word in parts.items()}


def _terms(parts: set[str]) -> dict[str, list[str]]:
    """Part of a word → the words in which it stands."""
    holding = [Q(term__contains=part) for part in sorted(parts) if len(part) > SHORT]
    known = DeskTerm.objects.filter(reduce(or_, holding)) if holding else DeskTerm.objects.none()
    found = list(known.values_list("term", flat=True))
    return {
        part: [part] if len(part) <= SHORT else [term for term in found if stands_in(part, term)]
        for part in parts
    }


def _named(words: list[str]) -> dict[str, _Keys]:
    """Word → the rows in whose names it stands."""
    holding = reduce(or_, (Q(search_text__contains=word) for word in words), Q())
    rows = [
        _model(name)
        .objects.filter(holding)
        .order_by()
        .values_list(Value(name, output_field=TextField()), "pk", "search_text")
        for name in _NAMED
    ]
    found: dict[str, _Keys] = {word: {} for word in words}
    for name, key, text in rows[0].union(*rows[1:], all=True) if words else ():
        for word in words:
            if stands_in(word, text):
                found[word].setdefault(name, []).append(key)
    return found


def _finding(terms: list[list[str]], named: _Keys) -> RawSQL:
    """The keys of the initiatives that have the terms, and of those that name one of `named`."""
    connection = connections[router.db_for_read(DeskTerm)]
    vendor = connection.vendor
    selects = [" INTERSECT ".join([_FOUND[vendor]] * len(terms))]
    given: list[Any] = list(terms)
    for name, keys in named.items():
        for link, field in _NAMED[name]:
            options = _model(link)._meta
            column = connection.ops.quote_name(options.get_field(field).column)
            narrowed = _WITH_KEYS[vendor].format(column=column)
            selects.append(f"SELECT initiative_id FROM {options.db_table} WHERE {narrowed}")
            given.append(keys)
    return RawSQL(_ONCE[vendor].format(" UNION ".join(selects)), [*map(_LIST[vendor], given)])


def _model(name: str) -> type[Any]:
    return apps.get_model("initiatives", name)
