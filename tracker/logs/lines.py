"""The two forms of a line: plain for people, JSON for what collects logs."""

import copy
import logging
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import SuspiciousOperation
from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

from tracker.logs.cleaning import clean
from tracker.logs.request_ids import request_id

# What a stranger sent and Django refused, such as a wrong Host or an unknown filter of the admin,
# is one line: where in the code it was refused helps nobody.
_ONE_LINE = SuspiciousOperation
# What the program writes itself.
_OURS = ("time", "level", "logger", "request_id", "method", "event")


class PlainLine(logging.Formatter):
    """Time with its zone, level, logger, request and message; a traceback below it."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        shown = _shown(record)
        shown.msg, shown.args = _in_one_line(clean(record.getMessage())), ()
        shown.request_id = request_id()
        return super().format(shown)

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        return _time(record)

    def formatException(self, ei: Any) -> str:
        return clean(super().formatException(ei))


class JsonLine(JsonFormatter):
    """An object for each record: time, level, logger, message, request_id, and what `extra` has."""

    def __init__(self) -> None:
        super().__init__(
            ["asctime", "levelname", "name", "message", "request_id"],
            rename_fields={"asctime": "time", "levelname": "level", "name": "logger"},
            # Django gives the whole request along with its errors.
            reserved_attrs=[*RESERVED_ATTRS, "request"],
        )

    def format(self, record: logging.LogRecord) -> str:
        shown = _shown(record)
        shown.request_id = request_id()
        return super().format(shown)

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        return _time(record)

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        return {name: _cleaned(name, value) for name, value in log_data.items()}


def _shown(record: logging.LogRecord) -> logging.LogRecord:
    """A copy to write: other handlers, such as the one of mails, get the record as it was."""
    shown = copy.copy(record)
    shown.exc_text = None
    if shown.exc_info and isinstance(shown.exc_info[1], _ONE_LINE):
        shown.exc_info = None
    return shown


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _in_one_line(text: str) -> str:
    """With what would begin another line, or speak to a terminal, written as an escape."""
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


def _cleaned(name: str, value: Any) -> Any:
    if name in _OURS or value is None or isinstance(value, int | float):
        return value
    if isinstance(value, dict):
        return {str(key): _cleaned("", one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_cleaned("", one) for one in value]
    return clean(str(value))
