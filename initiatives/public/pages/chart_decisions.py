"""What was decided at an event, by status, as a chart that is a file."""

from functools import partial

from django.http import HttpRequest
from django.utils.translation import gettext as _

from initiatives.editions.index.figures import Figures
from initiatives.lifecycle import Status
from initiatives.public import charts
from initiatives.public.images.bars import Bar, BarChart, Piece, status_paint
from initiatives.public.pages.chart_files import ChartFile, Made
from initiatives.public.subscriptions import scopes, takes
from initiatives.public.subscriptions.scope import Scope


@takes()
def decisions(request: HttpRequest, slug: str) -> ChartFile:
    """How many decisions of the event have each status, as on its page.

    Raises Problem: 410 with the public reason if the event was withdrawn, else 404.
    """
    event = scopes.event(request, slug)
    title = _("Decisions by status: %(event)s") % {"event": event.title}
    return ChartFile(name=f"decisions-{slug}", title=title, day=None, make=partial(_made, event))


def _made(event: Scope) -> Made:
    with event.find() as found:
        counts = Figures(found).statuses()
    bar = Bar(
        label=_("Decisions"),
        value=str(sum(counts.values())),
        pieces=[
            Piece(x=one.x, width=one.width, paint=status_paint(one.status))
            for one in charts.status_bar(counts)
        ],
    )
    return Made(
        columns=["status", "status_label", "decisions"],
        rows=[[status.value, str(status.label), str(counts.get(status, 0))] for status in Status],
        chart=BarChart(
            names=240,
            bars=[bar] if counts else [],
            key=[(str(counts[one]), status_paint(one)) for one in Status if counts.get(one)],
        ),
    )
