"""The initiatives of an export, fetched a few at a time."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from django.db.models import Prefetch

from initiatives.as_of import as_known, as_published
from initiatives.models import Initiative

CHUNK = 100  # rows in memory at once; the number of queries is that of the chunks


def fetched(initiatives) -> Iterator[Initiative]:
    """The rows of a queryset, with all that a table shows, in memory that does not grow."""
    return with_columns(initiatives.for_list().for_rules()).iterator(chunk_size=CHUNK)


def with_columns(initiatives):
    """`initiatives` of `for_list()` with what else the columns of a table need.

    Of the record above each only what the public may see: a draft is not to be told by its code.
    """
    above = Prefetch("parent", Initiative.objects.published(), to_attr="public_parent")
    pointed_to = ("funding__provider_country", "external_ids", "budgets")
    return initiatives.prefetch_related(above, *pointed_to)


def published(codes: Iterable[str], address_of: Callable, *, on=None) -> Iterator[Initiative]:
    """The initiatives `codes` as their editions say, now or on the day `on`, a few in memory at
    once; each with `address`, the absolute one of its page, `findings` and `flags`."""
    codes = iter(codes)
    while chunk := list(islice(codes, CHUNK)):
        for row in as_published(chunk, on=on):
            row.address = address_of(row)
            yield row
            _empty(row)


def described(rows: Iterable[Initiative], address_of: Callable, *, on=None) -> Iterator[Initiative]:
    """Each row with `address`, the absolute one of its page, and `flags`, its codes; as it was
    known on the day `on`, if given.

    The rows are those of `fetched`, of `for_list().for_rules()` or of `for_detail()`. Each has to
    be used before the next one is asked for, and is emptied then.
    """
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        for row in as_known(chunk, on=on):
            row.address = address_of(row)
            yield row
            _empty(row)


def _empty(row: Initiative) -> None:
    """Cut the circles that prefetching ties: what was fetched points back to what it belongs to.

    Left as they are, the rows stay in memory until Python's collector of garbage comes by, which
    is long after they were sent.
    """
    for change in row.status_changes.all():
        change._prefetched_objects_cache.clear()
    row._prefetched_objects_cache.clear()
    row.money = row.public_children = []
