"""What an activity becomes. Nothing here knows the database."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class NewCountry:
    iso2: str
    iso3: str
    names: dict[str, str]  # in the four languages


@dataclass(frozen=True)
class NewOrganisation:
    slug: str
    iati_id: str
    kind: str
    names: dict[str, str]
    iati_type: str = ""
    country: str = ""


@dataclass(frozen=True)
class NewSector:
    slug: str
    dac_code: str
    names: dict[str, str]


@dataclass(frozen=True)
class NewSource:
    """A document to be cited by the initiative; a stored source with this address is the same."""

    slug: str
    title: str
    url: str
    kind: str
    publisher: str
    language: str = ""
    published: date | None = None


@dataclass(frozen=True)
class NewClassification:
    """A code of another list; the fields are those of `models.Classification`."""

    element: str
    code: str
    vocabulary: str = ""
    vocabulary_uri: str = ""
    share: str = ""
    name: str = ""
    language: str = ""


@dataclass(frozen=True)
class NewText:
    """A text in a language that is not shown; the fields are those of `models.ExternalText`."""

    field: str
    language: str
    text: str


@dataclass(frozen=True)
class Mapped:
    """`cells` are those of `exchange.columns`, only the ones that the activity says something of.

    `key` is a code of ours, or scheme and value of an ExternalId (`iati:…`). What is in
    `countries`, `organisations`, `sectors` and `publisher` may not be stored yet, and the cells
    point to it.
    """

    key: str
    line: int
    cells: dict[str, str]
    external_ids: tuple[tuple[str, str], ...]
    parent_key: str
    status_reasons: dict[str, str]
    funding_notes: tuple[dict[str, str], ...]
    countries: tuple[NewCountry, ...]
    organisations: tuple[NewOrganisation, ...]
    sectors: tuple[NewSector, ...]
    sources: tuple[NewSource, ...]
    publisher: NewSource | None  # what carries the status; None for an activity of ours
    codes: tuple[NewClassification, ...] = ()
    texts: tuple[NewText, ...] = ()
    unmapped: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()  # pairs of a column and why it is refused
