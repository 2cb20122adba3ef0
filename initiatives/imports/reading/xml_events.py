"""The XML of a spreadsheet as a stream of events, of which none is kept.

No tree is built, so the memory is that of one tag. A DOCTYPE, without which there are no entities
and so neither bombs nor files from elsewhere, is refused before it is read.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.parsers import expat

from django.utils.translation import gettext as _

from initiatives.imports.reading import limits
from initiatives.imports.reading.table import Unreadable

_PIECE = 64 * 1024


class Listener:
    """Hears the tags by their names without namespaces: there are two sets of them, and prefixes
    are free."""

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """A tag opens."""

    def end(self, name: str) -> None:
        """A tag closes."""

    def text(self, text: str) -> None:
        """A part of the text between two tags."""


def heard(part: BinaryIO, listener: Listener) -> Iterator[None]:
    """Let `listener` hear all of `part`; after each piece of it the caller has its turn."""
    parser = _parser(listener)
    fed = 0
    try:
        while piece := part.read(_PIECE):
            fed += len(piece)
            parser.Parse(piece, False)
            if fed - max(parser.CurrentByteIndex, 0) > limits.TOKEN:
                raise Unreadable(_("A tag of the spreadsheet is too long. Save it as CSV."))
            yield
        parser.Parse(b"", True)
        yield
    except expat.ExpatError as error:
        raise Unreadable(_("The spreadsheet is damaged: %s.") % error) from error


def hear(part: BinaryIO, listener: Listener) -> None:
    for _turn in heard(part, listener):
        pass


def _parser(listener: Listener) -> Any:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.DEPTH:
            raise Unreadable(_("The tags of the spreadsheet are nested too deep."))
        listener.begin(name[name.rfind(" ") + 1 :], attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        listener.end(name[name.rfind(" ") + 1 :])

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = listener.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_declared: object) -> None:
    raise Unreadable(_("The spreadsheet has a DOCTYPE, which is refused. Save it with Excel."))
