"""Codes of IATI's lists with their English names; `tests/data/iati` says where they are from."""

import json
from functools import cache
from pathlib import Path

# OECD DAC's code for what has no code of its own.
SECTOR_NOT_SPECIFIED = "99810"


@cache
def names(name: str) -> dict[str, str]:
    """The names by code of one list: Country, Currency, Language, Sector or SectorCategory."""
    return _lists()[name]


@cache
def _lists() -> dict[str, dict[str, str]]:
    return json.loads(Path(__file__).with_name("codes.json").read_text(encoding="utf-8"))
