"""The initiatives around one: what it is part of, its parts, what went before it and after."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from initiatives.editions.instances import alone, records_at

if TYPE_CHECKING:
    from initiatives.models import Initiative


@dataclass(frozen=True)
class Relatives:
    """Published ones only. `others` are those that statuses name, by primary key."""

    parent: "Initiative | None"
    parts: "list[Initiative]"
    prior: "list[Initiative]"
    others: "dict[int, Initiative]"

    def __bool__(self) -> bool:
        return bool(self.parent or self.parts or self.prior or self.others)


def relatives_of(initiative: "Initiative", at: datetime) -> Relatives:
    """Those of an initiative that `as_of` gave, as they were at the instant `at`; one query.

    What is hidden today is told of no day. They have texts, dates and statuses, and no parts.
    """
    record, known = initiative.record, initiative.known_codes
    following = [move.continued_in for move in record.history if move.continued_in]
    named = {record.parent, *record.children, *record.continues, *following} & known.keys()
    found = {code: alone(one, known[code]) for code, one in records_at(sorted(named), at).items()}
    return Relatives(
        parent=found.get(record.parent),
        parts=[found[code] for code in record.children if code in found],
        prior=[found[code] for code in record.continues if code in found],
        others={found[code].pk: found[code] for code in following if code in found},
    )
