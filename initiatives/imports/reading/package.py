"""The zip that an XLSX or ODS is, opened only after a look at its list of contents."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from os import SEEK_END
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from django.utils.translation import gettext as _

from initiatives.imports.reading import limits
from initiatives.imports.reading.origin import Origin
from initiatives.imports.reading.table import Unreadable

_END, _END_LENGTH, _LONGEST_COMMENT = b"PK\5\6", 22, 65_535
_LOCATOR, _LOCATOR_LENGTH = b"PK\6\7", 20
_ENCRYPTED = 1
_DAMAGED = (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, ValueError)


class Package:
    """What is packed in a spreadsheet. `zipfile` gives no more of a part than the list says, so
    the sizes in the list are the bounds."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.names = set(archive.namelist())

    @contextmanager
    def part(self, name: str) -> Iterator[BinaryIO]:
        if name not in self.names:
            raise Unreadable(_("The spreadsheet has no part %s. Save it again.") % name[:100])
        with damage_told(), self._archive.open(name) as part:
            yield cast(BinaryIO, part)


@contextmanager
def opened(origin: Origin) -> Iterator[Package]:
    origin.at_most(limits.PACKED)
    with origin.open() as stream:
        _check_directory(stream)
        with damage_told(), zipfile.ZipFile(stream) as archive:
            _check_entries(archive.infolist())
            yield Package(archive)


@contextmanager
def damage_told() -> Iterator[None]:
    try:
        yield
    except Unreadable:
        raise
    except (*_DAMAGED, zlib.error) as error:
        raise Unreadable(_("The spreadsheet is damaged. Open it and save it again.")) from error


def _check_directory(stream: BinaryIO) -> None:
    """`zipfile` reads the whole list before it tells how long it is."""
    size = stream.seek(0, SEEK_END) or stream.tell()
    length = min(size, _END_LENGTH + _LONGEST_COMMENT + _LOCATOR_LENGTH)
    stream.seek(size - length)
    tail = stream.read(length)
    at = tail.rfind(_END)
    end = tail[at : at + _END_LENGTH]
    if at < 0 or len(end) < _END_LENGTH:
        raise Unreadable(_("This is no XLSX file, or not all of it. Save it as .xlsx again."))
    entries, listed = int.from_bytes(end[10:12], "little"), int.from_bytes(end[12:16], "little")
    if _LOCATOR in tail[max(0, at - _LOCATOR_LENGTH) : at]:
        raise Unreadable(_("The spreadsheet is packed as a giant file. Save it with Excel."))
    if entries > limits.ENTRIES or listed > limits.DIRECTORY:
        raise Unreadable(_("Too many files are packed in the spreadsheet. Save it as CSV."))
    stream.seek(0)


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Unreadable(_("The spreadsheet has a password. Save it without one."))
    if any(map(_is_strange, names)) or len(set(names)) < len(names):
        raise Unreadable(_("The spreadsheet has parts with strange names. Save it with Excel."))
    if any(map(_is_macro, names)):
        raise Unreadable(_("The workbook has macros. Save it as .xlsx or as CSV."))
    if "xl/workbook.bin" in names:
        raise Unreadable(_("This is another kind of spreadsheet. Save it as .xlsx or as CSV."))
    _check_sizes(entries)


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    bombs = [
        entry
        for entry in entries
        if entry.file_size > limits.RATIO_FROM
        and entry.file_size > limits.RATIO * max(entry.compress_size, 1)
    ]
    if bombs or sum(entry.file_size for entry in entries) > limits.UNPACKED:
        raise Unreadable(_("The spreadsheet would grow too much when unpacked. Save it as CSV."))


def _is_macro(name: str) -> bool:
    return name.lower().endswith("vbaproject.bin") or name.startswith(("Basic/", "Scripts/"))


def _is_strange(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name
