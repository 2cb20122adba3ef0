"""Entries by the day since which they are known."""

from datetime import date
from itertools import groupby

from django.utils import timezone

from initiatives.timeline.entry import Entry


def by_day(entries: list[Entry]) -> list[tuple[date, list[Entry]]]:
    """Days in the zone of the site, in the order of the entries, each with its own."""
    days = groupby(entries, key=lambda entry: timezone.localdate(entry.at))
    return [(day, list(found)) for day, found in days]
