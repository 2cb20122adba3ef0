"""The fields of the record itself, and the record above it."""

from django.utils.translation import gettext as _

from initiatives.actions.initiatives import MOVED_WHY, PROMISES
from initiatives.choices import Language, Publication
from initiatives.exchange.planning.wish import Wish
from initiatives.models import ImportRow, Initiative

TITLES = [f"title_{language}" for language in Language.values]
LONGEST_REASON = ImportRow._meta.get_field("moved_because").max_length
PLAIN = [
    "kind",
    *TITLES,
    *(
        f"{name}_{language}"
        for name in ("summary", "description", "outcome")
        for language in Language.values
    ),
    *("planned_start", "planned_end", "actual_start", "actual_end", "nothing_stated"),
]


def plan_field(name: str):
    """A step that plans the field `name`; one for each, so that no error hides another."""

    def step(wish: Wish) -> None:
        if name in wish.cells.changed:
            wish.alter(name, wish.cells.value(name))

    return step


def plan_title(wish: Wish) -> None:
    """A record needs a title in one language at least."""
    if not any(wish.value_of(name) for name in TITLES):
        column = next((name for name in TITLES if name in wish.cells), TITLES[0])
        wish.cells.refuse(column, _("Give a title in one language at least."))


def plan_promises(wish: Wish) -> None:
    """A date that was promised to the public does not move without a word."""
    moved = [name for name in PROMISES[Initiative] if wish.fields.get(name, [None])[0]]
    reason = wish.cells.value("moved_because") if "moved_because" in wish.cells else ""
    if moved and len(reason) > LONGEST_REASON:
        told = {"length": len(reason), "most": LONGEST_REASON}
        message = _(
            "The reason has %(length)s characters; at most %(most)s may stand here. Shorten it."
        )
        wish.cells.refuse("moved_because", message % told)
    wish.moved_because = reason if moved else ""
    if moved and not reason and _is_bound(wish.stored):
        told = {"why": MOVED_WHY, "column": "moved_because"}
        wish.cells.refuse(moved[0], _("%(why)s Write it into the column %(column)s.") % told)


def _is_bound(stored: Initiative) -> bool:
    waits = stored.publication in (Publication.DRAFT, Publication.IN_REVIEW)
    return stored.has_moved or stored.published_at is not None or not waits


def plan_desk(wish: Wish) -> None:
    """A new record belongs to a desk of the officer, or nobody there might see it."""
    name = wish.cells.value("desk") if "desk" in wish.cells else ""
    if name:
        wish.cells.known("desk", [name], wish.lists.desks)
        wish.alter("desk", name)
    elif wish.stored is None and not wish.lists.rights.is_chief and wish.lists.desks:
        wish.alter("desk", wish.lists.desks[0])


def plan_parent(wish: Wish, parents: dict[str, Initiative]) -> None:
    """`parents` are those that are stored and may be seen; any other may come with the file."""
    if "parent" not in wish.cells.changed:
        return
    text = wish.cells.value("parent")
    found = parents.get(text)
    if text and found is None:
        wish.above = text
    elif found is not None and wish.stored is not None and found.pk == wish.stored.pk:
        wish.cells.refuse("parent", _("An initiative cannot be part of itself."))
    else:
        wish.alter("parent", found and found.code)
