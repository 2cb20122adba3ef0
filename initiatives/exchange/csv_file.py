"""CSV as RFC 4180 has it, in UTF-8 with the byte order mark by which Excel recognises it."""

from collections.abc import Iterable, Iterator
from typing import Any

from initiatives.exchange.cells import harmless
from initiatives.exchange.columns import AMOUNTS, Column

CONTENT_TYPE = "text/csv; charset=utf-8"
_PART = 100 * 1024  # characters that are handed on together
_END = "\r\n"
_EMPTY = '""'  # a line with nothing in it would be no line to some readers


def parts(rows: Iterable[Any], columns: list[Column]) -> Iterator[bytes]:
    """The file in parts of some 100 thousand characters, whole rows each, made while it is read."""
    cells = [(one.write, _amounts if one.name in AMOUNTS else _field) for one in columns]
    lines, size = ["\ufeff" + _line([column.name for column in columns])], 0
    for row in rows:
        line = _line([field(write(row)) for write, field in cells])
        lines.append(line)
        size += len(line)
        if size >= _PART:
            yield "".join(lines).encode()
            lines, size = [], 0
    yield "".join(lines).encode()


def _field(text: str) -> str:
    """A text as one field. Python's own writer looks at each character by itself, which takes four
    times as long; here the few signs are searched for that need quotes."""
    return _quoted(harmless(text)) if text else ""


def _amounts(text: str) -> str:
    return _quoted(harmless(text, amounts=True)) if text else ""


def _quoted(text: str) -> str:
    if '"' in text:
        text = text.replace('"', '""')
    elif "," not in text and "\n" not in text and "\r" not in text:
        return text
    return f'"{text}"'


def _line(fields: list[str]) -> str:
    return f"{','.join(fields) or _EMPTY}{_END}"
