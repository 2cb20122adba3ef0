"""ODS: a spreadsheet in OpenDocument (ISO/IEC 26300). Why not by a library: docs/adr/0015."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import BinaryIO

from django.utils.translation import gettext as _

from initiatives.imports.reading import limits
from initiatives.imports.reading.ods_rows import OdsRows
from initiatives.imports.reading.ods_styles import Styles, styles_of
from initiatives.imports.reading.origin import Origin
from initiatives.imports.reading.package import Package, opened
from initiatives.imports.reading.sheet_cells import Cells
from initiatives.imports.reading.stored import Sheet, StoredRow
from initiatives.imports.reading.table import Unreadable
from initiatives.imports.reading.xml_events import heard

CONTENT = "content.xml"
_KINDS = tuple(
    f"application/vnd.oasis.opendocument.spreadsheet{ending}" for ending in ("", "-template")
)
_TABLE = re.compile(rb"<(?:\w{1,20}:)?table\s([^<>]{0,2000})>")
_NAME = re.compile(rb"(?:^|[\s:])(name|style-name)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_OVERLAP = 2_100  # bytes, more than such a tag has


class OdsBook:
    format = "ODS"

    def __init__(self, origin: Origin, package: Package) -> None:
        _check(package)
        self._origin = origin
        self._styles = styles_of(package)
        self.sheets = _sheets(package, self._styles)
        self.cells = Cells(self._styles.formats)
        self._hidden: dict[str, set[int]] = {}

    @staticmethod
    def is_in(package: Package) -> bool:
        return "mimetype" in package.names or CONTENT in package.names

    @contextmanager
    def rows(self, sheet: Sheet) -> Iterator[Iterator[StoredRow]]:
        with opened(self._origin) as package, package.part(CONTENT) as part:
            yield self._rows(part, sheet)

    def hidden_columns(self, sheet: Sheet) -> set[int]:
        """They are told before the first row, which was looked at when the sheet was chosen."""
        return self._hidden.get(sheet.place, set())

    def _rows(self, part: BinaryIO, sheet: Sheet) -> Iterator[StoredRow]:
        found = OdsRows(int(sheet.place), self._styles)
        for _turn in heard(part, found):
            self._hidden[sheet.place] = found.hidden
            while found.ready:
                yield from found.expanded(found.ready.popleft())
            if found.is_over:
                return


def _check(package: Package) -> None:
    """Refuse what is no spreadsheet of OpenDocument, or is locked."""
    kind = _head(package, "mimetype")
    if kind and kind not in _KINDS:
        raise Unreadable(_("This is another kind of document. Save it as .ods, .xlsx or CSV."))
    manifest = _head(package, "META-INF/manifest.xml")
    if "encryption-data" in manifest or "encrypted-package" in package.names:
        raise Unreadable(_("The spreadsheet has a password. Save it without one."))


def _head(package: Package, name: str) -> str:
    if name not in package.names:
        return ""
    with package.part(name) as part:
        return part.read(limits.MIB).decode("utf-8", "replace").strip()


def _sheets(package: Package, styles: Styles) -> list[Sheet]:
    """The names of all sheets, looked for without reading what is in them."""
    found: list[Sheet] = []
    rest = b""
    with package.part(CONTENT) as part:
        while piece := part.read(64 * 1024):
            rest += piece
            end = 0
            for tag in _TABLE.finditer(rest):
                found.append(_sheet(tag[1], len(found), styles))
                end = tag.end()
            if len(found) > limits.SHEETS:
                raise Unreadable(_("The workbook has too many sheets or styles. Save it as CSV."))
            rest = rest[max(end, len(rest) - _OVERLAP) :]
    return found


def _sheet(tag: bytes, place: int, styles: Styles) -> Sheet:
    told = {name.decode(): (one or other) for name, one, other in _NAME.findall(tag)}
    text = {key: unescape(value.decode("utf-8", "replace")) for key, value in told.items()}
    is_hidden = text.get("style-name", "") in styles.hidden_tables
    return Sheet(text.get("name", ""), is_hidden, str(place))
