"""Columns that are written for many rows at once.

A file of everything has some ninety cells a row. A function called for each cell costs more than
most cells do, and what several columns tell of, the lines of money or the countries, would be
looked up by each of them for each row.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, islice
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from initiatives.exchange.cells import escaped

_Found = TypeVar("_Found")


class Rows(list[Any]):
    """Rows that are written together, and what was found of all of them for one of the columns."""

    def __init__(self, rows: Iterable[Any] = ()) -> None:
        super().__init__(rows)
        self._found: dict[Callable, Any] = {}

    def found(self, find: "Callable[[Rows], _Found]") -> _Found:
        """What `find` gives of these rows, which it is asked for once."""
        if find not in self._found:
            self._found[find] = find(self)
        found: _Found = self._found[find]
        return found


class Together:
    """What writes a column: `cells` those of many rows; called with one row, its cell."""

    def __init__(self, cells: Callable[[Rows], list[str]]) -> None:
        self.cells = cells

    def __call__(self, row: Any) -> str:
        return self.cells(Rows([row]))[0]


class Lists(NamedTuple):
    """The values of all rows one after the other, and how many each row has."""

    values: Sequence[Any]
    numbers: Sequence[int]

    @classmethod
    def of(cls, lists: Sequence[Sequence[Any]]) -> "Lists":
        return cls(list(chain.from_iterable(lists)), list(map(len, lists)))

    def joined(self, texts: list[str]) -> list[str]:
        """A cell for each row, as `cells.join` writes it, of the text of each value."""
        if not texts:
            return [""] * len(self.numbers)
        together = "".join(texts)
        if "|" in together or "\\" in together:
            texts = list(map(escaped, texts))
        following = iter(texts)
        return [
            "" if not n else next(following) if n == 1 else "|".join(islice(following, n))
            for n in self.numbers
        ]


def records(rows: Rows) -> list[Any]:
    return [row.record for row in rows]


def text_at(path: str) -> Together:
    """What gives the text at a dotted path, nothing for None."""
    *above, name = path.split(".")
    value_of = attrgetter(name)
    things = things_at(".".join(above))
    return Together(lambda rows: [text or "" for text in map(value_of, rows.found(things))])


def things_at(path: str) -> Callable[[Rows], list[Any]]:
    """What gives the objects at a dotted path, the rows themselves for no path; it is the same for
    the same path, so that they are looked up once for all of their columns."""
    if path not in _THINGS:
        _THINGS[path] = list if not path else _finder(attrgetter(path))
    return _THINGS[path]


_THINGS: dict[str, Callable[[Rows], list[Any]]] = {}


def _finder(thing_of: Callable[[Any], Any]) -> Callable[[Rows], list[Any]]:
    return lambda rows: list(map(thing_of, rows))
