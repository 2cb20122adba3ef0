"""Records as the public knows them, or knew them at the end of a day: the editions that hold.

The only place that reads the past. What stood in a record while it was withdrawn, under an embargo
or waiting was never an edition, and so is nowhere here. Names of countries, sectors and
organisations are those of today.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from functools import partial
from typing import Any, cast

from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from initiatives import rules
from initiatives.editions.facts import facts_of
from initiatives.editions.instances import events_at, held_at, instances_of
from initiatives.editions.record import InitiativeRecord, decoded
from initiatives.editions.stands import Stands, stands_of
from initiatives.models import Edition, Event, Initiative


def end_of(day: date) -> datetime:
    """The last instant of `day` in the time zone of the site; now while that is still ahead, since
    an embargo may hide until then what begins by time alone."""
    return min(timezone.make_aware(datetime.combine(day, time.max)), timezone.now())


def as_published(codes: Iterable[str], *, on: date | None = None) -> list[Initiative]:
    """The initiatives `codes`, in this order, as their editions say, with what `judged` adds.

    As they are known now, or were at the end of the day `on`; what was not public then is left out.
    Eight queries, however many there are.
    """
    codes = list(codes)
    found = held_at(codes, timezone.now() if on is None else end_of(on))
    return judged([found[code] for code in codes if code in found], on or timezone.localdate())


def as_edition(edition: Edition, *, on: date | None = None) -> Initiative:
    """The initiative as this edition says, which is the one of now or of the end of the day `on`.

    As `as_published` gives it, one query less.
    """
    at = timezone.now() if on is None else end_of(on)
    record = decoded(edition.body, InitiativeRecord)
    return judged(instances_of([record], at), on or timezone.localdate())[0]


def events_as_published(slugs: Iterable[str], *, on: date | None = None) -> dict[str, Event]:
    """By slug the public events, as their editions say now or said at the end of the day `on`."""
    return events_at(set(slugs), timezone.now() if on is None else end_of(on))


def judged(rows: list[Initiative], today: date) -> list[Initiative]:
    """The `rows` with `findings`, `flags` and `stands` of the day `today`: once
    somebody looks at them, since many pages show the names of most rows alone."""
    for row in rows:
        checked = {"checked_at": row.last_checked_at, "review_every_days": row.review_every_days}
        # Not of the row itself, which would hold on to itself.
        findings = SimpleLazyObject(partial(_findings, row.record, today, checked))
        row.findings = cast(list[rules.Finding], findings)
        row.flags = cast(list[str], SimpleLazyObject(partial(_flags, row.findings)))
        stands = SimpleLazyObject(partial(stands_of, row.record, row.findings, today))
        row.stands = cast(Stands, stands)
        row.mark = row.mark and (*row.mark, today)
    return rows


def _findings(
    record: InitiativeRecord, today: date, checked: dict[str, Any]
) -> list[rules.Finding]:
    return rules.findings(facts_of(record, today=today, **checked))


def _flags(findings: list[rules.Finding]) -> list[str]:
    return list(dict.fromkeys(finding.flag.value for finding in findings))
