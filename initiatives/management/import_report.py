"""A plan in words for a terminal, and as the JSON of the public contract."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, TextIO

from django.utils.translation import gettext as _

from initiatives.choices import RowAction
from initiatives.imports.planning import Plan, PlannedRow

FEW = 20  # rows of each action that are shown
_SHOWN = 60  # characters of a cell
# Of rows that stay as they are only those of which something is said.
_ACTIONS = [
    *(RowAction.UNCHANGED, RowAction.CREATE, RowAction.UPDATE),
    *(RowAction.CONFLICT, RowAction.ERROR),
]


def write_report(plan: Plan, file: TextIO, *, notes: Sequence[str] = ()) -> None:
    """`{"create", "update", "unchanged", "conflict", "error", "rows": […]}`, row by row.

    `notes` are said of the file as a whole, as is what of it was guessed, understood otherwise or
    not read; they stand before the rows if there are any.
    """
    notes = [*notes, *_remarks(plan)]
    said = {"notes": notes} if notes else {}
    counts = json.dumps(plan.counts | said, ensure_ascii=False)
    file.write(f'{counts[:-1]}, "rows": [')
    for place, row in enumerate(plan.rows()):
        file.write(",\n" if place else "\n")
        json.dump(_told(row), file, ensure_ascii=False)
    file.write("\n]}\n")


def _remarks(plan: Plan) -> list[str]:
    """What is told of the file beyond how a plain one is read."""
    plain = {_("Format"), _("Encoding"), _("Delimiter"), _("Header"), _("Sheet"), _("Rows")}
    return [f"{label}: {value}" for label, value in plan.facts() if label not in plain]


def _told(row: PlannedRow) -> dict[str, Any]:
    return {
        "row": row.number,
        "key": row.key,
        "action": row.action,
        "cells": row.cells,
        "notes": [_said(*note) for note in row.notes],
    }


def _said(column: str, text: str) -> str:
    return f"{column}: {text}" if column else text


def write_preview(plan: Plan, out: Any, *, everything: bool) -> None:
    for label, value in plan.facts():
        out.write(f"{label}: {value}")
    for action in _ACTIONS:
        _write_rows(plan, action, out, everything=everything)
    out.write(", ".join(f"{number} {action}" for action, number in plan.counts.items()))


def _write_rows(plan: Plan, action: str, out: Any, *, everything: bool) -> None:
    shown = 0
    for row in plan.rows(action):
        if action == RowAction.UNCHANGED and not row.notes:
            continue
        if shown == FEW and not everything:
            out.write(f"  … and {plan.counts[action] - FEW} more to {action}")
            return
        shown += 1
        out.write(f"{action} row {row.number} {row.key}".rstrip())
        for line in _lines(row):
            out.write(f"  {line}")


def _lines(row: PlannedRow) -> Iterator[str]:
    for column, cell in row.cells.items():
        yield _cell(row.action, column, cell)
    for column, text in row.notes:
        cell = row.cells.get(column, {})
        if "error" in cell or "finding" not in cell:
            yield _said(column, text.replace("\n", "\n  "))


def _cell(action: str, column: str, cell: dict[str, str]) -> str:
    said = cell.get("error") or cell.get("finding")
    if said:
        return _said(column, said.replace("\n", "\n  "))
    if action == RowAction.CREATE:
        return f"{column}: {_short(cell['new'])}"
    return f"{column}: {_short(cell['old'])} → {_short(cell['new'])}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return f"“{text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}”" if text else "(empty)"
