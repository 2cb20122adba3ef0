"""From the parameters of an address to what is looked for in the index of the register."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from pyroaring import BitMap

from initiatives.editions.index import Found, Selection, index
from initiatives.editions.search import matching
from initiatives.public.filtersets import InitiativeFilterSet

# The names of parameters that have other ones in a selection.
_OTHERWISE = {"q": "matching"}


@contextmanager
def found_by(filterset: InitiativeFilterSet) -> Iterator[Found]:
    """What a bound `InitiativeFilterSet` finds in the register, now or on the day it asks for.

    Inside nobody else reads the index in this process, so take out figures and codes only.
    """
    texts = filterset.understood("q")
    rows = matching(texts) if texts else None  # outside, since a database is asked
    with index.reading(at=filterset.known_at, day=filterset.known_on) as reading:
        yield reading.find(selection_of(filterset, matching=rows))


def selection_of(filterset: InitiativeFilterSet, *, matching: BitMap | None = None) -> Selection:
    """What a bound `InitiativeFilterSet` selects, but for the day that it asks for (`known_at`).

    `matching` are the positions that its search has found. Raises ValueError if it searches and
    there are none given.
    """
    if filterset.understood("q") and matching is None:
        raise ValueError("What a search finds is not in the index.")
    changed = filterset.understood("updated_since")
    return Selection(
        **{name: tuple(filterset.understood(name)) for name in filterset.facets()},
        all_countries=filterset.all_countries,
        updated_since=min(changed) if changed else None,
        matching=matching,
        refused=frozenset(_OTHERWISE.get(name, name) for name in filterset.errors),
    )


def without(found: Found, name: str) -> int:
    """How many rows a filterset would find without its parameter `name`."""
    if name == "country_match":
        refused = found.selection.refused - {name}
        selection = replace(found.selection, all_countries=False, refused=refused)
        return found.reading.find(selection).total
    return found.without(_OTHERWISE.get(name, name))
