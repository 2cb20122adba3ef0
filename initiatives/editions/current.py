"""The editions that hold at an instant, read by their keys."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet

from initiatives.choices import EditionKind, EditionState
from initiatives.editions import record as public
from initiatives.kept_queries import KeptQuery, chunks, values_of
from initiatives.models import Edition

_RECORDS: dict[str, type[public.InitiativeRecord] | type[public.EventRecord]] = {
    EditionKind.INITIATIVE: public.InitiativeRecord,
    EditionKind.EVENT: public.EventRecord,
}
_COLUMNS = tuple(field.attname for field in Edition._meta.concrete_fields)


def editions_at(kind: str, keys: Iterable[str], at: datetime) -> Iterator[Edition]:
    """Of each of `keys` the edition that holds at the instant `at`, published or withdrawn.

    One query, or one for each chunk of very many keys.
    """
    for some in chunks(set(keys)):
        for values in _CURRENT[kind](some, at):
            yield Edition.from_db(DEFAULT_DB_ALIAS, _COLUMNS, values)


def record_of(edition: Edition) -> public.PublicRecord | None:
    """None of a withdrawal, and where the text was taken out."""
    if edition.state != EditionState.PUBLISHED or not edition.body:
        return None
    return public.decoded(edition.body, _RECORDS[edition.kind])


def _current(kind: EditionKind) -> Callable[[list[str], datetime], QuerySet[Edition, Any]]:
    def rows(keys: list[str], at: datetime) -> QuerySet[Edition, Any]:
        return values_of(Edition.objects.of(kind, *keys).current(at).order_by(), *_COLUMNS)

    return rows


_CURRENT: dict[str, KeptQuery] = {kind: KeptQuery(_current(kind), keys=str) for kind in EditionKind}
