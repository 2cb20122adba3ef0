"""Which line of a list in a file is which stored line: by what it says, never by its place.

The rules, each for the lines that the ones before left over:

1. the same reference, first where all else is the same too;
2. the same facts, first where the number is the same too. Equal lines are taken in their order;
3. the same number, where at most one fact differs;
4. all facts but one the same, where no other line on either side could be meant: a corrected
   amount, currency, side or date. A type is never a correction: a pledge is no payment, and
   two references that differ name two lines;
5. the same facts, though the references differ: somebody numbered their books anew;
6. the same number, whatever it says now.

What is left is new, or is there no more. Facts alone tell a line only where the file has all of
`enough`; with less, 2 and 4 want the number, or lines that have none.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass

Names = Collection[str]


@dataclass(frozen=True)
class Line:
    """`facts` are pairs of a name and a value, in the same order in all lines; `reference` and
    `number` are empty where nobody gave one."""

    facts: tuple[tuple[str, Hashable], ...]
    reference: str = ""
    number: int | None = None

    def but(self, name: str) -> tuple:
        return tuple(fact for fact in self.facts if fact[0] != name)

    def is_like(self, other: "Line") -> bool:
        """Whether at most one fact differs."""
        pairs = zip(self.facts, other.facts, strict=True)
        return sum(mine != theirs for mine, theirs in pairs) <= 1


def match(
    stored: Sequence[Line], given: Sequence[Line], *, enough: Names, corrected: Names
) -> list[int | None]:
    """The place in `stored` of each line of `given`, None where it is new.

    `corrected` are the facts in which one and the same line may differ, the likeliest one first.
    """
    matching = _Matching(stored, given)
    names = {name for line in given for name, _value in line.facts}
    numbered = any(line.number is not None for line in given)
    matching.by(lambda line: line.reference and (line.reference, line.facts))
    matching.by(lambda line: line.reference)
    matching.by_facts(lambda line: (line.facts, line.number))
    if names.issuperset(enough) or not numbered:
        matching.by_facts(lambda line: (line.facts,))
    matching.by(lambda line: line.number, only=Line.is_like)
    if names.issuperset(enough) or not numbered:
        for name in corrected:
            if name in names:
                matching.alone(lambda line, name=name: line.but(name))
        matching.by(lambda line: (line.facts,))
    matching.by(lambda line: line.number)
    return matching.found


class _Matching:
    def __init__(self, stored: Sequence[Line], given: Sequence[Line]) -> None:
        self._stored, self._given = stored, given
        self.found: list[int | None] = [None] * len(given)
        self._left = set(range(len(stored)))

    def by(self, key: Callable, *, only: Callable = lambda mine, theirs: True) -> None:
        """Join lines of the same `key` in their order, if it is not empty."""
        waiting = self._waiting(key)
        for place, line in self._open():
            same = waiting.get(key(line)) if key(line) else None
            if same and only(line, self._stored[same[0]]):
                self._join(place, same.popleft())

    def by_facts(self, key: Callable) -> None:
        """The same; but two references that differ name two lines."""
        waiting = self._waiting(lambda line: (*key(line), bool(line.reference)))
        for place, line in self._open():
            for has_reference in (False, True)[: 1 if line.reference else 2]:
                if same := waiting.get((*key(line), has_reference)):
                    self._join(place, same.popleft())
                    break

    def alone(self, key: Callable) -> None:
        """Join the lines of a `key` that one line has on either side."""
        waiting, mine = self._waiting(key), defaultdict(list)
        for place, line in self._open():
            mine[key(line)].append(place)
        for same, places in mine.items():
            theirs = waiting.get(same, deque())
            if len(places) == len(theirs) == 1 and not self._are_two(places[0], theirs[0]):
                self._join(places[0], theirs[0])

    def _are_two(self, place: int, with_place: int) -> bool:
        return bool(self._given[place].reference and self._stored[with_place].reference)

    def _waiting(self, key: Callable) -> dict[Hashable, deque[int]]:
        found: dict[Hashable, deque[int]] = defaultdict(deque)
        for place in sorted(self._left):
            found[key(self._stored[place])].append(place)
        return found

    def _open(self) -> list[tuple[int, Line]]:
        return [(i, line) for i, line in enumerate(self._given) if self.found[i] is None]

    def _join(self, place: int, with_place: int) -> None:
        self.found[place] = with_place
        self._left.discard(with_place)
