"""What the styles of an ODS say of cells and sheets: what a number means, and what is hidden."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from initiatives.imports.reading import limits
from initiatives.imports.reading.excel_dates import Shown
from initiatives.imports.reading.number_formats import (
    PLAIN,
    NumberFormat,
    currencies_in,
    scale_in,
)
from initiatives.imports.reading.package import Package
from initiatives.imports.reading.table import Unreadable
from initiatives.imports.reading.xml_events import Listener, heard

STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
NUMBER = "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0 "
_FORMATS = frozenset(
    "number-style currency-style percentage-style date-style time-style boolean-style"
    " text-style".split()
)
_TIMES = frozenset(("hours", "minutes", "seconds", "am-pm"))


@dataclass
class Styles:
    """`formats` are numbered; `numbers` has the number of the format of a style of cells."""

    formats: list[NumberFormat] = field(default_factory=lambda: [PLAIN])
    numbers: dict[str, int] = field(default_factory=dict)
    hidden_tables: set[str] = field(default_factory=set)


class _Listening(Listener):
    """Hears the styles of one part; those of the part before it are known already."""

    def __init__(self, known: Styles, data: dict[str, NumberFormat]) -> None:
        self.known, self.data = known, data
        self.is_over = False
        self._format = self._name = self._table = ""
        self._shown: set[str] = set()
        self._signs: list[str] = []
        self._words: list[str] = []
        self._unshown = 0
        self._in_sign = self._in_words = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name in _FORMATS:
            self._format, self._name = name, attributes.get(f"{STYLE}name", "")
            self._shown, self._signs, self._words, self._unshown = set(), [], [], 0
        elif self._format:
            self._shown.add(name)
            self._in_sign, self._in_words = name == "currency-symbol", name == "text"
            self._unshown = _zeros(attributes.get(f"{NUMBER}display-factor", "")) or self._unshown
        elif name == "style":
            self._begin_style(attributes)
        elif name == "table-properties" and attributes.get(f"{TABLE}display") == "false":
            self.known.hidden_tables.add(self._table)
        elif name == "spreadsheet":
            self.is_over = True

    def end(self, name: str) -> None:
        self._in_sign = self._in_words = False
        if name == self._format:
            self.data[self._name] = self._finished()
            self._format = ""
            if len(self.data) > limits.STYLES:
                raise _too_many()

    def text(self, text: str) -> None:
        if self._in_sign and len(self._signs) < 10:
            self._signs.append(text[:20])
        if self._in_words and len(self._words) < 10:
            self._words.append(text[:20])

    def _begin_style(self, attributes: dict[str, str]) -> None:
        name, family = attributes.get(f"{STYLE}name", ""), attributes.get(f"{STYLE}family")
        self._table = name if family == "table" else ""
        if family != "table-cell":
            return
        found = self.data.get(attributes.get(f"{STYLE}data-style-name", ""))
        parent = self.known.numbers.get(attributes.get(f"{STYLE}parent-style-name", ""), 0)
        self.known.numbers[name] = parent if found is None else len(self.known.formats)
        if found is not None:
            self.known.formats.append(found)
        if len(self.known.numbers) > limits.STYLES:
            raise _too_many()

    def _finished(self) -> NumberFormat:
        if self._format == "date-style":
            return NumberFormat(_shown(self._shown), has_time=bool(self._shown & _TIMES))
        if self._format == "time-style":
            return NumberFormat(Shown.TIME)
        if self._format == "text-style":
            return NumberFormat(is_text=True)
        percent = self._format == "percentage-style"
        word, power = scale_in(" ".join(self._words), self._unshown)
        currencies = currencies_in("".join(self._signs))
        return NumberFormat(is_percent=percent, currencies=currencies, word=word, power=power)


def _zeros(factor: str) -> int:
    """How many digits a factor like 1000000 leaves unshown."""
    digits = factor.partition(".")[0]
    return len(digits) - 1 if digits.rstrip("0") == "1" else 0


def _shown(parts: set[str]) -> Shown:
    if parts & {"day", "day-of-week", "week-of-year"}:
        return Shown.DAY
    if "month" in parts or "quarter" in parts:
        return Shown.MONTH
    if "year" in parts:
        return Shown.YEAR
    return Shown.TIME if parts & _TIMES else Shown.DAY


def styles_of(package: Package) -> Styles:
    """Of the two parts that have styles. A style of content.xml wins over one of the same name."""
    known = Styles()
    data: dict[str, NumberFormat] = {}
    for name in ("styles.xml", "content.xml"):
        if name not in package.names:
            continue
        listening = _Listening(known, data)
        with package.part(name) as part:
            for _turn in heard(part, listening):
                if listening.is_over:
                    break
    return known


def _too_many() -> Unreadable:
    return Unreadable(_("The workbook has too many sheets or styles. Save it as CSV."))
