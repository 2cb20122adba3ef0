"""Rows of the lists that a file brings itself, since its cells point to them."""

from django.utils.translation import gettext as _

from initiatives.imports.planning.row_plan import RowPlan
from initiatives.models.changes import Edit

# The lists that everybody shares (`rights.LISTS`), and which column points to them.
_FOR_CHIEFS = {"country": "countries_roles", "sector": "sectors"}
_SHOWN = 20


def plan_new_references(row_plan: RowPlan) -> None:
    """Say what is new, and refuse what belongs to lists that the officer may not change."""
    new = row_plan.makes
    if not row_plan.lists.rights.is_superuser:
        for model, column in _FOR_CHIEFS.items():
            _refuse(row_plan, column, [edit for edit in new if edit["model"] == model])
        new = [edit for edit in new if edit["model"] not in _FOR_CHIEFS]
    if new:
        row_plan.notes.append(_("New in the lists: %(names)s.") % {"names": _listed(new)})


def _refuse(row_plan: RowPlan, column: str, lacking: list[Edit]) -> None:
    if lacking:
        told = {"names": _listed(lacking)}
        message = _("Not in the lists: %(names)s. Ask the administrator to add it.") % told
        row_plan.cells.errors.setdefault(column if column in row_plan.cells else "", message)


def _name(edit: Edit) -> str:
    fields = edit["fields"]
    names = (fields.get(name, [None, None])[1] for name in ("title", "name_en"))
    return next(filter(None, names), edit["key"][0])


def _listed(edits: list[Edit]) -> str:
    names = list(map(_name, edits))
    return "; ".join(names[:_SHOWN]) + ("; …" if len(names) > _SHOWN else "")
