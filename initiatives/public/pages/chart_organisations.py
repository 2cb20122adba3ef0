"""What the organisations of the index pay, and how their initiatives stand, as a chart in files."""

from decimal import Decimal
from functools import partial

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from initiatives.choices import FundingType
from initiatives.editions import lists
from initiatives.editions.index.organisations import OwnFigures
from initiatives.http import page_sizes
from initiatives.http.problems import Problem, refuse
from initiatives.lifecycle import Status
from initiatives.notation import exact_text
from initiatives.public import charts
from initiatives.public.filtersets.found_organisations import organisations_found
from initiatives.public.filtersets.organisations import OrganisationFilterSet
from initiatives.public.images.bars import Bar, BarChart, Paint, Piece, status_paint
from initiatives.public.images.colours import colours, mixed
from initiatives.public.pages.chart_files import ChartFile, Made, chart_of
from initiatives.public.subscriptions import takes

_STATUSES, _MONEY = {"y": 2, "height": 18}, {"y": 26, "height": 12}


@takes(*OrganisationFilterSet.base_filters, *page_sizes.NAMES)
def organisations(request: HttpRequest) -> ChartFile:
    """The organisations of one page of the index, in its order."""
    refuse(page_sizes.errors_in(request.GET))
    filterset = OrganisationFilterSet(request.GET)
    title = _("Organisations: who pays, who gets, who takes part")
    return chart_of(
        "organisations", title, filterset, partial(_made, page_sizes.part_of(request.GET))
    )


def _made(part: slice, filterset: OrganisationFilterSet) -> Made:
    with organisations_found(filterset, get_language()) as found:
        slugs = found.slugs[part]
        figures = found.organisations.figures(tuple(slugs))
    if part.start and not slugs:
        raise Problem(404, _("There is no such page."))
    currency = found.compared_in
    named = lists.rows_of("organisation", [one.slug for one in figures])
    rows = [(str(named[one.slug]), one) for one in figures if one.slug in named]
    paid = charts.paid_bars([one.pays for _name, one in rows], currency)
    return Made(
        columns=[
            *("organisation", "organisation_name", "initiatives"),
            *(status.value for status in Status),
            *("currency", "committed", "paid"),
        ],
        rows=[_cells(name, one, currency) for name, one in rows],
        chart=BarChart(
            names=440,
            bars=[_bar(name, one, bar) for (name, one), bar in zip(rows, paid, strict=True)],
            key=_key(currency) if rows else [],
        ),
    )


def _cells(name: str, figures: OwnFigures, currency: str) -> list[str]:
    sums = {one.type: one.low for one in figures.pays if one.currency == currency and one.rows}
    committed, paid = FundingType.COMMITMENT, FundingType.DISBURSEMENT
    return [
        *(figures.slug, name, str(figures.initiatives)),
        *(str(figures.statuses.get(status, 0)) for status in Status),
        *(currency, _amount(sums.get(committed)), _amount(sums.get(paid))),
    ]


def _amount(amount: Decimal | None) -> str:
    return "" if amount is None else exact_text(amount)


def _bar(name: str, figures: OwnFigures, paid: charts.PaidBar | None) -> Bar:
    pieces = [
        Piece(x=one.x, width=one.width, paint=status_paint(one.status), **_STATUSES)
        for one in charts.status_bar(figures.statuses)
    ]
    if paid:
        lengths = zip((paid.committed, paid.paid), _paints(), strict=True)
        pieces += [Piece(x="0", width=width, paint=paint, **_MONEY) for width, paint in lengths]
    return Bar(label=name, value=str(figures.initiatives), pieces=pieces)


def _paints() -> tuple[Paint, Paint]:
    """As static/css/organisations.css has what is committed and what is paid."""
    link, surface = colours()["link"], colours()["surface"]
    return Paint(fill=mixed(link, surface, 0.3), stroke=link), Paint(fill=link, stroke=link)


def _key(currency: str) -> list[tuple[str, Paint]]:
    committed, paid = _paints()
    return [
        *(("", status_paint(status)) for status in Status),
        (_("committed, %(currency)s") % {"currency": currency}, committed),
        (_("paid, %(currency)s") % {"currency": currency}, paid),
    ]
