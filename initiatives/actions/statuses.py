"""The one way in which a status comes to be."""

from collections.abc import Mapping
from typing import Any, cast

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.actions.errors import NeedsMissing, Refused
from initiatives.actions.initiatives import NOT_DELIVERED, next_number
from initiatives.actions.recording import (
    LANGUAGES,
    circumstance,
    in_languages,
    note_created,
    save_record,
    write_change,
)
from initiatives.choices import (
    PARTY_ROLES,
    ChangeAction,
    EditionCause,
    EventState,
    Origin,
)
from initiatives.lifecycle import Need, Status, StatusFacts, missing, moves_from
from initiatives.models import Citation, Country, Event, Initiative, Source, StatusChange
from initiatives.models.texts import text_of
from initiatives.partial_dates import PartialDate
from initiatives.publication import publishing


@publishing(EditionCause.STATUS)
def change_status(
    initiative: Initiative,
    *,
    to: str,
    by: User | None,
    effective: PartialDate | None = None,
    reason: Mapping[str, str | None] | str = "",
    source: Source | None = None,
    locator: str = "",
    quote: str = "",
    event: Event | None = None,
    decided_by: Country | None = None,
    continued_in: Initiative | None = None,
    approved_by: User | None = None,
    corrects: StatusChange | None = None,
    origin: str = Origin.DESK,
    elsewhere: bool = False,
    awaits_approval: bool = False,
) -> StatusChange:
    """Move `initiative` to the status `to` and write the StatusChange that says so.

    `effective` is a PartialDate, `reason` a text in the reader's language or a mapping of
    language to text, `approved_by` the second person where the status needs one. With `corrects`
    the row mends an earlier one and may lead back from a final status. Raises Refused if the move
    is not allowed and NeedsMissing with all that the status lacks. `elsewhere` says that an import
    repeats what another publisher says, who does not know all that ours need. `awaits_approval`
    says that the caller undoes it all, because a second person is to be asked.
    """
    initiative = _lock(initiative)
    _check_move(initiative, to, corrects)
    reasons = in_languages(reason)
    facts = facts_for(
        initiative,
        effective=effective,
        reason="".join(reasons.values()),
        source=source,
        event=event,
        decided_by=decided_by,
        to=to,
        corrects=corrects,
        second_person=awaits_approval or _is_second(approved_by, by),
        imported=origin == Origin.IMPORT,
        elsewhere=elsewhere,
    )
    if needs := _needs(to, facts, corrects):
        raise NeedsMissing(needs)
    change = StatusChange(
        initiative=initiative,
        number=next_number(StatusChange, initiative),
        from_status=_current(initiative) or "",
        to_status=to,
        effective=cast(PartialDate, effective),  # it may be unknown, as the stubs do not say
        event=event,
        decided_by=decided_by,
        continued_in=continued_in,
        corrects=corrects,
        origin=origin,
        change_set=circumstance("change_set"),
        recorded_by=by,
        approved_by=approved_by,
        **{f"reason_{language}": text for language, text in reasons.items()},
    )
    change.save()
    note_created(change, by=by)
    _cite(change, source, locator, quote, by)
    _cache(initiative, change, by)
    return change


def correct_status(
    change: StatusChange,
    *,
    to: str,
    by: User | None,
    reason: dict[str, str] | str,
    **details: Any,
) -> StatusChange:
    """Mend a status that was recorded by mistake; both rows stay in the public history.

    Only the last change can be corrected: an earlier one is no longer what the site says.
    """
    check_last(change)
    return change_status(change.initiative, to=to, by=by, reason=reason, corrects=change, **details)


def check_last(change: StatusChange) -> None:
    """Raises Refused if another status was entered after `change`."""
    if change != change.initiative.status_changes.order_by("number").last():
        raise Refused(_("Only the last status change can be corrected."), code="not_last")


def facts_for(
    initiative: Initiative,
    *,
    effective: PartialDate | None,
    reason: Mapping[str, str | None] | str,
    source: Source | None,
    event: Event | None,
    decided_by: Country | None,
    second_person: bool,
    to: str = "",
    corrects: StatusChange | None = None,
    imported: bool = False,
    elsewhere: bool = False,
) -> StatusFacts:
    """The `lifecycle.StatusFacts` of an initiative together with what an officer has entered."""
    held = initiative.events.filter(event__state=EventState.HELD)
    if event is not None:
        held = held.filter(event=event)
    return StatusFacts.of(
        today=timezone.localdate(),
        effective=effective,
        previous=_date_before(initiative, to, corrects),
        reasons=reason.values() if isinstance(reason, Mapping) else [reason],
        source=source,
        held_event_relations=frozenset(held.values_list("relation", flat=True)),
        main_sectors=initiative.sectors.filter(is_main=True).count(),
        parties=initiative.countries.filter(role__in=PARTY_ROLES)
        .values("country")
        .distinct()
        .count(),
        organisations=initiative.organisations.count(),
        start=initiative.actual_start,
        end=initiative.actual_end,
        milestones=initiative.milestones.all(),
        outcomes=[getattr(initiative, f"outcome_{code}") for code in LANGUAGES],
        delivered=initiative.delivered,
        not_delivered=[getattr(initiative, name) for name in NOT_DELIVERED],
        decided_by=decided_by.iso2 if decided_by else "",
        second_person=second_person,
        imported=imported,
        elsewhere=elsewhere,
    )


def _date_before(
    initiative: Initiative, to: str, corrects: StatusChange | None
) -> PartialDate | None:
    """The date of the status that a new one follows; None where there is none or it is unknown.

    A correction stands in the place of the row that it `corrects`, and follows what that followed;
    if it leads back to the status `to` that held before, then also in the place of that one.
    """
    if corrects is None:
        return None if _current(initiative) is None else initiative.status_since
    before = initiative.status_changes.filter(number__lt=corrects.number, corrections=None)
    last = before.exclude(to_status=to).order_by("number").last()
    return None if last is None else last.effective


def _lock(initiative: Initiative) -> Initiative:
    return Initiative.objects.select_for_update().get(pk=initiative.pk)


def _current(initiative: Initiative) -> str | None:
    """The status that history gives; None for a new record, whose cached status is a default."""
    return initiative.status if initiative.status_changes.exists() else None


def _check_move(initiative: Initiative, to: str, corrects: StatusChange | None) -> None:
    if to not in Status.values:
        message = _("“%(to)s” is not a status.")
        raise Refused(message, code="unknown", params={"to": str(to)[:40]})
    if corrects is None and Status(to) not in moves_from(_current(initiative)):
        raise Refused(
            _("The status cannot go from “%(old)s” to “%(new)s”."),
            code="move",
            params={"old": initiative.get_status_display(), "new": Status(to).label},
        )


def _needs(to: str, facts: StatusFacts, corrects: StatusChange | None) -> list[Need]:
    needs = missing(to, facts)
    if corrects is not None and not facts.reason.strip() and Need.REASON not in needs:
        needs.append(Need.REASON)
    return needs


def _is_second(approved_by: User | None, by: User | None) -> bool:
    return approved_by is not None and approved_by != by


def _cite(
    change: StatusChange, source: Source | None, locator: str, quote: str, by: User | None
) -> None:
    if source is not None:
        place = {"locator": locator, "quote": quote}
        save_record(Citation(source=source, status_change=change, **place), by=by)


def _cache(initiative: Initiative, change: StatusChange, by: User | None) -> None:
    old = [initiative.status, str(initiative.status_since or "") or None]
    initiative.status, initiative.status_since = change.to_status, change.effective
    emptied = {} if change.to_status == Status.IMPLEMENTED else _without_delivered(initiative)
    initiative.updated_at, initiative.updated_by = change.recorded_at, by
    initiative.version = initiative.public_version = initiative.version + 1
    initiative.save()
    fields = {
        "status": [old[0], change.to_status],
        "status_since": [old[1], str(change.effective or "") or None],
    }
    write_change(initiative, action=ChangeAction.CHANGED, fields=fields | emptied, by=by)


def _without_delivered(initiative: Initiative) -> dict[str, list[str | None]]:
    """What is not implemented is not delivered; the history keeps what was said of it."""
    names = [name for name in ("delivered", *NOT_DELIVERED) if text_of(initiative, name)]
    emptied = {name: [text_of(initiative, name), None] for name in names}
    for name in names:
        setattr(initiative, name, "")
    return emptied
