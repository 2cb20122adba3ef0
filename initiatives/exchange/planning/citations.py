"""Sources that a row cites for the initiative as a whole. What is cited already stays."""

from initiatives.choices import ChangeAction
from initiatives.exchange.planning.wish import Wish

COLUMN = "cited_sources"


def plan_citations(wish: Wish) -> None:
    """`stored.citations` were fetched for the rows of a file that has the column."""
    if COLUMN not in wish.cells.changed:
        return
    rows = [] if wish.stored is None else wish.stored.citations.all()
    cited = {row.source.slug for row in rows}
    for text in dict.fromkeys(wish.cells.value(COLUMN)):
        slug = wish.source(COLUMN, text).slug
        if slug not in cited:
            cited.add(slug)
            wish.edits.append(_added(wish.code, slug))


def _added(code: str, slug: str) -> dict:
    texts = {"source": slug, "initiative": code}
    return {
        "model": "citation",
        "key": [slug, "", "initiative", code],
        "action": ChangeAction.CREATED.value,
        "fields": {name: [None, text] for name, text in texts.items() if text},
    }
