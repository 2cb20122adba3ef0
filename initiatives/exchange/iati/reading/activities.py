"""An activity as its publisher wrote it: texts and codes, nothing of it judged yet.

Texts are dictionaries by language (a code of ISO 639-1, in small letters; empty where the file
does not say). A day that cannot be read is None, and `problems` of the activity names it. Amounts
are the digits of the file.
"""

from dataclasses import dataclass, field
from datetime import date

Texts = dict[str, str]


@dataclass(frozen=True)
class Side:
    """An organisation as a file names it; `ref` is its IATI identifier, or empty."""

    ref: str = ""
    type: str = ""
    names: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Participant:
    side: Side
    role: str


@dataclass(frozen=True)
class Share:
    """A country, a region or a sector; `vocabulary` is empty where there is but one list."""

    code: str
    percentage: str = ""
    vocabulary: str = ""
    names: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Transaction:
    type: str
    amount: str
    currency: str
    day: date | None
    value_day: date | None
    ref: str = ""
    description: Texts = field(default_factory=dict)
    provider: Side | None = None
    receiver: Side | None = None
    finance_type: str = ""
    countries: tuple[Share, ...] = ()
    regions: tuple[Share, ...] = ()
    sectors: tuple[Share, ...] = ()


@dataclass(frozen=True)
class Budget:
    type: str
    status: str
    start: date | None
    end: date | None
    amount: str
    currency: str
    value_day: date | None


@dataclass(frozen=True)
class Document:
    url: str
    format: str
    titles: Texts
    categories: tuple[str, ...]
    languages: tuple[str, ...]
    day: date | None


@dataclass(frozen=True)
class Related:
    ref: str
    type: str


@dataclass(frozen=True)
class Identifier:
    """`owner` is whose register it is, as far as the file says."""

    ref: str
    type: str
    owner: Side | None = None


@dataclass(frozen=True)
class Activity:
    """`line` is where it begins; `unmapped` counts what was not read, by the path of the element.

    `dates` and `descriptions` are by IATI's codes of their types.
    """

    line: int
    identifier: str
    reporting: Side
    is_secondary: bool  # the one that reports tells of what others do
    titles: Texts
    descriptions: dict[str, Texts]
    status: str
    dates: dict[str, date]
    date_texts: dict[str, Texts]
    participants: tuple[Participant, ...]
    countries: tuple[Share, ...]
    regions: tuple[Share, ...]
    sectors: tuple[Share, ...]
    transactions: tuple[Transaction, ...]
    budgets: tuple[Budget, ...]
    documents: tuple[Document, ...]
    related: tuple[Related, ...]
    identifiers: tuple[Identifier, ...]
    language: str
    default_currency: str
    problems: tuple[str, ...]
    unmapped: dict[str, int]
