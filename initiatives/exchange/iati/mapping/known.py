"""What is stored already, by the names that activities use, and what was planned beside it."""

from dataclasses import dataclass, field

from initiatives.choices import Language
from initiatives.models import Country, Organisation, Sector
from initiatives.rights import Rights


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
    planned: dict[tuple[str, str], object] = field(default_factory=dict)

    @classmethod
    def load(cls, rights: Rights | None = None) -> "Known":
        """What the officer of `rights` may see; a name that is hidden is as unknown as any other.

        Without rights it is what a command of the server sees.
        """
        known = cls()
        known._load_organisations(rights or Rights.of_system())
        for row in Country.objects.only("iso2", *(f"name_{code}" for code in Language.values)):
            known.countries.add(row.iso2)
            names = (getattr(row, f"name_{code}") for code in Language.values)
            known.country_names |= {name.casefold(): row.iso2 for name in names if name}
        for row in Sector.objects.only("slug", "dac_code", "name_en"):
            known.sector_slugs.add(row.slug)
            known.sector_names.setdefault((row.name_en or "").casefold(), row.slug)
            if row.dac_code:
                known.sectors.setdefault(row.dac_code, row.slug)
        return known

    def _load_organisations(self, rights: Rights) -> None:
        for slug, identifier in Organisation.objects.values_list("slug", "iati_id"):
            self.organisation_slugs.add(slug)
            self.identifiers.add(identifier)
        names = [f"name_{code}" for code in Language.values]
        for row in rights.to_choose(Organisation).only("slug", "iati_id", *names).order_by("pk"):
            for name in filter(None, (getattr(row, name) for name in names)):
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

    def learn_organisation(self, slug: str, identifier: str, name: str) -> None:
        self.names.setdefault(name, slug)
        if identifier:
            self.organisations[identifier] = slug
        else:
            self.nameless.add(slug)


def free(slug: str, taken: set[str], longest: int, fallback: str) -> str:
    """`slug`, shortened, or with a number that nobody has."""
    base = slug[: longest - 5].strip("-") or fallback
    numbers = (f"{base}-{number}" for number in range(2, 10_000))
    found = base if base not in taken else next(name for name in numbers if name not in taken)
    taken.add(found)
    return found
