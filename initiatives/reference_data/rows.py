"""The rows of the lists: field → value, keys of other rows by their short names."""

import csv
from pathlib import Path

from initiatives.reference_data.countries import ISO3, codes, country_names

_SECTORS = Path(__file__).with_name("sectors.csv")


def countries() -> list[dict[str, str]]:
    """Every country of ISO 3166-1."""
    return [
        {"iso2": iso2, "iso3": ISO3[iso2]}
        | {f"name_{language}": name for language, name in country_names(iso2).items()}
        for iso2 in codes()
    ]


def sectors() -> list[dict[str, str]]:
    """Every sector, a whole before its parts."""
    with _SECTORS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
