"""The initiatives of an export, fetched a few at a time."""

from collections.abc import Callable, Iterable, Iterator

from django.utils import timezone

from initiatives import rules
from initiatives.models import Initiative
from initiatives.models.facts import facts_of

CHUNK = 100  # rows in memory at once; the number of queries is that of the chunks


def fetched(initiatives) -> Iterator[Initiative]:
    """The rows of a queryset, with all that a table shows, in memory that does not grow."""
    complete = initiatives.for_list().for_rules()
    pointed_to = ("funding__receiver", "funding__provider_country")
    return complete.prefetch_related(*pointed_to).iterator(chunk_size=CHUNK)


def described(rows: Iterable[Initiative], address_of: Callable) -> Iterator[Initiative]:
    """Each row with `address`, the absolute one of its page, and `flags`, its codes of today.

    The rows are those of `fetched`, of `for_list().for_rules()` or of `for_detail()`.
    """
    today = timezone.localdate()
    for row in rows:
        row.address = address_of(row)
        row.flags = [str(flag) for flag in rules.flags(facts_of(row, today))]
        yield row
