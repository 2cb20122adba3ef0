"""Days that count from the one on which the copy is made, and what is done on them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from demo.clock import at
from initiatives.partial_dates import PartialDate, Precision

FIRST_HOUR = 9


@dataclass
class Calendar:
    """What is to be done on which day before or after `today`; `run` does it in this order."""

    today: date
    steps: list[tuple[int, int, Callable[[], Any]]] = field(default_factory=list)

    def on(self, day: int, act: Callable[[], Any]) -> None:
        """Call `act` on this day; acts of one day keep the order in which they were given."""
        self.steps.append((day, len(self.steps), act))

    def instant(self, day: int, *, second: int = 0) -> datetime:
        """The moment on this day that lies so many seconds after the beginning of work."""
        start = timezone.make_aware(datetime.combine(self.today, time(FIRST_HOUR)))
        return start + timedelta(days=day, seconds=second)

    def run(self) -> None:
        for number, (day, _order, act) in enumerate(sorted(self.steps, key=lambda step: step[:2])):
            # No two at one instant: what came first is first in every history.
            with at(self.instant(day, second=number)):
                act()

    def date(self, text: str) -> PartialDate | None:
        """“-700 month” is the month in which the day 700 days ago lies; without a word, the day."""
        if not text:
            return None
        offset, _space, precision = text.partition(" ")
        day = self.today + timedelta(days=int(offset))
        return _around(day, Precision(precision or "day"))


def _around(day: date, precision: Precision) -> PartialDate:
    """The month, quarter, half or day in which `day` lies."""
    match precision:
        case Precision.MONTH:
            return PartialDate.parse(f"{day:%Y-%m}")
        case Precision.QUARTER:
            return PartialDate.parse(f"{day.year}-Q{(day.month + 2) // 3}")
        case Precision.HALF:
            return PartialDate.parse(f"{day.year}-H{1 if day.month <= 6 else 2}")
        case Precision.YEAR:
            return PartialDate.parse(f"{day.year}")
    return PartialDate(day)
