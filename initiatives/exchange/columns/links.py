"""Columns of what a record is linked with: countries, sectors and organisations."""

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext_lazy as _

from initiatives.choices import PARTY_ROLES, CountryRole, OrganisationRole
from initiatives.exchange.cell_parsers import in_roles, listed, of_field, single_code, with_percents
from initiatives.exchange.cells import once
from initiatives.exchange.columns.column import Column, Label, column_of, exact
from initiatives.exchange.columns.together import Lists, Rows, Together
from initiatives.models import InitiativeCountry, InitiativeSector
from initiatives.notation import PERCENT


def countries(
    name: str, label: Label, names_label: Label, roles: Iterable[str] = ()
) -> list[Column]:
    """The codes and the names of the countries in these roles, by default in any."""
    wanted = frozenset(map(str, roles))

    def linked(rows: Rows) -> Lists:
        return Lists.of(
            [
                once([link.iso2 for link in row.countries if not wanted or link.role in wanted])
                for row in rows
            ]
        )

    return [
        Column(name, label, _keys(linked), read=listed(single_code)),
        Column(f"{name}_names", names_label, _names(linked, "country"), 30),
    ]


def parties() -> list[Column]:
    return countries("parties", _("parties"), _("parties (names)"), PARTY_ROLES)


def country_roles(name: str) -> Column:
    return Column(
        name,
        _("countries (roles)"),
        _each("countries", lambda link: f"{link.iso2}:{link.role}"),
        read=in_roles(CountryRole.values),
    )


def country_percents(name: str) -> Column:
    """Each share beside its country and role: a country may have several roles."""
    read = of_field(InitiativeCountry._meta.get_field("percent"))
    return Column(
        name,
        _("countries (percents)"),
        Together(_shares_of_countries),
        30,
        with_percents(CountryRole.values, read),
        measure=PERCENT,
    )


def sectors(name: str) -> list[Column]:
    """The codes and the names of the sectors."""
    return [
        Column(
            name,
            _("sectors"),
            _each("sectors", attrgetter("slug")),
            read=listed(single_code),
        ),
        Column(f"{name}_names", _("sectors (names)"), _names(_sectors, "sector")),
    ]


def main_sector(name: str) -> Column:
    return Column(
        name,
        _("main sector"),
        _keys(_main_sectors),
        read=listed(single_code),
    )


def sector_percents(name: str) -> Column:
    field = InitiativeSector._meta.get_field("percent")
    return column_of(
        field,
        name,
        _each("sectors", lambda link: exact(link.percent)),
        listed(of_field(field)),
        label=_("sectors (percents)"),
    )


def organisations(name: str) -> list[Column]:
    """The codes, the names and the roles of the organisations."""
    return [
        Column(name, _("organisations"), _keys(_organisations), 30, listed(single_code)),
        Column(
            f"{name}_names",
            _("organisations (names)"),
            _names(_organisations, "organisation"),
            30,
        ),
        Column(
            f"{name}_roles",
            _("organisations (roles)"),
            _each("organisations", lambda link: f"{link.slug}:{link.role}"),
            30,
            in_roles(OrganisationRole.values),
        ),
    ]


def _sectors(rows: Rows) -> Lists:
    return Lists.of([[link.slug for link in row.sectors] for row in rows])


def _main_sectors(rows: Rows) -> Lists:
    return Lists.of([[link.slug for link in row.sectors if link.is_main] for row in rows])


def _organisations(rows: Rows) -> Lists:
    return Lists.of([once([link.slug for link in row.organisations]) for row in rows])


def _shares_of_countries(rows: Rows) -> list[str]:
    found = [[link for link in row.countries if link.percent is not None] for row in rows]
    shares = Lists.of(found)
    return shares.joined([f"{link.iso2}:{link.role}:{link.percent}" for link in shares.values])


def _keys(linked: Callable[[Rows], Lists]) -> Together:
    """Writes the keys that `linked` gives of rows."""
    return Together(lambda rows: _joined(rows.found(linked)))


def _joined(found: Lists) -> list[str]:
    return found.joined(list(found.values))


def _names(linked: Callable[[Rows], Lists], kind: str) -> Together:
    """Writes the names of the keys that `linked` gives of rows."""
    name_of = attrgetter(f"names.{kind}")

    def cells(rows: Rows) -> list[str]:
        found = rows.found(linked)
        if not found.values:
            return [""] * len(rows)
        return found.joined(list(map(name_of(rows[0]), found.values)))

    return Together(cells)


def _each(links: str, text_of: Callable[[Any], str]) -> Together:
    """Writes each link of rows by `text_of`."""
    all_links = _LINKS[links]

    def cells(rows: Rows) -> list[str]:
        found = rows.found(all_links)
        return found.joined(list(map(text_of, found.values)))

    return Together(cells)


def _links_at(name: str) -> Callable[[Rows], Lists]:
    links_of = attrgetter(name)
    return lambda rows: Lists.of(list(map(links_of, rows)))


_LINKS = {name: _links_at(name) for name in ("countries", "sectors", "organisations")}
