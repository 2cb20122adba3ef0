"""The one way in which a session comes to be: at once what may be, asked for what may not."""

from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from initiatives.actions.approvals.approval_gate import ApprovalGate
from initiatives.actions.bulk import NOT_ALLOWED
from initiatives.actions.change_sets import change_set_of, must_ask
from initiatives.actions.errors import Refused
from initiatives.actions.initiatives import save
from initiatives.actions.recording import set_links
from initiatives.actions.sessions.points import (
    Failures,
    Point,
    PointsRefused,
    Session,
    writing,
)
from initiatives.actions.sessions.rows import cite, stated, write_draft, write_rows
from initiatives.actions.status_parts import enter_status
from initiatives.choices import ChangeSetKind, DeskRole, EventState
from initiatives.models import ChangeSet, Desk, Event, Initiative
from initiatives.publication import publishing
from initiatives.rights import Rights


@publishing()
def enter_session(
    session: Session, points: list[Point], *, rights: Rights, token: UUID | None = None
) -> ChangeSet:
    """Store the event with its source and all that its points say of initiatives.

    To an event that is stored already the points are added; nothing else of it changes.

    What the public would see and the officer may not decide becomes requests, which the ChangeSet
    holds together. Raises PointsRefused, and nothing is stored, with what stands against each row.
    """
    by = rights.user
    with change_set_of(ChangeSetKind.SESSION, by=by, token=token) as change_set:
        _store_event(session, points, rights)
        change_set.event = session.event
        change_set.save(update_fields=["event"])
        failures = Failures()
        desk = None if rights.is_superuser else _own_desk(rights)
        for record, own in _by_record(points):
            try:
                with transaction.atomic():
                    _enter(record, own, session, rights, desk)
            except ValidationError as wrong:
                failures.add(own, wrong)
        if failures.of:
            raise PointsRefused(failures.of)
    return change_set


def _store_event(session: Session, points: list[Point], rights: Rights) -> None:
    """A new event as a draft; to one that is stored nothing is done but what the points add."""
    if session.source._state.adding:
        save(session.source, by=rights.user)
    if session.event._state.adding:
        _write_event(session, points, rights.user)
        return
    if not rights.has(DeskRole.EDITOR, session.event):
        raise Refused(NOT_ALLOWED, code="role")
    session.event = Event.objects.select_for_update().get(pk=session.event.pk)
    gate = ApprovalGate(session.event, rights=rights)
    gate.run(lambda: _add_to_event(session, points, rights.user))
    session.event = Event.objects.get(pk=session.event.pk)  # what waits is not done yet


def _add_to_event(session: Session, points: list[Point], by: User | None) -> None:
    if _outcome_with(session, points):
        save(session.event, by=by)
    if not session.event.citations.filter(source=session.source).exists():
        cite(session.source, by=by, event=session.event)


def _outcome_with(session: Session, points: list[Point]) -> bool:
    """Put the points that speak of no record below what the outcome says; whether there are any."""
    alone = [point for point in points if point.initiative is None]
    lines = [f"{p.number}. {p.decision}" if p.number else p.decision for p in alone]
    if lines:
        name = f"outcome_{session.language}"
        said = getattr(session.event, name)
        setattr(session.event, name, "\n\n".join(filter(None, (said, *lines))))
    return bool(lines)


def _write_event(session: Session, points: list[Point], by: User | None) -> None:
    event = session.event
    _outcome_with(session, points)
    if event.start is not None and event.start.first <= timezone.localdate():
        event.state = EventState.HELD
    save(event, by=by)
    set_links(event, "countries", session.sides, by=by)
    cite(session.source, by=by, event=event)


def _by_record(points: list[Point]) -> list[tuple[Initiative, list[Point]]]:
    """Each record with its points, in the order of the protocol."""
    found: dict[int, list[Point]] = {}
    for point in points:
        if point.initiative is not None:
            found.setdefault(point.initiative.pk or -id(point.initiative), []).append(point)
    return [(own[0].initiative, own) for own in found.values() if own[0].initiative is not None]


def _own_desk(rights: Rights) -> Desk | None:
    return rights.desks(DeskRole.EDITOR).order_by("name").first()


def _enter(
    record: Initiative, points: list[Point], session: Session, rights: Rights, desk: Desk | None
) -> None:
    if record._state.adding:
        write_draft(record, points, session, by=rights.user, desk=desk)
    elif not rights.has(DeskRole.EDITOR, record):
        raise Refused(NOT_ALLOWED, code="role")
    record = Initiative.objects.select_for_update().get(pk=record.pk)  # as it is by now
    for point in points:
        point.initiative = record
    moves = [point for point in points if point.to]
    asks = bool(moves) and must_ask(record, [point.to for point in moves], rights)
    gate = ApprovalGate(record, rights=rights, asks=asks)
    gate.run(lambda: _written(record, points, moves, session, rights.user, asks))


def _written(
    record: Initiative,
    points: list[Point],
    moves: list[Point],
    session: Session,
    by: User | None,
    asks: bool,
) -> None:
    """The rows first, as a status may need what they bring."""
    write_rows(record, points, session, by=by)
    for point in moves:
        with writing(point):
            enter_status(record, to=point.to, by=by, awaits_approval=asks, **stated(point, session))
