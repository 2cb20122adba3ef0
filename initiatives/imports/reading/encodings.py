"""In which encoding a text file is, told from the whole of it.

UTF-8, and UTF-16 with its mark, can be proved; Windows-1251 can only be believed, since any bytes
are some text in it. So it is taken if no line is UTF-8 and the letters make words, and a person has
to look at a sample before anything is written.
"""

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import BinaryIO

from django.utils.translation import gettext as _

from initiatives.choices import TextEncoding
from initiatives.imports.reading.origin import Origin
from initiatives.imports.reading.table import Unreadable

_PIECE = 64 * 1024
BROKEN = "\udcff"  # a lone surrogate, which no decoder makes by itself
_MARK = "initiatives.broken"
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def _marked(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)  # nothing is encoded with it
    return BROKEN, error.end


codecs.register_error(_MARK, _marked)

_CYRILLIC = re.compile("[Ѐ-ӿ]")
_SENTENCES = re.compile("[А-ЯЁ][а-яё]")
_BACKWARDS = re.compile("[а-яё][А-ЯЁ]")  # so looks KOI8-R when it is read as Windows-1251,
_MIXED = re.compile("[a-z][а-яё]|[а-яё][a-z]")  # and so looks French
_SAMPLE = 200  # pieces from which Windows-1251 is believed
_STRANGE = re.compile(r"[^\s\"“”„«»;,|]*[^\0-\x7f\s][^\s\"“”„«»;,|]*")
_SHOWN = 12  # words of a sample
_LONGEST_WORD = 40


@dataclass(frozen=True)
class Encoding:
    """`sample` are words of a file whose encoding was guessed; a proved one has none."""

    codec: str
    label: str
    sample: tuple[str, ...] = ()

    def pieces(self, stream: BinaryIO) -> Iterator[str]:
        """The text in pieces, with line ends as they are and bytes that are none marked."""
        decoder = codecs.getincrementaldecoder(self.codec)(_MARK)
        lines = io.IncrementalNewlineDecoder(decoder, translate=False)  # never parts \r from \n
        while read := stream.read(_PIECE):
            if text := lines.decode(read):
                yield text
        if text := lines.decode(b"", final=True):
            yield text

    def decoded(self, head: bytes) -> str:
        return head.decode(self.codec, _MARK)


_UTF_8 = Encoding("utf-8-sig", "UTF-8")
_UTF_8_MARKED = Encoding("utf-8-sig", "UTF-8 (BOM)")
_CP1251 = Encoding("cp1251", "Windows-1251")


_BY_NAME = {one.label.casefold(): Encoding(one.value, one.label) for one in TextEncoding}


def named(origin: Origin, name: str) -> Encoding:
    """The encoding `name`, which a person chose. Raises Unreadable if the file is not in it."""
    encoding = _BY_NAME.get(name.strip().casefold())
    if encoding is None:
        known = ", ".join(one.label for one in _BY_NAME.values())
        told = {"name": name[:_LONGEST_WORD], "known": known}
        raise Unreadable(_("The encoding “%(name)s” is unknown. Name one of: %(known)s.") % told)
    if encoding.codec == TextEncoding.UTF_16:
        # Python's decoder refuses one without its mark, and does not ask the handler of errors.
        wide = _wide(origin.head)
        if wide is None:
            raise _not_in(encoding, 1)
        encoding = wide
    return _proved(origin, encoding)


def recognised(origin: Origin) -> Encoding:
    head = origin.head
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise Unreadable(_("The file is in UTF-32. Save it as UTF-8."))
    if head.startswith(codecs.BOM_UTF8):
        return _proved(origin, _UTF_8_MARKED)
    if wide := _wide(head):
        proved = _proved(origin, wide)
        return proved if head.startswith(_MARKS) else _with_sample(origin, proved)
    return _guessed(origin)


def _wide(head: bytes) -> Encoding | None:
    """UTF-16 by its mark, or because it has zeros and as UTF-16 is Latin and Cyrillic."""
    little, big = Encoding("utf-16-le", "UTF-16 LE"), Encoding("utf-16-be", "UTF-16 BE")
    if head.startswith(codecs.BOM_UTF16_LE):
        return Encoding("utf-16", little.label)
    if head.startswith(codecs.BOM_UTF16_BE):
        return Encoding("utf-16", big.label)
    if 0 not in head:
        return None
    return next((wide for wide in (little, big) if _is_european(wide.decoded(head))), None)


def _is_european(text: str) -> bool:
    return sum("\0" < sign < "\u0530" or "\u2000" < sign < "\u2100" for sign in text) > 0.9 * len(
        text
    )


def _proved(origin: Origin, encoding: Encoding) -> Encoding:
    for line, broken in _lines(origin, encoding):
        if broken:
            raise _not_in(encoding, line)
    return encoding


def _guessed(origin: Origin) -> Encoding:
    seen = {True: 0, False: 0}
    first: dict[bool, int] = {}
    for line, broken in _lines(origin, _UTF_8):
        seen[broken] += 1
        first.setdefault(broken, line)
    if not seen[True]:
        return _UTF_8
    if not seen[False]:
        return _believed(origin, first[True])
    few = seen[True] <= seen[False]
    raise _not_in(_UTF_8, first[True]) if few else _not_in(_CP1251, first[False])


def _lines(origin: Origin, encoding: Encoding) -> Iterator[tuple[int, bool]]:
    """The number of each line that is not ASCII, and whether it is broken in this encoding."""
    number = 1
    with origin.open() as stream:
        for piece in encoding.pieces(stream):
            if not piece.isascii():
                for line, text in enumerate(piece.split("\n"), start=number):
                    if not text.isascii():
                        yield line, BROKEN in text
            number += piece.count("\n")


def _not_in(encoding: Encoding, line: int) -> Unreadable:
    message = _("This line is not in %(encoding)s like the others. Save the whole file as UTF-8.")
    return Unreadable(message % {"encoding": encoding.label}, row=line)


def _believed(origin: Origin, line: int) -> Encoding:
    with origin.open() as stream:
        text = "".join(islice(_CP1251.pieces(stream), _SAMPLE))
    strange = [sign for sign in text if not sign.isascii() and sign not in "«»—–№…’“”„\u00a0"]
    letters = sum(map(bool, map(_CYRILLIC.match, strange)))
    backwards = len(_BACKWARDS.findall(text)) > len(_SENTENCES.findall(text))
    mixed = len(_MIXED.findall(text)) > 0.2 * letters
    if BROKEN in text or letters < 0.9 * len(strange) or backwards or mixed:
        raise Unreadable(_("The encoding is not recognised. Save the file as UTF-8."), row=line)
    return _with_sample(origin, _CP1251)


def _with_sample(origin: Origin, encoding: Encoding) -> Encoding:
    """`encoding` with words of the file by which a person sees whether it was guessed rightly:
    those that are not ASCII, the longest first."""
    with origin.open() as stream:
        text = "".join(islice(encoding.pieces(stream), _SAMPLE))
    words = dict.fromkeys(word[:_LONGEST_WORD] for word in _STRANGE.findall(text))
    sample = sorted(words, key=len, reverse=True)[:_SHOWN]
    return replace(encoding, sample=tuple(sample or [text[:_LONGEST_WORD]]))
