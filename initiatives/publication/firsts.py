"""Since when the first edition of a record holds, of which no action tells: since what it is made
of was last written."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from django.db.models import Max

from initiatives.choices import EditionKind
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
        key: wanted
        for key, wanted in found.items()
        if wanted.row is not None and not editions.get(key) and wanted.steps[0].is_public
    }
    written = _WRITTEN[kind]([wanted.row for wanted in new.values()])
    return found | {
        key: _since(wanted, min(now, written[wanted.row.pk])) for key, wanted in new.items()
    }


def _since(wanted: Wanted, since: datetime) -> Wanted:
    first, *later = wanted.steps
    return replace(wanted, steps=(first._replace(since=since), *later))


def _initiatives_written(rows: list[InitiativeRow]) -> dict[int, datetime]:
    """When they, the events that they name or the sources that they cite were last written, or
    they were first shown, by primary key."""
    found = {}
    for row in rows:
        first_shown = row.published_at or row.created_at
        found[row.pk] = max(row.updated_at, first_shown, row.embargo_until or first_shown)
    for pk, written in _parts_written(list(found)):
        found[pk] = max(found[pk], written)
    return found


def _parts_written(keys: list[int]) -> Iterator[tuple[int, datetime]]:
    links = InitiativeEvent.objects.filter(initiative__in=keys).order_by()
    yield from links.values_list("initiative").annotate(Max("event__updated_at"))
    for path in CLAIMS.values():
        cited = Citation.objects.public().filter(**{f"{path}__in": keys}).order_by()
        yield from cited.values_list(path).annotate(Max("source__updated_at"))


def _events_written(rows: Iterable[EventRow]) -> dict[int, datetime]:
    return {row.pk: row.updated_at for row in rows}


_WRITTEN = {EditionKind.INITIATIVE: _initiatives_written, EditionKind.EVENT: _events_written}
