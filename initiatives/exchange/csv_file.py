"""CSV as RFC 4180 has it, in UTF-8 with the byte order mark by which Excel recognises it.

Rows are written some dozen at a time and column by column, since most columns have no text that
needs a quote: one look at all of them tells it. Python's own writer looks at each character.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from operator import attrgetter
from typing import Any

from initiatives.exchange.cells import MARKED, harmless
from initiatives.exchange.columns import Column
from initiatives.exchange.columns.together import Rows
from initiatives.notation import AMOUNT

CONTENT_TYPE = "text/csv; charset=utf-8"
_PART = 100 * 1024  # bytes that are handed on together, at least
TOGETHER = 40  # rows: more of them do not stay in the processor's cache
_END = "\r\n"
_EMPTY = '""'  # a line with nothing in it would be no line to some readers
_QUOTE = '"'
_MARKED = frozenset(MARKED)
_name = attrgetter("name")


def parts(rows: Iterable[Any], columns: list[Column]) -> Iterator[bytes]:
    """The file in parts of at least 100 kB, whole rows each, made while it is read."""
    rows, waiting = iter(rows), bytearray(_lines(["\ufeff" + ",".join(map(_name, columns))]))
    while some := Rows(islice(rows, TOGETHER)):
        fields = [_fields(one, one.cells(some)) for one in columns]
        waiting += _lines([",".join(line) or _EMPTY for line in zip(*fields, strict=True)])
        if len(waiting) >= _PART:
            yield bytes(waiting)
            waiting.clear()
    yield bytes(waiting)


def _lines(lines: list[str]) -> bytes:
    return _END.join([*lines, ""]).encode()


def _fields(column: Column, texts: list[str]) -> list[str]:
    if not (together := "".join(texts)):
        return texts
    if _MARKED.isdisjoint([text[:1] for text in texts]):
        if _QUOTE in together or "\n" in together or "\r" in together:
            return list(map(_quoted, texts))
        return (
            [f'"{text}"' if "," in text else text for text in texts] if "," in together else texts
        )
    is_amount = column.measure is AMOUNT
    return [_quoted(harmless(text, amounts=is_amount)) for text in texts]


def _quoted(text: str) -> str:
    if _QUOTE in text:
        return f'"{text.replace(_QUOTE, _QUOTE + _QUOTE)}"'
    return f'"{text}"' if "," in text or "\n" in text or "\r" in text else text
