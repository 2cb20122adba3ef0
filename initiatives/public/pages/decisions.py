"""What became of the decisions of events, in rows."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from initiatives import rules
from initiatives.choices import EventRelation
from initiatives.editions.facts import facts_of, span
from initiatives.editions.stands import Stands, stands_of
from initiatives.lifecycle import OPEN
from initiatives.timeline import text_and_language

if TYPE_CHECKING:
    from initiatives.editions.record import InitiativeRecord
    from initiatives.models import Event, Initiative, InitiativeEvent
    from initiatives.partial_dates import PartialDate

DECISIONS = 1  # of an initiative in a list of several events; its page has all


@dataclass(frozen=True, kw_only=True)
class Decision:
    """An initiative with what the events were for it, its `links`; `more` are not among these.

    `months_late` are the whole months since its planned end passed, None where it is not late.
    """

    initiative: "Initiative"
    links: "list[InitiativeEvent]"
    is_open: bool
    months_late: int | None
    planned_end: "PartialDate | None"
    ended: "PartialDate | None"
    next_step: "Step | None"
    more: int = 0


@dataclass(frozen=True, kw_only=True)
class Step:
    """The open milestone that comes next, with its title in the language `in_language`."""

    number: int
    title: str
    in_language: str
    planned: "PartialDate"


def decisions_in_rows(links: "Iterable[InitiativeEvent]", today: date) -> Iterator[Decision]:
    """One for each initiative, whose links follow each other, as it stands on the day."""
    for _code, some in groupby(links, key=lambda link: link.initiative.code):
        own = list(some)
        yield _row(own[0].initiative, own, today)


def open_in_rows(
    initiatives: "Iterable[Initiative]", sides: Collection[str], today: date
) -> list[Decision]:
    """One for each of them, as it stands on the day, with the first of its decisions: those of an
    event where the `sides` alone met before others, and the newest first."""
    return [_of_sides(initiative, frozenset(sides), today) for initiative in initiatives]


def _of_sides(initiative: "Initiative", sides: frozenset[str], today: date) -> Decision:
    links = [one for one in initiative.events.all() if one.relation != EventRelation.MENTIONED]
    links.sort(key=lambda link: _first_of_sides(link.event, sides))
    return _row(initiative, links[:DECISIONS], today, more=len(links[DECISIONS:]))


def _first_of_sides(event: "Event", sides: frozenset[str]) -> tuple[bool, int]:
    present = {country.iso2 for country in event.countries.all()}
    return present != sides, -event.start.last.toordinal() if event.start else 0


def _row(
    initiative: "Initiative", links: "list[InitiativeEvent]", today: date, more: int = 0
) -> Decision:
    record = initiative.record
    stands = stands_of(record, rules.findings(facts_of(record, today=today)), today)
    return Decision(
        initiative=initiative,
        links=links,
        is_open=record.status in OPEN,
        months_late=stands.months_late,
        planned_end=span(record.planned_end),
        ended=span(record.actual_end),
        next_step=_next_step(record, stands),
        more=more,
    )


def _next_step(record: "InitiativeRecord", stands: Stands) -> Step | None:
    if stands.next is None:
        return None
    step = next(step for step in record.milestones if step.number == stands.next_number)
    title, language = text_and_language(step.title)
    return Step(number=step.number, title=title, in_language=language, planned=stands.next)
