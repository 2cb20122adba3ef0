"""Writing editions: what the public is told is compared with what it should be told.

One lock is held from before the rows are read until the transaction ends, so that positions rise
in the order of commits, and no edition is made of rows that somebody else is changing.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain as chained

from django.db import connection, transaction
from django.utils import timezone

from initiatives.choices import EditionCause, EditionKind
from initiatives.editions import chain
from initiatives.kept_queries import chunks
from initiatives.models import Edition, ReviewCheck
from initiatives.publication import desk_rows, everything, wanted
from initiatives.publication.affected import Affected
from initiatives.publication.drafts import following, registered
from initiatives.publication.files import add_files, add_missing_files
from initiatives.publication.firsts import begun
from initiatives.publication.reviews import due_checks
from initiatives.publication.searching import add_documents, add_missing_documents

_LOCK = 0x45444954  # of PostgreSQL, for whoever appends to the register
Chunk = tuple[EditionKind, list[str]]


def issue(
    codes: Iterable[str],
    slugs: Iterable[str],
    *,
    cause: str,
    progress: Callable[[int], None] = lambda number: None,
) -> int:
    """Append the editions that the initiatives `codes` and events `slugs` need, and say how many.

    Call it at the end of a transaction. `progress` is called with the number of records looked at
    after each chunk.
    """
    lock()
    return _append(_chunks(codes, slugs), cause, progress)


def issue_affected(affected: Affected) -> int:
    """Append the editions that are due after the changes of a transaction.

    Most of the time somebody works on a draft: that costs neither the lock nor any reading. What
    else is affected is asked behind the lock, where nobody can be at adding to it.
    """
    if not affected.reach_the_public():
        return 0
    lock()
    return _append(_chunks(affected.codes(), affected.slugs()), affected.cause)


@transaction.atomic
def issue_missing(progress: Callable[[int], None] = lambda number: None) -> int:
    """Write the editions of all that is public and has none that says so: the first ones of a
    database that was filled by other ways than the actions. A search finds all editions then, and
    the desk all records."""
    desk_rows.follow_all()
    lock()
    number = _append(everything.chunks(), EditionCause.FIRST, progress)
    add_missing_documents()
    add_missing_files()
    return number


def missing() -> Iterator[tuple[str, str]]:
    """(kind, key) of each record of which the register does not say what the rows give."""
    for _looked_at, editions, _checks in _due(everything.chunks(), EditionCause.FIRST):
        yield from dict.fromkeys((edition.kind, edition.key) for edition in editions)


def lock() -> None:
    """On SQLite a transaction that writes is the only one (`transaction_mode` IMMEDIATE).

    What was added is looked at before, and not when the transaction ends: that may wait for
    somebody who saves a row that it refers to, and who would wait for our lock.
    """
    if connection.vendor == "postgresql":
        connection.check_constraints()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _chunks(codes: Iterable[str], slugs: Iterable[str]) -> Iterator[Chunk]:
    for kind, keys in ((EditionKind.INITIATIVE, codes), (EditionKind.EVENT, slugs)):
        yield from ((kind, chunk) for chunk in chunks(sorted(keys)))


def _append(
    chunks: Iterable[Chunk], cause: str, progress: Callable[[int], None] = lambda number: None
) -> int:
    last = Edition.objects.order_by("-position").values_list("position", "digest").first()
    position, digest = last or (0, chain.BEGINNING)
    first = position + 1
    for looked_at, editions, checks in _due(chunks, cause):
        for edition in chain.appended(editions, position=position, digest=digest, batch=first):
            position, digest = edition.position, edition.digest
        Edition.objects.bulk_create(editions)
        add_documents(editions)
        add_files(editions)
        ReviewCheck.objects.bulk_create(checks)
        progress(looked_at)
    return position + 1 - first


def _due(
    chunks: Iterable[Chunk], cause: str
) -> Iterator[tuple[int, list[Edition], list[ReviewCheck]]]:
    """(number of records looked at, new editions, new checks), chunk by chunk."""
    now, looked_at = timezone.now(), 0
    for kind, keys in chunks:
        looked_at += len(keys)
        editions = registered(kind, keys, now)
        found = wanted.OF_KIND[kind](keys, now)
        if cause == EditionCause.FIRST:
            found = begun(kind, found, editions, now)
        new = [following(kind, key, editions[key], found[key], now, cause) for key in keys]
        checks = due_checks(found.values(), now) if kind == EditionKind.INITIATIVE else []
        yield looked_at, list(chained.from_iterable(new)), checks
