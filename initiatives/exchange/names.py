"""What the keys in public records are called, as a file in one language needs it."""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache, partial
from operator import attrgetter
from typing import Any, TypeVar

from initiatives.editions.lists import LISTS, all_of, rows_of
from initiatives.editions.record import CountryRole, OrganisationRole, SectorShare
from initiatives.fields.typed import field_of
from initiatives.models import Country, Initiative, Sector
from initiatives.models.record import Record

_MOST = 20_000  # names of organisations in memory
_Value = TypeVar("_Value")
_ORDER_OF_ORGANISATION = attrgetter("role", "slug")


class _Found(dict[str, _Value]):
    """What belongs to a key, found when it is asked for first."""

    def __init__(self, find: Callable[[str], _Value]) -> None:
        self._find = find

    def __missing__(self, key: str) -> _Value:
        value = self[key] = self._find(key)
        return value


class Names:
    """Names of countries, sectors, organisations and choices, in the language in which each is
    asked for first; so each file has its own. They are those of today, read once.

    What is in the lists no more goes by its key.
    """

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Any]] = {}
        self._countries = _Found(lambda iso2: str(self._row("country", iso2)))
        self._sectors = _Found(lambda slug: str(self._row("sector", slug)))
        self._order_of_country = _Found[int](lambda iso2: self._order("country", iso2))
        self._order_of_sector = _Found[int](lambda slug: self._order("sector", slug))
        self._labels: dict[str, _Found[str]] = {}
        self._organisations: dict[str, str] = {}
        self._expected: Collection[str] = ()

    def country(self, iso2: str) -> str:
        return self._countries[iso2]

    def countries(self, codes: Iterable[str]) -> list[str]:
        return list(map(self._countries.__getitem__, codes))

    def sector(self, slug: str) -> str:
        return self._sectors[slug]

    def label(self, field: str, value: str) -> str:
        """What a choice of a field of an initiative is called."""
        if (found := self._labels.get(field)) is None:
            found = self._labels[field] = _Found(partial(_label, field))
        return found[value]

    def expect(self, organisations: Collection[str]) -> None:
        """These may be asked for next; others than these can be asked for again."""
        self._expected = organisations
        if len(self._organisations) > _MOST:
            self._organisations.clear()

    def organisation(self, slug: str) -> str:
        """One query for all that were expected together."""
        if slug not in self._organisations:
            unknown = {slug, *self._expected} - self._organisations.keys()
            found = rows_of("organisation", unknown)
            self._organisations |= {key: str(found.get(key, key)) for key in unknown}
        return self._organisations[slug]

    def countries_in_order(self, links: Sequence[CountryRole]) -> Sequence[CountryRole]:
        """As a page of the record shows them."""
        if len(links) < 2:
            return links
        order = self._order_of_country
        return sorted(links, key=lambda link: (order[link.iso2], link.iso2, link.role))

    def sectors_in_order(self, links: Sequence[SectorShare]) -> Sequence[SectorShare]:
        if len(links) < 2:
            return links
        order = self._order_of_sector
        return sorted(links, key=lambda link: (not link.is_main, order[link.slug], link.slug))

    def organisations_in_order(
        self, links: Sequence[OrganisationRole]
    ) -> Sequence[OrganisationRole]:
        return links if len(links) < 2 else sorted(links, key=_ORDER_OF_ORGANISATION)

    def _order(self, name: str, key: str) -> int:
        row = self._row(name, key)
        assert isinstance(row, Country | Sector)
        return row.order

    def _row(self, name: str, key: str) -> Record:
        rows = self._rows.get(name)
        if rows is None:
            rows = self._rows[name] = all_of(name)
        if (row := rows.get(key)) is None:
            model, path = LISTS[name]
            row = rows[key] = model(**{path: key, "name_en": key})
        return row


def _label(field: str, value: str) -> str:
    return str(labels(field).get(value, value))


@cache
def labels(field: str) -> dict:
    """What the choices of a field of an initiative are called, by value, untranslated yet."""
    return dict(field_of(Initiative, field).flatchoices)
