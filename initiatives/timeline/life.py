"""The life of one initiative in the order in which things took place."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from initiatives.models import Initiative
from initiatives.partial_dates import PartialDate
from initiatives.timeline.entry import Entry, Kind
from initiatives.timeline.telling import (
    tell_event_of,
    tell_milestone,
    tell_money,
    tell_moved_date,
    tell_status,
)


@dataclass(frozen=True)
class Timeline:
    """`undated` are the entries of which nobody says when they took place."""

    dated: list[Entry]
    undated: list[Entry]

    def until(self, day: date) -> list[Entry]:
        """The dated ones whose last possible day has come by the day."""
        return [entry for entry in self.dated if _last(entry) <= day]

    def after(self, day: date) -> list[Entry]:
        return [entry for entry in self.dated if _last(entry) > day]

    def __iter__(self) -> Iterator[Entry]:
        return iter((*self.dated, *self.undated))

    def __len__(self) -> int:
        return len(self.dated) + len(self.undated)


def of_initiative(initiative: Initiative) -> Timeline:
    """The timeline of an initiative that `as_of` gave.

    What is known to a month or a year stands after all that is known to lie in it: its place is
    its last possible day, since before that nobody can say that it has come.
    """
    entries = [
        *map(tell_status, initiative.status_changes.all()),
        *map(tell_moved_date, initiative.date_revisions.all()),
        *map(tell_money, initiative.money),
        *map(tell_milestone, initiative.milestones.all()),
        *map(tell_event_of, initiative.events.all()),
    ]
    dated = sorted((entry for entry in entries if entry.on is not None), key=_place)
    return Timeline(dated, [entry for entry in entries if entry.on is None])


def _place(entry: Entry) -> tuple[date, int, int, datetime]:
    # Of two dates that end together the more exact one, which begins later, comes first.
    on = cast(PartialDate, entry.on)  # only those that have one are put in order
    exactness = -on.first.toordinal()
    return on.last, exactness, list(Kind).index(entry.kind), entry.at


def _last(entry: Entry) -> date:
    return cast(PartialDate, entry.on).last
