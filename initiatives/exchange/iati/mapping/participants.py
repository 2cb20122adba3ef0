"""Countries and organisations of an activity."""

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from django.utils.text import slugify
from django.utils.translation import gettext as _

from initiatives.choices import CountryRole, Language, OrganisationKind, OrganisationRole
from initiatives.exchange.cells import join
from initiatives.exchange.columns import once
from initiatives.exchange.iati.mapping.known import Known, free
from initiatives.exchange.iati.mapping.mapped import NewCountry, NewOrganisation
from initiatives.exchange.iati.mapping.words import line, ours_or_any
from initiatives.exchange.iati.reading import Activity, Side

_KINDS = {
    "10": OrganisationKind.GOVERNMENT,
    "11": OrganisationKind.GOVERNMENT,
    "15": OrganisationKind.GOVERNMENT,
    "21": OrganisationKind.NGO,
    "22": OrganisationKind.NGO,
    "23": OrganisationKind.NGO,
    "24": OrganisationKind.NGO,
    "30": OrganisationKind.COMPANY,
    "40": OrganisationKind.MULTILATERAL,
    "60": OrganisationKind.NGO,
    "70": OrganisationKind.COMPANY,
    "71": OrganisationKind.COMPANY,
    "72": OrganisationKind.COMPANY,
    "73": OrganisationKind.COMPANY,
    "80": OrganisationKind.ACADEMIC,
}
_GOVERNMENT = "10"
_STATE_ROLES = {
    OrganisationRole.FUNDING: CountryRole.FINANCIER,
    OrganisationRole.ACCOUNTABLE: CountryRole.PARTY,
}
_ROLES = set(OrganisationRole.values) - {OrganisationRole.SIGNATORY.value}


class Participants:
    """Finds the rows that one activity names, and plans those that are not stored."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self.used: dict[tuple[str, str], object] = {}
        self.notes: list[str] = []

    def country(self, code: str) -> str | None:
        """`code` if ISO 3166 has such a country."""
        iso2 = code.upper()
        if iso2 not in self._known.countries:
            if (iso3 := _ISO3.get(iso2)) is None or not (names := _country_names(iso2)):
                self.notes.append(_("“%(code)s” is no country of ISO 3166.") % {"code": code[:20]})
                return None
            self._known.countries.add(iso2)
            self._known.planned["country", iso2] = NewCountry(iso2, iso3, names)
        self._use("country", iso2)
        return iso2

    def state(self, side: Side | None) -> str | None:
        """The country, where a file names a government by the name of the country alone."""
        if side is None or side.ref or side.type != _GOVERNMENT:
            return None
        names = (name.casefold() for name in side.names.values())
        return next(filter(None, map(self._known.country_names.get, names)), None)

    def organisation(self, side: Side | None) -> str | None:
        """The short name of an organisation, found by its identifier, else by its name."""
        if side is None or not (side.ref or side.names) or self.state(side):
            return None
        names = line(ours_or_any(side.names) or {"en": side.ref}, 250)
        known, called = self._known, next(iter(names.values())).casefold()
        slug = known.organisation(side.ref, called)
        if slug is None:
            slug = self._plan(side, names)
            known.learn_organisation(slug, side.ref, called)
        self._use("organisation", slug)
        return slug

    def _plan(self, side: Side, names: dict[str, str]) -> str:
        called = next(iter(names.values()))
        slug = free(slugify(called), self._known.organisation_slugs, 80, "organisation")
        kind = _KINDS.get(side.type)
        if kind is None:
            told = {"name": called}
            self.notes.append(
                _(
                    "The file does not say what kind of organisation “%(name)s” is; it "
                    "is entered as a government body."
                )
                % told
            )
        kind = kind or OrganisationKind.GOVERNMENT
        # One that another desk keeps to itself may have it; then this one goes without.
        ref = "" if side.ref in self._known.identifiers else side.ref[:120]
        new = NewOrganisation(slug, ref, kind.value, names)
        self._known.planned["organisation", slug] = new
        return slug

    def _use(self, model: str, key: str) -> None:
        if (model, key) in self._known.planned:
            self.used[model, key] = self._known.planned[model, key]


def cells(activity: Activity, find: Participants) -> dict[str, str]:
    receiving = _receiving(activity, find)
    acting = [(find.state(one.side), _STATE_ROLES.get(one.role)) for one in activity.participants]
    acting = once(link for link in acting if all(link))
    countries = acting + [(iso2, CountryRole.BENEFICIARY) for iso2 in receiving]
    links = [(find.organisation(one.side), one.role) for one in activity.participants]
    links = once(link for link in links if link[0] and link[1] in _ROLES)
    return {
        "countries": join(once(iso2 for iso2, _role in countries)),
        "countries_roles": join(f"{iso2}:{role}" for iso2, role in countries),
        "organisations": join(once(slug for slug, _role in links)),
        "organisations_roles": join(f"{slug}:{role}" for slug, role in links),
    }


def _receiving(activity: Activity, find: Participants) -> list[str]:
    """Told of the activity, or else of its transactions."""
    shares = activity.countries or [one for x in activity.transactions for one in x.countries]
    return once(filter(None, map(find.country, once(one.code for one in shares))))


def _iso3() -> dict[str, str]:
    """Unicode's CLDR lists the codes of three letters as other names of those of two."""
    aliases = get_global("territory_aliases").items()
    codes = ((old, new) for old, new in aliases if len(old) == 3 and old.isalpha())
    return {new[0]: old for old, new in codes if len(new) == 1}


_ISO3 = _iso3()


def _country_names(iso2: str) -> dict[str, str]:
    try:
        names = {code: Locale.parse(code).territories.get(iso2) for code in Language.values}
    except UnknownLocaleError:
        return {}
    return {code: name for code, name in names.items() if name}
