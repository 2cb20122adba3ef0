"""What an edition is found by: the one function that feeds the text indexes of both databases.

A query word is found wherever it stands inside of a folded word. A text index finds whole words
only, so a document has the folded words, in which the vocabulary finds longer query words, and for
those of one or two letters every letter and every two that follow one another.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import pairwise

import msgspec

from initiatives.choices import EditionKind, EditionState, Language
from initiatives.editions.record import INITIATIVE_TEXTS, InitiativeRecord, decoded
from initiatives.folding import fold, searchable
from initiatives.models import Edition, SearchDocument

SHORT = 2  # letters of a query word that is looked for as it is
LONGEST = 200  # letters that are looked for at once; no index takes words of any length
_SHOWN = (EditionKind.INITIATIVE, EditionState.PUBLISHED)
_LANGUAGES = tuple(Language.values)


def terms_of(record: InitiativeRecord) -> set[str]:
    """The folded words of the code, the texts and the identifiers of other registers, and the names
    of the countries that they mention; with every letter and every two letters in a row.

    The names of its own countries, sectors and organisations are not in a record.
    """
    texts = [
        getattr(getattr(record, name), code) for name in INITIATIVE_TEXTS for code in _LANGUAGES
    ]
    identifiers = (fold(one.value) for one in record.external_ids)
    folded = " ".join((searchable(record.code, *texts), *identifiers))
    pairs = set(pairwise(folded))
    short = {one + other for one, other in pairs if one != " " and other != " "}
    return short.union(folded, *map(_pieces, folded.split())) - {" "}


def documents(editions: Iterable[Edition]) -> Iterator[SearchDocument]:
    """The rows that belong to those editions that show an initiative; a body that cannot be read
    shows none."""
    for edition in editions:
        if (edition.kind, edition.state) == _SHOWN and edition.body:
            with suppress(msgspec.MsgspecError):
                record = decoded(edition.body, InitiativeRecord)
                terms = " ".join(sorted(terms_of(record)))
                yield SearchDocument(edition_id=edition.position, terms=terms)


def windows(word: str) -> set[str]:
    """The parts of a query word that are looked for: itself, if it is not very long."""
    return {word[start : start + LONGEST] for start in _starts(len(word), LONGEST)}


def _pieces(word: str) -> list[str]:
    """The word, or parts of it of which each LONGEST letters in a row are in one."""
    if len(word) <= 2 * LONGEST:
        return [word]
    return [word[start : start + 2 * LONGEST] for start in _starts(len(word), 2 * LONGEST)]


def _starts(length: int, part: int) -> range:
    return range(0, max(length - part, 0) + LONGEST, LONGEST)
