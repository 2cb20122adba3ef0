"""What is stored already, by the names that activities use, and what was planned beside it."""

from dataclasses import dataclass, field

from initiatives.choices import Language
from initiatives.models import Country, Organisation, Sector


@dataclass
class Known:
    """Looked up once for a whole file; what one activity plans the next one finds."""

    countries: set[str] = field(default_factory=set)
    country_names: dict[str, str] = field(default_factory=dict)  # ISO code by name
    organisations: dict[str, str] = field(default_factory=dict)  # slug by IATI identifier
    names: dict[str, str] = field(default_factory=dict)  # slug of an organisation by its name
    sectors: dict[str, str] = field(default_factory=dict)  # slug by DAC code
    sector_names: dict[str, str] = field(default_factory=dict)
    organisation_slugs: set[str] = field(default_factory=set)
    sector_slugs: set[str] = field(default_factory=set)
    planned: dict[tuple[str, str], object] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Known":
        """Three queries."""
        known = cls()
        for row in Country.objects.only("iso2", *(f"name_{code}" for code in Language.values)):
            known.countries.add(row.iso2)
            names = (getattr(row, f"name_{code}") for code in Language.values)
            known.country_names |= {name.casefold(): row.iso2 for name in names if name}
        for row in Organisation.objects.only("slug", "iati_id", "name_en"):
            known.organisation_slugs.add(row.slug)
            known.names.setdefault((row.name_en or "").casefold(), row.slug)
            if row.iati_id:
                known.organisations[row.iati_id] = row.slug
        for row in Sector.objects.only("slug", "dac_code", "name_en"):
            known.sector_slugs.add(row.slug)
            known.sector_names.setdefault((row.name_en or "").casefold(), row.slug)
            if row.dac_code:
                known.sectors.setdefault(row.dac_code, row.slug)
        return known


def free(slug: str, taken: set[str], longest: int, fallback: str) -> str:
    """`slug`, shortened, or with a number that nobody has."""
    base = slug[: longest - 5].strip("-") or fallback
    numbers = (f"{base}-{number}" for number in range(2, 10_000))
    found = base if base not in taken else next(name for name in numbers if name not in taken)
    taken.add(found)
    return found
