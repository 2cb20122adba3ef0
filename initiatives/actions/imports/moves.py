"""The status that a row enters, as it is kept with the row."""

from typing import Any

from initiatives.models import Country, Initiative, Source
from initiatives.partial_dates import PartialDate


def facts_to_enter(move: Any, initiative: Initiative) -> dict:
    """The arguments of `change_status` for the `move` of a row."""
    last = initiative.status_changes.order_by("number").last()
    side, source = move["decided_by"], move["source"]
    return {
        "to": move["to"],
        "effective": effective_of(move),
        "reason": dict(move["reason"]),
        "source": Source.objects.get(slug=source) if source else None,
        "decided_by": Country.objects.get(iso2=side) if side else None,
        "corrects": last if move["corrects"] else None,
    }


def effective_of(move: Any) -> PartialDate | None:
    return PartialDate.parse(move["effective"]) if move["effective"] else None


def is_elsewhere(move: Any) -> bool:
    """Whether another publisher says so, who does not know all that a status of ours needs."""
    return bool(move.get("elsewhere"))
