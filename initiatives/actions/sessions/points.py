"""What an officer enters of a session: the event itself, and what it decided point by point."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from initiatives.actions.errors import Refused
from initiatives.choices import EventRelation, Kind
from initiatives.models import Country, Event, Initiative, Sector, Source
from initiatives.partial_dates import PartialDate


@dataclass(kw_only=True)
class Session:
    """`event` and `source` may be new rows. `language` is that of all texts of the protocol."""

    event: Event
    source: Source
    sides: list[Country]
    language: str


@dataclass(kw_only=True, eq=False)
class Point:
    """One point of the protocol; `row` is its place on the page.

    `initiative` is a stored record, a new one that is made as a draft, or None for a point that
    stays with the session. `title` and `kind` are those of a new one, `sector` its main sector.
    `deadline` becomes a milestone called `milestone`. `day` is the actual start or end that the
    status `to` needs, `outcome` what was achieved; `delivered` and `not_delivered`
    are as the record has them.
    """

    row: int
    number: str = ""
    decision: str = ""
    initiative: Initiative | None = None
    relation: str = EventRelation.DECIDED
    to: str = ""
    responsible: Country | None = None
    deadline: PartialDate | None = None
    milestone: str = ""
    day: PartialDate | None = None
    outcome: str = ""
    delivered: str = ""
    not_delivered: str = ""
    sector: Sector | None = None
    kind: str = Kind.OTHER


@dataclass
class Failures:
    """What stands against the points, by their row."""

    of: dict[int, list[ValidationError]] = field(default_factory=dict)

    def add(self, points: list[Point], wrong: ValidationError) -> None:
        """Note it at the row that was being written, else at the first of the record."""
        self.of.setdefault(getattr(wrong, "row", points[0].row), []).append(wrong)


@contextmanager
def writing(point: Point) -> Iterator[None]:
    """What is refused inside is refused because of `point`."""
    try:
        yield
    except ValidationError as wrong:
        wrong.row = point.row  # type: ignore[attr-defined]
        raise


class PointsRefused(Refused):
    """Nothing was saved; `rows` maps rows to the errors that were met there."""

    def __init__(self, rows: dict[int, list[ValidationError]]) -> None:
        self.rows = rows
        super().__init__([error for errors in rows.values() for error in errors])
