"""The cells of one row beside what is stored."""

import re
from collections.abc import Iterable
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from initiatives.exchange.cell_parsers import Codes, numbers_in, unknown
from initiatives.exchange.cells import join, once, split
from initiatives.exchange.columns import DATES, READABLE
from initiatives.imports.reading.suspicion import SEPARATOR
from initiatives.models.record import LONGEST_NUMBER
from initiatives.notation import Number, exact_text
from initiatives.text.plain_text import clean, damage

VERSION = "version"
_SHORT = 200  # characters of a cell that may stand in many rows
_DIGITS = r"(?:-?[0-9]+(?:\.[0-9]{2})?)?"
_PLAIN = re.compile(rf"{_DIGITS}(?:\|{_DIGITS})*")
DATA = {name: column for name, column in READABLE.items() if column.read is not None}
# The columns of which a preview shows how a cell was understood.
_MAY_READ_OTHERWISE = {name for name, column in DATA.items() if column.measure or name in DATES}


class Wrong(Exception):
    """A cell was refused; what it says of the record cannot be told."""


class Cells:
    """`texts` are those of the file, `written` what `columns` writes of the stored record.

    `changed` names the columns that differ. Only those are read, or what they need beside them.
    `findings` are what is said of each column that is no error, `contested` the columns that
    somebody edited here after the file had been made from the record, if `is_compared` says that
    this could be told. `read` are the values of short cells, by column and text, that were read
    and of which nothing had to be said: other rows of the file have the same ones.
    """

    def __init__(
        self,
        texts: dict[str, str],
        written: dict[str, str],
        findings: dict[str, list[str]],
        read: dict[tuple[str, str], Any] | None = None,
    ) -> None:
        self.texts, self.written = texts, written
        self._read = {} if read is None else read
        self.changed = {name for name in texts if _differ(texts[name], written.get(name, ""))}
        self.changed.discard(VERSION)
        self.contested: set[str] = set()
        self.is_compared = False
        self.errors: dict[str, str] = {}
        self.findings = {name: list(found) for name, found in findings.items()}

    def __contains__(self, name: str) -> bool:
        return name in self.texts

    @property
    def version(self) -> int | None:
        """The version of the record from which the file was made, if it says so."""
        text = self.texts.get(VERSION, "").strip()
        is_number = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
        return int(text) if is_number else None

    def any_changed(self, names: Iterable[str]) -> bool:
        return not self.changed.isdisjoint(names)

    def value(self, name: str) -> Any:
        """What the cell means. Raises Wrong, with the reason kept, if it means nothing."""
        if name in self.errors:
            raise Wrong
        cell = name, self.texts[name]
        value = self._read[cell] if cell in self._read else self._value(*cell)
        return list(value) if isinstance(value, list) else value

    def _value(self, name: str, text: str) -> Any:
        if name in self.changed and (wrong := damage(text, separator=SEPARATOR)):
            self.refuse(name, wrong)
        try:
            value = DATA[name].value(text)
        except ValidationError as refusal:
            self.refuse(name, " ".join(refusal.messages))
        noted = [one.note for one in self.numbers(name) if one is not None and one.note]
        for note in noted:
            self.note(name, note)
        if name in self.changed and not noted and len(text) <= _SHORT:
            self._read[name, text] = value
        return value

    def numbers(self, name: str) -> list[Number | None]:
        """How the numbers of a cell were understood; none where its text is plain digits."""
        measure = DATA[name].measure
        if measure is None or _PLAIN.fullmatch(self.texts[name]):
            return []
        return numbers_in(self.texts[name], measure)

    def as_read(self, name: str) -> str:
        """The cell as it was understood, written as the columns write it; what cannot be read is
        left as it stands."""
        text = self.texts[name]
        if name not in _MAY_READ_OTHERWISE or name in self.errors or name not in self.changed:
            return text
        try:
            if numbers := self.numbers(name):
                return join(map(_with_number, split(text), numbers))
            if name not in DATES:
                return text
            known = (name, text) in self._read
            return _written(self._read[name, text] if known else DATA[name].value(text))
        except (ValidationError, ValueError):
            return text

    def follow(self, name: str) -> None:
        """Leave the cell as the record has it."""
        self.texts[name] = self.written.get(name, "")
        self.changed.discard(name)

    def note(self, name: str, message: str) -> None:
        """Say of the cell how it was understood, where that is not plain from its text."""
        found = self.findings.setdefault(name, [])
        if str(message) not in found:
            found.append(str(message))

    def once(self, name: str) -> list:
        """The values of a list, each once; what stands twice is told."""
        values = self.value(name)
        found = once(values)
        if len(found) < len(values):
            twice = next(value for value in found if values.count(value) > 1)
            told = {"value": ":".join(twice) if isinstance(twice, tuple) else twice}
            self.note(name, _("“%(value)s” is given twice and is entered once.") % told)
        return found

    def refuse(self, name: str, message: str) -> NoReturn:
        self.errors.setdefault(name, str(message))
        raise Wrong

    def known(self, name: str, codes: Iterable[str], known: Codes) -> None:
        """Refuse the first of `codes` that is not `known`."""
        for code in codes:
            if code not in known:
                self.refuse(name, unknown(code, known).messages[0])


def _with_number(part: str, number: Number | None) -> str:
    before, sign, _digits = part.rpartition(":")
    return before + sign + ("" if number is None else exact_text(number.value))


def _written(dates: Any) -> str:
    values = dates if isinstance(dates, list) else [dates]
    return join("" if day is None else str(day) for day in values)


def _differ(text: str, written: str) -> bool:
    """Whether a text of the file says something else; what is stored may be older than `clean`."""
    return text != written and (written.isascii() or text != clean(written))
