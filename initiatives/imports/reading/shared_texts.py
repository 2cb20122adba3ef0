"""The texts that cells share. A large file has millions, so they are kept on the disk."""

import tempfile
from array import array
from weakref import finalize

from django.utils.translation import gettext as _

from initiatives.imports.reading import limits
from initiatives.imports.reading.package import Package
from initiatives.imports.reading.stored import bounded
from initiatives.imports.reading.table import Unreadable
from initiatives.imports.reading.xml_events import Listener, hear

_IN_MEMORY = 4 * limits.MIB
_REMEMBERED = 4096  # the last ones that were asked for: codes come again and again


class SharedTexts(Listener):
    """Text by number. Eight bytes of memory for each, and the rest in a file without a name."""

    def __init__(self) -> None:
        # It has no name, and is closed when no table needs it any more.
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        finalize(self, self._file.close)
        self._starts = array("Q", [0])
        self._text: list[str] = []
        self._length = 0
        self._wanted = False
        self._aside = 0  # inside phonetic hints, which are no part of the text
        self._last: dict[int, str] = {}

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self._text, self._length = [], 0
        elif name == "rPh":
            self._aside += 1
        self._wanted = name == "t" and not self._aside

    def end(self, name: str) -> None:
        self._wanted = False
        if name == "rPh":
            self._aside -= 1
        elif name == "si":
            self._keep("".join(self._text))

    def text(self, text: str) -> None:
        if self._wanted:
            self._length = bounded(self._length + len(text))
            self._text.append(text)

    def get(self, number: int) -> str:
        if number not in self._last:
            if len(self._last) == _REMEMBERED:
                self._last.clear()
            self._last[number] = self._read(number)
        return self._last[number]

    def _keep(self, text: str) -> None:
        if len(self._starts) > limits.SHARED:
            raise Unreadable(_("The spreadsheet has too many texts. Save it as CSV."))
        written = text.encode()
        self._file.write(written)
        self._starts.append(self._starts[-1] + len(written))

    def _read(self, number: int) -> str:
        if not 0 <= number < len(self._starts) - 1:
            raise Unreadable(_("A cell names a text that is not there. Save the file again."))
        start, end = self._starts[number], self._starts[number + 1]
        self._file.seek(start)
        return self._file.read(end - start).decode()


def shared_texts(package: Package, name: str | None) -> SharedTexts:
    texts = SharedTexts()
    if name:
        with package.part(name) as part:
            hear(part, texts)
    return texts
