"""The status that a row gives, by the rules of the lifecycle."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from initiatives.actions.initiatives import NOT_DELIVERED
from initiatives.choices import EventState, Language
from initiatives.imports.planning.cells import Wrong
from initiatives.imports.planning.lists import KnownSource
from initiatives.imports.planning.row_plan import RowPlan
from initiatives.lifecycle import (
    NEED_LABELS,
    ONLY_IMPLEMENTED,
    Status,
    StatusFacts,
    contradiction_of,
    missing,
    moves_from,
)
from initiatives.models import Source, StatusChange
from initiatives.partial_dates import PartialDate

# The columns of which the rules of a status ask.
_ASKED = (
    *("countr", "part", "sector", "main_sector", "organisation", "actual", "outcome"),
    *("delivered", "not_delivered"),
)
_REASONS = {language: f"status_reason_{language}" for language in Language.values}


def plan_status(row_plan: RowPlan) -> None:
    """Enter the status of the row, or correct its date where the status is the same."""
    if not row_plan.cells.any_changed(("status", "status_since")):
        return
    if row_plan.elsewhere:
        _as_published(row_plan)
    else:
        row_plan.move = _move(row_plan)


def plan_delivered(row_plan: RowPlan) -> None:
    """How much was delivered is said of what is implemented, once the row is done."""
    names = ("delivered", *NOT_DELIVERED)
    if not row_plan.cells.any_changed(names):
        return
    delivered = row_plan.value_of("delivered") or ""
    texts = [row_plan.value_of(name) or "" for name in NOT_DELIVERED]
    wrong = contradiction_of(delivered, texts)
    if delivered and _status_after(row_plan) != Status.IMPLEMENTED:
        wrong = ONLY_IMPLEMENTED
    if wrong is not None:
        changed = (name for name in names if name in row_plan.cells.changed)
        row_plan.cells.refuse(next(changed), str(wrong))


def _status_after(row_plan: RowPlan) -> str | None:
    if "status" in row_plan.cells and (to := row_plan.cells.value("status")):
        return to
    return row_plan.stored.status if row_plan.stored is not None else None


def _as_published(row_plan: RowPlan) -> None:
    """A status of another publisher that does not fit ours is told; nobody could mend the file."""
    before = dict(row_plan.cells.errors)
    try:
        row_plan.move = _move(row_plan)
    except Wrong:
        why = [text for name, text in row_plan.cells.errors.items() if before.get(name) != text]
        row_plan.cells.errors = before
        row_plan.notes.append(_("The status is left alone: %(why)s") % {"why": " ".join(why)})


def _move(row_plan: RowPlan) -> dict:
    last = _last_change(row_plan)
    to = row_plan.cells.value("status") if "status" in row_plan.cells else None
    if to is None:
        to = _without(row_plan, last)
    move = {
        "to": to,
        "effective": _since(row_plan),
        "corrects": last is not None and to == last.to_status,
        "elsewhere": row_plan.elsewhere,
    }
    if last is not None and not move["corrects"] and to not in moves_from(last.to_status):
        told = {"old": last.get_to_status_display(), "new": Status(to).label}
        row_plan.cells.refuse(
            "status", _("The status cannot go from “%(old)s” to “%(new)s”.") % told
        )
    source = _source(row_plan, last)
    move |= {
        "reason": _reasons(row_plan, move),
        "source": source and source.slug,
        "decided_by": _side(row_plan),
    }
    _check_needs(row_plan, move, source)
    return move


def _last_change(row_plan: RowPlan) -> StatusChange | None:
    """The changes of records whose status differs were fetched, see `stored.fetch_for_status`."""
    changes = [] if row_plan.stored is None else list(row_plan.stored.status_changes.all())
    return changes[-1] if changes else None


def _without(row_plan: RowPlan, last: StatusChange | None) -> str:
    if "status" in row_plan.cells.changed:
        row_plan.cells.refuse(
            "status", _("A status cannot be removed; enter the one that applies.")
        )
    if last is None and row_plan.stored is None:
        row_plan.cells.refuse("status_since", _("Say in the column status which status this is."))
    if last is not None:
        return last.to_status
    return row_plan.stored.status if row_plan.stored is not None else ""


def _since(row_plan: RowPlan) -> str | None:
    if "status_since" not in row_plan.cells:
        return None
    value = row_plan.cells.value("status_since")
    return None if value is None else str(value)


def _source(row_plan: RowPlan, last: StatusChange | None) -> KnownSource | Source | None:
    text = row_plan.cells.value("status_source") if "status_source" in row_plan.cells else ""
    if text:
        return row_plan.source("status_source", text)
    cited = [citation.source for citation in last.citations.all()] if last is not None else []
    same = last is not None and row_plan.cells.changed.isdisjoint({"status"})
    return cited[0] if cited and same else None


def _reasons(row_plan: RowPlan, move: dict) -> dict[str, str]:
    given = {
        language: row_plan.cells.value(name)
        for language, name in _REASONS.items()
        if name in row_plan.cells and row_plan.cells.texts[name].strip()
    }
    return given if given or not move["corrects"] else in_all(_corrected)


def _corrected() -> str:
    return _("The date was corrected by an import.")


def in_all(say: Callable[..., Any]) -> dict[str, str]:
    """What `say` says in each language of the content."""
    found = {}
    for language in Language.values:
        with translation.override(language):
            found[language] = say()
    return found


def _side(row_plan: RowPlan) -> str | None:
    code = (
        row_plan.cells.value("status_decided_by") if "status_decided_by" in row_plan.cells else ""
    )
    if code:
        row_plan.cells.known("status_decided_by", [code], row_plan.lists.countries)
    return code or None


def _check_needs(row_plan: RowPlan, move: dict, source: KnownSource | Source | None) -> None:
    if any(name.startswith(_ASKED) for name in row_plan.cells.errors):
        return  # what it has cannot be told; that is said there already
    needs = missing(move["to"], _facts(row_plan, move, source))
    if needs:
        text = " ".join(str(NEED_LABELS[need]) for need in needs)
        told = {"needs": text, "column": "status_source"}
        hint = _("%(needs)s A source is named in the column %(column)s.")
        row_plan.cells.refuse("status", hint % told if "source" in str(needs) else text)


def _facts(row_plan: RowPlan, move: dict, source: KnownSource | Source | None) -> StatusFacts:
    milestones = [] if row_plan.stored is None else list(row_plan.stored.milestones.all())
    return StatusFacts.of(
        today=timezone.localdate(),
        effective=row_plan.cells.value("status_since")
        if "status_since" in row_plan.cells
        else None,
        previous=_date_before(row_plan, move),
        reasons=move["reason"].values(),
        source=source,
        held_event_relations=_held(row_plan),
        main_sectors=row_plan.main_sectors,
        parties=row_plan.parties,
        organisations=row_plan.organisations,
        start=row_plan.value_of("actual_start"),
        end=row_plan.value_of("actual_end"),
        milestones=milestones,
        outcomes=[row_plan.value_of(f"outcome_{code}") for code in Language.values],
        delivered=row_plan.value_of("delivered") or "",
        not_delivered=[row_plan.value_of(name) for name in NOT_DELIVERED],
        decided_by=move["decided_by"] or "",
        second_person=True,
        imported=row_plan.directly,
        elsewhere=row_plan.elsewhere,
    )


def _date_before(row_plan: RowPlan, move: dict) -> PartialDate | None:
    """The date of the status that the new one follows, as in `actions.statuses`."""
    changes = [] if row_plan.stored is None else list(row_plan.stored.status_changes.all())
    if move["corrects"]:
        corrected = {change.corrects_id for change in changes}
        changes = [
            change
            for change in changes[:-1]
            if change.pk not in corrected and change.to_status != move["to"]
        ]
    return changes[-1].effective if changes else None


def _held(row_plan: RowPlan) -> frozenset[str]:
    links = [] if row_plan.stored is None else row_plan.stored.events.all()
    return frozenset(link.relation for link in links if link.event.state == EventState.HELD)
