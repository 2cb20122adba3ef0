"""Which reader reads a file. Its content decides; the name only where the content says nothing."""

import re
from pathlib import Path
from typing import BinaryIO

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from initiatives.imports.reading import limits
from initiatives.imports.reading.delimited import read_delimited
from initiatives.imports.reading.encodings import Encoding, named, recognised
from initiatives.imports.reading.iati_table import read_iati
from initiatives.imports.reading.json_table import read_json
from initiatives.imports.reading.ods_book import OdsBook
from initiatives.imports.reading.origin import Origin
from initiatives.imports.reading.package import opened
from initiatives.imports.reading.spreadsheet_table import table_of
from initiatives.imports.reading.table import Table, Unreadable
from initiatives.imports.reading.xlsx_book import XlsxBook
from initiatives.rights import Rights

_ZIP = (b"PK\3\4", b"PK\5\6")
_HTML = re.compile(rb"<(!doctype\s+html|html|head|body|table|div)\b", re.I)
# Spreadsheets that are one XML file: OpenDocument's flat form, and that of Excel 2003.
_FLAT = (b"oasis:names:tc:opendocument", b"schemas-microsoft-com:office:spreadsheet")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def open_table(
    file: BinaryIO | UploadedFile | Path,
    name: str | None = None,
    *,
    rights: Rights | None = None,
    encoding: str = "",
) -> Table:
    """The table in `file`, a path or a binary file that can be sought.

    `rights` are those of the officer whose lists the names in an activity file are looked up in;
    without them it is a command of the server. `encoding` is the name of the one that a text file
    is in, where a person says so; the table of one that was guessed has a `sample`.

    Raises Unreadable; so may the iteration over the table.
    """
    origin = Origin(file, name)
    origin.at_most(limits.FILE)
    _refuse_others(origin.head)
    if origin.head.startswith(_ZIP) or _is_named(origin, ".xlsx", ".ods"):
        return _read_spreadsheet(origin)
    if _begins_as_xml(origin.head):
        _refuse_other_xml(origin.head)
        return read_iati(origin, rights or Rights.of_system())
    return _read_text(origin, named(origin, encoding) if encoding else recognised(origin))


def _read_text(origin: Origin, encoding: Encoding) -> Table:
    begin = encoding.decoded(origin.head).lstrip("\ufeff \t\r\n")[:1]
    is_json = begin in ("[", "{") or _is_named(origin, ".json")
    table = (read_json if is_json else read_delimited)(origin, encoding)
    table.sample = encoding.sample
    return table


def _read_spreadsheet(origin: Origin) -> Table:
    with opened(origin) as package:
        kind = OdsBook if OdsBook.is_in(package) else XlsxBook
        book = kind(origin, package)
    return table_of(book)


def _begins_as_xml(head: bytes) -> bool:
    """In any encoding of XML: UTF-16 has a NUL beside each sign."""
    return head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")


def _refuse_other_xml(head: bytes) -> None:
    head = head.replace(b"\0", b"")
    if any(name in head for name in _FLAT):
        raise Unreadable(_("This is another kind of document. Save it as .ods, .xlsx or CSV."))
    if _HTML.search(head):
        raise Unreadable(
            _("This is a web page. Send CSV, XLSX, ODS, JSON or a file of IATI activities.")
        )


def _is_named(origin: Origin, *endings: str) -> bool:
    return origin.name.lower().endswith(endings)


def _refuse_others(head: bytes) -> None:
    if not head.strip():
        raise Unreadable(_("The file is empty."))
    if head.startswith(_OLE):
        raise Unreadable(
            _(
                "This is an old .xls file, or a workbook with a password. Save it without a"
                " password as .xlsx or as CSV."
            )
        )
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"7z\xbc\xaf")):
        raise Unreadable(
            _("This is no table. Send CSV, XLSX, ODS, JSON or a file of IATI activities.")
        )
