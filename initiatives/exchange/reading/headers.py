"""The row with the names of the columns."""

from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext as _

from initiatives.choices import Language
from initiatives.exchange.reading import limits
from initiatives.exchange.reading.labels import labelled, stable
from initiatives.exchange.reading.table import Problem, Row, Unreadable
from initiatives.folding import fold


@dataclass(frozen=True)
class Header:
    """`names` has the column of each place, or None; `language` that of the labels, if any."""

    number: int
    texts: list[str]
    names: list[str | None]
    unknown: dict[str, str]
    language: str

    @property
    def columns(self) -> list[str]:
        return [name for name in self.names if name]

    @property
    def fact(self) -> tuple[str, str]:
        spoken = str(Language(self.language).label) if self.language else _("stable names")
        return _("Header"), _("%(language)s, row %(row)d") % {
            "language": spoken,
            "row": self.number,
        }

    def row(self, number: int, texts: list[str]) -> Row:
        """The row of these texts, which stand under the header place by place."""
        cells = {name: text for name, text in zip(self.names, texts, strict=False) if name}
        row = Row(number, cells)
        over = [*self._nameless(texts), *texts[len(self.names) :]]
        if any(text.strip() for text in over):
            row.problems.append(Problem("", self._over(len(texts))))
        if len(texts) < len(self.names):
            row.problems.append(Problem("", self._short(len(texts))))
        return row

    def _nameless(self, texts: list[str]) -> list[str]:
        if all(self.texts):
            return []
        return [text for name, text in zip(self.texts, texts, strict=False) if not name]

    def _over(self, number: int) -> str:
        return _(
            "A cell stands under no header: the row has %(cells)d cells and the header %(names)d."
            " Put texts that hold the delimiter into quotation marks, and name every column."
        ) % {"cells": number, "names": len(self.names)}

    def _short(self, number: int) -> str:
        return _(
            "The row ends after %(cells)d of %(names)d cells. Complete it; empty cells count too."
        ) % {"cells": number, "names": len(self.names)}


def recognise(texts: list[str], number: int) -> Header:
    """The header in row `number`. Raises Unreadable if it names no column, or one twice."""
    texts = _trimmed(texts)
    if len(texts) > limits.COLUMNS:
        raise Unreadable(_("The header has more than %d columns.") % limits.COLUMNS, number)
    language = _language(texts)
    names = [_column(text, language) for text in texts]
    strange = [text for text, name in zip(texts, names, strict=True) if text and not name]
    unknown = {
        text: _nearest(text) if place < limits.GUESSES else "" for place, text in enumerate(strange)
    }
    _refuse(texts, names, unknown, number)
    return Header(number, texts, names, unknown, language)


def count_known(texts: list[str]) -> int:
    """How many of these texts name a column in any language."""
    return sum(_column(text, "") is not None for text in _trimmed(texts[: limits.COLUMNS]))


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
    folded = fold(text[:100])
    languages = [language, *Language.values] if language else Language.values
    for known in (stable(), *map(labelled, languages)):
        if folded in known:
            return known[folded]
    return None


def _nearest(text: str) -> str:
    known = {name: name for name in stable()}
    for code in Language.values:
        known |= labelled(code)
    found = get_close_matches(fold(text[:100]), [*known, *stable()], n=1, cutoff=0.75)
    return (stable() | known)[found[0]] if found else ""


def _refuse(texts, names, unknown: dict[str, str], number: int) -> None:
    twice = [name for name, times in Counter(filter(None, names)).items() if times > 1]
    if twice:
        message = _("The column stands in the header more than once. Leave one of them.")
        raise Unreadable(message, number, twice[0])
    if not any(names):
        near = ", ".join(f"{text[:40]} → {name}" for text, name in unknown.items() if name)
        message = _("The first row that is not empty names no column that is known.")
        hint = near and " " + _("Do you mean: %s?") % near[:500]
        raise Unreadable(f"{message}{hint}", number)
