"""Pages that are a briefing: how what is found stands, what slipped, what comes, what changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from initiatives.choices import Direction, Standing
from initiatives.editions.index.figures import Figures
from initiatives.editions.index.slips import SlipKey, Slips
from initiatives.http.address import Address
from initiatives.partial_dates import PartialDate
from initiatives.public import charts
from initiatives.public.charts.sector_bars import SectorBar
from initiatives.public.pages.scopes import ScopePage, Shown
from initiatives.public.slipped import dates_among

if TYPE_CHECKING:
    from initiatives.models import Event, Milestone

SECTORS = 10
_OPEN = (Standing.LATE, Standing.ON_TIME, Standing.NO_DATE)


@dataclass(frozen=True, kw_only=True)
class Brief:
    """What the index tells any briefing: `later` dates moved later in the `years`."""

    standings: dict[str, int]
    years: tuple[int, ...]
    later: int
    slips: list[SlipKey]

    @property
    def codes(self) -> list[str]:
        return [key.code for key in self.slips]


@dataclass(frozen=True, kw_only=True)
class Coming:
    """An event or a milestone; `on` is None where nobody says when."""

    on: PartialDate | None
    event: "Event | None" = None
    milestone: "Milestone | None" = None


class BriefingPage(ScopePage):
    """Short whatever there is; each number leads to its rows.

    Of what slipped the years are that of the day of the page and the one before it.
    """

    slipped, coming = 5, 6  # that it names
    is_in_slipped = True  # whether the page of what slipped can be narrowed to it

    @property
    def day(self) -> date:
        """The day as of which it is told."""
        return self.known.day or timezone.localdate()

    def brief(self, figures: Figures) -> Brief:
        years = (self.day.year - 1, self.day.year)
        slips = Slips(figures.found, years)
        return Brief(
            standings=figures.found.tally("standing"),
            years=years,
            later=slips.totals().later,
            slips=slips.keys(Direction.LATER, "longest", 0, self.slipped),
        )

    def told_of(self, brief: Brief, shown: Shown) -> dict[str, Any]:
        """What the parts of templates/briefing/ need. What slipped has no past."""
        years = {"year": [str(year) for year in brief.years]}
        slipped = Address(reverse("initiatives:slipped"), years | self.list_query())
        return {
            "standings": [(one, brief.standings.get(one, 0)) for one in _OPEN],
            "later": brief.later,
            "years": brief.years,
            "slipped_address": "" if self.known.day or not self.is_in_slipped else slipped,
            **_slips(brief.slips, shown, today=self.day),
        }

    def to(self, name: str) -> Address:
        """The page `name`, narrowed to the same initiatives on the same day."""
        return Address(reverse(f"initiatives:{name}"), self.list_query() | self.known.query)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = super().get_context_data(**kwargs)
        coming = _coming(told["next_events"], told["next_milestones"])
        return told | {
            "coming": coming[: self.coming],
            "largest": self._with_addresses(told["sector_bars"][:SECTORS]),
            "everywhere": self.everywhere,
        }

    def _with_addresses(
        self, bars: list[SectorBar]
    ) -> list[tuple[SectorBar, str, list[tuple[SectorBar, str]]]]:
        """Each with where its number leads, and its parts with where theirs do."""
        to_list = self.to("list")

        def address_of(one: SectorBar) -> str:
            """The page of the sector on the front page, elsewhere the list of what it counts."""
            slug = one.sector.slug
            if self.everywhere:
                return reverse("initiatives:sector", args=[slug])
            return str(Address(to_list.path, to_list.state | {"sector": [slug]}))

        return [
            (bar, address_of(bar), [(part, address_of(part)) for part in bar.parts]) for bar in bars
        ]


def _slips(keys: list[SlipKey], shown: Shown, *, today: date) -> dict[str, Any]:
    rows = {row.code: row for row in shown.initiatives([key.code for key in keys])}
    dates = dates_among(rows, keys)
    lines = charts.slip_lines([one.path for one in dates], today=today)
    return {"lines": lines, "slips": list(zip(dates, lines.ways if lines else (), strict=True))}


def _coming(events: "Iterable[Event]", milestones: "Iterable[Milestone]") -> list[Coming]:
    """In the order of their dates; what has none comes last."""
    found = chain(
        (Coming(on=event.start, event=event) for event in events),
        (Coming(on=step.planned, milestone=step) for step in milestones),
    )
    return sorted(found, key=lambda one: one.on.first if one.on else date.max)
