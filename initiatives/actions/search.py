"""Keeping the column that search looks into."""

from typing import Any

from django.db import transaction

from initiatives.models import Country, Event, Initiative, Organisation, Sector
from initiatives.publication import desk_rows, issuing
from initiatives.publication.searching import write_documents_anew

SEARCHED = (Country, Sector, Organisation, Initiative, Event)


@transaction.atomic
def refold() -> int:
    """Fold all stored texts anew, after `folding` or the names of countries in Babel changed.

    Rows whose folded text stays the same are not written. No version rises: what people wrote
    has not changed. What the public finds follows, which other running processes learn when they
    start or are reloaded by SIGHUP. Returns the number of rows written.
    """
    issuing.lock()
    written = sum(_refold(model) for model in SEARCHED) + write_documents_anew()
    desk_rows.follow_all()
    desk_rows.write_terms_anew()
    return written


def _refold(model: Any) -> int:
    written = 0
    stored = dict(model.objects.values_list("pk", "search_text"))
    for row in model.objects.iterator(chunk_size=500):
        if row.search_text != stored[row.pk]:
            model.objects.filter(pk=row.pk).update(search_text=row.search_text)
            written += 1
    return written
