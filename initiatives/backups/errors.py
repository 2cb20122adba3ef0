"""What can go wrong with a backup, told with the cure."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

_FULL = (errno.ENOSPC, errno.EDQUOT)


class BackupError(Exception):
    """It was not done, and nothing was changed. The text says why and what helps."""


class UnreadableBackup(BackupError):
    """The file is damaged, not ours, or newer than this program."""


@contextmanager
def told() -> Iterator[None]:
    """What the system refuses inside is a BackupError with the cure."""
    try:
        yield
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        raise BackupError(f"{error.strerror or error}{place}. {_cure(error)}") from error


def _cure(error: OSError) -> str:
    if error.errno in _FULL:
        return (
            "Make room or name another folder; TMPDIR says where the database lies meanwhile. "
            "Nothing was left behind."
        )
    return "Nothing was changed."


def last_words(said: bytes, *, lines: int = 5) -> str:
    """The end of what a program said on its standard error, on one line."""
    text = said.decode("utf-8", "replace").strip().splitlines()
    return " ".join(line.strip() for line in text[-lines:]) or "it said nothing"
