"""The editions of the large register, in one chain, as the register itself would have them."""

from dataclasses import dataclass
from datetime import datetime

from benchmarks.large.search import SearchRows
from benchmarks.large.tables import Table, in_database
from initiatives.choices import EditionState
from initiatives.editions import chain
from initiatives.editions import record as public
from initiatives.models import Edition


@dataclass(frozen=True)
class Issue:
    """An edition that is due; editions that are issued together have the same `since`."""

    kind: str
    key: str
    number: int
    record: public.PublicRecord
    cause: str
    pieces: tuple[str, ...] = ()  # of its texts, for the search; of events there is none


class Register:
    def __init__(self) -> None:
        self._table = Table(
            Edition,
            *"position kind key number since issued_at state body".split(),
            *"body_digest digest cause batch".split(),
        )
        self._search = SearchRows()
        self._instant = in_database()
        self._position, self._digest = 0, chain.BEGINNING
        self._batch, self._since = 0, None

    def append(self, issue: Issue, since: datetime) -> None:
        self._position += 1
        if since != self._since:
            self._batch, self._since = self._position, since
        body = public.encoded(issue.record)
        body_digest, state = chain.sha256(body), EditionState.PUBLISHED.value
        self._digest = chain.digest_of(
            chain.Line(
                self._digest,
                issue.kind,
                issue.key,
                issue.number,
                chain.instant(since),
                state,
                body_digest,
            )
        )
        at = self._instant(since)
        self._table.add(
            self._position,
            issue.kind,
            issue.key,
            issue.number,
            at,
            at,
            state,
            body,
            body_digest,
            self._digest,
            issue.cause,
            self._batch,
        )
        if issue.pieces:
            self._search.add(self._position, issue.pieces)

    def write(self) -> None:
        self._table.write()
        self._search.write()
