"""Columns of what a record is linked with: countries, sectors and organisations."""

from collections.abc import Callable

from initiatives.choices import PARTY_ROLES, CountryRole, OrganisationRole
from initiatives.exchange.cell_parsers import in_roles, listed, of_field, single_code, with_percents
from initiatives.exchange.cells import join, once
from initiatives.exchange.columns.column import Column, column_of, parts_of, text_of
from initiatives.models import InitiativeCountry, InitiativeSector
from initiatives.notation import PERCENT


def countries(name: str, roles: tuple[str, ...] = ()) -> list[Column]:
    """The codes and the names of the countries in these roles, by default in any."""

    def linked(row) -> list:
        links = parts_of(row, "countries")
        return once(link.country for link in links if not roles or link.role in roles)

    return [
        Column(
            name,
            lambda row: join(country.iso2 for country in linked(row)),
            read=listed(single_code),
        ),
        Column(f"{name}_names", lambda row: join(map(str, linked(row))), 30),
    ]


def parties() -> list[Column]:
    return countries("parties", PARTY_ROLES)


def country_roles(name: str) -> Column:
    return Column(
        name,
        lambda row: _roles(parts_of(row, "countries"), lambda link: link.country.iso2),
        read=in_roles(CountryRole.values),
    )


def country_percents(name: str) -> Column:
    """Each share beside its country and role: a country may have several roles."""
    read = of_field(InitiativeCountry._meta.get_field("percent"))
    return Column(
        name,
        lambda row: _shares(parts_of(row, "countries")),
        30,
        with_percents(CountryRole.values, read),
        measure=PERCENT,
    )


def _shares(links) -> str:
    told = (link for link in links if link.percent is not None)
    return join(f"{link.country.iso2}:{link.role}:{link.percent}" for link in told)


def sectors(name: str) -> list[Column]:
    """The codes and the names of the sectors."""
    return [
        Column(
            name,
            lambda row: join(link.sector.slug for link in parts_of(row, "sectors")),
            read=listed(single_code),
        ),
        Column(
            f"{name}_names", lambda row: join(str(link.sector) for link in parts_of(row, "sectors"))
        ),
    ]


def main_sector(name: str) -> Column:
    return Column(
        name,
        lambda row: join(link.sector.slug for link in parts_of(row, "sectors") if link.is_main),
        read=listed(single_code),
    )


def sector_percents(name: str) -> Column:
    field = InitiativeSector._meta.get_field("percent")
    return column_of(
        field,
        name,
        lambda row: join(text_of(link.percent) for link in parts_of(row, "sectors")),
        listed(of_field(field)),
    )


def organisations(name: str) -> list[Column]:
    """The codes, the names and the roles of the organisations."""

    def linked(row) -> list:
        return once(link.organisation for link in parts_of(row, "organisations"))

    return [
        Column(name, lambda row: join(one.slug for one in linked(row)), 30, listed(single_code)),
        Column(f"{name}_names", lambda row: join(map(str, linked(row))), 30),
        Column(
            f"{name}_roles",
            lambda row: _roles(parts_of(row, "organisations"), lambda link: link.organisation.slug),
            30,
            in_roles(OrganisationRole.values),
        ),
    ]


def _roles(links, code: Callable) -> str:
    return join(f"{code(link)}:{link.role}" for link in links)
