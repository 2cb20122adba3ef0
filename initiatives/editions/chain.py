"""The chain of the register: canonical bytes and digests (RFC 8785, FIPS 180-4).

A stranger needs nothing but SHA-256 to check it: the digest of a line covers the digest of the
line before, so no edition can be changed, dropped or put between others without a trace.
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from initiatives.models import Edition

BEGINNING = "0" * 64  # stands for the digest before the first edition


class Line(NamedTuple):
    """What of an edition its digest covers, in this order, one on a line of its own."""

    before: str
    kind: str
    key: str
    number: int
    since: str
    state: str
    body_digest: str


def digest_of(line: Line) -> str:
    """The SHA-256 of the parts, each followed by a line feed, as hexadecimal digits."""
    return sha256("".join(f"{part}\n" for part in line))


def sha256(text: str | bytes) -> str:
    stored = text.encode() if isinstance(text, str) else text
    return hashlib.sha256(stored).hexdigest()


def instant(moment: datetime) -> str:
    """ISO 8601 in UTC with microseconds: the one text in which an instant is digested."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def line_of(edition: Edition, before: str) -> Line:
    return Line(
        before,
        edition.kind,
        edition.key,
        edition.number,
        instant(edition.since),
        edition.state,
        edition.body_digest,
    )


def appended(
    editions: Iterable[Edition], *, position: int, digest: str, batch: int
) -> list[Edition]:
    """The new `editions` with their places after the edition at `position` with this `digest`."""
    placed = []
    for edition in editions:
        position += 1
        edition.position, edition.body_digest = position, sha256(edition.body)
        digest = edition.digest = digest_of(line_of(edition, digest))
        edition.batch = batch
        placed.append(edition)
    return placed
