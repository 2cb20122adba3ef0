"""The editions of the large register, in one chain, as the register itself would have them."""

from datetime import datetime
from typing import NamedTuple

from benchmarks.large.tables import Table, in_database
from initiatives.choices import EditionState
from initiatives.editions import chain
from initiatives.models import Edition, SearchDocument, SearchTerm
from initiatives.text.search_terms import SHORT

_PUBLISHED = EditionState.PUBLISHED.value


class Issue(NamedTuple):
    """An edition that is due; editions that are issued together have the same `since`.

    `terms` are those of a search. Of them those in `new` may be new to the
    vocabulary; None is all of them.
    """

    kind: str
    key: str
    number: int
    body: str
    body_digest: str
    cause: str
    terms: str = ""
    new: list[str] | None = None


class Register:
    def __init__(self) -> None:
        columns = "position kind key number since issued_at state body body_digest digest cause"
        self._editions = Table(Edition, *columns.split(), "batch")
        self._documents = Table(SearchDocument, "edition_id", "terms")
        self._vocabulary = Table(SearchTerm, "term", "position")
        self._rows, self._found, self._words = [], [], []
        self._known: set[str] = set()
        self._instant = in_database()
        self._position, self._digest = 0, chain.BEGINNING
        self._batch, self._since = 0, None

    @property
    def tables(self) -> list[Table]:
        return [self._editions, self._documents, self._vocabulary]

    def append(self, issue: Issue, since: datetime) -> None:
        self._position += 1
        if since != self._since:
            self._batch, self._since = self._position, since
            self._at, self._in_chain = self._instant(since), chain.instant(since)
        kind, key, number, body, body_digest, cause, terms, new = issue
        of_chain = (self._digest, kind, key, number, self._in_chain, _PUBLISHED, body_digest)
        self._digest = chain.digest_of(chain.Line(*of_chain))
        place = (self._position, kind, key, number, self._at, self._at, _PUBLISHED)
        self._rows.append((*place, body, body_digest, self._digest, cause, self._batch))
        if terms:
            self._found.append((self._position, terms))
            self._learn(terms.split(" ") if new is None else new)

    def _learn(self, terms: list[str]) -> None:
        for term in terms:
            if term not in self._known:
                self._known.add(term)
                if len(term) > SHORT:
                    self._words.append((term, self._position))

    def write(self) -> None:
        self._editions.write(self._rows)
        self._documents.write(self._found)
        self._vocabulary.write(self._words)
        self._rows, self._found, self._words = [], [], []
