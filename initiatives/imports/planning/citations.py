"""Sources that a row cites for the initiative as a whole. What is cited already stays."""

from initiatives.choices import ChangeAction
from initiatives.imports.planning.row_plan import RowPlan
from initiatives.models.changes import Edit

COLUMN = "cited_sources"


def plan_citations(row_plan: RowPlan) -> None:
    """`stored.citations` were fetched for the rows of a file that has the column."""
    if COLUMN not in row_plan.cells.changed:
        return
    rows = () if row_plan.stored is None else row_plan.stored.citations.all()
    cited = {row.source.slug for row in rows}
    for text in dict.fromkeys(row_plan.cells.value(COLUMN)):
        slug = row_plan.source(COLUMN, text).slug
        if slug not in cited:
            cited.add(slug)
            row_plan.edits.append(_added(row_plan.code, slug))


def _added(code: str, slug: str) -> Edit:
    texts = {"source": slug, "initiative": code}
    return {
        "model": "citation",
        "key": [slug, "", "initiative", code],
        "action": ChangeAction.CREATED.value,
        "fields": {name: [None, text] for name, text in texts.items() if text},
    }
