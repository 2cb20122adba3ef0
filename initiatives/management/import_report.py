"""A plan in words for a terminal, and as the JSON of the public contract."""

import json
from typing import Any, TextIO

from initiatives.choices import RowAction
from initiatives.exchange.planning import Plan, PlannedRow

FEW = 20  # rows of each action that are shown
_SHOWN = 60  # characters of a cell


def write_report(plan: Plan, file: TextIO) -> None:
    """`{"create", "update", "unchanged", "conflict", "error", "rows": […]}`, row by row."""
    counts = json.dumps(plan.counts)
    file.write(f'{counts[:-1]}, "rows": [')
    for place, row in enumerate(plan.rows()):
        file.write(",\n" if place else "\n")
        json.dump(_told(row), file, ensure_ascii=False)
    file.write("\n]}\n")


def _told(row: PlannedRow) -> dict[str, Any]:
    return {"row": row.number, "key": row.key, "action": row.action, "cells": row.cells}


def write_preview(plan: Plan, out: Any, *, everything: bool) -> None:
    for label, value in plan.facts:
        out.write(f"{label}: {value}")
    for action in (RowAction.CREATE, RowAction.UPDATE, RowAction.CONFLICT, RowAction.ERROR):
        _write_rows(plan, action, out, everything=everything)
    out.write(", ".join(f"{number} {action}" for action, number in plan.counts.items()))


def _write_rows(plan: Plan, action: str, out: Any, *, everything: bool) -> None:
    for place, row in enumerate(plan.rows(action)):
        if place == FEW and not everything:
            out.write(f"  … and {plan.counts[action] - FEW} more to {action}")
            return
        out.write(f"{action} row {row.number} {row.key}".rstrip())
        for column, cell in row.cells.items():
            out.write(f"  {_cell(action, column, cell)}")


def _cell(action: str, column: str, cell: dict[str, str]) -> str:
    said = cell.get("error") or cell.get("finding")
    if said:
        said = said.replace("\n", "\n  ")
        return f"{column}: {said}" if column else said
    if action == RowAction.CREATE:
        return f"{column}: {_short(cell['new'])}"
    return f"{column}: {_short(cell['old'])} → {_short(cell['new'])}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return f"“{text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}”" if text else "(empty)"
