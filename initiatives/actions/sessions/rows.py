"""The rows that the points of a protocol bring to one record."""

from collections.abc import Iterable
from typing import Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from initiatives.actions.errors import Refused
from initiatives.actions.initiatives import Saved, save
from initiatives.actions.sessions.points import Point, Session, writing
from initiatives.choices import PARTICIPANT_ROLES, CountryRole
from initiatives.fields.typed import field_of
from initiatives.lifecycle import NEEDS, Need, Status
from initiatives.models import (
    Citation,
    Country,
    Desk,
    Initiative,
    InitiativeCountry,
    InitiativeEvent,
    InitiativeSector,
    Milestone,
    Source,
)
from initiatives.models.record import Record
from initiatives.notation import date_in_words
from initiatives.partial_dates import PartialDate

_STATED = _(
    "The record says already (%(field)s): “%(stored)s”. Empty the box to keep that, or change it "
    "on the page of the record first."
)

_ENTERED = _(
    "Point %(number)s of this session is stored for this record already. Give another number, or "
    "edit it on the page of the record."
)


def place_of(point: Point, session: Session) -> str:
    """Where in the protocol the point stands, in the language of the protocol."""
    if not point.number:
        return ""
    with translation.override(session.language):
        return gettext("point %(number)s") % {"number": point.number}


def cite(
    source: Source, *, by: User | None, locator: str = "", quote: str = "", **claim: Any
) -> None:
    """Cite `source` for the one claim, unless the same place is cited for it already."""
    if not Citation.objects.filter(source=source, locator=locator, **claim).exists():
        _saved(Citation(source=source, locator=locator, quote=quote, **claim), by)


def write_draft(
    record: Initiative, points: list[Point], session: Session, *, by: User | None, desk: Desk | None
) -> None:
    """Store a new record that a protocol speaks of: its title, its parties and its sector."""
    record.desk = desk
    _saved(record, by)
    for country in session.sides:
        row = InitiativeCountry(initiative=record, country=country, role=CountryRole.PARTY)
        _saved(row, by)
    sector = next((point.sector for point in points if point.sector is not None), None)
    if sector is not None:
        _saved(InitiativeSector(initiative=record, sector=sector, is_main=True), by)


def write_rows(
    record: Initiative, points: list[Point], session: Session, *, by: User | None
) -> None:
    """Link the event, add the milestones and cite each point."""
    for relation in dict.fromkeys(point.relation for point in points):
        _link(record, [p for p in points if p.relation == relation], session, by)
    for point in points:
        place = place_of(point, session)
        cite(session.source, by=by, locator=place, quote=point.decision, initiative=record)
        if point.deadline is not None:
            with writing(point):
                step = _milestone(record, point, session, by)
            cite(session.source, by=by, locator=place, quote=point.decision, milestone=step)


def stated(point: Point, session: Session) -> dict[str, Any]:
    """What `enter_status` is told of the status of a point: the decision is its reason."""
    return {
        "record": _days(point, session),
        "effective": session.event.start,
        "reason": {session.language: point.decision},
        "source": session.source,
        "locator": place_of(point, session),
        "quote": point.decision,
        "event": session.event,
        "decided_by": _deciding_side(point),
    }


def _deciding_side(point: Point) -> Country | None:
    """The side that decided, where the status asks for it."""
    asks = Need.DECIDING_SIDE in NEEDS[Status(point.to)]
    side, record = point.responsible, point.initiative
    if not asks or side is None:
        return None
    if record is None or not record.countries.filter(country=side, role__in=PARTICIPANT_ROLES):
        message = _("%(country)s takes no part in it, so it cannot have decided.")
        raise Refused(message, code="side", params={"country": side})
    return side


def _days(point: Point, session: Session) -> dict[str, Any]:
    """The actual start or end and the outcome that a status needs and the record lacks."""
    needs, record = NEEDS[Status(point.to)], point.initiative
    assert record is not None  # only points that speak of a record have a status
    fields = {Need.START: "actual_start", Need.END: "actual_end"}
    found: dict[str, Any] = {}
    for name in (name for need, name in fields.items() if need in needs):
        if point.day:
            _refuse_other(record, name, point.day, box="day")
        if point.day or getattr(record, name) is None:
            found[name] = point.day or session.event.start
    for box in ("outcome", "not_delivered"):
        name, text = f"{box}_{session.language}", getattr(point, box)
        if text:
            _refuse_other(record, name, text, box=box)
            found[name] = text
    if point.delivered:
        found["delivered"] = point.delivered
    return found


def _refuse_other(record: Initiative, name: str, typed: Any, *, box: str) -> None:
    """What the record says already is not replaced by a row that does not show it."""
    stored = getattr(record, name)
    if stored and stored != typed:
        shown = date_in_words(stored) if isinstance(stored, PartialDate) else stored
        told = {"field": field_of(Initiative, name).verbose_name, "stored": shown}
        raise Refused({box: ValidationError(_STATED, code="stated", params=told)})


def _link(record: Initiative, points: list[Point], session: Session, by: User | None) -> None:
    """One row for what one relation says; the decisions of its points stand in it together, below
    those of points that were entered before."""
    of = {"initiative": record, "event": session.event, "relation": points[0].relation}
    row = InitiativeEvent.objects.filter(**of).first() or InitiativeEvent(**of)
    _refuse_stored_numbers(row, points)
    name = f"decision_{session.language}"
    row.protocol_reference = _joined(", ", row.protocol_reference, (p.number for p in points))
    setattr(row, name, _joined("\n\n", getattr(row, name), (p.decision for p in points)))
    _saved(row, by)


def _joined(sign: str, stored: str | None, more: Iterable[str]) -> str:
    return sign.join(_given([stored or "", *more]))


def _refuse_stored_numbers(row: InitiativeEvent, points: list[Point]) -> None:
    known = {number.strip() for number in (row.protocol_reference or "").split(",")}
    for point in points:
        if point.number and point.number in known:
            with writing(point):
                told = {"number": point.number}
                raise Refused({"number": ValidationError(_ENTERED, code="stored", params=told)})


def _given(texts: Iterable[str]) -> list[str]:
    return list(filter(None, texts))


def _milestone(record: Initiative, point: Point, session: Session, by: User | None) -> Milestone:
    row = Milestone(
        initiative=record,
        planned=cast(PartialDate, point.deadline),  # only points with a deadline come here
        responsible=point.responsible,
        protocol_reference=point.number,
        **{f"title_{session.language}": point.milestone or point.decision},
    )
    return _saved(row, by)


def _saved(row: Saved, by: User | None) -> Saved:
    """The row, stored after it was looked at as a form would; what is wrong names the field."""
    try:
        row.full_clean(exclude={"code", "number", "title"})
    except ValidationError as wrong:
        raise Refused(_told(row, wrong), code="invalid") from wrong
    save(row, by=by)
    return row


def _told(row: Record, wrong: ValidationError) -> list[str]:
    if not hasattr(wrong, "error_dict"):
        return wrong.messages
    names = wrong.message_dict
    return [
        f"{field_of(type(row), name).verbose_name}: {text}" if name != "__all__" else text
        for name, texts in names.items()
        for text in texts
    ]
