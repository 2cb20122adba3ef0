"""The page of one import: what it would do or did, row by row, and the next step."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from initiatives.actions import imports
from initiatives.choices import DeskRole, ImportState, RowAction, RowOutcome
from initiatives.desk.admin.access import rights_of
from initiatives.desk.admin.imports.workflow_actions import FAILED, counted
from initiatives.exchange.columns import READABLE
from initiatives.models import ImportBatch, ImportRow
from initiatives.translatable import Translatable

if TYPE_CHECKING:
    from initiatives.desk.admin.imports.batches import ImportBatchAdmin


ON_A_PAGE = 50
_SHOWN = 300  # characters of a cell
_CHOSEN_BY_BOX = (RowAction.CREATE, RowAction.UPDATE, RowAction.CONFLICT)


@dataclass(frozen=True)
class Line:
    """A cell of a row in words."""

    label: str
    old: str
    new: str
    error: str
    finding: str


@dataclass(frozen=True)
class Tab:
    """A choice of rows; `query` leads to it."""

    label: Translatable
    number: int
    query: str
    is_here: bool


class PreviewPage:
    def __init__(self, admin: "ImportBatchAdmin", request: HttpRequest, batch: ImportBatch) -> None:
        self.admin, self.request, self.batch = admin, request, batch
        self.action = request.GET.get("action", "")
        self.outcome = request.GET.get("outcome", "")

    def answer(self) -> TemplateResponse:
        page = Paginator(self._rows(), ON_A_PAGE).get_page(self.request.GET.get("page"))
        for row in page:
            _put_into_words(row)
        batch, waits = self.batch, self.batch.state == ImportState.PREVIEWED
        rights = rights_of(self.request)
        may_edit = rights.highest >= DeskRole.EDITOR
        context = {
            **self.admin.admin_site.each_context(self.request),
            "title": str(batch),
            "opts": self.admin.opts,
            "media": self.admin.media,
            "batch": batch,
            "page": page,
            "tabs": self._tabs(),
            "query": self._query(),
            "may_apply": waits and may_edit and self._does_something(),
            "before": self._before() if waits else [],
            "again": waits and imports.made_already(batch, rights=rights).exists(),
            "conflicts": batch.counts.get(RowAction.CONFLICT, 0),
            "may_undo": batch.state == ImportState.APPLIED and may_edit,
            "failed": batch.rows.filter(FAILED).count(),
            "pages": page.paginator.get_elided_page_range(page.number),
        }
        return TemplateResponse(self.request, "admin/initiatives/imports/batch.html", context)

    def _before(self) -> list[str]:
        """The earlier imports of the same file, in words."""
        rows = imports.applied_before(self.batch.sha256, rights=rights_of(self.request))
        return imports.in_words(rows.exclude(pk=self.batch.pk))

    def _rows(self) -> QuerySet[ImportRow]:
        rows = self.batch.rows.select_related("initiative").order_by("number")
        if self.action in RowAction.values:
            rows = rows.filter(action=self.action)
        return rows.filter(outcome=self.outcome) if self.outcome in RowOutcome.values else rows

    def _query(self) -> str:
        if self.action in RowAction.values:
            return f"action={self.action}&"
        return f"outcome={self.outcome}&" if self.outcome in RowOutcome.values else ""

    def _does_something(self) -> bool:
        return any(self.batch.counts.get(action) for action in _CHOSEN_BY_BOX)

    def _tabs(self) -> list[Tab]:
        total = sum(self.batch.counts.values())
        tabs = [Tab(_("All"), total, "?", not self._query())]
        for label, number in counted(self.batch):
            action = next(one for one in RowAction if one.label == label)
            tabs.append(Tab(label, number, f"?action={action}", self.action == action))
        return tabs + self._outcomes()

    def _outcomes(self) -> list[Tab]:
        if self.batch.state == ImportState.PREVIEWED:
            return []
        numbers = [(one, self.batch.rows.filter(outcome=one.value).count()) for one in RowOutcome]
        return [
            Tab(one.label, number, f"?outcome={one.value}", self.outcome == one.value)
            for one, number in numbers
            if number
        ]


def _put_into_words(row: ImportRow) -> None:
    """`whole` is of the row as a whole; the cells of a new record are folded under its title.

    `said` are the notes that do not stand beside a cell already.
    """
    cells = dict(row.cells)
    whole = line_of(("", cells.pop("", {})))
    said = [
        (_label(name) if name else "", text)
        for name, text in row.notes
        if "finding" not in cells.get(name, {})
    ]
    lines = list(map(line_of, cells.items()))
    titles = (cell["new"] for name, cell in cells.items() if name.startswith("title_"))
    is_new = row.action == RowAction.CREATE and not any(line.finding for line in lines)
    beside = row.__dict__  # its own fields are there as well
    beside["whole"], beside["said"], beside["lines"] = whole, said, lines
    beside["has_box"] = row.action in _CHOSEN_BY_BOX
    beside["folded_under"] = next(filter(None, titles), row.key) if is_new else ""


def line_of(item: tuple[str, dict[str, str]]) -> Line:
    """A column of a row and its cell, in words."""
    name, cell = item
    label = _label(name)
    old, new = (_short(cell.get(key) or "") for key in ("old", "new"))
    return Line(label, old, new, cell.get("error", ""), cell.get("finding", ""))


def _label(name: str) -> str:
    return str(READABLE[name]) if name in READABLE else name


def _short(text: str) -> str:
    return f"{text[:_SHOWN]}…" if len(text) > _SHOWN else text
