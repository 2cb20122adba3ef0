"""What an edition is found by: the one function that feeds the text indexes of both databases."""

from collections.abc import Iterable, Iterator
from contextlib import suppress

import msgspec

from initiatives.choices import EditionKind, EditionState, Language
from initiatives.editions.record import INITIATIVE_TEXTS, EventRecord, InitiativeRecord, decoded
from initiatives.models import Edition, SearchDocument
from initiatives.text.folding import fold, searchable
from initiatives.text.search_terms import terms_in

_EVENT_TEXTS = ("title", "place", "outcome")
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


def terms_of_event(record: EventRecord) -> set[str]:
    """The folded words of the name, the place and the outcome of an event, by which the records
    that name it are found; and the names of the countries that they mention."""
    texts = [getattr(getattr(record, name), code) for name in _EVENT_TEXTS for code in _LANGUAGES]
    return terms_in(searchable(*texts))


def documents(editions: Iterable[Edition]) -> Iterator[SearchDocument]:
    """The rows that belong to those editions that show an initiative or an event; a body that
    cannot be read shows none."""
    for edition in editions:
        if edition.state == EditionState.PUBLISHED and edition.body:
            with suppress(msgspec.MsgspecError):
                terms = " ".join(sorted(_terms_in_body(edition)))
                yield SearchDocument(edition_id=edition.position, terms=terms)


def _terms_in_body(edition: Edition) -> set[str]:
    if edition.kind == EditionKind.EVENT:
        return terms_of_event(decoded(edition.body, EventRecord))
    return terms_of(decoded(edition.body, InitiativeRecord))
