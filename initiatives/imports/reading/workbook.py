"""What is told about the sheets outside of them: their names, where they are, their formats."""

from collections.abc import Sized
from dataclasses import dataclass, field, replace
from posixpath import join, normpath
from typing import TypeVar

from django.utils.translation import gettext as _

from initiatives.imports.reading import limits
from initiatives.imports.reading.number_formats import NumberFormat, number_format
from initiatives.imports.reading.package import Package
from initiatives.imports.reading.stored import Sheet
from initiatives.imports.reading.table import Unreadable
from initiatives.imports.reading.xml_events import Listener, hear

_MAIN = "xl/workbook.xml"


@dataclass
class Workbook(Listener):
    """`sheets` have the keys of links; `since_1904` tells how days are counted."""

    sheets: list[Sheet] = field(default_factory=list)
    since_1904: bool = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            _bounded(self.sheets, limits.SHEETS)
            link = next((v for k, v in attributes.items() if k.endswith(" id")), "")
            is_hidden = attributes.get("state", "visible") != "visible"  # hidden, or very hidden
            self.sheets.append(Sheet(attributes.get("name", ""), is_hidden, link))
        elif name == "workbookPr":
            self.since_1904 = attributes.get("date1904") in ("1", "true")


@dataclass
class _Links(Listener):
    """Where the parts are that a part names; `base` is its folder."""

    base: str
    found: list[tuple[str, str, str]] = field(default_factory=list)  # key, type, place

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            _bounded(self.found, limits.SHEETS)
            place = normpath(join("/", self.base, attributes.get("Target", ""))).lstrip("/")
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.found.append((attributes.get("Id", ""), kind, place))

    def of_kind(self, kind: str) -> str | None:
        return next((place for _key, found, place in self.found if found == kind), None)

    def sheet_of(self, key: str) -> str:
        """Where the sheet with this key is, or nothing if it is a chart."""
        kinds = ("worksheet", "")
        return next((at for one, kind, at in self.found if one == key and kind in kinds), "")


@dataclass
class _Styles(Listener):
    """For each style what it says of a number."""

    codes: dict[int, str] = field(default_factory=dict)
    formats: list[NumberFormat] = field(default_factory=list)
    _inside: bool = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            _bounded(self.codes, limits.STYLES)
            self.codes[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            _bounded(self.formats, limits.STYLES)
            number = _number(attributes.get("numFmtId"))
            self.formats.append(number_format(number, self.codes.get(number)))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._inside = False


@dataclass(frozen=True)
class Plan:
    """Where the parts of a workbook are, and what its cells need to be understood."""

    sheets: list[Sheet]
    texts: str | None
    formats: list[NumberFormat]
    since_1904: bool


def planned(package: Package) -> Plan:
    main = _links(package, "_rels/.rels", "").of_kind("officeDocument") or _MAIN
    folder, _slash, name = main.rpartition("/")
    links = _links(package, f"{folder}/_rels/{name}.rels".lstrip("/"), folder)
    workbook = _heard(package, main, Workbook())
    styles = links.of_kind("styles")
    return Plan(
        sheets=[replace(one, place=links.sheet_of(one.place)) for one in workbook.sheets],
        texts=links.of_kind("sharedStrings"),
        formats=_heard(package, styles, _Styles()).formats if styles else [],
        since_1904=workbook.since_1904,
    )


def _links(package: Package, name: str, base: str) -> _Links:
    return _heard(package, name, _Links(base)) if name in package.names else _Links(base)


Heard = TypeVar("Heard", Workbook, _Links, _Styles)


def _heard(package: Package, name: str, listener: Heard) -> Heard:
    with package.part(name) as part:
        hear(part, listener)
    return listener


def _bounded(found: Sized, limit: int) -> None:
    if len(found) >= limit:
        raise Unreadable(_("The workbook has too many sheets or styles. Save it as CSV."))


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
