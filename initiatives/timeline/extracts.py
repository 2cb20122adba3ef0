"""Initiatives with those of their parts alone of which entries tell: most records are long."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from msgspec.structs import replace

from initiatives.editions.index import EntryKey, EntryKind
from initiatives.editions.instances import instances_of, records_at
from initiatives.editions.instances.named import Check
from initiatives.editions.record import DateRevision, InitiativeRecord, Milestone, Money
from initiatives.models import Initiative
from initiatives.rules import Facts

_NOTHING = dict.fromkeys(
    ("children", "continues", "countries", "sectors", "organisations", "budgets", "events"), ()
) | dict.fromkeys(("external_ids", "classifications", "external_texts"), ())
_UNCHECKED: Check = (None, Facts.review_every_days)  # no entry tells of a check

AnyPart = TypeVar("AnyPart", DateRevision, Milestone, Money)


def extracts(keys: Iterable[EntryKey], at: datetime) -> dict[str, Initiative]:
    """By code the initiatives of these entries, as they were published at the instant `at`."""
    numbers: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for key in keys:
        numbers[key.code][key.rank].add(key.number)
    records = records_at(numbers, at).values()
    cut = [_extract(record, numbers[record.code]) for record in records]
    checks = dict.fromkeys(numbers, _UNCHECKED)
    return {row.code: row for row in instances_of(cut, at, checks=checks)}


def _extract(record: InitiativeRecord, numbers: dict[int, set[int]]) -> InitiativeRecord:
    moves = [move for move in record.history if move.number in numbers[EntryKind.STATUS]]
    mended = {move.corrects for move in moves}
    moved = _numbered(record.moved_dates, numbers[EntryKind.DATE_MOVED])
    steps = numbers[EntryKind.MILESTONE] | {
        move.milestone for move in moved if move.milestone is not None
    }
    return replace(
        record,
        **_NOTHING,
        parent=None,
        sources=record.sources if EntryKind.NEW in numbers else (),
        history=tuple(
            replace(move, event=None, decided_by=None, continued_in=None)
            for move in record.history
            if move in moves or move.number in mended or move is record.history[-1]
        ),
        moved_dates=moved,
        funding=_numbered(record.funding, numbers[EntryKind.MONEY]),
        milestones=tuple(
            replace(step, responsible=None) for step in _numbered(record.milestones, steps)
        ),
    )


def _numbered(parts: tuple[AnyPart, ...], numbers: set[int]) -> tuple[AnyPart, ...]:
    return tuple(part for part in parts if part.number in numbers)
