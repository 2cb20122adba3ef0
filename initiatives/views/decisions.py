"""What became of the decisions of an event, in rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from initiatives import rules
from initiatives.editions.facts import facts_of, span
from initiatives.editions.stands import Stands, stands_of
from initiatives.lifecycle import OPEN
from initiatives.timeline import text_and_language

if TYPE_CHECKING:
    from initiatives.editions.record import InitiativeRecord
    from initiatives.models import Initiative, InitiativeEvent
    from initiatives.partial_dates import PartialDate


@dataclass(frozen=True, kw_only=True)
class Decision:
    """An initiative with what the event was for it, its `links`.

    `months_late` are the whole months since its planned end passed, None where it is not late.
    """

    initiative: "Initiative"
    links: "list[InitiativeEvent]"
    is_open: bool
    months_late: int | None
    planned_end: "PartialDate | None"
    ended: "PartialDate | None"
    next_step: "Step | None"


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


def _row(initiative: "Initiative", links: "list[InitiativeEvent]", today: date) -> Decision:
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
    )


def _next_step(record: "InitiativeRecord", stands: Stands) -> Step | None:
    if stands.next is None:
        return None
    step = next(step for step in record.milestones if step.number == stands.next_number)
    title, language = text_and_language(step.title)
    return Step(number=step.number, title=title, in_language=language, planned=stands.next)
