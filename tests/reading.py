"""Files made by hand for the tests of reading: good ones, and ones that are meant to do harm."""

import io
import json
import zipfile

from initiatives.exchange import csv_file, xlsx_file
from initiatives.exchange.columns import Column
from initiatives.exchange.xlsx_file import letters_of
from initiatives.exchange.xlsx_parts import AROUND, SHEET, XML
from initiatives.imports.reading import open_table

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def table(content, name=None):
    """The table in a text, or in bytes; anything else is written as JSON."""
    if not isinstance(content, str | bytes):
        content = json.dumps(content)
    return open_table(io.BytesIO(content.encode() if isinstance(content, str) else content), name)


def cells(content, name=None):
    return [row.cells for row in table(content, name)]


def problems(content):
    """Row, column and message of all that is wrong."""
    return [(row.number, one.column, one.message) for row in table(content) for one in row.problems]


def written(rows, writer):
    """The file that our own writer makes of rows of cells."""
    columns = [Column(name, name, lambda row, name=name: row[name]) for name in rows[0]]
    return b"".join(writer.parts(rows, columns))


def as_csv(rows):
    return written(rows, csv_file)


def as_xlsx(rows):
    return written(rows, xlsx_file)


def sheet(*rows, after=""):
    """The XML of a sheet whose cells are given as XML without their names, row by row."""
    lines = (
        f'<row r="{number}">'
        + "".join(
            cell.replace("<c", f'<c r="{letters_of(place)}{number}"', 1)
            for place, cell in enumerate(row, start=1)
            if cell
        )
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )
    return (
        f'{XML}<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData>{after}</worksheet>'
    )


def text(value):
    return f'<c t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'


def number(value, style=0):
    return f'<c s="{style}"><v>{value}</v></c>'


def workbook(content=None, parts=(), **known):
    """A workbook with this sheet; `known` replace others of its parts by their short names."""
    files = {**AROUND, SHEET: content or sheet([text("code")]), **dict(parts)}
    for name in files:
        files[name] = known.get(name.rpartition("/")[2].removesuffix(".xml"), files[name])
    return packed(files)


def with_shared(content):
    """The parts of a workbook whose cells share these texts."""
    name = "xl/_rels/workbook.xml.rels"
    link = f'<Relationship Id="rId3" Type="{LINKS}/sharedStrings" Target="/xl/texts.xml"/>'
    links = AROUND[name].replace("</Relationships>", f"{link}</Relationships>")
    return {"parts": {name: links, "xl/texts.xml": content}}


def packed(files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def unpacked(content):
    """The parts of a workbook by their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def styles(*formats):
    """Style 0 is for numbers; the next ones have these numbers of formats or codes."""
    codes = [one for one in formats if isinstance(one, str)]
    numbers = [one if isinstance(one, int) else 200 + codes.index(one) for one in formats]
    written = "".join(
        f'<numFmt numFmtId="{200 + place}" formatCode="{code}"/>'
        for place, code in enumerate(codes)
    )
    cells = "".join(f'<xf numFmtId="{one}"/>' for one in (0, *numbers))
    return (
        f'{XML}<styleSheet xmlns="{MAIN}"><numFmts>{written}</numFmts>'
        f'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{cells}</cellXfs></styleSheet>'
    )
