"""Pages about a part of the whole: a country, a pair, a sector, an organisation.

All show the same overview of a set of initiatives and lead into the list with the filter that
makes this set, so that what they count can be looked at row by row.
"""

from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from initiatives import timeline
from initiatives.as_of import as_published, events_as_published
from initiatives.editions import lists
from initiatives.editions.index import Found
from initiatives.editions.index.figures import Figures, PartKey
from initiatives.editions.index.latest import Latest
from initiatives.public import charts, overview
from initiatives.public.charts.sector_bars import SectorBar
from initiatives.public.filtersets import InitiativeFilterSet
from initiatives.public.filtersets.selections import found_by
from initiatives.public.overview import Overview
from initiatives.public.pages.pages import PastPage

if TYPE_CHECKING:
    from initiatives.models import Initiative


class Shown:
    """The records that a page needs, by code, as they are known now or were on the day `on`.

    A code that went since it was found has no record, and what is asked about it is left out.
    """

    def __init__(self, codes: list[str], *, on: date | None = None) -> None:
        self._rows = {row.code: row for row in as_published(dict.fromkeys(codes), on=on)}

    def initiatives(self, codes: list[str]) -> "list[Initiative]":
        return [self._rows[code] for code in codes if code in self._rows]

    def parts(self, name: str, keys: list[PartKey]) -> list[Any]:
        """The rows of the relation `name` at these keys."""
        rows = {
            (code, row.number): row
            for code in {key.code for key in keys} & set(self._rows)
            for row in getattr(self._rows[code], name).all()
        }
        return [rows[key] for key in keys if key in rows]


def overview_of(
    found: overview.Overview,
    shown: Shown,
    list_query: dict[str, list[str]],
    *,
    on: date | None = None,
) -> dict[str, Any]:
    """What the overview partial needs, and the list that shows the same initiatives."""
    events = events_as_published([*found.next_events, *found.open_events], on=on)
    return {
        **_counted(found, list_query),
        "money": found.money,
        "money_bars": charts.money_bars(found.money),
        "sector_bars": _sector_bars(found, list_query),
        "next_events": [events[slug] for slug in found.next_events if slug in events],
        "open_events": [events[slug] for slug in found.open_events if slug in events],
        "next_milestones": shown.parts("milestones", found.next_milestones),
    }


def _counted(found: Overview, list_query: dict[str, list[str]]) -> dict[str, Any]:
    query = urlencode(list_query, doseq=True)
    formats = {
        kind: f"{reverse(f'formats:{kind}')}?{query}" for kind in ("csv", "xlsx", "json", "iati")
    }
    return {
        "list_address": f"{reverse('initiatives:list')}?{query}",
        "list_joint": "&" if list_query else "",
        "chart_query": query,
        "formats": formats,
        "statuses": overview.by_status(found.statuses, in_part=found.in_part),
        "total": found.total,
    }


def _sector_bars(found: Overview, list_query: dict[str, list[str]]) -> list[SectorBar]:
    """None on the page of a sector: choosing a second one would widen its list, not narrow it."""
    if "sector" in list_query:
        return []
    rows = overview.by_sector(found.sectors)
    trees = lists.trees({sector.slug: sector for sector, _counts in rows})
    return charts.with_parts(charts.sector_bars(rows), trees)


class ScopePage(PastPage):
    """A page whose initiatives are those of the list under `list_query`.

    Subclasses say what more they take out of the index in `figures`, whose records they need in
    `codes`, and what they show of both in `shown`.
    """

    recent = 5  # changes that it names
    everywhere = False  # whether all events are shown, and not those alone that belong to it
    own_money_of = ""  # the organisation whose money is told of alone

    def list_query(self) -> dict[str, Any]:
        raise NotImplementedError

    def figures(self, figures: Figures) -> Any:
        return None

    def codes(self, found: Any) -> list[str]:
        return []

    def shown(self, found: Any, shown: Shown) -> dict[str, Any]:
        return {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.list_query() | self.known.query
        filterset = InitiativeFilterSet(query)
        with found_by(filterset) as found:
            whole = overview.of(found, everywhere=self.everywhere)
            latest = self._latest(found).changes(self.recent)
            own = self.figures(Figures(found))
        shown = Shown([*whole.codes, *self.codes(own)], on=self.known.day)
        told = overview_of(whole, shown, query, on=self.known.day)
        told["recent"] = timeline.changes_of(latest, at=self.known.at)
        follow = {"follow": self.request.path.rstrip("/"), "today": timezone.localdate()}
        return super().get_context_data(**told | self.shown(own, shown) | follow | kwargs)

    def _latest(self, found: Found) -> Latest:
        return Latest(found, until=self.known.at, organisation=self.own_money_of)


def listed(name: str, key: str) -> Any:
    """The row of a list that records name, or Http404."""
    row = lists.row_of(name, key)
    if row is None:
        raise Http404
    return row
