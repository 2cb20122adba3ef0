"""The status that a row gives, by the rules of the lifecycle."""

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from initiatives.choices import EventState, Language
from initiatives.exchange.planning.cells import Wrong
from initiatives.exchange.planning.wish import Wish
from initiatives.lifecycle import NEED_LABELS, Facts, Status, missing, moves_from

# The columns of which the rules of a status ask.
_ASKED = ("countr", "part", "sector", "main_sector", "organisation", "actual", "outcome")
_REASONS = {language: f"status_reason_{language}" for language in Language.values}


def plan_status(wish: Wish) -> None:
    """Enter the status of the row, or correct its date where the status is the same."""
    if not wish.cells.any_changed(("status", "status_since")):
        return
    if wish.elsewhere:
        _as_published(wish)
    else:
        wish.move = _move(wish)


def _as_published(wish: Wish) -> None:
    """A status of another publisher that does not fit ours is told; nobody could mend the file."""
    before = dict(wish.cells.errors)
    try:
        wish.move = _move(wish)
    except Wrong:
        why = [text for name, text in wish.cells.errors.items() if before.get(name) != text]
        wish.cells.errors = before
        wish.notes.append(_("The status is left alone: %(why)s") % {"why": " ".join(why)})


def _move(wish: Wish) -> dict:
    last = _last_change(wish)
    to = wish.cells.value("status") if "status" in wish.cells else None
    if to is None:
        to = _without(wish, last)
    move = {
        "to": to,
        "effective": _since(wish),
        "corrects": last is not None and to == last.to_status,
        "elsewhere": wish.elsewhere,
    }
    if last is not None and not move["corrects"] and to not in moves_from(last.to_status):
        told = {"old": last.get_to_status_display(), "new": Status(to).label}
        wish.cells.refuse("status", _("The status cannot go from “%(old)s” to “%(new)s”.") % told)
    source = _source(wish, last)
    move |= {
        "reason": _reasons(wish, move),
        "source": source and source.slug,
        "decided_by": _side(wish),
    }
    _check_needs(wish, move, source)
    return move


def _last_change(wish: Wish):
    """The changes of records whose status differs were fetched, see `stored.fetch_for_status`."""
    changes = [] if wish.stored is None else list(wish.stored.status_changes.all())
    return changes[-1] if changes else None


def _without(wish: Wish, last) -> str:
    if "status" in wish.cells.changed:
        wish.cells.refuse("status", _("A status is not taken away; enter the one that holds."))
    if last is None and wish.stored is None:
        wish.cells.refuse("status_since", _("Say in the column status which status this is."))
    return last.to_status if last is not None else wish.stored.status


def _since(wish: Wish) -> str | None:
    if "status_since" not in wish.cells:
        return None
    value = wish.cells.value("status_since")
    return None if value is None else str(value)


def _source(wish: Wish, last):
    text = wish.cells.value("status_source") if "status_source" in wish.cells else ""
    if text:
        return wish.source("status_source", text)
    cited = [citation.source for citation in last.citations.all()] if last is not None else []
    same = last is not None and wish.cells.changed.isdisjoint({"status"})
    return cited[0] if cited and same else None


def _reasons(wish: Wish, move: dict) -> dict[str, str]:
    given = {
        language: wish.cells.value(name)
        for language, name in _REASONS.items()
        if name in wish.cells and wish.cells.texts[name].strip()
    }
    return given if given or not move["corrects"] else in_all(_corrected)


def _corrected() -> str:
    return _("The date was corrected by an import.")


def in_all(say) -> dict[str, str]:
    """What `say` says in each language of the content."""
    found = {}
    for language in Language.values:
        with translation.override(language):
            found[language] = say()
    return found


def _side(wish: Wish) -> str | None:
    code = wish.cells.value("status_decided_by") if "status_decided_by" in wish.cells else ""
    if code:
        wish.cells.known("status_decided_by", [code], wish.lists.countries)
    return code or None


def _check_needs(wish: Wish, move: dict, source) -> None:
    if any(name.startswith(_ASKED) for name in wish.cells.errors):
        return  # what it has cannot be told; that is said there already
    needs = missing(move["to"], _facts(wish, move, source))
    if needs:
        text = " ".join(str(NEED_LABELS[need]) for need in needs)
        told = {"needs": text, "column": "status_source"}
        hint = _("%(needs)s A source is named in the column %(column)s.")
        wish.cells.refuse("status", hint % told if "source" in str(needs) else text)


def _facts(wish: Wish, move: dict, source) -> Facts:
    milestones = [] if wish.stored is None else wish.stored.milestones.all()
    return Facts(
        today=timezone.localdate(),
        effective=wish.cells.value("status_since") if "status_since" in wish.cells else None,
        previous=_date_before(wish, move),
        reason="".join(move["reason"].values()),
        source_kinds=frozenset([source.kind] if source else []),
        public_source=bool(source and source.is_public),
        held_event_relations=_held(wish),
        main_sectors=wish.main_sectors,
        parties=wish.parties,
        organisations=wish.organisations,
        start=wish.value_of("actual_start"),
        end=wish.value_of("actual_end"),
        open_milestones=sum(milestone.is_open for milestone in milestones),
        outcome="".join(wish.value_of(f"outcome_{code}") or "" for code in Language.values),
        decided_by=move["decided_by"] or "",
        second_person=True,
        imported=wish.directly,
        elsewhere=wish.elsewhere,
    )


def _date_before(wish: Wish, move: dict):
    """The date of the status that the new one follows, as in `actions.statuses`."""
    changes = [] if wish.stored is None else list(wish.stored.status_changes.all())
    if move["corrects"]:
        corrected = {change.corrects_id for change in changes}
        changes = [
            change
            for change in changes[:-1]
            if change.pk not in corrected and change.to_status != move["to"]
        ]
    return changes[-1].effective if changes else None


def _held(wish: Wish) -> frozenset[str]:
    links = [] if wish.stored is None else wish.stored.events.all()
    return frozenset(link.relation for link in links if link.event.state == EventState.HELD)
