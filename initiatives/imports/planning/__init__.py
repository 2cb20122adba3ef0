"""What a table would do to what is stored. Nothing is written here.

    plan = make_plan(table, rights=Rights(user))
    plan.counts, plan.rows()

Rows are looked at in chunks, with the same number of queries for each, and kept in a file of
their own meanwhile, so the memory does not grow with the table.
"""

from initiatives.imports.planning.kept import failed_rows, fingerprint, keep_plan
from initiatives.imports.planning.planner import Plan, make_plan
from initiatives.imports.planning.row import PlannedRow

__all__ = ["Plan", "PlannedRow", "failed_rows", "fingerprint", "keep_plan", "make_plan"]
