"""A map of the countries that take part, each shaded by the number of its initiatives."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from initiatives.public.charts.frame import WIDTH, Frame
from initiatives.public.charts.labels import NARROW, WIDE, labels
from initiatives.public.charts.outlines import outlines
from initiatives.public.charts.scale import number

if TYPE_CHECKING:
    from initiatives.models import Country


SHADES = 4


@dataclass(frozen=True, kw_only=True)
class Place:
    """A country that takes part, as an SVG path in the plane of the outlines."""

    country: "Country"
    shade: int
    path: str


@dataclass(frozen=True, kw_only=True)
class Name:
    """The middle of a name, under which the number stands."""

    country: "Country"
    x: str
    y: str


@dataclass(frozen=True, kw_only=True)
class Shade:
    """A class of numbers, both ends included; `shade` runs from 1, the lightest."""

    shade: int
    low: int
    high: int


@dataclass(frozen=True, kw_only=True)
class CountryMap:
    """`transform` brings the paths into the picture; `around` is the land of all others. A line
    so wide as `hair` in the plane of the outlines is one unit wide in the picture.

    On a narrow screen text takes more of the picture, so fewer names have room.
    """

    width: int
    height: str
    transform: str
    hair: str
    around: str
    places: list[Place]
    narrow_names: list[Name]
    wide_names: list[Name]
    shades: list[Shade]
    not_on_map: list[Any]  # countries with their numbers


def country_map(countries: Iterable[Any]) -> CountryMap | None:
    """The map of the rows of `public.overview.countries`; None if none of them can be drawn.

    A country far from all others (`not_on_map`) is left to the table.
    """
    taking_part = {country.iso2: country for country in countries if country.number}
    known = [code for code in taking_part if code in outlines()]
    if not known:
        return None
    frame = Frame.around(known)
    middles = {code: frame.place_of_name(code) for code in known}
    shown = {code: taking_part[code] for code in known if middles[code]}
    shades = _shades([country.number for country in shown.values()])
    return CountryMap(
        width=WIDTH,
        height=number(frame.height),
        transform=frame.transform,
        hair=number(1 / frame.zoom),
        around="".join(frame.path(code) for code in frame.outlines if code not in shown),
        places=[_place(country, frame, shades) for country in shown.values()],
        narrow_names=_names(shown, middles, frame, NARROW),
        wide_names=_names(shown, middles, frame, WIDE),
        shades=shades,
        not_on_map=[country for code, country in taking_part.items() if code not in shown],
    )


def _place(country: Any, frame: Frame, shades: list[Shade]) -> Place:
    shade = next(row.shade for row in shades if country.number <= row.high)
    return Place(country=country, shade=shade, path=frame.path(country.iso2))


def _names(
    shown: "dict[str, Country]", middles: Mapping[str, Any], frame: Frame, size: int
) -> list[Name]:
    texts = {code: (str(country.name), middles[code]) for code, country in shown.items()}
    places = labels(texts, size=size, height=frame.height)
    return [Name(country=shown[code], x=number(x), y=number(y)) for code, (x, y) in places.items()]


def _shades(numbers: list[int]) -> list[Shade]:
    """Up to four classes, each some times as large as the one before: counts are rarely even."""
    most = max(numbers)
    tops = sorted({ceil(most ** (step / SHADES)) for step in range(1, SHADES + 1)} | {most})
    lows = [1, *(top + 1 for top in tops)]
    classes = [(low, top) for low, top in zip(lows, tops, strict=False) if low <= top]
    used = [row for row in classes if any(row[0] <= number <= row[1] for number in numbers)]
    first = SHADES - len(classes) + 1
    return [Shade(shade=first + classes.index(row), low=row[0], high=row[1]) for row in used]
