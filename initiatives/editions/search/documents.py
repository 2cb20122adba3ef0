"""What an edition is found by: the one function that feeds the text indexes of both databases."""

from collections.abc import Iterable, Iterator
from contextlib import suppress

import msgspec

from initiatives.choices import EditionKind, EditionState, Language
from initiatives.editions.record import INITIATIVE_TEXTS, InitiativeRecord, decoded
from initiatives.folding import fold, searchable
from initiatives.models import Edition, SearchDocument
from initiatives.search_terms import terms_in

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
    return terms_in(folded)


def documents(editions: Iterable[Edition]) -> Iterator[SearchDocument]:
    """The rows that belong to those editions that show an initiative; a body that cannot be read
    shows none."""
    for edition in editions:
        if (edition.kind, edition.state) == _SHOWN and edition.body:
            with suppress(msgspec.MsgspecError):
                record = decoded(edition.body, InitiativeRecord)
                terms = " ".join(sorted(terms_of(record)))
                yield SearchDocument(edition_id=edition.position, terms=terms)
