"""What became known lately, across many initiatives, the newest first."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from django.db.models import QuerySet

from initiatives.timeline.entry import Entry
from initiatives.timeline.sources import SOURCES, cited, plain_initiatives
from initiatives.timeline.telling import tell_event

BATCH = 500


class Recent:
    """Entries about the public ones among `initiatives`, newest first, fetched as they are sliced.

    They became known from `since` on and before `until`. What a record held already when it
    became public is known since that moment; without `history` it is left out, and the entry
    about the new record stands for it. A slice costs two queries and two more for each kind of
    entry in it, however many entries it has.
    """

    def __init__(
        self,
        initiatives: QuerySet,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        history: bool = True,
    ) -> None:
        public = initiatives.published().order_by().values("pk")
        first, *others = (
            source.keys(public, rank, history=history, since=since, until=until)
            for rank, source in enumerate(SOURCES)
        )
        self._keys = first.union(*others, all=True).order_by("-known_at", "-rank", "-pk")

    def count(self) -> int:
        return self._keys.count()

    __len__ = count

    def __getitem__(self, part: slice) -> list[Entry]:
        return _entries(list(self._keys[part]))

    def __iter__(self) -> Iterator[Entry]:
        """All entries, in batches, so that memory does not grow with their number."""
        keys = self._keys.iterator(chunk_size=BATCH)
        while batch := list(islice(keys, BATCH)):
            yield from _entries(batch)


def recent(initiatives: QuerySet, *, limit: int = 50, **within) -> list[Entry]:
    """The newest entries of `initiatives`; `within` are the other arguments of `Recent`."""
    return Recent(initiatives, **within)[:limit]


def recent_events(events: QuerySet, *, limit: int = 50) -> list[Entry]:
    """The public ones among `events` as they stand, the last changed first."""
    rows = events.published().prefetch_related(cited()).order_by("-updated_at", "-pk")
    return [tell_event(event) for event in rows[:limit]]


def _entries(keys):
    """The entries of `keys`; a row that went meanwhile has none."""
    rows = {(rank, pk): row for rank in _ranks(keys) for pk, row in _rows(rank, keys).items()}
    _join_initiatives([row for (rank, _pk), row in rows.items() if rank])
    return [
        SOURCES[rank].tell(rows[rank, pk], at=at) for at, rank, pk in keys if (rank, pk) in rows
    ]


def _ranks(keys):
    return sorted({rank for _at, rank, _pk in keys})


def _rows(rank, keys):
    return SOURCES[rank].rows([pk for _at, found, pk in keys if found == rank])


def _join_initiatives(rows):
    """One query for all kinds of rows together."""
    initiatives = plain_initiatives().in_bulk({row.initiative_id for row in rows})
    for row in rows:
        row.initiative = initiatives[row.initiative_id]
