"""Columns of what a record is linked with: countries, sectors and organisations."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from initiatives.choices import PARTY_ROLES, CountryRole, OrganisationRole
from initiatives.exchange.cell_parsers import in_roles, listed, of_field, single_code, with_percents
from initiatives.exchange.cells import join, once
from initiatives.exchange.columns.column import Column, Label, column_of, exact
from initiatives.exchange.table_row import TableRow
from initiatives.models import InitiativeCountry, InitiativeSector
from initiatives.notation import PERCENT


def countries(
    name: str, label: Label, names_label: Label, roles: Iterable[str] = ()
) -> list[Column]:
    """The codes and the names of the countries in these roles, by default in any."""
    wanted = frozenset(map(str, roles))

    def linked(row: TableRow) -> list[str]:
        return once([link.iso2 for link in row.countries if not wanted or link.role in wanted])

    return [
        Column(name, label, lambda row: join(linked(row)), read=listed(single_code)),
        Column(
            f"{name}_names", names_label, lambda row: join(row.names.countries(linked(row))), 30
        ),
    ]


def parties() -> list[Column]:
    return countries("parties", _("parties"), _("parties (names)"), PARTY_ROLES)


def country_roles(name: str) -> Column:
    return Column(
        name,
        _("countries (roles)"),
        lambda row: join([f"{link.iso2}:{link.role}" for link in row.countries]),
        read=in_roles(CountryRole.values),
    )


def country_percents(name: str) -> Column:
    """Each share beside its country and role: a country may have several roles."""
    read = of_field(InitiativeCountry._meta.get_field("percent"))
    return Column(
        name,
        _("countries (percents)"),
        lambda row: join(
            [
                f"{link.iso2}:{link.role}:{link.percent}"
                for link in row.countries
                if link.percent is not None
            ]
        ),
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
            lambda row: join([link.slug for link in row.sectors]),
            read=listed(single_code),
        ),
        Column(
            f"{name}_names",
            _("sectors (names)"),
            lambda row: join([row.names.sector(link.slug) for link in row.sectors]),
        ),
    ]


def main_sector(name: str) -> Column:
    return Column(
        name,
        _("main sector"),
        lambda row: join([link.slug for link in row.sectors if link.is_main]),
        read=listed(single_code),
    )


def sector_percents(name: str) -> Column:
    field = InitiativeSector._meta.get_field("percent")
    return column_of(
        field,
        name,
        lambda row: join([exact(link.percent) for link in row.sectors]),
        listed(of_field(field)),
        label=_("sectors (percents)"),
    )


def organisations(name: str) -> list[Column]:
    """The codes, the names and the roles of the organisations."""

    def linked(row: TableRow) -> list[str]:
        return once([link.slug for link in row.organisations])

    return [
        Column(name, _("organisations"), lambda row: join(linked(row)), 30, listed(single_code)),
        Column(
            f"{name}_names",
            _("organisations (names)"),
            lambda row: join(map(row.names.organisation, linked(row))),
            30,
        ),
        Column(
            f"{name}_roles",
            _("organisations (roles)"),
            lambda row: join([f"{link.slug}:{link.role}" for link in row.organisations]),
            30,
            in_roles(OrganisationRole.values),
        ),
    ]
