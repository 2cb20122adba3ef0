"""What a request consists of: parts that can be approved each by itself, and what stays whole.

A part is one field of the initiative, or one row that belongs to it. What would make no sense or be
refused without another edit is one part with it: a status with all that it states, what refers to a
row with that row, how much was delivered with what was not, the shares of sectors.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from initiatives.actions.approvals import asking
from initiatives.actions.approvals.requests import do_request
from initiatives.actions.errors import Refused
from initiatives.actions.initiatives import NOT_DELIVERED
from initiatives.actions.recording import LANGUAGES
from initiatives.actions.rows_before import model_of
from initiatives.actions.status_edits import status_among
from initiatives.choices import ChangeAction, RequestKind, RequestState
from initiatives.models import ChangeRequest
from initiatives.models.changes import Edit
from initiatives.models.texts import KEY_SIGN
from initiatives.publication import publishing

Piece = tuple[int, str]  # the place of an edit, and one of its fields
Unit = tuple[str, str]
_DELIVERED = ("delivered", *NOT_DELIVERED)
# What a status may need of the record itself.
_OF_STATUS = frozenset(
    ("actual_start", "actual_end", *_DELIVERED, *(f"outcome_{code}" for code in LANGUAGES))
)
_ALL: Unit = ("", "")


@dataclass(frozen=True)
class RequestPart:
    """`number` is its place in the request; `edits` are those of the request, or some fields."""

    number: int
    edits: list[Edit]
    pieces: frozenset[Piece]


def parts_of(request: ChangeRequest) -> list[RequestPart]:
    """The parts in the order in which they were asked for. A request that publishes has none."""
    if request.kind == RequestKind.PUBLICATION:
        return []
    by_leader: dict[Unit, set[Piece]] = {}
    leaders = _leaders(request.edits)
    for place, edit in enumerate(request.edits):
        for name in edit["fields"] or ("",):
            unit = _ALL if request.reverts_id is not None else leaders[_unit(edit, name)]
            by_leader.setdefault(unit, set()).add((place, name))
    return [
        RequestPart(number, _only(request.edits, pieces), frozenset(pieces))
        for number, pieces in enumerate(by_leader.values())
    ]


def _only(edits: list[Edit], pieces: Collection[Piece]) -> list[Edit]:
    """The `edits` with these fields alone, in their order."""
    places = {place for place, _name in pieces}
    return [
        {**edit, "fields": {n: both for n, both in edit["fields"].items() if (place, n) in pieces}}
        for place, edit in enumerate(edits)
        if place in places
    ]


@publishing()
def approve_parts(
    request: ChangeRequest,
    numbers: Collection[int],
    *,
    by: User | None,
    comment: str = "",
    rest_waits: bool = False,
    overwrite: bool = False,
) -> ChangeRequest | None:
    """Approve the parts with these numbers; the rest goes back with the comment, or waits on.

    Gives the request with the rest, None where all was approved. Raises Refused, and nothing is
    decided, where a part cannot be done without the others.
    """
    request = asking.waiting(request)
    parts = parts_of(request)
    if not numbers or not set(numbers) <= {part.number for part in parts}:
        raise Refused(_("Tick what you approve, or send all of it back."), code="parts")
    taken, rest = (
        _only(request.edits, _pieces(part for part in parts if (part.number in numbers) is ticked))
        for ticked in (True, False)
    )
    if rest and not rest_waits and not comment.strip():
        raise Refused({"comment": ValidationError(_("Say what has to be corrected."))})
    request.edits, request.kind = taken, _kind_of(taken)
    do_request(request, by=by, overwrite=overwrite)
    asking.close(request, RequestState.APPROVED, by=by, comment=comment)
    if not rest:
        return None
    other = asking.split(request, edits=rest, kind=_kind_of(rest))
    if not rest_waits:
        asking.close(other, RequestState.REJECTED, by=by, comment=_with(comment, _TAKEN, request))
    request.comment = _with(comment, _WAITS if rest_waits else _BACK, other)
    request.save(update_fields=["comment"])
    return other


_TAKEN = _("The other part of it was approved: request %(number)s.")
_BACK = _("Approved in part; the rest went back: request %(number)s.")
_WAITS = _("Approved in part; the rest waits: request %(number)s.")


def _with(comment: str, pattern: Any, other: ChangeRequest) -> str:
    return "\n".join(filter(None, (comment, gettext(str(pattern)) % {"number": other.pk})))


def _kind_of(edits: list[Edit]) -> RequestKind:
    return RequestKind.EDIT if status_among(edits) is None else RequestKind.STATUS


def _pieces(parts: Iterable[RequestPart]) -> set[Piece]:
    return {piece for part in parts for piece in part.pieces}


# Which edits belong together


def _unit(edit: Edit, name: str) -> Unit:
    """What a field of an edit is a piece of: the row, or of the initiative the field itself."""
    if edit["model"] == "initiative" and edit["action"] == ChangeAction.CHANGED:
        return ("field", "delivered" if name in _DELIVERED else name)
    return (edit["model"], KEY_SIGN.join(map(str, edit["key"])))


def _leaders(edits: list[Edit]) -> dict[Unit, Unit]:
    """Unit → the one that stands for all that belong together with it."""
    units = {_unit(edit, name): None for edit in edits for name in (edit["fields"] or ("",))}
    leaders: dict[Unit, Unit] = {unit: unit for unit in units}
    for one, other in _pairs(edits, units):
        first, second = leaders[one], leaders[other]
        for unit, leader in leaders.items():
            if leader == second:
                leaders[unit] = first
    return leaders


def _pairs(edits: list[Edit], units: Collection[Unit]) -> Iterator[tuple[Unit, Unit]]:
    for edit in edits:
        for name, values in edit["fields"].items():
            yield from ((_unit(edit, name), to) for to in _pointed(edit, name, values, units))
    if status_among(edits) is not None:
        yield from _chained(unit for unit in units if _goes_with_status(unit))
    yield from _chained(unit for unit in units if unit[0] == "initiativesector")
    shared = {_unit(edit, "") for edit in edits if edit["fields"].get("percent")}
    yield from _chained(unit for unit in shared if unit[0] == "initiativecountry")


def _pointed(edit: Edit, name: str, values: Any, units: Collection[Unit]) -> Iterator[Unit]:
    """The other rows of the request to which a field points, before or after."""
    field: Any = model_of(edit)._meta.get_field(name)
    if not field.is_relation or field.many_to_many:
        return
    model = str(field.related_model._meta.model_name)
    for text in filter(None, values):
        if (unit := (model, str(text))) in units:
            yield unit


def _goes_with_status(unit: Unit) -> bool:
    """Of the record itself what a status states; else all, as it may be what the status needs."""
    return unit[0] != "field" or unit[1] in _OF_STATUS


def _chained(units: Iterable[Unit]) -> Iterator[tuple[Unit, Unit]]:
    yield from pairwise(units)
