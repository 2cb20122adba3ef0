"""Some hundred rows at a time: what they mean, and what each of them would do."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from initiatives.choices import DeskRole, RowAction
from initiatives.exchange.columns import COLUMNS
from initiatives.exchange.columns.together import Rows
from initiatives.exchange.instance_row import table_row
from initiatives.imports.planning import citations, fields
from initiatives.imports.planning.budgets import plan_budgets
from initiatives.imports.planning.cells import DATA, Cells, Wrong
from initiatives.imports.planning.dates import note_dates
from initiatives.imports.planning.edited import clash
from initiatives.imports.planning.explaining import note_unused, plan_version
from initiatives.imports.planning.identifiers import in_latin, plan_identifiers
from initiatives.imports.planning.label_columns import CODES_OF, note_label_columns
from initiatives.imports.planning.lists import Lists
from initiatives.imports.planning.merging import merge
from initiatives.imports.planning.money import COLUMNS as MONEY
from initiatives.imports.planning.money import plan_money
from initiatives.imports.planning.new_references import plan_new_references
from initiatives.imports.planning.participants import plan_countries, plan_organisations
from initiatives.imports.planning.parts import plan_parts
from initiatives.imports.planning.preview import shown
from initiatives.imports.planning.row import PlannedRow
from initiatives.imports.planning.row_plan import RowPlan
from initiatives.imports.planning.sectors import plan_sectors
from initiatives.imports.planning.status import plan_delivered, plan_status
from initiatives.imports.planning.stored import (
    Stored,
    fetch_before,
    fetch_evidence,
    fetch_for_status,
)
from initiatives.imports.reading import Row
from initiatives.models import Initiative
from initiatives.text.lookalikes import latin, strange_letter
from initiatives.text.titles import title_keys

Step = Callable[[RowPlan], None]
_WRITTEN = [column for name, column in COLUMNS.items() if name in DATA]
_FIRST: list[Step] = [
    *map(fields.plan_field, fields.PLAIN),
    fields.plan_title,
    fields.plan_promises,
    note_dates,
    fields.plan_desk,
    plan_new_references,
    plan_countries,
    plan_organisations,
    plan_sectors,
    plan_money,
    plan_budgets,
    plan_parts,
    citations.plan_citations,
]
_MUST_DIFFER = {"status", "status_since"}
_LONGEST_KEY = 240


class Chunk:
    def __init__(self, rows: list[Row], lists: Lists) -> None:
        self.rows, self.lists = rows, lists
        self.codes = [_code(row) for row in rows]
        self.pairs = [_pairs(row) for row in rows]
        above = {row.cells["parent"].strip() for row in rows if row.cells.get("parent")}
        pairs = {pair for some in self.pairs for pair in some}
        pairs |= {in_latin(pair) for pair in pairs}
        self.stored = Stored.fetch(set(self.codes) - {""}, pairs, above, lists.rights)
        if any(citations.COLUMN in row.cells for row in rows):
            self.stored.fetch_citations()
        if any(row.parts for row in rows):
            self.stored.fetch_parts()

    def planned(self) -> Iterator[PlannedRow]:
        """Each row when it is asked for: many edits of many rows would fill the memory."""
        meant = [self._meant(*row) for row in zip(self.codes, self.pairs, strict=True)]
        read: dict[tuple[str, str], Any] = {}
        cells = [
            Cells(_told(row), _written(one), row.findings, read)
            for row, one in zip(self.rows, meant, strict=True)
        ]
        self._merge(meant, cells)
        known = [(one, own) for one, own in zip(meant, cells, strict=True) if one]
        fetch_for_status([one for one, own in known if own.any_changed(_MUST_DIFFER)])
        fetch_evidence([one for one, own in known if own.any_changed(MONEY)])
        rows = zip(self.rows, self.codes, self.pairs, meant, cells, strict=True)
        return (self._plan(*row) for row in rows)

    def _merge(self, meant: list, cells: list[Cells]) -> None:
        """Follow the record where only the record changed since the file was made from it."""
        known = [(one, own) for one, own in zip(meant, cells, strict=True) if one and own.version]
        seen = {one.pk: old for one, own in known if (old := own.version) and old < one.version}
        before = fetch_before(seen)
        for one, own in known:
            own.is_compared = own.version == one.version or one.pk in before
            if one.pk in before:
                merge(own, _written(before[one.pk]))

    def _meant(self, code: str, pairs: list) -> Initiative | None:
        if not code:
            code = next(
                (self.stored.owners[pair] for pair in pairs if pair in self.stored.owners), ""
            )
        return self.stored.by_code.get(code)

    def _plan(
        self, row: Row, code: str, pairs: list, meant: Initiative | None, cells: Cells
    ) -> PlannedRow:
        planned = PlannedRow(row.number, texts=_told(row))
        planned.key = code or next(map(":".join, pairs), "")
        planned.key = planned.key[:_LONGEST_KEY]
        planned.names = [name for name in (code, *map(":".join, pairs)) if name]
        planned.identity = f"#{meant.pk}" if meant else planned.key
        planned.elsewhere, planned.makes = row.elsewhere, self.lists.learn(row.makes)
        for problem in row.problems:
            cells.errors.setdefault(problem.column, problem.message)
        if row.elsewhere and code and meant is not None:
            return _left_alone(planned, meant)
        if meant is None and (strange := strange_letter(code)):
            hint = _("Did you mean “%(near)s”?") % {"near": latin(code)[:_LONGEST_KEY].upper()}
            planned.fail("code", f"{strange} {hint}")
            return planned
        if refusal := self._refusal(meant):
            planned.fail("", refusal)
            return planned
        direct = meant is None or meant.pk in self.stored.direct
        row_plan = RowPlan(cells, meant, self.lists, directly=direct)
        row_plan.key_is_identifier, row_plan.elsewhere = not code, row.elsewhere
        row_plan.makes, row_plan.notes = planned.makes, list(row.notes)
        row_plan.parts = row.parts
        self._run(row_plan)
        labels = {name: text for name, text in row.cells.items() if name in CODES_OF}
        note_label_columns(row_plan, labels)
        return self._conclude(planned, row_plan, code)

    def _refusal(self, meant: Initiative | None) -> str:
        if meant is not None and meant.pk not in self.stored.editable:
            return _("This is the record of another desk.")
        if meant is None and self.lists.rights.highest < DeskRole.EDITOR:
            return _("Your role does not let you make records.")
        return ""

    def _run(self, row_plan: RowPlan) -> None:
        steps: list[Callable[[RowPlan], None]] = [
            *_FIRST,
            partial(fields.plan_parent, parents=self.stored.parents),
            partial(plan_identifiers, owners=self.stored.owners),
            self._plan_code,
            plan_delivered,
            plan_status,
            plan_version,
            note_unused,
        ]
        for step in steps:
            with suppress(Wrong):
                step(row_plan)

    def _plan_code(self, row_plan: RowPlan) -> None:
        """A record that is to be made may bring its code; a row without one gets the next."""
        if row_plan.stored is None and row_plan.cells.texts.get("code", "").strip():
            row_plan.alter("code", row_plan.cells.value("code"))

    def _conclude(self, planned: PlannedRow, row_plan: RowPlan, code: str) -> PlannedRow:
        cells, meant = row_plan.cells, row_plan.stored
        planned.edits, planned.move, planned.above = (
            row_plan.all_edits(),
            row_plan.move,
            row_plan.above,
        )
        planned.moved_because = row_plan.moved_because
        planned.cells = shown(row_plan)
        _put_notes(planned, row_plan)
        if meant is not None:
            planned.initiative, planned.version = meant.pk, meant.version
        planned.action = self._action(planned, meant, cells)
        planned.edges = _edges(planned, row_plan, code)
        if planned.action == RowAction.CREATE:
            planned.titles = sorted(title_keys(map(row_plan.value_of, fields.TITLES)))
        for column, message in cells.errors.items():
            planned.fail(column, message)
        if planned.action == RowAction.UNCHANGED:
            planned.cells, planned.texts, planned.makes = {}, {}, []
        return planned

    def _action(self, planned: PlannedRow, meant: Initiative | None, cells: Cells) -> str:
        if meant is None:
            return RowAction.CREATE
        if not (planned.edits or planned.move or planned.above):
            return RowAction.UNCHANGED
        return RowAction.CONFLICT if self._is_contested(planned, meant, cells) else RowAction.UPDATE

    def _is_contested(self, planned: PlannedRow, meant: Initiative, cells: Cells) -> bool:
        """A file that tells its version was compared cell by cell; of others it is known only
        what people edited since the record was last imported."""
        if cells.is_compared:
            return bool(cells.contested)
        edits = self.stored.edited.get(meant.pk, [])
        return clash(edits, planned.edits, moves=planned.move is not None)


def _left_alone(planned: PlannedRow, meant: Initiative) -> PlannedRow:
    """An activity that we exported says less than the record and could only take things away."""
    planned.action, planned.texts = RowAction.UNCHANGED, {}
    planned.initiative, planned.version = meant.pk, meant.version
    planned.note(_("This is an activity of ours. IATI says less than the record, so it stays."))
    return planned


def _put_notes(planned: PlannedRow, row_plan: RowPlan) -> None:
    for note in row_plan.notes:
        planned.note(note)
    for column, found in row_plan.cells.findings.items():
        for note in found:
            planned.note(note, column)


def _told(row: Row) -> dict[str, str]:
    return {name: text for name, text in row.cells.items() if name in DATA}


def _code(row: Row) -> str:
    return row.cells.get("code", "").strip()


def _pairs(row: Row) -> list[tuple[str, str]]:
    try:
        return DATA["external_ids"].value(row.cells.get("external_ids", ""))
    except ValidationError:
        return []  # it is refused where the cell is planned


def _written(meant: Initiative | None) -> dict[str, str]:
    if meant is None:
        return {}
    rows = Rows([table_row(meant)])
    written = {column.name: column.cells(rows)[0] for column in _WRITTEN}
    desk = meant.desk.name if meant.desk is not None else ""
    return written | {"desk": desk}


def _edges(planned: PlannedRow, row_plan: RowPlan, code: str) -> list[str]:
    """Which record would be part of which, by the names that the file has for them."""
    above = planned.above or (row_plan.fields.get("parent") or [None, None])[1]
    child = row_plan.code or code or next(iter(planned.names), "")
    return [child, above] if above and child else []
