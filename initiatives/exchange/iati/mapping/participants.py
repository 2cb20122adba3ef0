"""Countries and organisations of an activity."""

from functools import cache
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from initiatives.choices import CountryRole, Language, OrganisationKind, OrganisationRole
from initiatives.exchange.cells import join, once
from initiatives.exchange.iati.mapping.known import Known, free
from initiatives.exchange.iati.mapping.mapped import NewCountry, NewOrganisation
from initiatives.exchange.iati.mapping.notes import Notes
from initiatives.exchange.iati.mapping.words import MAIN, line
from initiatives.exchange.iati.organisations import GOVERNMENT, KINDS
from initiatives.exchange.iati.reading import Activity, Share, Side, Texts
from initiatives.models import Organisation
from initiatives.reference_data import ISO3, country_names

_STATE_ROLES = {
    OrganisationRole.FUNDING.value: CountryRole.FINANCIER.value,
    OrganisationRole.ACCOUNTABLE.value: CountryRole.PARTY.value,
}
_LONGEST_NAME = Organisation._meta.get_field("name").max_length or 0
_LONGEST_REF = Organisation._meta.get_field("iati_id").max_length or 0


class Participants:
    """Finds the rows that one activity names, and plans those that are not stored.

    `problems` are pairs of a column and why the activity cannot be taken.
    """

    def __init__(self, known: Known, notes: Notes) -> None:
        self._known, self._notes = known, notes
        self.used: dict[tuple[str, str], Any] = {}
        self.problems: list[tuple[str, str]] = []

    def country(self, share: Share) -> str | None:
        """The code if ISO 3166 has such a country."""
        iso2 = share.code.upper()
        if not self._is_country(iso2):
            told = {"code": share.code[:20]}
            self._notes.add(_("“%(code)s” is no country of ISO 3166.") % told)
            return None
        return iso2

    def _is_country(self, iso2: str) -> bool:
        """Whether there is such a country; one that is not stored is planned."""
        if iso2 not in self._known.countries:
            if (iso3 := ISO3.get(iso2)) is None or not (names := country_names(iso2)):
                return False
            self._known.countries.add(iso2)
            self._known.planned["country", iso2] = NewCountry(iso2, iso3, names)
        self._use("country", iso2)
        return True

    def _named(self, name: str) -> str:
        """The code of the country that is called so here or by CLDR, stored or not: what becomes
        of a file may not depend on which of its activities comes first."""
        folded = name.casefold()
        return self._known.country_names.get(folded) or _codes_by_name().get(folded, "")

    def state(self, side: Side | None) -> str | None:
        """The country, where a file names a government by the name of the country alone."""
        if side is None or side.ref or side.type != GOVERNMENT:
            return None
        for code, name in side.names.items():
            iso2 = self._named(name)
            if iso2 and self._is_country(iso2):
                side.names.use(code)
                side.take_type()
                return iso2
        return None

    def organisation(self, side: Side | None) -> str | None:
        """The short name of an organisation, found by its identifier, else by its name."""
        if side is None or not (side.ref or side.names):
            return None
        names = line(_shown(side.names)) or {MAIN: side.ref}
        known, called = self._known, next(iter(names.values())).casefold()
        slug = known.organisation(side.ref, called)
        if slug is None:
            slug = self._plan(side, names)
            known.learn_organisation(slug, side.ref, called)
        self._take_what_is_said(side, slug)
        self._tell_what_is_not(side, next(iter(names.values())))
        self._use("organisation", slug)
        return slug

    def _take_what_is_said(self, side: Side, slug: str) -> None:
        """Names and a type that the stored row has as well; others are left, and told."""
        stored = self._known.details.get(slug)
        if stored is None:
            return
        same = (code for code, name in line(side.names).items() if name in stored.names)
        side.names.use(*same)
        if side.type and side.type == stored.iati_type:
            side.take_type()

    def _tell_what_is_not(self, side: Side, called: str) -> None:
        if not side.ref:
            self._notes.add(_("Organisations without identifier, known by their name:"), called)
        if not side.names:
            self._notes.add(_("Organisations without name, known by their identifier:"), side.ref)
        if not side.type:
            self._notes.add(_("Organisations whose kind is not said:"), called)

    def _plan(self, side: Side, names: dict[str, str]) -> str:
        called = next(iter(names.values()))
        for name in names.values():
            if len(name) > _LONGEST_NAME:
                told = {"name": name[:60], "length": len(name), "most": _LONGEST_NAME}
                message = _(
                    "The name “%(name)s…” has %(length)d characters; at most %(most)d are allowed."
                )
                self.problems.append(("organisations", message % told))
        if len(side.ref) > _LONGEST_REF:
            told = {"name": called[:60], "length": len(side.ref), "most": _LONGEST_REF}
            message = _(
                "The identifier of “%(name)s” has %(length)d characters; "
                "at most %(most)d are allowed."
            )
            self.problems.append(("organisations", message % told))
        slug = free(slugify(called), self._known.organisation_slugs, 80, "organisation")
        kind = KINDS.get(side.type)
        if kind is None:
            told = {"name": called}
            self._notes.add(
                _(
                    "The file does not say what kind of organisation “%(name)s” is; it "
                    "is entered as a government body."
                )
                % told
            )
        # One that another desk keeps to itself may have it; then this one goes without.
        hidden = side.ref in self._known.identifiers
        if side.ref and hidden:
            self._notes.add(_("Organisations without their identifier, which is in use:"), side.ref)
        new = NewOrganisation(
            slug,
            "" if hidden else side.ref,
            (kind or OrganisationKind.GOVERNMENT).value,
            names,
            side.type if kind is not None else "",
            self._country_of(side, called),
        )
        self._known.planned["organisation", slug] = new
        self._known.learn_details(slug, new.names.values(), new.kind, new.iati_type)
        return slug

    def _country_of(self, side: Side, called: str) -> str:
        """A government that is named as a country belongs to that."""
        iso2 = self._named(called) if side.type == GOVERNMENT else ""
        return iso2 if iso2 and self._is_country(iso2) else ""

    def _use(self, model: str, key: str) -> None:
        if (model, key) in self._known.planned:
            self.used[model, key] = self._known.planned[model, key]
            if model == "organisation" and self.used[model, key].country:
                self._use("country", self.used[model, key].country)


def _shown(texts: Texts) -> dict[str, str]:
    """Those in our languages, else the first of any in the place of English; taken later."""
    found = {code: text for code, text in texts.items() if code in Language.values}
    first = next(iter(texts.values()), "")
    return found or ({MAIN: first} if first else {})


def cells(activity: Activity, find: Participants) -> dict[str, str]:
    """A government that is named as a country is a country, in the roles that countries have."""
    links = []
    for one in activity.participants:
        is_state = one.role in _STATE_ROLES and find.state(one.side)
        slug = None if is_state else find.organisation(one.side)
        if slug:
            links.append((slug, one.role))
        elif not is_state:
            one.leave()
    links = once(links)
    return {
        "organisations": join(once(slug for slug, _role in links)),
        "organisations_roles": join(f"{slug}:{role}" for slug, role in links),
    }


def acting_states(activity: Activity, find: Participants) -> list[tuple[str, str]]:
    """The countries that act, with their roles."""
    acting = [
        (find.state(one.side), _STATE_ROLES[one.role])
        for one in activity.participants
        if one.role in _STATE_ROLES
    ]
    return once((iso2, role) for iso2, role in acting if iso2)


@cache
def _codes_by_name() -> dict[str, str]:
    names = ((name, iso2) for iso2 in ISO3 for name in country_names(iso2).values())
    return {name.casefold(): iso2 for name, iso2 in names}
