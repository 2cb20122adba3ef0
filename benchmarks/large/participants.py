"""Who takes part in the records of a batch: few of all take part in most."""

from functools import cache
from typing import NamedTuple

from benchmarks.large.chance import Unequal
from benchmarks.large.reference import Reference
from initiatives.choices import CountryRole, OrganisationRole
from initiatives.editions import record as public

_FURTHER = (
    CountryRole.PARTY,
    CountryRole.FINANCIER,
    CountryRole.BENEFICIARY,
    CountryRole.OBSERVER,
)
_ROLES = tuple(OrganisationRole.values)
_MOST_COUNTRIES, _MOST_SECTORS, _MOST_ORGANISATIONS = 4, 3, 4


class Who(NamedTuple):
    """Numbers in the lists of the reference; of countries and organisations with the role, of
    sectors the main one first."""

    countries: list[tuple[int, str]]
    sectors: list[int]
    organisations: list[tuple[int, str]]

    def parts(self, reference: Reference) -> dict[str, tuple]:
        """The fields of the public record."""
        countries = sorted((reference.countries[n].iso2, role) for n, role in self.countries)
        main, *others = (reference.sectors[n].slug for n in self.sectors)
        sectors = sorted([(main, True), *((slug, False) for slug in others)])
        organisations = sorted(
            (role, reference.organisations[n].slug) for n, role in self.organisations
        )
        return {
            "countries": tuple(country_role(*one) for one in countries),
            "sectors": tuple(sector_share(*one) for one in sectors),
            "organisations": tuple(organisation_role(slug, role) for role, slug in organisations),
        }


class Participants:
    """Numbers of countries, sectors and organisations in the lists of `reference`, by the row."""

    def __init__(self, chance, reference: Reference, rows: int) -> None:
        def drawn(known: list, most: int) -> list[list[int]]:
            return Unequal(len(known)).rows(chance, rows, most)

        def numbers(first: int, last: int) -> list[int]:
            return chance.integers(first, last, rows, endpoint=True).tolist()

        # One more of the countries, so that two that differ are found in nearly every row.
        self._countries = drawn(reference.countries, _MOST_COUNTRIES + 2)
        self._sectors = drawn(reference.sectors, _MOST_SECTORS)
        self._organisations = drawn(reference.organisations, _MOST_ORGANISATIONS)
        self._sizes = list(
            zip(
                numbers(2, _MOST_COUNTRIES),
                numbers(1, _MOST_SECTORS),
                numbers(1, _MOST_ORGANISATIONS),
                strict=True,
            )
        )

    def of(self, row: int) -> "Who":
        return Who(self._of_countries(row), self._of_sectors(row), self._of_organisations(row))

    def _of_countries(self, row: int) -> list[tuple[int, str]]:
        """At least two parties."""
        found = list(dict.fromkeys(self._countries[row]))[: self._sizes[row][0]]
        if len(found) == 1:
            found.append((found[0] + 1) % 3)
        further = (_FURTHER[number % len(_FURTHER)].value for number in found[2:])
        return [*((number, "party") for number in found[:2]), *zip(found[2:], further, strict=True)]

    def _of_sectors(self, row: int) -> list[int]:
        return list(dict.fromkeys(self._sectors[row][: self._sizes[row][1]]))

    def _of_organisations(self, row: int) -> list[tuple[int, str]]:
        found = dict.fromkeys(self._organisations[row][: self._sizes[row][2]])
        return [(number, _ROLES[(number + row) % len(_ROLES)]) for number in found]


@cache
def country_role(iso2: str, role: str) -> public.CountryRole:
    return public.CountryRole(iso2=iso2, role=role)


@cache
def sector_share(slug: str, is_main: bool) -> public.SectorShare:
    return public.SectorShare(slug=slug, is_main=is_main)


@cache
def organisation_role(slug: str, role: str) -> public.OrganisationRole:
    return public.OrganisationRole(slug=slug, role=role)
