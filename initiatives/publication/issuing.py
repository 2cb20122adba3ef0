"""Writing editions: what the public is told is compared with what it should be told.

One lock is held from before the rows are read until the transaction ends, so that positions rise
in the order of commits, and no edition is made of rows that somebody else is changing.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from django.db import connection, transaction
from django.utils import timezone

from initiatives.choices import EditionCause, EditionKind, Publication
from initiatives.editions import chain
from initiatives.models import Edition, Event, Initiative, ReviewCheck
from initiatives.publication import drafts
from initiatives.publication.reviews import due_checks

_TOGETHER = 200  # records in memory at once; the number of queries is that of the chunks
_LOCK = 0x45444954  # of PostgreSQL, for whoever appends to the register


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
    codes, slugs = sorted(codes), sorted(slugs)
    if not _may_be_public(codes, slugs):
        return 0
    _lock()
    last = Edition.objects.order_by("-position").values("position", "digest").first()
    place = last or {"position": 0, "digest": chain.BEGINNING}
    first, written = place["position"] + 1, 0
    for looked_at, editions, checks in _due(codes, slugs, cause):
        placed = chain.appended(editions, batch=first, **place)
        Edition.objects.bulk_create(placed)
        ReviewCheck.objects.bulk_create(checks)
        if placed:
            place = {"position": placed[-1].position, "digest": placed[-1].digest}
        written += len(placed)
        progress(looked_at)
    return written


@transaction.atomic
def issue_missing(progress: Callable[[int], None] = lambda number: None) -> int:
    """Write the editions of all that is public and has none that says so: the first ones of a
    database that was filled by other ways than the actions."""
    return issue(*_everything(), cause=EditionCause.FIRST, progress=progress)


def missing() -> Iterator[tuple[str, str]]:
    """(kind, key) of each record of which the register does not say what the rows give."""
    for _number, editions, _checks in _due(*map(sorted, _everything()), EditionCause.FIRST):
        yield from ((edition.kind, edition.key) for edition in editions)


def _everything() -> tuple[set[str], set[str]]:
    shown = Initiative.objects.filter(publication=Publication.PUBLISHED).order_by()
    codes, slugs = set(shown.values_list("code", flat=True)), set()
    slugs.update(Event.objects.order_by().values_list("slug", flat=True))
    keys = Edition.objects.order_by().values_list("kind", "key").distinct()
    for kind, key in keys:
        (codes if kind == EditionKind.INITIATIVE else slugs).add(key)
    return codes, slugs


def _may_be_public(codes, slugs) -> bool:
    """Most of the time somebody works on a draft: it costs no lock and no reading."""
    if slugs:
        return True
    shown = Initiative.objects.filter(code__in=codes[:_TOGETHER], publication=Publication.PUBLISHED)
    return (
        len(codes) > _TOGETHER
        or shown.exists()
        or Edition.objects.of(EditionKind.INITIATIVE, *codes).exists()
    )


def _lock() -> None:
    """On SQLite a transaction that writes is the only one (`transaction_mode` IMMEDIATE)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _due(codes, slugs, cause):
    """(number of records looked at, new editions, new checks), chunk by chunk."""
    now, looked_at = timezone.now(), 0
    for kind, keys in ((EditionKind.INITIATIVE, codes), (EditionKind.EVENT, slugs)):
        keys = iter(keys)
        while chunk := list(islice(keys, _TOGETHER)):
            looked_at += len(chunk)
            latest = {edition.key: edition for edition in Edition.objects.of(kind, *chunk).latest()}
            wanted = drafts.OF_KIND[kind](chunk, latest, now)
            new = (
                edition
                for key in chunk
                for edition in drafts.following(kind, key, latest.get(key), wanted[key], now, cause)
            )
            checks = due_checks(wanted, now) if kind == EditionKind.INITIATIVE else []
            yield looked_at, list(new), checks
