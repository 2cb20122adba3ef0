"""Counts beside the options of a list.

`tallies()` takes what the index has found for a filterset and gives numbers alone, and `options()`
gives the options of each facet with them: what the reader may choose, in words. Of the filterset
they need `facets()`, their names, `chosen(name)`, the values chosen already, and
`vocabulary(name)`, the values and labels of a closed list.
"""

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from babel.numbers import list_currencies
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.choices import MONTHS_SHOWN, YEAR_UNKNOWN
from initiatives.editions import lists
from initiatives.editions.index import Found
from initiatives.editions.index.years import ActiveYears
from initiatives.notation import months_in_words
from initiatives.partial_dates import FIRST_YEAR, LAST_YEAR
from initiatives.translatable import Translatable

if TYPE_CHECKING:
    from initiatives.models import Organisation, Sector
    from initiatives.public.filtersets import InitiativeFilterSet


LIMIT = 40  # options of a facet; of more, those with the highest counts and the chosen ones
YEARS_AROUND = 50  # years shown before and after this one; chosen years are always shown
Tally = Mapping[str, int]
_OF_COUNTRIES = ("country", "party")  # facets


@dataclass(frozen=True)
class Option:
    """`count` rows would be shown if this option were chosen under the other filters.

    Where several countries must all take part, they are the rows that also have this one. `whole`
    is the value of which this one is a part, and which stands above it.
    """

    value: str
    label: str
    count: int
    chosen: bool
    whole: str = ""


def tallies(
    found: Found, filterset: "InitiativeFilterSet", names: Iterable[str] | None = None
) -> dict[str, Tally]:
    """How many rows each value of the facets `names` (default: all) would choose; no query."""
    return {name: _tally(found, filterset, name) for name in names or filterset.facets()}


def options(
    filterset: "InitiativeFilterSet", tallies: Mapping[str, Tally]
) -> dict[str, list[Option]]:
    """The options of each facet of `tallies`, in the order of their reading.

    The number of queries, three at most, does not depend on the number of rows.
    """
    found, countries = {}, _countries(filterset, tallies)
    for name, tally in tallies.items():
        chosen = frozenset(filterset.chosen(name))
        # In words each is what `str` gives.
        labels: Mapping[str, Any] | None = countries.get(name)
        if labels is None:
            labels = _LABELS.get(name, _vocabulary)(filterset, name, tally)
        found[name] = _most_used(
            [
                Option(key, str(row), tally.get(key, 0), key in chosen, _whole_of(name, row))
                for key, row in labels.items()
            ]
        )
    return found


def _most_used(options: list[Option]) -> list[Option]:
    """Of a long list, such as that of all countries, what would give no rows is left out."""
    if len(options) > LIMIT:
        options = [option for option in options if option.count or option.chosen]
    first = sorted(options, key=lambda option: (not option.chosen, -option.count))
    kept = {option.value for option in first[:LIMIT]}
    return [option for option in options if option.value in kept]


def _tally(found: Found, filterset: "InitiativeFilterSet", name: str) -> Tally:
    match name:
        case "organisation":
            return found.organisations(LIMIT, _understood(filterset, name))
        case "year":
            years = found.years()
            shown = _shown_years(years, filterset.chosen(name))
            return {str(year): years.number(year) for year in sorted(shown, reverse=True)}
    return found.tally(name)


def _understood(filterset: "InitiativeFilterSet", name: str) -> list[str]:
    """What is wrong is not looked up: it may be nothing that a database can hold."""
    return [] if name in filterset.errors else filterset.chosen(name)


def _shown_years(years: ActiveYears, chosen: list[str]) -> set[int]:
    now = timezone.localdate().year
    first = now if years.first is None else years.first
    last = now if years.last is None else max(years.last, now)
    near = range(max(first, now - YEARS_AROUND), min(last, now + YEARS_AROUND) + 1)
    named = {int(text) for text in chosen if text.isdecimal()}
    return {*near, *(year for year in named if FIRST_YEAR <= year <= LAST_YEAR)}


def _vocabulary(
    filterset: "InitiativeFilterSet", name: str, _tally: Tally
) -> dict[str, Translatable]:
    return dict(filterset.vocabulary(name))


def _sectors(_filterset: "InitiativeFilterSet", _name: str, _tally: Tally) -> "dict[str, Sector]":
    """Each with its parts after it."""
    trees = lists.trees(lists.in_reading_order(lists.all_of("sector")))
    return {row.slug: row for whole, parts in trees for row in (whole, *parts)}


def _whole_of(name: str, row: Any) -> str:
    return row.parent.slug if name == "sector" and row.parent else ""


def _countries(
    filterset: "InitiativeFilterSet", tallies: Mapping[str, Tally]
) -> dict[str, dict[str, str]]:
    """The labels of each facet whose options are countries; one query and one order for all.

    Of many countries those alone that `_most_used` may keep: to put all in order takes
    milliseconds.
    """
    names = [name for name in _OF_COUNTRIES if name in tallies]
    rows = lists.all_of("country") if names else {}
    kept: dict[str, Set[str]] = {name: rows.keys() for name in names}
    if len(rows) > LIMIT:
        kept = {name: {*tallies[name], *filterset.chosen(name)} & rows.keys() for name in names}
    told = {iso2: row for iso2, row in rows.items() if any(iso2 in kept[name] for name in names)}
    labels = {iso2: str(row) for iso2, row in lists.in_reading_order(told).items()}
    return {
        name: {iso2: label for iso2, label in labels.items() if iso2 in kept[name]}
        for name in names
    }


def _organisations(
    filterset: "InitiativeFilterSet", name: str, tally: Tally
) -> "dict[str, Organisation]":
    """Those that would give rows, the most frequent first, then chosen ones that would not."""
    most = sorted(tally, key=lambda slug: (-tally[slug], slug))
    wanted = [*most, *sorted(set(_understood(filterset, name)) - set(most))]
    found = lists.rows_of("organisation", wanted)
    return {slug: found[slug] for slug in wanted if slug in found}


def _years(_filterset: "InitiativeFilterSet", _name: str, tally: Tally) -> dict[str, str]:
    return {year: year for year in tally}


def _promised(filterset: "InitiativeFilterSet", name: str, tally: Tally) -> dict[str, Translatable]:
    """The years that any row has and the chosen ones, the latest first; then “not known”."""
    values = {*tally, *_understood(filterset, name)}
    unknown = {YEAR_UNKNOWN: _("Year not known")} if YEAR_UNKNOWN in values else {}
    return {year: year for year in sorted(values - {YEAR_UNKNOWN}, reverse=True)} | unknown


def _months(filterset: "InitiativeFilterSet", name: str, _tally: Tally) -> dict[str, Translatable]:
    """Those that may be chosen at once and the chosen ones, the shortest time first."""
    numbers = sorted({*MONTHS_SHOWN, *map(int, _understood(filterset, name))})
    return {
        str(number): _("%(time)s or more") % {"time": months_in_words(number)} for number in numbers
    }


def _currencies(filterset: "InitiativeFilterSet", name: str, tally: Tally) -> dict[str, str]:
    chosen = list_currencies() & set(filterset.chosen(name))
    return {code: code for code in sorted({*tally, *chosen})}


_Labels = Callable[["InitiativeFilterSet", str, Tally], Mapping[str, Any]]
_LABELS: dict[str, _Labels] = {  # of the facets that have no closed list of values
    "sector": _sectors,
    "year": _years,
    "promised": _promised,
    "late_by": _months,
    "moved_by": _months,
    "organisation": _organisations,
    "currency": _currencies,
}
