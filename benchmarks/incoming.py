"""A file of new initiatives for the import that is measured, and the same rows for its rivals."""

import csv
from collections.abc import Iterator
from pathlib import Path

from benchmarks.reference import Reference

COLUMNS = (
    "title_en title_ru kind status status_since status_source countries_roles sectors main_sector"
    " sectors_percents organisations_roles planned_start planned_end funding_types"
    " funding_amounts funding_currencies summary_en summary_ru external_ids"
).split()
TEXT = "Both sides build what was agreed and report on it each year. "


def write_file(path: Path, rows: int, source: str) -> None:
    """`rows` drafts in a CSV; each status cites `source`."""
    reference = Reference.read()
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(_lines(rows, source, reference))


def _lines(rows: int, source: str, reference: Reference) -> Iterator[list[str]]:
    countries = [country.iso2 for country in reference.countries]
    sectors = [sector.slug for sector in reference.sectors]
    organisations = [organisation.slug for organisation in reference.organisations]
    for number in range(rows):
        one, two = countries[number % len(countries)], countries[(number + 1) % len(countries)]
        main, other = sectors[number % len(sectors)], sectors[(number + 1) % len(sectors)]
        yield [
            f"Bridge number {number}",
            f"Мост номер {number}",
            "infrastructure",
            "planned",
            "2025",
            source,
            f"{one}:party|{two}:party",
            f"{main}|{other}",
            main,
            "60|40",
            f"{organisations[number % len(organisations)]}:4",
            "2025",
            "2027-05",
            "commitment|disbursement",
            f"{number + 1}.50|{number}",
            "USD|USD",
            TEXT * 4,
            TEXT * 4,
            f"bench:{number}",
        ]
