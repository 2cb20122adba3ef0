"""An activity as its publisher wrote it: texts and codes, nothing of it judged yet.

Texts are by language, see `languages`. A day that cannot be read is None, and `problems` of the
activity names it. Amounts are the digits of the file. Whatever is not used in the end is called
by its `leave`, so that it is told.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date


def _nothing() -> None:
    """What was not read from a file needs not be left."""


class Texts(dict[str, str]):
    """Texts by language; whoever uses one takes it."""

    def __init__(self, *texts: str) -> None:
        super().__init__(*texts)
        self._takers: dict[str, list[Callable[[], None]]] = {}

    def add(self, code: str, text: str, take: Callable[[], None]) -> None:
        """A text in a language that is there already is added if it is the same."""
        if self.setdefault(code, text) == text:
            self._takers.setdefault(code, []).append(take)

    def use(self, *codes: str) -> "Texts":
        for code in codes:
            for take in self._takers.get(code, ()):
                take()
        return self


@dataclass(frozen=True)
class Side:
    """An organisation as a file names it; `ref` is its IATI identifier, or empty."""

    ref: str = ""
    type: str = ""
    names: Texts = field(default_factory=Texts)
    take_type: Callable[[], None] = field(default=_nothing, compare=False, repr=False)


@dataclass(frozen=True)
class Participant:
    side: Side
    role: str
    leave: Callable[[], None] = field(default=_nothing, compare=False, repr=False)


@dataclass(frozen=True)
class Share:
    """A country, a region or a sector; `vocabulary` is empty where there is but one list."""

    code: str
    percentage: str = ""
    vocabulary: str = ""
    names: Texts = field(default_factory=Texts)
    vocabulary_uri: str = ""
    leave: Callable[[], None] = field(default=_nothing, compare=False, repr=False)
    leave_percentage: Callable[[], None] = field(default=_nothing, compare=False, repr=False)


@dataclass(frozen=True)
class Transaction:
    type: str
    amount: str
    currency: str
    day: date | None
    value_day: date | None
    ref: str = ""
    description: Texts = field(default_factory=Texts)
    provider: Side | None = None
    receiver: Side | None = None
    finance_type: str = ""
    countries: tuple[Share, ...] = ()
    sectors: tuple[Share, ...] = ()
    leave: Callable[[], None] = field(default=_nothing, compare=False, repr=False)
    leave_ref: Callable[[], None] = field(default=_nothing, compare=False, repr=False)


@dataclass(frozen=True)
class ActivityBudget:
    type: str
    status: str
    start: date | None
    end: date | None
    amount: str
    currency: str
    value_day: date | None
    leave: Callable[[], None] = field(default=_nothing, compare=False, repr=False)


@dataclass(frozen=True)
class Document:
    url: str
    titles: Texts
    categories: tuple[str, ...]
    languages: tuple[str, ...]
    day: date | None
    take_language: Callable[[], None] = field(default=_nothing, compare=False, repr=False)
    leave: Callable[[], None] = field(default=_nothing, compare=False, repr=False)


@dataclass(frozen=True)
class Related:
    ref: str
    type: str


@dataclass(frozen=True)
class Code:
    """A code of a list that has no column: in which element, with its share or significance."""

    element: str
    code: str
    vocabulary: str = ""
    vocabulary_uri: str = ""
    share: str = ""
    names: Texts = field(default_factory=Texts)
    leave: Callable[[], None] = field(default=_nothing, compare=False, repr=False)


@dataclass(frozen=True)
class Description:
    type: str
    texts: Texts


@dataclass(frozen=True)
class Activity:
    """`line` is where it begins.

    `dates` are by IATI's codes of their types. `left` gives all that nobody took, see `taken`; it
    is asked when the activity was mapped, and before the next one is read. `guessed` counts the
    texts that do not say their language, by the one that they are taken for.
    """

    line: int
    identifier: str
    reporting: Side
    is_secondary: bool  # the one that reports tells of what others do
    titles: Texts
    descriptions: tuple[Description, ...]
    status: str
    dates: dict[str, date]
    date_texts: dict[str, Texts]
    participants: tuple[Participant, ...]
    countries: tuple[Share, ...]
    sectors: tuple[Share, ...]
    transactions: tuple[Transaction, ...]
    budgets: tuple[ActivityBudget, ...]
    documents: tuple[Document, ...]
    related: tuple[Related, ...]
    codes: tuple[Code, ...]
    problems: tuple[str, ...]
    guessed: Counter[str]
    left: Callable[[], Iterator[tuple[str, str, str]]]
