"""From the parameters of an address to what is looked for in the index of the register."""

from pyroaring import BitMap

from initiatives.editions.index import Selection

_SEVERAL = (
    "status",
    "sector",
    "country",
    "party",
    "organisation",
    "kind",
    "year",
    "funded",
    "currency",
    "flag",
)


def selection_of(filterset, *, matching: BitMap | None = None) -> Selection:
    """What a bound `InitiativeFilterSet` selects, but for the day that it asks for (`known_at`).

    `matching` are the positions that its search has found. Raises ValueError if it searches and
    there are none given.
    """
    if filterset.understood("q") and matching is None:
        raise ValueError("What a search finds is not in the index.")
    changed = filterset.understood("updated_since")
    return Selection(
        **{name: tuple(filterset.understood(name)) for name in _SEVERAL},
        all_countries=filterset.all_countries,
        updated_since=min(changed) if changed else None,
        matching=matching,
        refused=frozenset(filterset.errors),
    )
