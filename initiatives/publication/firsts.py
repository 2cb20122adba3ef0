"""Since when the first edition of a record holds, of which no action tells: since what it is made
of was last written."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Max, QuerySet

from initiatives.choices import EditionKind
from initiatives.kept_queries import KeptQuery, values_of
from initiatives.models import Citation, InitiativeEvent
from initiatives.publication.citations import CLAIMS
from initiatives.publication.drafts import Registered
from initiatives.publication.records import EventRow, InitiativeRow
from initiatives.publication.wanted import Wanted


def begun(
    kind: EditionKind,
    found: dict[str, Wanted],
    editions: dict[str, list[Registered]],
    now: datetime,
) -> dict[str, Wanted]:
    """`found` with earlier beginnings of what is public now and has no `editions` yet.

    A fixed number of queries.
    """
    new = {
        key: wanted.row
        for key, wanted in found.items()
        if wanted.row is not None and not editions.get(key) and wanted.steps[0].is_public
    }
    written = _WRITTEN[kind](list(new.values()), now)
    return found | {key: _since(found[key], min(now, written[row.pk])) for key, row in new.items()}


def _since(wanted: Wanted, since: datetime) -> Wanted:
    first, *later = wanted.steps
    return replace(wanted, steps=(first._replace(since=since), *later))


def _initiatives_written(rows: list[InitiativeRow], now: datetime) -> dict[int, datetime]:
    """When they, the events that they name or the sources that they cite were last written, or
    they were first shown, by primary key."""
    found = {}
    for row in rows:
        first_shown = row.published_at or row.created_at
        found[row.pk] = max(row.updated_at, first_shown, row.embargo_until or first_shown)
    for pk, written in _parts_written(list(found), now):
        found[pk] = max(found[pk], written)
    return found


def _parts_written(keys: list[int], now: datetime) -> Iterator[tuple[int, datetime]]:
    for query in _PARTS:
        yield from query(keys, now)


def _latest(rows: Callable[[], QuerySet[Any]], path: str, column: str) -> KeptQuery:
    """(record, when the last of its `rows` was written), by the `path` to the record."""

    def asked(keys: list[int], now: datetime) -> QuerySet[Any, Any]:
        some = rows().filter(**{f"{path}__in": keys}).order_by()
        return values_of(some.values(path).annotate(latest=Max(column)), path, "latest")

    return KeptQuery(asked)


_PARTS = (
    _latest(InitiativeEvent.objects.all, "initiative", "event__updated_at"),
    *(_latest(Citation.objects.public, path, "source__updated_at") for path in CLAIMS.values()),
)


def _events_written(rows: Iterable[EventRow], _now: datetime) -> dict[int, datetime]:
    return {row.pk: row.updated_at for row in rows}


_WRITTEN: dict[EditionKind, Callable[[list[Any], datetime], dict[int, datetime]]] = {
    EditionKind.INITIATIVE: _initiatives_written,
    EditionKind.EVENT: _events_written,
}
