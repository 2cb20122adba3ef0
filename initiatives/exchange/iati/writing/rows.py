"""The initiatives of a file, read a few at a time."""

from collections.abc import Callable, Iterable, Iterator

from initiatives.exchange import rows
from initiatives.models import Initiative


def published(codes: Iterable[str], address_of: Callable, *, on=None) -> Iterator[Initiative]:
    """The initiatives `codes` as their editions say, now or on the day `on`.

    Each has to be used before the next one is asked for.
    """
    for row in rows.published(codes, address_of, on=on):
        yield row
        row.public_children = []
