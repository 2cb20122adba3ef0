"""Folders for what is being made: for our eyes only, and gone afterwards."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PREFIX = ".tracker-backup-"
_LEFT_BEHIND = 24 * 3600  # seconds, after which nobody works on it any more


@contextmanager
def working(within: Path) -> Iterator[Path]:
    """A new folder in `within`, 0700. One that a killed process left there goes with it."""
    for older in within.glob(f"{_PREFIX}*"):
        if older.is_dir() and time.time() - older.stat().st_mtime > _LEFT_BEHIND:
            shutil.rmtree(older, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=within) as folder:
        yield Path(folder)
