"""Countries, sectors and organisations by their names, which are not in public records."""

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_

from django.db.models import F, Q, Value

from initiatives.editions.lists import LISTS
from initiatives.editions.search.vocabulary import finds, in_lines
from initiatives.text import folding
from initiatives.text.endings import beginnings


def named(words: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """(kind, key) of each row in whose folded names a word or a form of it stands, by word. One
    query.

    Names are read with each question, so a name that changes is found at once, in the records of
    any day.
    """
    words = list(words)
    found: dict[str, list[tuple[str, str]]] = {word: [] for word in words}
    parts = {part for word in words for part in (beginnings(word) or {word})}
    for kind, key, text in all_names(parts) if words else ():
        lines = in_lines(text)
        for word in words:
            if finds(word, lines):
                found[word].append((kind, key))
    return found


def organisations_named(texts: Iterable[str]) -> set[str]:
    """The slugs of the organisations that have all words of one of the texts in their names. A text
    without words finds none. One query."""
    wanted = [folding.words(text) for text in texts]
    found = named({word for words in wanted for word in words})
    slugs = {
        word: {key for kind, key in keys if kind == "organisation"} for word, keys in found.items()
    }
    return {
        slug
        for words in wanted
        if words
        for slug in set.intersection(*(slugs[word] for word in words))
    }


def all_names(parts: Iterable[str] = ()) -> Iterator[tuple[str, str, str]]:
    """(kind, key, folded names) of those rows that have one of the parts, or of all."""
    conditions = [Q(search_text__contains=part) for part in sorted(parts)]
    queries = [
        model.objects.filter(reduce(or_, conditions, Q()))
        .order_by()
        .values_list(Value(kind), F(key), F("search_text"))
        for kind, (model, key) in LISTS.items()
    ]
    return queries[0].union(*queries[1:], all=True).iterator()
