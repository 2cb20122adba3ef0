"""Who takes part, where and in what sector."""

from collections import defaultdict
from decimal import Decimal

from initiatives.choices import PARTY_ROLES, CountryRole, OrganisationKind, OrganisationRole
from initiatives.exchange.columns import once
from initiatives.exchange.iati.codes import SECTOR_NOT_SPECIFIED, names
from initiatives.exchange.iati.writing.narratives import named, part
from initiatives.exchange.iati.writing.shares import percentage, shares, with_note

_GOVERNMENT = "10"
_TYPES = {
    OrganisationKind.GOVERNMENT: _GOVERNMENT,
    OrganisationKind.MULTILATERAL: "40",
    OrganisationKind.COMPANY: "70",
    OrganisationKind.ACADEMIC: "80",
}  # a bank may be anybody's, and the list has no organisation that is just non-governmental
_ROLES = {OrganisationRole.SIGNATORY: OrganisationRole.ACCOUNTABLE.value}
# The list speaks of “the government or organisation”; who agreed to it answers for it.
_COUNTRY_ROLES = {
    CountryRole.FINANCIER: OrganisationRole.FUNDING.value,
    **dict.fromkeys(PARTY_ROLES, OrganisationRole.ACCOUNTABLE.value),
}
# Who receives: of these groups of roles the first that anybody has.
_RECIPIENTS = ((CountryRole.BENEFICIARY,), (CountryRole.HOST,), PARTY_ROLES)
_DAC, _OURS = "1", "99"


def organisation(parent, tag: str, row, **more):
    """An organisation as a child of `parent`; identifiers that IATI would refuse are left away."""
    ref = "" if set(row.iati_id) & set("/&|?") else row.iati_id
    return part(parent, tag, named(row, row.slug), ref=ref, type=_TYPES.get(row.kind), **more)


def state(parent, tag: str, country, **more):
    """A country that acts: its government, under the name of the country."""
    return part(parent, tag, named(country, country.iso2), type=_GOVERNMENT, **more)


def write_organisations(activity, row) -> bool:
    """Whether there was any."""
    links = [(x.organisation, _ROLES.get(x.role, x.role)) for x in row.organisations.all()]
    for one, role in once(links):
        organisation(activity, "participating-org", one, role=role)
    roles = [(x.country, _COUNTRY_ROLES.get(x.role)) for x in row.countries.all()]
    acting = [(country, role) for country, role in once(roles) if role]
    for country, role in acting:
        state(activity, "participating-org", country, role=role)
    return bool(links or acting)


def recipients(row) -> list:
    """The countries that receive, as far as IATI's list knows them."""
    links = [link for link in row.countries.all() if link.country.iso2 in names("Country")]
    by_role = (once(x.country for x in links if x.role in roles) for roles in _RECIPIENTS)
    return next(filter(None, by_role), [])


def write_recipients(activity, countries) -> None:
    split = shares([None] * len(countries))
    for country, percent in zip(countries, split.percents, strict=True):
        part(
            activity,
            "recipient-country",
            with_note(named(country, country.iso2), split.are_known),
            code=country.iso2,
            percentage=percentage(percent, len(countries)),
        )


def write_sectors(activity, links, vocabulary: str) -> None:
    """Each sector in our vocabulary, and all of them in OECD DAC's, where the shares meet."""
    split = shares([link.percent for link in links])
    in_dac = defaultdict(Decimal)
    for link, percent in zip(links, split.percents, strict=True):
        code = link.sector.dac_code
        in_dac[code if code in names("Sector") else SECTOR_NOT_SPECIFIED] += percent
    for code, percent in in_dac.items():
        share = percentage(percent, len(in_dac))
        part(activity, "sector", vocabulary=_DAC, code=code, percentage=share)
    for link, percent in zip(links, split.percents, strict=True):
        part(
            activity,
            "sector",
            with_note(named(link.sector, link.sector.slug), split.are_known),
            vocabulary=_OURS,
            vocabulary_uri=vocabulary,
            code=link.sector.slug,
            percentage=percentage(percent, len(links)),
        )
