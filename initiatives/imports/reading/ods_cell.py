"""One cell of an ODS, told by its attributes and the paragraphs in it."""

import re

from initiatives.imports.reading.ods_styles import TABLE
from initiatives.imports.reading.stored import Stored, bounded

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_CALCEXT = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_PARAGRAPHS = ("p", "h")
_SIGNS = {"s": " ", "tab": "\t", "line-break": "\n"}
# What is computed and failed is a text like any other where the program does not say so.
_ERROR = re.compile(r"#[A-ZА-ЯЁ/0]+[!?]?|Err:\d{3}", re.A | re.I)
_BREAKS = re.compile(r"[ \t]*[\r\n][ \t\r\n]*")  # of the XML, and none of the text
_VALUES = {  # types → the attribute with the value, and the type in the words of SpreadsheetML
    "float": ("value", "n"),
    "percentage": ("value", "percentage"),
    "currency": ("value", "n"),
    "date": ("date-value", "d"),
    "time": ("time-value", "d"),
    "boolean": ("boolean-value", "b"),
}


class OdsCell:
    def __init__(self, attributes: dict[str, str]) -> None:
        self.attributes = attributes
        self._texts: list[str] = []
        self._paragraphs = self._length = 0
        self._inside = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name in _PARAGRAPHS:
            if self._paragraphs:
                self._add("\n")
            self._paragraphs += 1
            self._inside = True
        elif name in _SIGNS and self._inside:
            times = attributes.get(f"{_TEXT}c", "1")
            many = int(times) if times.isascii() and times.isdigit() and len(times) < 7 else 1
            self._add(_SIGNS[name], many)

    def end(self, name: str) -> None:
        if name in _PARAGRAPHS:
            self._inside = False

    def text(self, text: str) -> None:
        if self._inside:
            self._add(_BREAKS.sub(" ", text))

    def stored(self, style: int) -> Stored | None:
        """None if the cell is empty."""
        kind = self.attributes.get(f"{_OFFICE}value-type", "")
        formula = f"{TABLE}formula" in self.attributes
        shown = "".join(self._texts)
        failed = self.attributes.get(f"{_CALCEXT}value-type") == "error"
        if failed or (formula and _ERROR.fullmatch(shown)):
            return Stored("e", style, shown, formula)
        if kind in _VALUES:
            name, type_ = _VALUES[kind]
            value = self.attributes.get(_OFFICE + name, "")
            currency = self.attributes.get(f"{_OFFICE}currency", "")
            return Stored(type_, style, value, formula, currency)
        text = shown or self.attributes.get(f"{_OFFICE}string-value", "")
        bounded(len(text))
        if not text and not formula:
            return None
        computed = formula and bool(kind)  # to no text, which is a value as well
        return Stored("text" if text or not computed else "str", style, text, formula)

    def _add(self, text: str, times: int = 1) -> None:
        self._length = bounded(self._length + len(text) * times)
        self._texts.append(text * times)
