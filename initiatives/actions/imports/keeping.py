"""Storing a preview: the batch with its rows. Nothing of the domain changes yet."""

from collections.abc import Iterable
from itertools import islice

from django.db import transaction

from initiatives.actions.imports.statements import insert
from initiatives.models import ImportBatch, ImportRow

TOGETHER = 500


@transaction.atomic
def keep(rows: Iterable[dict], *, by, **about) -> ImportBatch:
    """Store planned `rows`, given as the fields of ImportRow; `about` are fields of the batch."""
    batch = ImportBatch(created_by=by, updated_by=by, **about)
    batch.save()
    waiting = iter(rows)
    while chunk := list(islice(waiting, TOGETHER)):
        insert(ImportRow(batch=batch, **fields) for fields in chunk)
    return batch
