"""What a reader can follow, as values."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime

from pyroaring import BitMap

from initiatives.editions.index import Found, Selection, index
from initiatives.editions.record import EventRecord


@dataclass(frozen=True, kw_only=True)
class Scope:
    """`page` is the address of the page that shows the same; `key` names it in identifiers.

    `find` gives what the index finds; inside of it nobody else in this process reads the index.
    `at` is the instant as of which all is told, None for now. Its events are those that its
    initiatives name, and those of which `has_event` is true, where it is given; of `only_event`
    it is that one alone.
    """

    title: str
    page: str
    key: str
    find: Callable[[], AbstractContextManager[Found]]
    at: datetime | None = None
    has_event: Callable[[EventRecord], bool] | None = None
    only_event: str | None = None


@contextmanager
def found_codes(*codes: str, at: datetime | None = None) -> Iterator[Found]:
    """These initiatives in the index, of those that are public, at the instant `at` if given."""
    with index.reading(at=at) as reading:
        matching = reading.positions(codes) if codes else BitMap()
        yield reading.find(Selection(matching=matching))


@contextmanager
def decided_at(slug: str) -> Iterator[Found]:
    """What was decided at the public event `slug`, of what is public; not what it only mentions."""
    with index.reading() as reading:
        yield reading.find(Selection(matching=reading.with_option("decision", slug)))
