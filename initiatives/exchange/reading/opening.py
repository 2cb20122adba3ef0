"""Which reader reads a file. Its content decides; the name only where the content says nothing."""

from django.utils.translation import gettext as _

from initiatives.exchange.reading import limits
from initiatives.exchange.reading.delimited import read_delimited
from initiatives.exchange.reading.encodings import recognised
from initiatives.exchange.reading.json_table import read_json
from initiatives.exchange.reading.origin import Origin
from initiatives.exchange.reading.table import Table, Unreadable
from initiatives.exchange.reading.xlsx_table import read_xlsx

_ZIP = (b"PK\3\4", b"PK\5\6")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def open_table(file, name: str | None = None) -> Table:
    """The table in `file`, a path or a binary file that can be sought.

    Raises Unreadable; so may the iteration over the table.
    """
    origin = Origin(file, name)
    origin.at_most(limits.FILE)
    _refuse_others(origin.head)
    if origin.head.startswith(_ZIP) or _is_named(origin, ".xlsx"):
        return read_xlsx(origin)
    encoding = recognised(origin)
    begin = encoding.decoded(origin.head).lstrip("\ufeff \t\r\n")[:1]
    if begin in ("[", "{") or _is_named(origin, ".json"):
        return read_json(origin, encoding)
    if begin == "<":
        raise Unreadable(_("This is XML or a web page. Send CSV, XLSX or JSON."))
    return read_delimited(origin, encoding)


def _is_named(origin: Origin, ending: str) -> bool:
    return origin.name.lower().endswith(ending)


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
        raise Unreadable(_("This is no table. Send CSV, XLSX or JSON."))
