"""Initiatives and events on an axis of years, with what is not known to the day drawn as such.

A year is a span of twelve months of which one day is meant, and is drawn as that span. Nothing is
drawn for what has no date, and nothing beyond the last date that is known.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from initiatives.choices import EventState
from initiatives.partial_dates import PartialDate
from initiatives.public.charts.axis import Axis, Mark, Year

if TYPE_CHECKING:
    from initiatives.models import Event, Initiative
    from initiatives.models.queries import EventQuerySet


FEWEST = 2  # with fewer rows the picture would show nothing that a sentence does not say


@dataclass(frozen=True, kw_only=True)
class Time:
    """What was planned, or what came: the two dates, either of them perhaps unknown."""

    start: PartialDate | None = None
    end: PartialDate | None = None
    marks: tuple[Mark, ...] = ()

    @property
    def dates(self) -> list[PartialDate]:
        return [day for day in (self.start, self.end) if day is not None]

    def on(self, axis: Axis) -> "Time":
        return Time(start=self.start, end=self.end, marks=tuple(axis.marks(self.start, self.end)))


@dataclass(frozen=True, kw_only=True)
class Row:
    """An initiative or an event; any of its times may be without dates.

    `stated` is the time of an event of which nobody says whether it is planned or was held.
    """

    thing: object
    is_event: bool
    planned: Time
    actual: Time
    stated: Time = field(default_factory=Time)

    @property
    def dates(self) -> list[PartialDate]:
        return [*self.planned.dates, *self.actual.dates, *self.stated.dates]

    def on(self, axis: Axis) -> "Row":
        return Row(
            thing=self.thing,
            is_event=self.is_event,
            planned=self.planned.on(axis),
            actual=self.actual.on(axis),
            stated=self.stated.on(axis),
        )


@dataclass(frozen=True, kw_only=True)
class Timeline:
    years: list[Year]
    today: str
    rows: list[Row]


def timeline(
    initiatives: "list[Initiative]",
    events: "EventQuerySet | list[Event]",
    *,
    today: date,
    fewest: int = FEWEST,
) -> Timeline | None:
    """Those that have a date, in the order of their first day; None if there are fewer than
    `fewest`."""
    found = [*map(_initiative, initiatives), *map(_event, events)]
    rows = sorted((row for row in found if row.dates), key=lambda row: min(row.dates))
    if len(rows) < fewest:
        return None
    axis = Axis.around([day for row in rows for day in row.dates], today)
    placed = [row.on(axis) for row in rows]
    return Timeline(years=axis.years(), today=axis.place(today), rows=placed)


def _initiative(row: "Initiative") -> Row:
    return Row(
        thing=row,
        is_event=False,
        planned=Time(start=row.planned_start, end=row.planned_end),
        actual=Time(start=row.actual_start, end=row.actual_end),
    )


def _event(row: "Event") -> Row:
    """What was held took place; any other event with a state is no more than planned."""
    time, none = Time(start=row.start, end=row.end or row.start), Time()
    if row.state == EventState.NOT_STATED:
        return Row(thing=row, is_event=True, planned=none, actual=none, stated=time)
    if row.state == EventState.HELD:
        return Row(thing=row, is_event=True, planned=none, actual=time)
    return Row(thing=row, is_event=True, planned=time, actual=none)
