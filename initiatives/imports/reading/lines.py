"""The lines of a text, each of bounded length, counted as an editor counts them."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from initiatives.imports.reading import limits
from initiatives.imports.reading.table import Unreadable

_END = re.compile(r"\r\n|\r|\n")
# A quoted cell; the last group is missing where the quotation mark is not closed.
_QUOTED = r'(?:^|(?<=[{}\r\n]))"[^"]*(?:""[^"]*)*(")?'


class Lines:
    """An iterator over lines that knows in which row of the table it is."""

    def __init__(self, pieces: Iterator[str], delimiter: str, longest: int) -> None:
        self._lines = self._cut(pieces)
        self._quoted = re.compile(_QUOTED.format(re.escape(delimiter)))
        self._longest = longest
        self._row: list[str] = []
        self._length = 0
        self.first, self._number = 1, 0

    def begin_row(self) -> None:
        self.first, self._length = self._number + 1, 0
        self._row.clear()

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._number += 1
        self._length += len(line)
        self._row.append(line)
        if self._length > self._longest or len(self._row) > limits.ROW_LINES:
            raise self._too_long()
        return line

    def refusal(self, error: Exception) -> Unreadable:
        """Why the row that was begun cannot be read."""
        if opened := self._opened():
            return self._unclosed(opened)
        if "limit" in str(error):
            message = _("A cell has more than %d characters. Shorten it.") % limits.CELL
            return Unreadable(message, self.first)
        message = _("There is a quotation mark inside a cell. Double it, or remove it.")
        return Unreadable(message, self._number)

    def _cut(self, pieces: Iterator[str]) -> Iterator[str]:
        rest = ""
        for piece in pieces:
            text, end = rest + piece, 0
            for found in _END.finditer(text):
                yield text[end : found.end()]
                end = found.end()
            rest = text[end:]
            if self._length + len(rest) > self._longest:
                self._number += 1
                raise self._too_long()
        if rest:
            yield rest

    def _too_long(self) -> Unreadable:
        if len(self._row) > 1 and (opened := self._opened()):
            return self._unclosed(opened)
        message = _("The row has more than %d characters. Check the line ends and the delimiter.")
        return Unreadable(message % self._longest, self.first)

    def _opened(self) -> int:
        """The line of the quotation mark that is still open, or 0."""
        text = "".join(self._row)
        for found in self._quoted.finditer(text):
            if not found[1]:
                return self.first + len(_END.findall(text, 0, found.start()))
        return 0

    def _unclosed(self, line: int) -> Unreadable:
        message = _("The quotation mark that opens in this line is never closed. Close it.")
        return Unreadable(message, line)
