"""CSV: texts between commas, semicolons or tabs, of which there may be any number of rows."""

import csv
import re
from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext as _

from initiatives.exchange.cells import original
from initiatives.exchange.reading import limits
from initiatives.exchange.reading.encodings import Encoding
from initiatives.exchange.reading.headers import Header, count_known, recognise
from initiatives.exchange.reading.lines import Lines
from initiatives.exchange.reading.origin import Origin
from initiatives.exchange.reading.table import Row, Table, Unreadable

csv.field_size_limit(limits.CELL)  # one for the whole process; Python's own is 131,072

_SEPARATOR_LINE = re.compile("sep=.?", re.I)  # by which Excel is told the delimiter


def read_delimited(origin: Origin, encoding: Encoding) -> Table:
    delimiter, header = _header(origin, encoding)
    names = {",": _("comma"), ";": _("semicolon"), "\t": _("tab")}
    return Table(
        format="csv",
        facts=[
            (_("Format"), "CSV"),
            (_("Encoding"), encoding.label),
            (_("Delimiter"), names[delimiter]),
            header.fact,
        ],
        columns=header.columns,
        unknown=header.unknown,
        rows=partial(_rows, origin, encoding, delimiter, header),
    )


def _header(origin: Origin, encoding: Encoding) -> tuple[str, Header]:
    """The delimiter under which the first row names the most columns, and that row."""
    found, refused = {}, []
    for delimiter in ",;\t":
        try:
            found[delimiter] = _first(origin, encoding, delimiter)
        except Unreadable as error:
            refused.append(error)
    if not found:
        raise refused[0]
    best = max(found, key=lambda one: (count_known(found[one][1]), len(found[one][1])))
    number, texts = found[best]
    return best, recognise(texts, number)


def _first(origin: Origin, encoding: Encoding, delimiter: str) -> tuple[int, list[str]]:
    for number, texts in _records(origin, encoding, delimiter, limits.HEADER):
        if any(map(str.strip, texts)) and not _SEPARATOR_LINE.fullmatch("".join(texts)):
            return number, texts
    raise Unreadable(_("The file has no row that is not empty."))


def _rows(origin: Origin, encoding: Encoding, delimiter: str, header: Header) -> Iterator[Row]:
    for number, texts in _records(origin, encoding, delimiter, limits.ROW):
        if number > header.number and any(map(str.strip, texts)):
            texts = [original(text) if text[:1] == "'" else text for text in texts]
            yield header.row(number, texts)


def _records(
    origin: Origin, encoding: Encoding, delimiter: str, longest: int
) -> Iterator[tuple[int, list[str]]]:
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
