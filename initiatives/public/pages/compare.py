"""Two countries, or two years of promise, side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from initiatives.choices import YEAR_UNKNOWN, Standing
from initiatives.editions import lists
from initiatives.editions.index import Found
from initiatives.editions.index.figures import Figures
from initiatives.http.address import Address
from initiatives.public import facets
from initiatives.public.charts.scale import percent
from initiatives.public.facets import Option
from initiatives.public.filtersets import AS_OF, InitiativeFilterSet, unknown
from initiatives.public.filtersets.selections import found_by
from initiatives.public.pages.pages import PastPage
from initiatives.public.pages.promises import Figure, added, row_of, year_in_words

EQUAL = 3  # points: what differs by less is called equal
FEW = 20  # promises: of fewer a single one moves the per cent by five points and more
_SUGGESTED = 5


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the two: its promises, and what became of them in per cent of its own."""

    name: str
    total: int
    figures: list[Figure]
    shares: dict[Standing, float]


@dataclass(frozen=True, kw_only=True)
class Share:
    """A standing on one side; `width` is its share of the bar's whole length."""

    figure: Figure
    percent: int
    width: str


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A standing on both sides; `points` more has the one named `more`, or neither."""

    standing: Standing
    shares: list[Share]
    points: int
    more: str


class Compare(PastPage):
    """`country` or `year` of promise names one side and `with` the other; one alone is compared
    with all. Where years are compared, `country` narrows both; `sector` always does."""

    template_name = "initiatives/compare.html"
    takes = ("country", "year", "with", "sector", *AS_OF)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET
        state = {name: query.getlist(name) for name in self.takes}
        asked = Asked(state)
        strange = unknown(self.request, self.takes)
        sides = [] if strange or asked.errors else sides_of(asked)
        return super().get_context_data(
            asked=asked,
            table=Address(reverse("formats:compare-table"), state),
            chart_query=urlencode(state, doseq=True),
            sides=sides,
            compared=compared(sides),
            both=self._both(asked) if sides else {},
            few=any(side.total < FEW for side in sides),
            equal=EQUAL,
            **self._choices(asked),
            **kwargs,
        )

    def _both(self, asked: "Asked") -> dict[str, Any]:
        """The two countries and how many promises they made together, which count on both sides."""
        if asked.by_year or "" in asked.sides:
            return {}
        with found_by(asked.filterset(*asked.sides)) as found:
            number = found.total
        countries = [lists.row_of("country", one) for one in asked.sides]
        return {"number": number, "countries": countries}

    def _choices(self, asked: "Asked") -> dict[str, Any]:
        """What the form offers, and the pairs of countries that do most together."""
        filterset = asked.filterset("")
        with found_by(filterset) as found:
            tallies = facets.tallies(found, filterset, ("country", "sector", "promised"))
            pairs = suggested(found)
        options = facets.options(filterset, tallies)
        years = [one.value for one in options["promised"] if one.count and is_year([one.value])]
        options[asked.axis] += without_rows(asked, options[asked.axis])
        ways = _ways(self.request.path, asked, [one for one in years if one != YEAR_UNKNOWN])
        return {"options": options, "suggested": pairs, "ways": ways}


def _ways(path: str, asked: "Asked", years: list[str]) -> list[tuple[str, Address, bool]]:
    """Two countries or two years: the words, where it leads, and whether that is shown."""
    kept = {name: asked.narrowed[name] for name in ("sector", "as_of")}
    latest = {"year": years[:1], "with": years[1:2]}
    ways = [(_("Two countries"), Address(path, kept), not asked.by_year)]
    if years or asked.by_year:
        ways.append((_("Two years"), Address(path, latest | kept), asked.by_year))
    return ways


LISTED = ("country", "country_match", "promised", "sector", "as_of")


class Asked:
    """What an address asks to compare: `sides` are two keys, of which an empty one means all.

    `errors` are by parameter; then nothing is compared.
    """

    def __init__(self, query: Mapping[str, list[str]]) -> None:
        whole = InitiativeFilterSet({"country": query["country"], "promised": query["year"]})
        beside = InitiativeFilterSet({"country": query["with"], "promised": query["with"]})
        countries, years = whole.chosen("country"), whole.chosen("promised")
        self.by_year = bool(years) or is_year(beside.chosen("promised"))
        self.axis = "promised" if self.by_year else "country"
        others = beside.chosen(self.axis)
        own = years if self.by_year else countries
        self.narrowed = {
            "sector": query["sector"],
            "as_of": query["as_of"],
            **({"country": countries} if self.by_year else {}),
        }
        self.own, self.others = own, others
        keys = [*own, *others]
        self.sides = [] if not keys else ([*keys, ""] if len(keys) == 1 else keys)
        self.errors = self._errors(whole, beside)

    def _errors(
        self, whole: InitiativeFilterSet, beside: InitiativeFilterSet
    ) -> dict[str, list[str]]:
        found = {
            "country": whole.errors.get("country", []),
            "year": whole.errors.get("promised", []),
            "with": beside.errors.get(self.axis, []),
            "sector": self.filterset("").errors.get("sector", []),
        }
        if not any(found.values()) and len(self.sides) > 2:
            found["with"] = ValidationError(_("Only two can be compared.")).messages
        elif self.sides and len(set(self.sides)) == 1:
            found["with"] = ValidationError(_("Choose a different one from the first.")).messages
        return {name: list(said) for name, said in found.items() if said}

    def filterset(self, *values: str) -> InitiativeFilterSet:
        """That of the promises of one side; of two countries those that both made."""
        chosen = [value for value in values if value]
        data: dict[str, list[str] | str] = {**self.narrowed}
        if chosen:
            data[self.axis] = chosen
        if len(chosen) > 1:
            data["country_match"] = "all"
        return InitiativeFilterSet(data)

    def name_of(self, value: str) -> str:
        if self.by_year:
            return year_in_words(value)
        return str(lists.row_of("country", value).name) if value else _("All countries")


def sides_of(asked: Asked) -> list[Side]:
    """Both sides of what has no errors; none where nothing is asked for."""
    return [_side(asked, value) for value in asked.sides]


def _side(asked: Asked, value: str) -> Side:
    filterset = asked.filterset(value)
    with found_by(filterset) as found:
        counts = added([*Figures(found).promises().values()])
    total = sum(counts.values())
    row = row_of({name: filterset.chosen(name) for name in LISTED}, counts)
    return Side(
        name=asked.name_of(value),
        total=total,
        figures=row.figures,
        shares={one: 100 * counts.get(one, 0) / total if total else 0 for one in Standing},
    )


def compared(sides: list[Side]) -> list[Comparison]:
    """Each standing on both sides."""
    return [comparison(standing, sides) for standing in Standing] if sides else []


def without_rows(asked: Asked, options: list[Option]) -> list[Option]:
    """What is compared and stands among no options, since there is nothing of it."""
    known = {option.value for option in options}
    wanted = [] if asked.errors else [one for one in asked.sides if one and one not in known]
    return [Option(one, asked.name_of(one), 0, False) for one in wanted]


def is_year(texts: list[str]) -> bool:
    return any(text == YEAR_UNKNOWN or (text.isascii() and text.isdecimal()) for text in texts)


def suggested(found: Found) -> list[tuple[Any, Any]]:
    """The pairs of countries that promised most together, for who has not chosen yet."""
    pairs = Figures(found).pairs()
    first = sorted(pairs, key=lambda pair: (-pairs[pair], pair))[:_SUGGESTED]
    known = lists.rows_of("country", {iso2 for pair in first for iso2 in pair})
    return [(known[one], known[other]) for one, other in first]


def comparison(standing: Standing, sides: list[Side]) -> Comparison:
    first, second = (side.shares[standing] for side in sides)
    points = round(abs(first - second))
    more = "" if abs(first - second) < EQUAL else sides[0 if first > second else 1].name
    return Comparison(
        standing=standing,
        shares=[share(standing, side) for side in sides],
        points=points,
        more=more,
    )


def share(standing: Standing, side: Side) -> Share:
    figure = side.figures[list(Standing).index(standing)]
    return Share(
        figure=figure,
        percent=round(side.shares[standing]),
        width=percent(figure.count, side.total),
    )
