"""The public record: all that the public is told of an initiative or event, as data.

What has no field here is private. Keys of countries, sectors and organisations stand for their
names, which are read when they are shown. Partial dates are their text form (see
`partial_dates`), amounts and shares their exact decimals, instants ISO 8601 in UTC. What is empty
is left out of the stored text. FORM rises when a field is renamed or gets another meaning; a field
that is new has a default, so that older records can still be read.
"""

from functools import cache

import msgspec

# Whoever reads a record knows its parts by the same module.
from initiatives.editions.parts import NO_TEXT as NO_TEXT
from initiatives.editions.parts import AnyPart as AnyPart
from initiatives.editions.parts import Citation as Citation
from initiatives.editions.parts import Claim as Claim
from initiatives.editions.parts import Part as Part
from initiatives.editions.parts import Text as Text

FORM = 1


class CountryRole(Part, frozen=True, kw_only=True):
    iso2: str
    role: str
    percent: str | None = None


class SectorShare(Part, frozen=True, kw_only=True):
    slug: str
    percent: str | None = None
    is_main: bool = False


class OrganisationRole(Part, frozen=True, kw_only=True):
    slug: str
    role: str


class Money(Claim, frozen=True, kw_only=True):
    """A line of money; `provider` and `receiver` are slugs of organisations."""

    number: int
    type: str
    amount: str | None = None
    amount_max: str | None = None
    amount_kind: str
    currency: str = ""
    date: str | None = None
    provider: str | None = None
    provider_country: str | None = None
    receiver: str | None = None
    instrument: str
    reference: str = ""
    usd_rate: str | None = None
    usd_rate_on: str | None = None
    usd_rate_source: Citation | None = None
    note: Text = NO_TEXT
    value_date: str | None = None
    transaction_type: str = ""
    finance_type: str = ""
    recorded_at: str
    updated_at: str


class Budget(Part, frozen=True, kw_only=True):
    """A planned amount of a period (IATI budget)."""

    number: int
    type: str
    status: str
    start: str | None = None
    end: str | None = None
    amount: str | None = None
    currency: str = ""
    value_date: str | None = None


class StatusChange(Claim, frozen=True, kw_only=True):
    """One move of the status. `event` is the slug of a public one, `continued_in` the code of a
    public record; `corrects` is the number of the move that this one mends; `approved` says that a
    second person decided it."""

    number: int
    from_status: str = ""
    to_status: str
    effective: str | None = None
    reason: Text = NO_TEXT
    event: str | None = None
    decided_by: str | None = None
    continued_in: str | None = None
    corrects: int | None = None
    origin: str = ""
    approved: bool = False
    recorded_at: str


class Milestone(Claim, frozen=True, kw_only=True):
    number: int
    title: Text = NO_TEXT
    planned: str | None = None
    actual: str | None = None
    dropped_reason: Text = NO_TEXT
    weight: int
    responsible: str | None = None
    protocol_reference: str = ""
    version: int
    updated_at: str


class DateRevision(Claim, frozen=True, kw_only=True):
    """A promised date that moved, of the record or of the milestone with this number."""

    number: int
    field: str
    milestone: int | None = None
    old: str | None = None
    new: str | None = None
    reason: Text = NO_TEXT
    recorded_at: str


class EventLink(Part, frozen=True, kw_only=True):
    """What an event was for the record, with what a line about the event says."""

    slug: str
    relation: str
    kind: str
    state: str
    title: Text = NO_TEXT
    start: str | None = None
    end: str | None = None
    decision: Text = NO_TEXT
    protocol_reference: str = ""
    recorded_at: str


class ExternalId(Part, frozen=True, kw_only=True):
    scheme: str
    value: str


class Classification(Part, frozen=True, kw_only=True):
    """A code of another publisher's vocabulary, as it came (IATI)."""

    number: int
    element: str
    vocabulary: str = ""
    vocabulary_uri: str = ""
    code: str = ""
    share: str = ""
    name: str = ""
    language: str = ""


class ExternalText(Part, frozen=True, kw_only=True):
    """A text in a language that is not one of the four."""

    number: int
    field: str
    language: str
    text: str


class InitiativeRecord(Claim, frozen=True, kw_only=True):
    """An initiative. `delivered` is a code of `choices.Delivered`, empty where nobody has said it,
    as in all records that are older than the question. `parent`, `children` and `continues` are
    codes of public records; `version` is that of the stored row, by which an import knows what was
    edited since."""

    form: int
    code: str
    title: Text = NO_TEXT
    summary: Text = NO_TEXT
    description: Text = NO_TEXT
    outcome: Text = NO_TEXT
    delivered: str = ""
    not_delivered: Text = NO_TEXT
    kind: str
    status: str
    status_since: str | None = None
    planned_start: str | None = None
    planned_end: str | None = None
    actual_start: str | None = None
    actual_end: str | None = None
    first_planned_end: str | None = None
    nothing_stated: tuple[str, ...] = ()
    parent: str | None = None
    children: tuple[str, ...] = ()
    continues: tuple[str, ...] = ()
    countries: tuple[CountryRole, ...] = ()
    sectors: tuple[SectorShare, ...] = ()
    organisations: tuple[OrganisationRole, ...] = ()
    funding: tuple[Money, ...] = ()
    budgets: tuple[Budget, ...] = ()
    history: tuple[StatusChange, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    moved_dates: tuple[DateRevision, ...] = ()
    events: tuple[EventLink, ...] = ()
    external_ids: tuple[ExternalId, ...] = ()
    classifications: tuple[Classification, ...] = ()
    external_texts: tuple[ExternalText, ...] = ()
    created_at: str
    published_at: str | None = None
    updated_at: str
    version: int


class EventRecord(Claim, frozen=True, kw_only=True):
    """An event; `uid` and `sequence` are those of iCalendar (RFC 5545)."""

    form: int
    slug: str
    uid: str
    sequence: int = 0
    kind: str
    state: str
    title: Text = NO_TEXT
    start: str | None = None
    end: str | None = None
    start_time: str | None = None
    end_time: str | None = None
    time_zone: str = ""
    place: Text = NO_TEXT
    host_country: str | None = None
    countries: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    outcome: Text = NO_TEXT
    updated_at: str


class Withdrawal(Part, frozen=True, kw_only=True):
    """What is left to say of a record that was withdrawn."""

    form: int
    reason: Text = NO_TEXT


PublicRecord = InitiativeRecord | EventRecord


def texts_of(model: type[Part]) -> tuple[str, ...]:
    """The fields of a record that are texts in the four languages, in their order."""
    return tuple(field.name for field in msgspec.structs.fields(model) if field.type is Text)


# What files, the API and the search know of the texts of an initiative is made of this.
INITIATIVE_TEXTS = texts_of(InitiativeRecord)


def encoded(record: Part) -> str:
    """The canonical JSON of a record (RFC 8785): sorted names, no spaces, no floats."""
    return msgspec.json.encode(record, order="sorted").decode()


def decoded(body: str | bytes, model: type[AnyPart]) -> AnyPart:
    """The record of the type `model` that `encoded` wrote. Raises msgspec.ValidationError."""
    record: AnyPart = _decoder(model).decode(body)
    return record


@cache
def _decoder(model: type[AnyPart]) -> msgspec.json.Decoder[AnyPart]:
    return msgspec.json.Decoder(model)
