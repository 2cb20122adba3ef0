"""What is stored under the names that rows of a form give, asked once for all of the rows."""

import re
from collections.abc import Iterator
from functools import cached_property, reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz

from initiatives.choices import Language
from initiatives.desk.forms.session.countries import CountryNames
from initiatives.models import Country, Organisation, Source
from initiatives.text import folding
from initiatives.text.plain_text import clean_line
from initiatives.text.titles import title_key, title_keys

if TYPE_CHECKING:
    from initiatives.desk.forms.in_place.makers import MakesRows

_NAMES = tuple(f"name_{language}" for language in Language.values)
_TOGETHER = 25  # names that one query asks for; SQLite bounds how long a condition may be
_LOOKED_AT = 200  # stored rows with the same words, for each name
_WORDS = 6  # of a name, of which stored ones must have all, or all but one
_BEGUN = 2  # letters of a word that may be misspelled
_SHORTEST = 5  # letters of a name that may be like another one
_ALIKE = 88  # of 100


def stored_names(row: "MakesRows") -> "StoredNames":
    """What all rows beside `row` share."""
    shared = row.beside_rows.__dict__
    if "stored_names" not in shared:
        shared["stored_names"] = StoredNames(row.beside_rows.forms)
    return shared["stored_names"]


class StoredNames:
    """Only what the officer may choose in the rows is found."""

    def __init__(self, rows: list[Any]) -> None:
        self._rows = rows

    @cached_property
    def _countries(self) -> CountryNames:
        return CountryNames()

    def country(self, text: str) -> Country | None:
        """The one country that `text` names. Raises ValidationError for another number of them."""
        found = self._countries.sides(text)
        if len(found) > 1:
            raise ValidationError(_("Name one country."), code="several")
        return found[0] if found else None

    def organisations(self, name: str) -> list[Organisation]:
        """Those that are called `name`."""
        wanted = title_key(name)
        return [one for one in self._organisations if wanted in title_keys(_names_of(one))]

    def organisations_like(self, name: str) -> list[Organisation]:
        """Those whose name is nearly `name`, the most alike first."""
        wanted = folding.fold(name)
        told = [(_likeness(wanted, one), one) for one in self._organisations]
        found = [(alike, one) for alike, one in told if alike >= _ALIKE]
        return [one for _alike, one in sorted(found, key=lambda pair: (-pair[0], pair[1].pk))]

    def sources(self, title: str, url: str) -> list[Source]:
        """Those that are called `title` or lie at `url`."""
        key = title_key(title)
        return [
            one for one in self._sources if (url and one.url == url) or title_key(one.title) == key
        ]

    @cached_property
    def _organisations(self) -> list[Organisation]:
        names = self._typed(Organisation, "")
        return self._found(Organisation, [_has_words(name) for name in names])

    @cached_property
    def _sources(self) -> list[Source]:
        titles = self._typed(Source, "")
        named = (Q(title__iexact=title) | Q(title=title) for title in titles)
        return self._found(Source, [*named, *(Q(url=url) for url in self._addresses())])

    def _addresses(self) -> list[str]:
        cleaned = (getattr(row, "cleaned_data", {}).get("new_source_address") for row in self._rows)
        return sorted({*self._typed(Source, "_address"), *filter(None, cleaned)})

    def _typed(self, model: type[Any], ending: str) -> list[str]:
        """What the boxes with this ending say in all rows."""
        boxes = [
            row.add_prefix(f"{maker.named}{ending}")
            for row in self._rows
            for maker in row.makers
            if maker.points in row.fields and _model_of(row, maker.points) is model
        ]
        return sorted({clean_line(self._rows[0].data.get(box) or "") for box in boxes} - {""})

    def _found(self, model: type[Any], conditions: list[Q]) -> list[Any]:
        return list({row.pk: row for row in self._asked(model, conditions)}.values())

    def _asked(self, model: type[Any], conditions: list[Q]) -> Iterator[Any]:
        choices = next(
            row.fields[maker.points].queryset
            for row in self._rows
            for maker in row.makers
            if maker.points in row.fields and _model_of(row, maker.points) is model
        )
        for start in range(0, len(conditions), _TOGETHER):
            some = conditions[start : start + _TOGETHER]
            wanted = reduce(or_, some)
            yield from choices.filter(wanted).distinct()[: _LOOKED_AT * len(some)]


def _model_of(row: Any, name: str) -> type[Any]:
    return row.fields[name].queryset.model


def _has_words(name: str) -> Q:
    """Rows with each word of `name`, of which one may be misspelled behind its first letters."""
    words = folding.words(name)[:_WORDS]
    ways = [
        reduce(
            and_,
            [_contains(word if at != place else _begun(word)) for at, word in enumerate(words)],
        )
        for place in range(len(words))
    ]
    return reduce(or_, ways) if ways else Q(pk__in=[])


def _contains(word: str) -> Q:
    return Q(search_text__contains=word)


def _begun(word: str) -> str:
    return word[: max(_BEGUN, len(word) // 2)]


def _likeness(folded: str, row: Organisation) -> float:
    """How much `folded` is like one of the names of `row`, of 100; numbers have to be the same."""
    names = [folding.fold(name) for name in _names_of(row) if name]
    return max((_alike(folded, name) for name in names), default=0)


def _alike(one: str, other: str) -> float:
    if min(len(one), len(other)) < _SHORTEST or _digits(one) != _digits(other):
        return 0
    return fuzz.token_sort_ratio(one, other)


def _digits(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _names_of(row: Organisation) -> list[str]:
    names = [getattr(row, name) or "" for name in _NAMES]
    return [*names, row.acronym, *(row.aliases or "").split(",")]
