"""Who takes part, and who receives."""

from collections.abc import Iterable
from typing import Any

from lxml.etree import _Element

from initiatives.choices import PARTY_ROLES, CountryRole, OrganisationRole
from initiatives.exchange.cells import once
from initiatives.exchange.iati.codes import names
from initiatives.exchange.iati.organisations import GOVERNMENT, type_of
from initiatives.exchange.iati.writing.narratives import named, part
from initiatives.models import Country, Initiative, Organisation

_ROLES: dict[str, str] = {OrganisationRole.SIGNATORY: OrganisationRole.ACCOUNTABLE.value}
# The list speaks of “the government or organisation”; who agreed to it answers for it.
_COUNTRY_ROLES: dict[str, str] = {
    CountryRole.FINANCIER: OrganisationRole.FUNDING.value,
    **dict.fromkeys(PARTY_ROLES, OrganisationRole.ACCOUNTABLE.value),
}
# Who receives: of these groups of roles the first that anybody has.
_RECIPIENTS = ((CountryRole.BENEFICIARY,), (CountryRole.HOST,), PARTY_ROLES)


def organisation(parent: _Element, tag: str, row: Organisation, **more: str) -> _Element:
    """An organisation as a child of `parent`; identifiers that IATI would refuse are left away."""
    ref = "" if set(row.iati_id) & set("/&|?") else row.iati_id
    return part(parent, tag, named(row, row.slug), ref=ref, type=type_of(row), **more)


def state(parent: _Element, tag: str, country: Country, **more: str) -> _Element:
    """A country that acts: its government, under the name of the country."""
    return part(parent, tag, named(country, country.iso2), type=GOVERNMENT, **more)


def write_organisations(activity: _Element, row: Initiative) -> bool:
    """Whether there was any."""
    links = [(x.organisation, _ROLES.get(x.role, x.role)) for x in row.organisations.all()]
    for one, role in once(links):
        organisation(activity, "participating-org", one, role=role)
    roles = [(x.country, _COUNTRY_ROLES.get(x.role)) for x in row.countries.all()]
    acting = [(country, role) for country, role in once(roles) if role]
    for country, role in acting:
        state(activity, "participating-org", country, role=role)
    return bool(links or acting)


def recipients(row: Initiative) -> list:
    """The links of the countries that receive, as far as IATI's list knows them."""
    links = [link for link in row.countries.all() if link.country.iso2 in names("Country")]
    by_role = (_once(x for x in links if x.role in roles) for roles in _RECIPIENTS)
    return next(filter(None, by_role), [])


def _once(links: Iterable[Any]) -> list:
    """One link of each country, the first."""
    found: dict[str, object] = {}
    for link in links:
        found.setdefault(link.country.iso2, link)
    return list(found.values())
