"""What is stored already, by the names that activities use, and what was planned beside it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple, cast

from initiatives.choices import Language
from initiatives.exchange.iati.organisations import type_of
from initiatives.models import Country, Organisation, Sector, Source
from initiatives.rights import Rights


class Details(NamedTuple):
    """What is known of an organisation; `iati_type` is the one that an export tells."""

    names: frozenset[str]
    kind: str
    iati_type: str


@dataclass
class Known:
    """Looked up once for a whole file; what one activity plans the next one finds."""

    countries: set[str] = field(default_factory=set)
    country_names: dict[str, str] = field(default_factory=dict)  # ISO code by name
    organisations: dict[str, str] = field(default_factory=dict)  # slug by IATI identifier
    names: dict[str, str] = field(default_factory=dict)  # slug of an organisation by its name
    nameless: set[str] = field(default_factory=set)  # slugs of those without identifier
    identifiers: set[str] = field(default_factory=set)  # of all that are stored, seen or not
    sectors: dict[str, str] = field(default_factory=dict)  # slug by DAC code
    sector_names: dict[str, str] = field(default_factory=dict)
    organisation_slugs: set[str] = field(default_factory=set)
    sector_slugs: set[str] = field(default_factory=set)
    stored_sectors: frozenset[str] = frozenset()  # slugs
    details: dict[str, Details] = field(default_factory=dict)  # of organisations, by slug
    titles: dict[str, str] = field(default_factory=dict)  # of documents, by address
    planned: dict[tuple[str, str], Any] = field(default_factory=dict)

    @classmethod
    def load(cls, rights: Rights | None = None) -> "Known":
        """What the officer of `rights` may see; a name that is hidden is as unknown as any other.

        Without rights it is what a command of the server sees.
        """
        known = cls()
        rights = rights or Rights.of_system()
        known._load_organisations(rights)
        documents = rights.to_choose(Source).exclude(url="")
        known.titles = dict(documents.values_list("url", "title"))
        for row in Country.objects.only("iso2", *(f"name_{code}" for code in Language.values)):
            known.countries.add(row.iso2)
            names = (getattr(row, f"name_{code}") for code in Language.values)
            known.country_names |= {name.casefold(): row.iso2 for name in names if name}
        for sector in Sector.objects.only("slug", "dac_code", "name_en").order_by("slug"):
            known.sector_slugs.add(sector.slug)
            known.sector_names.setdefault((cast(Any, sector).name_en or "").casefold(), sector.slug)
            if sector.dac_code:
                known.sectors.setdefault(sector.dac_code, sector.slug)
        known.stored_sectors = frozenset(known.sector_slugs)
        return known

    def _load_organisations(self, rights: Rights) -> None:
        for slug, identifier in Organisation.objects.values_list("slug", "iati_id"):
            self.organisation_slugs.add(slug)
            self.identifiers.add(identifier)
        names = [f"name_{code}" for code in Language.values]
        shown = ("slug", "iati_id", "kind", "iati_type", *names)
        for row in rights.to_choose(Organisation).only(*shown).order_by("pk"):
            called = [name for name in (getattr(row, name) for name in names) if name]
            self.learn_details(row.slug, called, row.kind, type_of(row))
            for name in called:
                self.names.setdefault(name.casefold(), row.slug)
            if row.iati_id:
                self.organisations[row.iati_id] = row.slug
            else:
                self.nameless.add(row.slug)

    def organisation(self, identifier: str, name: str) -> str | None:
        """Its slug, by identifier, else by its folded name unless that has another identifier."""
        slug = self.organisations.get(identifier) if identifier else None
        called = self.names.get(name)
        fits = not identifier or called in self.nameless
        return slug or (called if fits else None)

    def learn_details(self, slug: str, names: Iterable[str], kind: str, iati_type: str) -> None:
        self.details[slug] = Details(frozenset(names), kind, iati_type)

    def learn_organisation(self, slug: str, identifier: str, name: str) -> None:
        self.names.setdefault(name, slug)
        if identifier:
            self.organisations[identifier] = slug
        else:
            self.nameless.add(slug)


def free(slug: str, taken: set[str], longest: int, fallback: str, *, mark: str = "") -> str:
    """`slug`, shortened; if somebody has it, with `mark` behind it, else with a number."""
    base = slug[: longest - 6 - len(mark)].strip("-") or fallback
    marked = [f"{base}-{mark}"] if mark else []
    numbers = (f"{base}-{number}" for number in range(2, 100_000))
    names = chain([base], marked, numbers)
    found = next(name for name in names if name not in taken)
    taken.add(found)
    return found
