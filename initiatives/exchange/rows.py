"""The initiatives of an export that tells all of them, read a few at a time as instances."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any, cast

from initiatives.as_of import as_published
from initiatives.kept_queries import TOGETHER
from initiatives.models import Initiative
from initiatives.models.record import hung_at

CHUNK = TOGETHER  # rows in memory at once


def published(
    codes: Iterable[str], address_of: Callable, *, on: date | None = None
) -> Iterator[Initiative]:
    """The initiatives `codes` as their editions say, now or on the day `on`, a few in memory at
    once; each with `address`, the absolute one of its page, `findings` and `flags`.

    Each has to be used before the next one is asked for, and is emptied then.
    """
    codes = iter(codes)
    while chunk := list(islice(codes, CHUNK)):
        for row in as_published(chunk, on=on):
            cast(Any, row).address = address_of(row)  # for the writers
            yield row
            _empty(row)


def _empty(row: Initiative) -> None:
    """Cut the circles: what is hung on a row points back to what it belongs to.

    Left as they are, the rows stay in memory until Python's collector of garbage comes by, which
    is long after they were sent.
    """
    for change in hung_at(row)["status_changes"].made:
        hung_at(change).clear()
    hung_at(row).clear()
    row.money = row.public_children = []
