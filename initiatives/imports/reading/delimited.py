"""CSV: texts between commas, semicolons, tabs or bars, of which there may be any number of rows."""

import csv
import re
from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext as _

from initiatives.exchange.cells import original
from initiatives.imports.reading import limits
from initiatives.imports.reading.encodings import Encoding
from initiatives.imports.reading.header_search import TextRow, header_among, likelihood
from initiatives.imports.reading.headers import Header
from initiatives.imports.reading.lines import Lines
from initiatives.imports.reading.origin import Origin
from initiatives.imports.reading.stored import too_many_empty
from initiatives.imports.reading.table import Facts, Row, Table, Unreadable

csv.field_size_limit(limits.CELL)  # one for the whole process; Python's own is 131,072

_QUOTED = re.compile("[“”„«‘’'`].*[”“»’‘'`]", re.S)
_SEPARATOR_LINE = re.compile("sep=.?", re.I)  # by which Excel is told the delimiter


def read_delimited(origin: Origin, encoding: Encoding) -> Table:
    delimiter, header = _header(origin, encoding)
    return Table(
        format="csv",
        facts=partial(_facts, encoding, delimiter, header),
        columns=header.columns,
        unknown=header.unknown,
        rows=partial(_rows, origin, encoding, delimiter, header),
    )


def _facts(encoding: Encoding, delimiter: str, header: Header) -> Facts:
    names = {",": _("comma"), ";": _("semicolon"), "\t": _("tab"), "|": _("vertical bar")}
    return [
        (_("Format"), "CSV"),
        (_("Encoding"), encoding.label),
        (_("Delimiter"), names[delimiter]),
        *header.facts(),
    ]


def _header(origin: Origin, encoding: Encoding) -> tuple[str, Header]:
    """The delimiter under which a row names the most columns, and that row.

    So a bar, which parts the values in a cell, is the delimiter only where the header has it.
    """
    found, refused = {}, []
    for delimiter in ",;\t|":
        try:
            found[delimiter] = _first(origin, encoding, delimiter)
        except Unreadable as error:
            refused.append(error)
    if not found:
        raise refused[0]
    best = max(found, key=lambda one: (likelihood(found[one]), len(found[one][0][1])))
    header = header_among(found[best])
    _refuse_other_quotes(header)
    return best, header


def _first(origin: Origin, encoding: Encoding, delimiter: str) -> list[TextRow]:
    """The first rows, up to one that cannot be read: what is wrong there is told later."""
    rows: list[TextRow] = []
    try:
        for number, texts in _filled(_records(origin, encoding, delimiter, limits.HEADER)):
            if rows or not _SEPARATOR_LINE.fullmatch("".join(texts)):
                rows.append((number, texts))
            if len(rows) == limits.SEARCHED:
                break
    except Unreadable:
        if not rows:
            raise
    if not rows:
        raise Unreadable(_("The file has no row that is not empty."))
    return rows


def _refuse_other_quotes(header: Header) -> None:
    """A word processor makes signs of another kind of the marks that keep a cell together."""
    quoted = sum(_QUOTED.fullmatch(text) is not None for text in header.texts)
    if 2 * quoted > len(header.texts):
        message = _('The quotation marks of the file are not the straight ones ("). Replace them.')
        raise Unreadable(message, header.number)


def _rows(origin: Origin, encoding: Encoding, delimiter: str, header: Header) -> Iterator[Row]:
    for number, texts in _filled(_records(origin, encoding, delimiter, limits.ROW)):
        if number > header.number:
            texts = [original(text) if text[:1] == "'" else text for text in texts]
            row = header.row(number, texts)
            if row.problems or any(map(str.strip, row.cells.values())):
                yield row


def _filled(rows: Iterator[TextRow]) -> Iterator[TextRow]:
    """The rows that are not empty. Refuses empty ones without end."""
    empty = last = 0
    for row in rows:
        if any(map(str.strip, row[1])):
            empty, last = 0, row[0]
            yield row
        elif (empty := empty + 1) > limits.EMPTY_ROWS:
            raise too_many_empty(last)


def _records(origin: Origin, encoding: Encoding, delimiter: str, longest: int) -> Iterator[TextRow]:
    """The rows with the lines on which they begin."""
    with origin.open() as stream:
        lines = Lines(encoding.pieces(stream), delimiter, longest)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        while True:
            lines.begin_row()
            try:
                texts = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise lines.refusal(error) from error
            yield lines.first, texts
