"""XLSX: a workbook in SpreadsheetML (ECMA-376)."""

from collections.abc import Iterator
from contextlib import contextmanager

from initiatives.imports.reading.origin import Origin
from initiatives.imports.reading.package import Package, opened
from initiatives.imports.reading.shared_texts import shared_texts
from initiatives.imports.reading.sheet import Layout, layout, stored_rows
from initiatives.imports.reading.sheet_cells import Cells
from initiatives.imports.reading.stored import Sheet, StoredRow
from initiatives.imports.reading.workbook import planned


class XlsxBook:
    format = "XLSX"

    def __init__(self, origin: Origin, package: Package) -> None:
        self._origin = origin
        plan = planned(package)
        self.sheets = plan.sheets
        shared = shared_texts(package, plan.texts)
        self.cells = Cells(plan.formats, shared, since_1904=plan.since_1904)
        self._layouts: dict[str, Layout] = {}

    @contextmanager
    def rows(self, sheet: Sheet) -> Iterator[Iterator[StoredRow]]:
        with opened(self._origin) as package, package.part(sheet.place) as part:
            yield self._with_merged(stored_rows(part), sheet)

    def hidden_columns(self, sheet: Sheet) -> set[int]:
        return self._layout(sheet).hidden

    def _with_merged(self, rows: Iterator[StoredRow], sheet: Sheet) -> Iterator[StoredRow]:
        known = self._layouts.get(sheet.place)
        merged = list(known.merged.values()) if known else []
        for row in rows:
            row.merged = [one for one in merged if one.first <= row.number <= one.last]
            yield row

    def _layout(self, sheet: Sheet) -> Layout:
        """Of the sheet that is read only, since it has to be gone through for that."""
        if sheet.place not in self._layouts:
            with opened(self._origin) as package, package.part(sheet.place) as part:
                self._layouts[sheet.place] = layout(part)
        return self._layouts[sheet.place]
