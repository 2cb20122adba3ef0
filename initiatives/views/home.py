"""The front page: a briefing of what is tracked, how it stands, what slipped and what comes."""

from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from initiatives import charts, overview
from initiatives.choices import Direction, Standing
from initiatives.editions.index.figures import Figures
from initiatives.editions.index.slips import SlipKey, Slips
from initiatives.http.address import Address
from initiatives.partial_dates import PartialDate
from initiatives.slipped import dates_among
from initiatives.views.pages import Known
from initiatives.views.scopes import ScopePage, Shown

if TYPE_CHECKING:
    from initiatives.models import Event, Milestone

SLIPPED, COMING, SECTORS, COUNTRIES = 5, 6, 10, 12
_OPEN = (Standing.LATE, Standing.ON_TIME, Standing.NO_DATE)


@dataclass(frozen=True, kw_only=True)
class Brief:
    """What the index tells the front page alone: `later` dates moved later in the `years`."""

    countries: dict[str, int]
    standings: dict[str, int]
    years: tuple[int, ...]
    later: int
    slips: list[SlipKey]


@dataclass(frozen=True, kw_only=True)
class Coming:
    """An event or a milestone; `on` is None where nobody says when."""

    on: PartialDate | None
    event: "Event | None" = None
    milestone: "Milestone | None" = None


class Home(ScopePage):
    """The numbers are those of the list without filters, to which each of them leads."""

    template_name = "home.html"
    takes = ()
    listed = late = 0
    everywhere = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.known = Known()  # it has no past

    def list_query(self) -> dict[str, Any]:
        return {}

    def figures(self, figures: Figures) -> Brief:
        this = timezone.localdate().year
        years = (this - 1, this)
        slips = Slips(figures.found, years)
        return Brief(
            countries=figures.by_country(),
            standings=figures.found.tally("standing"),
            years=years,
            later=slips.totals().later,
            slips=slips.keys(Direction.LATER, "longest", 0, SLIPPED),
        )

    def codes(self, found: Brief) -> list[str]:
        return [key.code for key in found.slips]

    def shown(self, found: Brief, shown: Shown) -> dict[str, Any]:
        countries = overview.countries(found.countries)
        state = {"year": [str(year) for year in found.years]}
        return {
            "first_countries": [row for row in countries[:COUNTRIES] if row.number],
            "standings": [(one, found.standings.get(one, 0)) for one in _OPEN],
            "later": found.later,
            "years": found.years,
            "slipped_address": Address(reverse("initiatives:slipped"), state),
            **_slips(found.slips, shown, today=timezone.localdate()),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = super().get_context_data(**kwargs)
        coming = _coming(told["next_events"], told["next_milestones"])
        return told | {"coming": coming[:COMING], "largest": told["sector_bars"][:SECTORS]}


def _slips(keys: list[SlipKey], shown: Shown, *, today: date) -> dict[str, Any]:
    rows = {row.code: row for row in shown.initiatives([key.code for key in keys])}
    dates = dates_among(rows, keys)
    lines = charts.slip_lines([one.path for one in dates], today=today)
    return {"lines": lines, "slips": list(zip(dates, lines.ways if lines else (), strict=True))}


def _coming(events: "list[Event]", milestones: "list[Milestone]") -> list[Coming]:
    """In the order of their dates; what has none comes last."""
    found = chain(
        (Coming(on=event.start, event=event) for event in events),
        (Coming(on=step.planned, milestone=step) for step in milestones),
    )
    return sorted(found, key=lambda one: one.on.first if one.on else date.max)
