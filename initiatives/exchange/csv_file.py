"""CSV as RFC 4180 has it, in UTF-8 with the byte order mark by which Excel recognises it.

Rows are written some dozen at a time and column by column, since most columns have no text that
needs a quote: one look at all of them tells it. Python's own writer looks at each character.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from initiatives.exchange.cells import MARKED, harmless
from initiatives.exchange.columns import Column
from initiatives.notation import AMOUNT

CONTENT_TYPE = "text/csv; charset=utf-8"
_PART = 100 * 1024  # characters that are handed on together
_TOGETHER = 32  # rows
_END = "\r\n"
_EMPTY = '""'  # a line with nothing in it would be no line to some readers
_QUOTE = '"'
_MARKED = frozenset(MARKED)


def parts(rows: Iterable[Any], columns: list[Column]) -> Iterator[bytes]:
    """The file in parts of some 100 thousand characters, whole rows each, made while it is read."""
    rows, waiting = iter(rows), ["\ufeff" + ",".join([one.name for one in columns]) + _END]
    size = 0
    while some := list(islice(rows, _TOGETHER)):
        fields = [_fields(one, list(map(one.write, some))) for one in columns]
        lines = [",".join(line) or _EMPTY for line in zip(*fields, strict=True)]
        waiting += (_END.join(lines), _END)
        size += len(waiting[-2])
        if size >= _PART:
            yield "".join(waiting).encode()
            waiting, size = [], 0
    yield "".join(waiting).encode()


def _fields(column: Column, texts: list[str]) -> list[str]:
    if not (together := "".join(texts)):
        return texts
    if _MARKED.isdisjoint([text[:1] for text in texts]):
        return list(map(_quoted, texts)) if _needs_quotes(together) else texts
    is_amount = column.measure is AMOUNT
    return [_quoted(harmless(text, amounts=is_amount)) for text in texts]


def _quoted(text: str) -> str:
    if _QUOTE in text:
        return f'"{text.replace(_QUOTE, _QUOTE + _QUOTE)}"'
    return f'"{text}"' if "," in text or "\n" in text or "\r" in text else text


def _needs_quotes(text: str) -> bool:
    return _QUOTE in text or "," in text or "\n" in text or "\r" in text
