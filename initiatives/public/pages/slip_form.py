"""The form above what slipped: what may be chosen for each parameter."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from initiatives.editions import lists
from initiatives.public.filtersets.slipped import SlippedFilterSet
from initiatives.public.pages.panel import Select
from initiatives.text.plain_text import clean

_SHOWN = 40  # characters of a value that nothing is known of


@dataclass(frozen=True)
class Known:
    """The years in which dates moved, and the keys of countries and sectors that records name."""

    years: list[int]
    countries: frozenset[str]
    sectors: frozenset[str]


def selects_of(filterset: SlippedFilterSet, known: Known) -> dict[str, Select]:
    """By the name of each parameter what may be chosen for it; two queries."""
    years = {timezone.localdate().year, *known.years, *filterset.understood("year")}
    in_order = [str(year) for year in sorted(years, reverse=True)]
    selects = [
        _several(filterset, "year", [(year, year) for year in in_order]),
        _several(filterset, "country", _named("country", known.countries, filterset)),
        _several(filterset, "sector", _named("sector", known.sectors, filterset)),
        _single(filterset, "country_match", filterset.match),
        _single(filterset, "moved", filterset.direction),
        _single(filterset, "sort", filterset.order),
    ]
    return {select.name: select for select in selects}


def _named(name: str, known: Iterable[str], filterset: SlippedFilterSet) -> list[tuple[str, str]]:
    wanted = {*known, *filterset.chosen(name)}
    rows = {key: row for key, row in lists.all_of(name).items() if key in wanted}
    return [(key, str(row)) for key, row in lists.in_reading_order(rows).items()]


def _several(filterset: SlippedFilterSet, name: str, options: list[tuple[str, str]]) -> Select:
    return _made(filterset, name, options, filterset.chosen(name))


def _single(filterset: SlippedFilterSet, name: str, understood: str) -> Select:
    """Of several values, which are an error, the last one stands in the field."""
    chosen = filterset.chosen(name)[-1:] if name in filterset.errors else [understood]
    options = [(value, str(label)) for value, label in filterset.vocabulary(name)]
    return _made(filterset, name, options, chosen)


def _made(
    filterset: SlippedFilterSet, name: str, options: list[tuple[str, str]], chosen: list[str]
) -> Select:
    """What is chosen but is no option stands there as it was written."""
    known = {value for value, _label in options}
    shown = [value if value in known else clean(value)[:_SHOWN] for value in chosen]
    return Select(
        name=name,
        label=str(filterset.form.fields[name].label),
        options=options + [(value, value) for value in shown if value not in known],
        chosen=shown or [""],
        errors=list(filterset.errors.get(name, [])),
    )
