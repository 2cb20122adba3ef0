"""The fields of the record itself, and the record above it."""

from collections.abc import Callable
from typing import Any, cast

from django.utils.translation import gettext as _

from initiatives.actions.initiatives import MOVED_WHY, PROMISES
from initiatives.choices import Language, Publication
from initiatives.editions.record import INITIATIVE_TEXTS
from initiatives.exchange.cell_parsers import Codes
from initiatives.fields.typed import field_of
from initiatives.imports.planning.row_plan import RowPlan
from initiatives.models import ImportRow, Initiative

TITLES = [f"title_{language}" for language in Language.values]
LONGEST_REASON = field_of(ImportRow, "moved_because").max_length or 0
PLAIN = [
    "kind",
    *(f"{name}_{language}" for name in INITIATIVE_TEXTS for language in Language.values),
    *("planned_start", "planned_end", "actual_start", "actual_end", "nothing_stated"),
    "delivered",
]


def plan_field(name: str) -> Callable[..., Any]:
    """A step that plans the field `name`; one for each, so that no error hides another."""

    def step(row_plan: RowPlan) -> None:
        if name in row_plan.cells.changed:
            row_plan.alter(name, row_plan.cells.value(name))

    return step


def plan_title(row_plan: RowPlan) -> None:
    """A record needs a title in one language at least."""
    if not any(row_plan.value_of(name) for name in TITLES):
        column = next((name for name in TITLES if name in row_plan.cells), TITLES[0])
        row_plan.cells.refuse(column, _("Give a title in one language at least."))


def plan_promises(row_plan: RowPlan) -> None:
    """A date that was promised to the public does not move without a word."""
    moved = [name for name in PROMISES[Initiative] if row_plan.fields.get(name, [None])[0]]
    reason = row_plan.cells.value("moved_because") if "moved_because" in row_plan.cells else ""
    if moved and len(reason) > LONGEST_REASON:
        told = {"length": len(reason), "most": LONGEST_REASON}
        message = _(
            "The reason has %(length)s characters; at most %(most)s are allowed. Shorten it."
        )
        row_plan.cells.refuse("moved_because", message % told)
    row_plan.moved_because = reason if moved else ""
    if moved and not reason and _is_bound(row_plan.stored):
        message = _("%(why)s Write it into the column %(column)s.")
        told_why = {"why": MOVED_WHY, "column": "moved_because"}
        row_plan.cells.refuse(moved[0], message % told_why)


def _is_bound(stored: Initiative | None) -> bool:
    if stored is None:
        return False
    waits = stored.publication in (Publication.DRAFT, Publication.IN_REVIEW)
    moved: bool = cast(Any, stored).has_moved  # annotated where it was fetched
    return moved or stored.published_at is not None or not waits


def plan_desk(row_plan: RowPlan) -> None:
    """A new record belongs to a desk of the officer, or nobody there might see it."""
    name = row_plan.cells.value("desk") if "desk" in row_plan.cells else ""
    stored = row_plan.stored
    if stored is not None and stored.desk is not None and stored.desk.name == name:
        return  # also where the record is covered by a desk of the officer and belongs to another
    if name:
        row_plan.cells.known("desk", [name], Codes(row_plan.lists.desks))
        row_plan.alter("desk", name)
    elif (
        row_plan.stored is None and not row_plan.lists.rights.is_superuser and row_plan.lists.desks
    ):
        row_plan.alter("desk", row_plan.lists.desks[0])


def plan_parent(row_plan: RowPlan, parents: dict[str, Initiative]) -> None:
    """`parents` are those that are stored and may be seen; any other may come with the file."""
    if "parent" not in row_plan.cells.changed:
        return
    text = row_plan.cells.value("parent")
    found = parents.get(text)
    if text and found is None:
        row_plan.above = text
    elif found is not None and row_plan.stored is not None and found.pk == row_plan.stored.pk:
        row_plan.cells.refuse("parent", _("An initiative cannot be part of itself."))
    else:
        row_plan.alter("parent", None if found is None else found.code)
