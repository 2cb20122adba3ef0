"""XLSX: the first sheet of a workbook, row by row. Why not by a library: docs/adr/0007."""

from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext as _

from initiatives.exchange.reading.headers import Header, recognise
from initiatives.exchange.reading.origin import Origin
from initiatives.exchange.reading.package import Package, opened
from initiatives.exchange.reading.shared_texts import shared_texts
from initiatives.exchange.reading.sheet import Merged, Stored, StoredRow, merged_ranges, stored_rows
from initiatives.exchange.reading.sheet_cells import Cells, NotTaken
from initiatives.exchange.reading.table import Problem, Row, Table, Unreadable
from initiatives.exchange.reading.workbook import Plan, planned


def read_xlsx(origin: Origin) -> Table:
    with opened(origin) as package:
        plan = planned(package)
        cells = Cells(plan, shared_texts(package, plan.texts))
        merged = _merged(package, plan)
        header = _header(package, plan, cells)
    _refuse_merged_header(merged, header)
    return Table(
        format="xlsx",
        facts=[(_("Format"), "XLSX"), *_sheets(plan), header.fact],
        columns=header.columns,
        unknown=header.unknown,
        rows=partial(_rows, origin, plan, cells, header, merged),
    )


def _sheets(plan: Plan) -> list[tuple[str, str]]:
    read, *others = plan.sheets
    facts = [(_("Sheet"), read)]
    return [*facts, (_("Sheets not read"), ", ".join(others))] if others else facts


def _merged(package: Package, plan: Plan) -> list[Merged]:
    with package.part(plan.sheet) as part:
        return merged_ranges(part)


def _header(package: Package, plan: Plan, cells: Cells) -> Header:
    with package.part(plan.sheet) as part:
        for number, stored in stored_rows(part):
            texts = [
                _plain(stored.get(place), cells) for place in range(max(stored, default=-1) + 1)
            ]
            if any(map(str.strip, texts)):
                return recognise(texts, number)
    raise Unreadable(_("The first sheet is empty."))


def _plain(cell: Stored | None, cells: Cells) -> str:
    try:
        return cells.text(cell, "") if cell else ""
    except NotTaken:
        return cell.text


def _refuse_merged_header(merged: list[Merged], header: Header) -> None:
    for one in merged:
        if one.first <= header.number <= one.last:
            raise Unreadable(_merged_message(one), header.number)


def _rows(
    origin: Origin, plan: Plan, cells: Cells, header: Header, merged: list[Merged]
) -> Iterator[Row]:
    with opened(origin) as package, package.part(plan.sheet) as part:
        for stored in stored_rows(part):
            if stored[0] > header.number and stored[1]:
                row = _row(stored, cells, header)
                row.problems += _problems_of_merged(merged, row.number, header)
                if row.problems or any(map(str.strip, row.cells.values())):
                    yield row


def _row(stored: StoredRow, cells: Cells, header: Header) -> Row:
    number, found = stored
    width = max(len(header.names), max(found) + 1)
    texts, problems = [""] * width, []
    for place, cell in found.items():
        column = header.names[place] if place < len(header.names) else None
        try:
            texts[place] = cells.text(cell, column or "")
        except NotTaken as error:
            texts[place] = "" if cell.formula else cell.text
            if column:
                problems.append(Problem(column, str(error)))
    row = header.row(number, texts)
    row.problems += problems
    return row


def _problems_of_merged(merged: list[Merged], number: int, header: Header) -> Iterator[Problem]:
    for one in merged:
        if one.first <= number <= one.last:
            name = header.names[one.place] if one.place < len(header.names) else None
            yield Problem(name or "", _merged_message(one))


def _merged_message(merged: Merged) -> str:
    return _("The cells %s are merged. Unmerge them and fill in each.") % merged.name
