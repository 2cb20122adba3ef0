"""The program by which a stranger checks the register: one file, shown, served and tested."""

from datetime import UTC, datetime
from pathlib import Path

NAME = "check_editions.py"
CONTENT_TYPE = "text/x-python; charset=utf-8"
_FILE = Path(__file__).with_name(NAME)


def text() -> str:
    return _FILE.read_text(encoding="utf-8")


def changed_at() -> datetime:
    return datetime.fromtimestamp(_FILE.stat().st_mtime, UTC)
