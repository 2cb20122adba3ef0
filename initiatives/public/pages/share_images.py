"""Pictures of a page for those who share its address: a record, or a part of the whole."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.as_of import as_edition
from initiatives.demonstration import marked
from initiatives.editions.index.figures import Figures
from initiatives.http import caching
from initiatives.lifecycle import Status, label_of
from initiatives.public import charts, images, overview
from initiatives.public.images import Lines, colours
from initiatives.public.pages.formats import RecordAsJson
from initiatives.public.subscriptions import FollowView
from initiatives.public.subscriptions.scope import Scope
from initiatives.timeline import stands_in_words, told

if TYPE_CHECKING:
    from initiatives.models import Edition, Initiative

_TOP, _ROOM = 112, 1072  # where the title begins, and how wide it may be
_LABEL = 32


class RecordImage(RecordAsJson):
    """Title, status and dates of one initiative; refused as its other formats are."""

    def _file(self, edition: "Edition", on: date | None) -> HttpResponse:
        return drawn("images/record.svg", of_record(as_edition(edition, on=on), on))


class ScopeImage(FollowView):
    """How many initiatives a part of the whole has, and how many of them have each status."""

    def answer(self, request: HttpRequest, scope: Scope) -> HttpResponseBase:
        fresh = caching.freshness(request)
        return caching.answer(request, fresh, lambda: drawn("images/scope.svg", of_scope(scope)))


def drawn(template: str, context: dict[str, Any]) -> HttpResponse:
    """The picture that the `template` draws."""
    site = marked(_("Cooperation tracker"))
    svg = render_to_string(template, {"c": colours(), "site": site, **context})
    return HttpResponse(images.png_of(svg), "image/png")


@dataclass(frozen=True)
class Fill:
    """How a status looks."""

    status: str
    ink: str
    ground: str

    @classmethod
    def of(cls, status: str) -> "Fill":
        found = colours()
        return cls(status, found[status], found[f"{status}_ground"])


@dataclass(frozen=True)
class Placed:
    """Lines with the place of the foot of each."""

    size: int
    rows: list[tuple[int, str]]
    end: int

    @classmethod
    def at(cls, top: int, lines: Lines) -> "Placed":
        feet = (top + lines.size + number * lines.leading for number in range(len(lines.lines)))
        return cls(lines.size, list(zip(feet, lines.lines, strict=True)), top + lines.height)


def of_record(initiative: "Initiative", on: date | None) -> dict[str, Any]:
    """What images/record.svg needs."""
    line = charts.timeline([initiative], [], today=on or timezone.localdate(), fewest=1)
    title = told(initiative, "title")[0] or initiative.code
    height = 215 if line else 300
    heading = images.fitted(title, width=_ROOM, height=height, sizes=(60, 50, 44, 40), bold=True)
    placed = Placed.at(_TOP, heading)
    parts = stands_in_words(initiative.stands)
    words = " · ".join(part.words for part in parts)
    stands = images.fitted(words, width=_ROOM, height=76, sizes=(30, 26), bold=True)
    return {
        "code": initiative.code,
        "heading": placed,
        "badge": _badge(initiative, placed.end + 20),
        "stands": Placed.at(placed.end + 94, stands),
        "stands_late": any(part.is_late for part in parts),
        "line": line,
    }


def _badge(initiative: "Initiative", y: int) -> dict[str, Any]:
    label = str(label_of(initiative.status, initiative.delivered))
    fill = Fill.of(initiative.status)
    return {
        "status": initiative.status,
        "delivered": initiative.delivered,
        "label": label,
        "ink": fill.ink,
        "ground": fill.ground,
        "y": y,
        "width": round(images.width_of(label, _LABEL, bold=True)) + 98,
    }


def of_scope(scope: Scope) -> dict[str, Any]:
    """What images/scope.svg needs."""
    with scope.find() as found:
        figures, total = Figures(found), found.total
        counts, in_part = figures.statuses(), figures.in_part()
    rows = [row for row in overview.by_status(counts, in_part=in_part) if row.count]
    heading = images.fitted(scope.title, width=_ROOM, height=195, sizes=(64, 54, 44), bold=True)
    return {
        "heading": Placed.at(_TOP, heading),
        "total": total,
        "fills": [Fill.of(status) for status in Status],
        "bar": [(segment, Fill.of(segment.status)) for segment in charts.status_bar(counts)],
        "rows": [
            {"count": row, "fill": Fill.of(row.status), "y": 508 + 45 * (place // 2)}
            for place, row in enumerate(rows)
        ],
    }
