"""How a folded word is written, in a record or in the name of somebody who is in it."""

import re
from collections.abc import Iterable

from initiatives.choices import Language
from initiatives.editions.lists import LISTS
from initiatives.editions.record import INITIATIVE_TEXTS, InitiativeRecord, Text, decoded
from initiatives.models import Edition
from initiatives.text.folding import fold

_LANGUAGES = tuple(Language.values)
_WORD = re.compile(r"\w+(?:['‘’`´]\w+)*")  # the letters ʻ and ʼ are letters


def in_text(term: str, position: int, *, language: str | None) -> str:
    """As the edition at `position` writes it, in `language` if it does; else as it was folded."""
    body = Edition.objects.values_list("body", flat=True).get(position=position)
    record = decoded(body, InitiativeRecord)
    texts = [getattr(record, name) for name in INITIATIVE_TEXTS]
    identifiers = [one.value for one in record.external_ids]
    return _first(term, [*_in_order(texts, language), *identifiers, record.code])


def in_name(term: str, kind: str, key: str, *, language: str | None) -> str:
    """As the name of what the key stands for; else as it was folded."""
    model, name = LISTS[kind]
    row = model.objects.get(**{name: key})
    names = Text(**{code: getattr(row, f"name_{code}") or "" for code in _LANGUAGES})
    others = [getattr(row, "acronym", ""), row.aliases, key]
    return _first(term, [*_in_order([names], language), *others])


def _in_order(texts: Iterable[Text], language: str | None) -> list[str]:
    """The texts in the language of the reader, then in the others."""
    codes = sorted(_LANGUAGES, key=lambda code: code != language)
    return [getattr(text, code) for code in codes for text in texts]


def _first(term: str, texts: Iterable[str]) -> str:
    written = (found for text in texts for found in _WORD.findall(text) if fold(found) == term)
    return next(written, term)
