"""How often one client may ask: counted in memory that all processes of one server share.

The table is made when this module is imported. gunicorn imports the application once and then
makes its workers (`preload_app`), so all of them count in the same table; processes that were
started apart, or on other machines, count for themselves. Nothing is written to a disk or a
database, and addresses are kept only as keyed hashes, for as long as their period lasts.
"""

import fcntl
import hashlib
import mmap
import os
import secrets
import struct
import tempfile
import threading
import time
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.conf import settings

from initiatives.http.clients import client_of

# What is known of one client: its hash, the end of its period, and how often it has asked in it.
_ENTRY = struct.Struct("<8sdd")
_WAYS = 8  # entries among which a client is looked for; the oldest makes room for a new one
_SETS = 8192
_SIZE = _SETS * _WAYS * _ENTRY.size


@dataclass(frozen=True)
class Verdict:
    """What is left of the rate, and in how many seconds all of it is there again."""

    allowed: bool
    remaining: int
    reset: int


class Counts:
    """Counts of many clients in memory of fixed size, shared by processes forked from this one."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, _SIZE)
        self._key = secrets.token_bytes(16)
        # The kernel opens a lock of a process that died; between threads it makes no difference.
        with tempfile.TemporaryFile() as file:
            self._file = os.dup(file.fileno())  # open as long as the process lives
        self._threads = threading.Lock()

    def ask(self, client: str, number: int, seconds: int, now: float) -> Verdict:
        """Count one request of `client`, who has `number` of them in any period of `seconds`."""
        digest = hashlib.blake2b(client.encode(), key=self._key, digest_size=12).digest()
        first = int.from_bytes(digest[8:]) % _SETS * _WAYS * _ENTRY.size
        with self._threads:
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                end, asked = self._count(digest[:8], first, seconds, now)
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)
        return Verdict(asked <= number, max(0, number - int(asked)), max(1, ceil(end - now)))

    def _count(self, name: bytes, first: int, seconds: int, now: float) -> tuple[float, float]:
        places = [first + way * _ENTRY.size for way in range(_WAYS)]
        entries = [(place, *_ENTRY.unpack_from(self._memory, place)) for place in places]
        known = [entry for entry in entries if entry[1] == name]
        place, _name, end, asked = known[0] if known else min(entries, key=lambda entry: entry[2])
        if not known or not now < end <= now + seconds:
            end, asked = now + seconds, 0
        _ENTRY.pack_into(self._memory, place, name, end, asked + 1)
        return end, asked + 1


COUNTS = Counts()


@dataclass(frozen=True)
class Rate:
    """So many in any period of so many seconds."""

    number: int
    seconds: int


def seconds_to_wait(what: str, meta: dict[str, Any], rate: Rate) -> int:
    """Count that the client of `meta` did `what` once more; 0 where it may, else how long not."""
    client = client_of(meta, settings.PROXIES)
    verdict = COUNTS.ask(f"{what} {client}", rate.number, rate.seconds, time.time())
    return 0 if verdict.allowed else verdict.reset
