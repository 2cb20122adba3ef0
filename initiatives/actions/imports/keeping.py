"""Storing a preview: the batch with its rows. Nothing of the domain changes yet."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from initiatives.bulk_rows import insert_rows
from initiatives.models import ImportBatch, ImportRow

TOGETHER = 500


@transaction.atomic
def keep(rows: Iterable[dict], *, by: User | None, **about: Any) -> ImportBatch:
    """Store planned `rows`, given as the fields of ImportRow; `about` are fields of the batch."""
    batch = ImportBatch(created_by=by, updated_by=by, **about)
    batch.save()
    waiting = iter(rows)
    while chunk := list(islice(waiting, TOGETHER)):
        insert_rows(ImportRow, [ImportRow(batch=batch, **fields) for fields in chunk])
    return batch
