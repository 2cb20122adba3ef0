"""Which cells of a row a preview shows: those whose meaning differs from what is stored."""

from initiatives.imports.planning.row_plan import RowPlan

# The rows of which model a column tells, by the word with which its name begins.
_MODELS = {
    "countries": "initiativecountry",
    "parties": "initiativecountry",
    "sectors": "initiativesector",
    "main": "initiativesector",
    "organisations": "initiativeorganisation",
    "funding": "funding",
    "budget": "budget",
    "external": "externalid",
    "cited": "citation",
}


def shown(row_plan: RowPlan) -> dict[str, dict[str, str]]:
    """Column → the old and the new text, and the finding where there is one.

    Another order of the same sectors, or another way to write the same date, is no change.
    """
    cells, models = row_plan.cells, {edit["model"] for edit in row_plan.edits}
    found = {}
    for name in cells.texts:
        if name in cells.findings or (
            name in cells.changed and _means_more(row_plan, name, models)
        ):
            found[name] = {"old": cells.written.get(name, ""), "new": cells.as_read(name)}
        if name in cells.findings:
            found[name]["finding"] = "\n".join(cells.findings[name])
    return found


def _means_more(row_plan: RowPlan, name: str, models: set[str]) -> bool:
    if row_plan.stored is None or name in row_plan.fields:
        return True
    if name.startswith("status"):
        return row_plan.move is not None
    if name in ("parent", "moved_because"):
        return bool(row_plan.above if name == "parent" else row_plan.moved_because)
    return _MODELS.get(name.partition("_")[0]) in models
