"""Parts of public records made of plain values, which cost a tenth of rows that are objects."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

import msgspec
from django.db.models import Model, QuerySet
from msgspec.structs import FieldInfo

from initiatives.choices import Language
from initiatives.editions import record as public
from initiatives.editions.record import Part
from initiatives.editions.texts import stored
from initiatives.fields.choice_set import split
from initiatives.kept_queries import KeptQuery, values_of
from initiatives.models.record import Record

# Public citations by the kind of claim that they are for, and the primary key of the claim.
Cited = dict[tuple[str, int], tuple[public.Citation, ...]]
# The name of a column, or what gives an expression for an instant.
Path = str | Callable[[datetime], Any]
Rows = Callable[[list[Any], datetime], QuerySet[Any, Any]]
_CITED = (tuple[public.Citation, ...], public.Citation | None)


class Columns:
    """Which columns make the fields of a `part`: those of the same names, after the name `under`.

    `paths` says which have another one, each a `Path`. Citations and what is `beside` come from
    elsewhere.
    """

    def __init__(
        self,
        part: type[Part],
        *,
        under: str = "",
        beside: Iterable[str] = (),
        **paths: Any,
    ) -> None:
        self._paths: list[Path] = []
        self._reading: list[tuple[str, slice, Callable[[Any], Any]]] = []
        for field in msgspec.structs.fields(part):
            if field.name not in beside and field.type not in _CITED:
                self._add(field, paths.pop(field.name, under + field.name))
        if paths:
            raise TypeError(f"{part.__name__} has no field {', '.join(paths)} to fill")

    def _add(self, field: FieldInfo, path: Path) -> None:
        is_text = field.type is public.Text
        paths = [f"{path}_{language}" for language in Language.values] if is_text else [path]
        place = slice(len(self._paths), len(self._paths) + len(paths))
        self._reading.append((field.name, place, _READ.get(field.type, _plain)))
        self._paths += paths

    def at(self, now: datetime) -> list[Any]:
        """What `values_list()` takes to read them as they are at the instant `now`."""
        return [path(now) if callable(path) else path for path in self._paths]

    def fields(self, values: Sequence[Any]) -> dict[str, Any]:
        """The fields of the part, of the values of its columns."""
        return {name: read(values[place]) for name, place, read in self._reading}


class Parts:
    """The parts of one kind that a record has: the rows of `model` that are `of` it.

    They stand in the `order` of these fields of theirs. Sources are cited for them as for a
    `claim` of this kind; `one_source` is the field of one that they name themselves.
    """

    def __init__(
        self,
        part: type[public.Part],
        model: type[Model],
        *order: str,
        of: str = "initiative",
        claim: str = "",
        one_source: str = "",
        **paths: Any,
    ) -> None:
        self._part, self._columns = part, Columns(part, **paths)
        self._order, self._claim, self._one_source = attrgetter(*order), claim, one_source
        self._query = KeptQuery(
            lambda keys, now: values_of(
                model._default_manager.filter(**{f"{of}__in": keys}).order_by(),
                *(of, "pk", *self._columns.at(now)),
            )
        )

    def read(self, keys: Sequence[int], now: datetime, cited: Cited) -> dict[int, tuple[Any, ...]]:
        """By the primary key of the record."""
        found = defaultdict(list)
        for of, pk, *values in self._query(keys, now):
            fields = self._columns.fields(values)
            if self._claim:
                fields["sources"] = cited.get((self._claim, pk), ())
            if self._one_source:
                fields[self._one_source] = next(iter(cited.get((self._one_source, pk), ())), None)
            found[of].append(self._part(**fields))
        return {of: tuple(sorted(parts, key=self._order)) for of, parts in found.items()}


class Names:
    """Keys of what a record is linked to, each once, in their order.

    `rows(keys, now)` gives pairs of the primary key of a record and such a key.
    """

    def __init__(self, rows: Rows) -> None:
        self._query = KeptQuery(rows)

    def read(self, keys: Sequence[int], now: datetime, cited: Cited) -> dict[int, tuple[str, ...]]:
        found: dict[int, set[str]] = defaultdict(set)
        for of, name in self._query(keys, now):
            found[of].add(name)
        return {of: tuple(sorted(names)) for of, names in found.items()}


class Wholes:
    """The records of one kind, of the rows of `model`, each under its `key`.

    `row` is a NamedTuple of the columns by which its publication goes; `parts` says how to read the
    fields that are no column, and `cited` which sources are cited for rows with these keys.
    """

    def __init__(
        self,
        record: type[Part],
        model: type[Record],
        row: Any,
        *,
        key: str,
        parts: Mapping[str, Names | Parts],
        cited: Callable[[Sequence[int], datetime], Cited],
        **paths: Any,
    ) -> None:
        self._record, self._row, self._parts, self._cited = record, row, parts, cited
        self._claim = str(model._meta.model_name)
        self._columns = Columns(record, beside=("form", *parts), **paths)
        self._query = KeptQuery(
            lambda keys, now: values_of(
                model._default_manager.filter(**{f"{key}__in": keys}).order_by(),
                *(*row._fields, *self._columns.at(now)),
            ),
            keys=str,
        )

    def read(
        self, keys: Sequence[str], now: datetime, *, shown: Callable[[Any], bool] = lambda row: True
    ) -> Iterator[tuple[Any, Any]]:
        """(row, public record at the instant `now`), of rows that are not `shown` (row, None)."""
        width, found = len(self._row._fields), []
        for values in self._query(keys, now):
            found.append((self._row(*values[:width]), values[width:]))
        pks = [row.pk for row, _values in found if shown(row)]
        cited = self._cited(pks, now)
        parts = {name: kind.read(pks, now, cited) for name, kind in self._parts.items()}
        for row, values in found:
            yield row, self._made(row.pk, values, parts, cited) if shown(row) else None

    def _made(
        self,
        pk: int,
        values: tuple[Any, ...],
        parts: dict[str, dict[int, tuple[Any, ...]]],
        cited: Cited,
    ) -> Part:
        return self._record(
            form=public.FORM,
            sources=cited.get((self._claim, pk), ()),
            **self._columns.fields(values),
            **{name: found.get(pk, ()) for name, found in parts.items()},
        )


def text_of(values: Sequence[str | None]) -> public.Text:
    """The text of four columns, in the order of the languages."""
    if not any(values):
        return public.NO_TEXT
    return public.Text(**{code: text or "" for code, text in zip(_LANGUAGES, values, strict=True)})


def _plain(values: Sequence[Any]) -> Any:
    (value,) = values
    return stored(value)


def _codes(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(split(values[0]))


_LANGUAGES = tuple(Language.values)
_READ: dict[Any, Callable[[Any], Any]] = {public.Text: text_of, tuple[str, ...]: _codes}
