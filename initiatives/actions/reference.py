"""Loading the lists that every site needs. What is stored already is never changed by it."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User

from initiatives.actions.initiatives import save
from initiatives.models import Country, Sector
from initiatives.publication import publishing
from initiatives.reference_data import countries, sectors

_COMPARED = {
    "country": ("iso3", "name_en", "name_ru", "name_uz", "name_kk"),
    "sector": ("dac_code", "name_en", "name_ru", "name_uz", "name_kk"),
}


@dataclass
class Loaded:
    """What a load did: how many rows of each list it made and found, and in which of their values
    those that it found are others, as (list, key, field, stored, ours)."""

    made: dict[str, int] = field(default_factory=lambda: {"country": 0, "sector": 0})
    found: dict[str, int] = field(default_factory=lambda: {"country": 0, "sector": 0})
    differences: list[tuple[str, str, str, str, str]] = field(default_factory=list)


@publishing()
def load_reference_data(*, by: User | None = None) -> Loaded:
    """Make the countries and sectors that are missing; all of them or none.

    A row is known by its key, and by its other code: a country of somebody's own with the same
    three letters, or a sector with the same code of DAC, is told and gets no second one.
    """
    loaded = Loaded()
    _load(loaded, "country", "iso2", "iso3", countries(), by=by)
    _load(loaded, "sector", "slug", "dac_code", sectors(), by=by)
    return loaded


def _sector(values: dict[str, str]) -> Sector:
    whole = values["parent"]
    parent = Sector.objects.filter(slug=whole).first() if whole else None
    return Sector(**values | {"order": int(values["order"]), "parent": parent})


def _load(
    loaded: Loaded, kind: str, key: str, other: str, rows: list[dict[str, str]], *, by: User | None
) -> None:
    model: Any = Country if kind == "country" else Sector
    stored = {getattr(row, key): row for row in model.objects.all()}
    by_other = {getattr(row, other): row for row in stored.values() if getattr(row, other)}
    for values in rows:
        known = stored.get(values[key])
        if known is None and by_other.get(values[other]) is not None:
            theirs = getattr(by_other[values[other]], key)
            loaded.found[kind] += 1
            loaded.differences.append((kind, values[other], key, theirs, values[key]))
        elif known is None:
            save(Country(**values) if model is Country else _sector(values), by=by)
            loaded.made[kind] += 1
        else:
            loaded.found[kind] += 1
            for name in _COMPARED[kind]:
                now, ours = getattr(known, name) or "", values.get(name, "")
                if now != ours:
                    loaded.differences.append((kind, values[key], name, now, ours))
