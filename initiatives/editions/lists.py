"""Rows of the lists whose keys stand in public records: countries, sectors and organisations.

Nothing else of the working rows is public. Names are those of today. All countries and sectors may
be told; which organisations, the index says (`Reading.organisations`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from initiatives.editions.new_instances import instance
from initiatives.kept_queries import KeptQuery, KeptTableQuery, chunks, values_of
from initiatives.models import Country, Organisation, Sector
from initiatives.models.record import Record
from initiatives.text.alphabets import name_in_alphabet

Listed = TypeVar("Listed", bound=Record)
LISTS: dict[str, tuple[type[Country] | type[Sector] | type[Organisation], str]] = {
    "country": (Country, "iso2"),
    "sector": (Sector, "slug"),
    "organisation": (Organisation, "slug"),
}


def rows_of(name: str, keys: Iterable[str]) -> dict[str, Any]:
    """By key the rows of the list `name`; an organisation with its country. One query, or one for
    each chunk of very many keys."""
    model, path = LISTS[name]
    columns = _columns(model)
    found: dict[str, Any] = {}
    now = timezone.now()
    for some in chunks(keys):
        for values in _ROWS[name](some, now):
            row = _row(model, values[: len(columns)])
            if isinstance(row, Organisation):
                row.country = _country(values[len(columns) :])
            found[getattr(row, path)] = row
    return found


def all_of(name: str) -> dict[str, Any]:
    """By key all rows of the list `name`, in its own order: of countries or of sectors, which are
    few. Each sector has its whole. One query."""
    model, path = LISTS[name]
    rows = [_row(model, values) for values in _ALL[name](timezone.now())]
    sectors = {row.pk: row for row in rows if isinstance(row, Sector)}
    for sector in sectors.values():
        sector.parent = None if sector.parent_id is None else sectors.get(sector.parent_id)
    return {getattr(row, path): row for row in rows}


def in_reading_order(rows: Mapping[str, Any]) -> dict[str, Any]:
    """Countries or sectors of `all_of` for readers: in the order that the desk gave them, and those
    to which it gave the same in the alphabet of the language that is active."""
    language = get_language()
    ordered = sorted(
        (row.order, name_in_alphabet(str(row), language), key) for key, row in rows.items()
    )
    return {key: rows[key] for _order, _name, key in ordered}


def row_of(name: str, key: str) -> Any:
    """One row, if it is there; a sector with its whole."""
    return (all_of(name) if name == "sector" else rows_of(name, [key])).get(key)


def trees(sectors: Mapping[str, Sector]) -> list[tuple[Sector, list[Sector]]]:
    """Each sector with its parts, in the order of `sectors` by slug, which `all_of` gave or are
    some of them. One whose whole is not among them, or is a part itself, stands alone."""
    wholes = {slug: _whole_of(row, sectors) for slug, row in sectors.items()}
    parts: dict[str, list[Sector]] = {slug: [] for slug in sectors}
    inside = {slug for slug, whole in wholes.items() if whole and not wholes[whole]}
    for slug in inside:
        parts[wholes[slug] or ""].append(sectors[slug])
    place = {slug: number for number, slug in enumerate(sectors)}
    return [
        (sectors[slug], sorted(of, key=lambda row: place[row.slug]))
        for slug, of in parts.items()
        if slug not in inside
    ]


def _whole_of(sector: Sector, sectors: Mapping[str, Sector]) -> str | None:
    whole = sector.parent
    return whole.slug if whole is not None and whole.slug in sectors else None


def wholes_of_sectors() -> dict[str, str]:
    """The slug of the whole of each sector that is a part of one."""
    return dict(_PARTS(timezone.now()))


def keys_of(name: str, among: Iterable[str] | None = None) -> Iterable[str]:
    """The keys that the list has, all or those of `among`."""
    model, path = LISTS[name]
    return model.objects.values_list(path, flat=True) if among is None else rows_of(name, among)


def organisations_of(kinds: Sequence[str], countries: Sequence[str]) -> set[str]:
    """The slugs of those of one of the kinds and of one of the countries, where any are given. One
    query."""
    rows = Organisation.objects.order_by()
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if countries:
        rows = rows.filter(country__iso2__in=countries)
    return {slug for (slug,) in values_of(rows, "slug")}


def names_of_organisations(languages: Iterable[str]) -> dict[str, str]:
    """By slug the name of each in the first of the languages that has one, else its slug. One
    query."""
    columns = [f"name_{code}" for code in languages]
    rows = values_of(Organisation.objects.order_by(), "slug", *columns)
    return {slug: next(filter(None, names), slug) for slug, *names in rows}


def _row(model: type[Listed], values: Sequence[Any]) -> Listed:
    row = instance(model, dict(zip(_columns(model), values, strict=True)))
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return row


def _country(values: Sequence[Any]) -> Country | None:
    """None where the organisation has none, of which the columns are empty."""
    return None if values[0] is None else _row(Country, values)


@cache
def _columns(model: type[Model]) -> tuple[str, ...]:
    """All but the folded text, which is made of the others when it is read."""
    return tuple(one.attname for one in model._meta.concrete_fields if one.name != "search_text")


def _rows(name: str) -> Callable[[list[str], datetime], QuerySet[Any, Any]]:
    model, path = LISTS[name]

    def rows(keys: list[str], now: datetime) -> QuerySet[Any, Any]:
        beside = _columns(Country) if model is Organisation else ()
        columns = (*_columns(model), *(f"country__{column}" for column in beside))
        return values_of(model.objects.filter(**{f"{path}__in": keys}).order_by(), *columns)

    return rows


def _in_order(name: str) -> Callable[[datetime], QuerySet[Any, Any]]:
    model, _path = LISTS[name]
    order = cast(Sequence[str], model._meta.ordering)
    return lambda now: values_of(QuerySet(model).order_by(*order), *_columns(model))


def _parts_of_sectors(_now: datetime) -> QuerySet[Sector, Any]:
    return values_of(QuerySet(Sector).filter(parent__isnull=False), "slug", "parent__slug")


_PARTS = KeptTableQuery(_parts_of_sectors)
_ALL = {name: KeptTableQuery(_in_order(name)) for name in ("country", "sector")}
_ROWS = {name: KeptQuery(_rows(name), keys=str) for name in LISTS}
