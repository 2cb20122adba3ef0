"""The row with the names of the columns."""

import re
from collections import Counter
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache, cached_property, lru_cache

from django.utils.translation import gettext as _

from initiatives.choices import Language
from initiatives.exchange.xlsx_file import letters_of
from initiatives.imports.reading import limits
from initiatives.imports.reading.for_people import refuse_for_people
from initiatives.imports.reading.labels import labelled, stable, without_language
from initiatives.imports.reading.row_shapes import repeats_header, why_no_record
from initiatives.imports.reading.table import Facts, Problem, Row, Unreadable
from initiatives.text.folding import fold

_SHOWN = 80  # characters of a row above the header
_ROWS_SHOWN = 5
_CODE = re.compile(r"\s*CI-\d{4}-\d{4,8}\s*", re.A)
_MONEY = ("funding_amounts", "funding_amounts_max")
_LONGEST = 100  # characters of the name of a column
_NEAR_CELLS = 8  # of a row, in which names that are only near are counted
# Letters that look the same: whoever types a header may have the other keyboard on.
_LATIN, _CYRILLIC = "aceiopxykmtbhACEIOPXYKMTBH", "асеіорхукмтвнАСЕІОРХУКМТВН"
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)


@dataclass(frozen=True)
class Header:
    """`names` has the column of each place, or None; `language` that of the labels, if any.

    `above` are the rows before it, which are not read, and `alike` the names that were
    understood although a letter in them belongs to another alphabet.
    """

    number: int
    texts: list[str]
    names: list[str | None]
    unknown: dict[str, str]
    language: str
    above: list[tuple[int, list[str]]] = field(default_factory=list)
    alike: dict[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        return [name for name in self.names if name]

    @cached_property
    def _codes(self) -> list[int]:
        return [place for place, name in enumerate(self.names) if name == "code"]

    @cached_property
    def amounts(self) -> list[int]:
        """The places of the amounts whose currencies stand beside them."""
        return [place for place, name in enumerate(self.names) if name in _MONEY]

    def facts(self) -> Facts:
        """How it was understood, in the language of the moment."""
        spoken = str(Language(self.language).label) if self.language else _("stable names")
        told = {"language": spoken, "row": self.number}
        facts = [(_("Header"), _("%(language)s, row %(row)d") % told)]
        if self.above:
            facts.append((_("Above the header, not read"), "; ".join(self._above())))
        if self.alike:
            pairs = ", ".join(f"{text[:_SHOWN]} → {name}" for text, name in self.alike.items())
            facts.append((_("Columns with letters of another alphabet"), pairs))
        return facts

    def _above(self) -> list[str]:
        rows = [
            _("row %d") % number + ": " + " ".join(filter(None, map(str.strip, texts)))[:_SHOWN]
            for number, texts in self.above[:_ROWS_SHOWN]
        ]
        return [*rows, "…"] if len(self.above) > _ROWS_SHOWN else rows

    def row(self, number: int, texts: list[str]) -> Row:
        """The row of these texts, which stand under the header place by place."""
        cells = {name: text for name, text in zip(self.names, texts, strict=False) if name}
        row = Row(number, cells)
        if (place := self._nameless(texts)) is not None:
            row.problems.append(Problem("", _no_header(place, texts[place])))
        if any(text.strip() for text in texts[len(self.names) :]):
            row.problems.append(Problem("", self._over(len(texts))))
        if len(texts) < len(self.names):
            row.problems.append(Problem("", self._short(len(texts))))
        if why := self._why_no_record(number, texts):
            row.problems.append(Problem("", why))
        return row

    def _why_no_record(self, number: int, texts: list[str]) -> str:
        if any(_CODE.fullmatch(texts[place]) for place in self._codes if place < len(texts)):
            return ""  # it is one, whatever its title is
        if repeats_header(texts, self.texts) or (
            number <= self.number + 3 and _likely_header(texts)
        ):
            return _("This row repeats the header and is no initiative. Delete it.")
        return why_no_record(texts)

    def _nameless(self, texts: list[str]) -> int | None:
        """The first place under no name that says something."""
        if all(self.texts):
            return None
        pairs = enumerate(zip(self.texts, texts, strict=False))
        return next((place for place, (name, text) in pairs if not name and text.strip()), None)

    def _over(self, number: int) -> str:
        return _(
            "A cell has no header: the row has %(cells)d cells and the header %(names)d."
            " Put texts that hold the delimiter into quotation marks, and name every column."
        ) % {"cells": number, "names": len(self.names)}

    def _short(self, number: int) -> str:
        return _(
            "The row ends after %(cells)d of %(names)d cells. Complete it; empty cells count too."
        ) % {"cells": number, "names": len(self.names)}


def _no_header(place: int, text: str) -> str:
    message = _(
        "Column %(column)s has no header, and here it holds “%(text)s”. Name the column, or empty"
        " its cells."
    )
    return message % {"column": letters_of(place + 1), "text": text.strip()[:_SHOWN]}


def recognise(
    texts: list[str], number: int, *, above: list[tuple[int, list[str]]] | None = None
) -> Header:
    """The header in row `number`. Raises Unreadable if it names no column, or one twice."""
    texts = _trimmed(texts)
    if len(texts) > limits.COLUMNS:
        raise Unreadable(_("The header has more than %d columns.") % limits.COLUMNS, number)
    refuse_for_people(texts, number)
    language = _language(texts)
    names = [_column(text, language) for text in texts]
    strange = [text for text, name in zip(texts, names, strict=True) if text and not name]
    unknown = {
        text: _nearest(text) if place < limits.GUESSES else "" for place, text in enumerate(strange)
    }
    _refuse(texts, names, unknown, number)
    alike = {
        text: name
        for text, name in zip(texts, names, strict=True)
        if name and _known(text, language) is None
    }
    return Header(number, texts, names, unknown, language, above or [], alike)


def count_known(texts: list[str]) -> int:
    """How many of these texts name a column in any language."""
    return sum(_column(text, "") is not None for text in _trimmed(texts[: limits.COLUMNS]))


def count_near(texts: list[str]) -> int:
    """How many of the first of these texts look like the name of a column."""
    return sum(bool(text) and bool(_nearest(text)) for text in _trimmed(texts)[:_NEAR_CELLS])


def _likely_header(texts: list[str]) -> bool:
    filled = [text for text in texts if text.strip()]
    known = count_known(texts)
    return known > 1 and 2 * known >= len(filled)


def _trimmed(texts: list[str]) -> list[str]:
    texts = [text.strip("\ufeff \t\r\n\u00a0") for text in texts]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _language(texts: list[str]) -> str:
    """The language with the most labels among those headers that are no stable names."""
    labels = {fold(text[:100]) for text in texts} - set(stable())
    found = {code: len(labels & set(labelled(code))) for code in Language.values}
    best = max(found, key=found.__getitem__)
    return best if found[best] else ""


def _column(text: str, language: str) -> str | None:
    """The column of this name, also where it is written with letters that only look right."""
    if len(text) > _LONGEST:
        return None
    found = _known(text, language)
    if found is None and not text.isascii():
        twins = (text.translate(table) for table in (_TO_LATIN, _TO_CYRILLIC))
        found = next(filter(None, (_known(twin, language) for twin in twins)), None)
    return found


@lru_cache(maxsize=2048)  # short ones; where the header is looked for each cell is asked about
def _known(text: str, language: str) -> str | None:
    folded = fold(text)
    languages = [language, *Language.values] if language else Language.values
    for known in (stable(), *map(labelled, languages)):
        if folded in known:
            return known[folded]
    return None


@cache
def _every_name() -> dict[str, str]:
    known = dict(stable())
    for code in Language.values:
        known = labelled(code) | known
    return known


def _nearest(text: str) -> str:
    folded = fold(text[:100])
    for code in Language.values:
        if folded in without_language(code):
            return without_language(code)[folded]
    known = _every_name()
    found = get_close_matches(folded, known, n=1, cutoff=0.75)
    return known[found[0]] if found else ""


def _refuse(
    texts: list[str], names: list[str | None], unknown: dict[str, str], number: int
) -> None:
    twice = [name for name, times in Counter(filter(None, names)).items() if times > 1]
    if twice:
        message = _("The column appears in the header more than once. Keep one of them.")
        raise Unreadable(message, number, twice[0])
    if not any(names):
        near = ", ".join(f"{text[:40]} → {name}" for text, name in unknown.items() if name)
        message = _("None of the first rows names a column that is known.")
        hint = near and " " + _("Do you mean: %s?") % near[:500]
        raise Unreadable(f"{message}{hint}", number)
