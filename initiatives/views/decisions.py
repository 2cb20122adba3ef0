"""What became of the decisions of an event, in rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from initiatives import rules
from initiatives.editions.facts import facts_of, is_open, span
from initiatives.lifecycle import OPEN
from initiatives.promises import months_between
from initiatives.timeline import text_and_language

if TYPE_CHECKING:
    from initiatives.editions.record import InitiativeRecord, Milestone
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
    found = rules.findings(facts_of(record, today=today))
    end = span(record.planned_end)
    is_late = any(finding.flag == rules.Flag.OVERDUE for finding in found)
    return Decision(
        initiative=initiative,
        links=links,
        is_open=record.status in OPEN,
        months_late=months_between(end.last, today) if is_late and end else None,
        planned_end=end,
        ended=span(record.actual_end),
        next_step=_next_step(record, today) if record.status in OPEN else None,
    )


def _next_step(record: "InitiativeRecord", today: date) -> Step | None:
    steps = [(step, span(step.planned)) for step in record.milestones if is_open(step)]
    coming = [(step, planned) for step, planned in steps if planned and planned.last >= today]
    if not coming:
        return None
    step, planned = min(coming, key=lambda one: (one[1].first, one[1].last, one[0].number))
    return _step(step, planned)


def _step(step: "Milestone", planned: "PartialDate") -> Step:
    title, language = text_and_language(step.title)
    return Step(number=step.number, title=title, in_language=language, planned=planned)
