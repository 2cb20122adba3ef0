"""Writing which documents the editions name, beside the editions that they follow from."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from initiatives.editions.files import NAMES_A_FILE, digests_in
from initiatives.models import Edition, EditionFile

_TOGETHER = 200


def add_files(editions: Iterable[Edition]) -> None:
    """Let the public ask for the documents that the editions name, which were just written. One
    query where they name any, else none."""
    rows = [
        EditionFile(edition=edition, sha256=digest)
        for edition in editions
        for digest in sorted(digests_in(edition))
    ]
    if rows:
        EditionFile.objects.bulk_create(rows)


def add_missing_files() -> None:
    """The same for editions that were written by other ways than the program's own."""
    there = EditionFile.objects.filter(edition=OuterRef("pk"))
    rows = Edition.objects.filter(~Exists(there), body__contains=NAMES_A_FILE).order_by("position")
    last = 0
    while page := list(rows.filter(position__gt=last)[:_TOGETHER]):
        add_files(page)
        last = page[-1].position
