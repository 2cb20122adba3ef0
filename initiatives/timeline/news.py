"""What became known lately, across many initiatives, the newest first."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from django.db.models import Q, QuerySet

from initiatives.models import Funding
from initiatives.timeline.entry import Entry
from initiatives.timeline.sources import NO_CONDITION, SOURCES, Within, cited, plain_initiatives
from initiatives.timeline.telling import tell_event

BATCH = 500


class Recent:
    """Entries about the public ones among `initiatives`, newest first, fetched as they are sliced.

    They became known from `since` on and before `until`. What a record held already when it
    became public is known since that moment; without `history` it is left out, and the entry
    about the new record stands for it. Of the lines of money only those are told that meet
    `funding`. A slice costs two queries and two more for each kind of
    entry in it, however many entries it has.
    """

    def __init__(
        self,
        initiatives: QuerySet,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        history: bool = True,
        funding: Q = NO_CONDITION,
    ) -> None:
        self._public = initiatives.published().order_by().values("pk")
        self._history, self._since, self._until = history, since, until
        self._conditions = {Funding: funding}
        self._keys = self._within().order_by("-known_at", "-rank", "-pk")

    def _within(self, **beyond) -> QuerySet:
        within = Within(self._since, self._until, **beyond)
        first, *others = (
            self._keys_of(source, rank, within) for rank, source in enumerate(SOURCES)
        )
        return first.union(*others, all=True)

    def _keys_of(self, source, rank, within) -> QuerySet:
        condition = self._conditions.get(source.model, NO_CONDITION)
        return source.keys(
            self._public, rank, history=self._history, within=within, condition=condition
        )

    def count(self) -> int:
        return self._keys.count()

    __len__ = count

    def __getitem__(self, part: slice) -> list[Entry]:
        return _entries(list(self._keys[part]))

    def keys_beyond(self, key: tuple | None, number: int, *, later: bool = False) -> list[tuple]:
        """At most `number` keys of entries before that of `key`, or after it, the newest first.

        With `told` a page is found by its last entry, whatever became known meanwhile.
        """
        names = ("known_at", "rank", "pk")
        order = names if later else [f"-{name}" for name in names]
        found = list(self._within(beyond=key, later=later).order_by(*order)[:number])
        return found[::-1] if later else found

    def told(self, keys: list[tuple]) -> list[Entry]:
        """The entries of these keys; one whose row went meanwhile is left out."""
        return _entries(keys)

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
