"""A row that was edited outside, beside a record that was edited here meanwhile.

An export tells from which version it was made, so there are three texts of each cell: as it was
exported, as it is stored now, and as it stands in the file. What the file left as it was follows
the record; what only the file changed is a change; what both changed is a conflict.
"""

from django.utils.translation import gettext as _

from initiatives.imports.planning.cells import VERSION, Cells

# Columns that only together say something.
_TOGETHER = {
    **dict.fromkeys(("countries", "parties", "countries_roles"), "countries"),
    "countries_percents": "countries",
    "main_sector": "sectors",
    **dict.fromkeys(("status", "status_since"), "status"),
}
_SHOWN = 120


def merge(cells: Cells, before: dict[str, str]) -> None:
    """Take over from the record what the file left as it was; `before` are the cells as they were
    exported. What both changed is put into `cells.contested`."""
    for names in _groups(cells).values():
        theirs = [name for name in names if before.get(name, "") != cells.written.get(name, "")]
        mine = [name for name in names if before.get(name, "") != cells.texts[name]]
        if theirs and mine:
            _contest(cells, names, theirs)
        elif theirs:
            for name in theirs:
                cells.follow(name)
                cells.note(name, _("Changed here after the export; it stays as it is now."))


def _groups(cells: Cells) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in cells.texts:
        if name != VERSION:
            first = name.partition("_")[0]
            several = first if first in ("funding", "budget", "sectors", "organisations") else name
            found.setdefault(_TOGETHER.get(name, several), []).append(name)
    return found


def _contest(cells: Cells, names: list[str], theirs: list[str]) -> None:
    if cells.changed.isdisjoint(names):
        return  # both say the same
    cells.contested.update(names)
    for name in theirs:
        told = {"now": cells.written.get(name, "")[:_SHOWN] or "–"}
        cells.note(name, _("Changed here after the export, to: %(now)s") % told)
