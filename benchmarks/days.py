"""The days that generated data speak of."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from random import Random

from django.utils import timezone

from initiatives.partial_dates import PartialDate

# The data end here on whatever day they are generated, so that two runs have the same rows.
LAST_DAY = date(2026, 6, 30)
DAYS = 12 * 365


def some_day(chance: Random) -> date:
    """A day of the twelve years that the data cover, later ones being likelier."""
    return LAST_DAY - timedelta(days=int(chance.random() ** 1.5 * DAYS))


def about(chance: Random, day: date) -> PartialDate:
    """`day`, known as exactly as sources happen to know it."""
    quarter, half = (day.month + 2) // 3, (day.month + 5) // 6
    forms = [f"{day}", f"{day:%Y-%m}", f"{day.year}-Q{quarter}", f"{day.year}-H{half}", f"{day:%Y}"]
    return PartialDate.parse(chance.choices(forms, (45, 25, 10, 5, 15))[0])


@lru_cache(maxsize=5_000)
def moment(day: date) -> datetime:
    """Noon of `day`."""
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))
