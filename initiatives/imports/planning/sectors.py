"""Sectors with their shares, and which one is the main one."""

from decimal import Decimal

from django.utils.translation import gettext as _

from initiatives.exchange.separators import PARTED
from initiatives.imports.planning.row_plan import RowPlan
from initiatives.models import InitiativeSector
from initiatives.text.lookalikes import nearest

COLUMNS = ("sectors", "sectors_percents", "main_sector")
_CENTS = Decimal("0.01")


def plan_sectors(row_plan: RowPlan) -> None:
    rows = (
        {} if row_plan.stored is None else {x.sector.slug: x for x in row_plan.stored.sectors.all()}
    )
    wanted = {slug: (row.percent, row.is_main) for slug, row in rows.items()}
    if row_plan.cells.any_changed(COLUMNS):
        wanted = _wanted(row_plan, rows)
    row_plan.main_sectors = sum(is_main for _percent, is_main in wanted.values())
    for slug, row in rows.items():
        if slug not in wanted:
            row_plan.remove(row)
    # The old main sector gives way before the new one comes; there is never room for two.
    for slug, values in sorted(wanted.items(), key=lambda item: item[1][1]):
        _edit(row_plan, slug, rows.get(slug), *values)


def _wanted(row_plan: RowPlan, rows: dict) -> dict[str, tuple]:
    cells = row_plan.cells
    slugs = cells.value("sectors") if "sectors" in cells else list(rows)
    cells.known("sectors", (slug for slug in slugs if slug not in rows), row_plan.lists.sectors)
    if len(set(slugs)) < len(slugs):
        cells.refuse("sectors", _("A sector is given twice."))
    percents, main = _percents(row_plan, slugs, rows), _main(row_plan, slugs, rows)
    return {slug: (percents[slug], slug == main) for slug in slugs}


def _percents(row_plan: RowPlan, slugs: list[str], rows: dict) -> dict:
    if "sectors_percents" not in row_plan.cells:
        return {slug: rows[slug].percent if slug in rows else None for slug in slugs}
    if "sectors" not in row_plan.cells:
        row_plan.cells.refuse(
            "sectors_percents", _("Add the column sectors, to which these belong.")
        )
    values = row_plan.cells.value("sectors_percents") or [None] * len(slugs)
    if len(values) != len(slugs):
        told = {"sectors": len(slugs), "percents": len(values)}
        message = _("%(sectors)s sectors have %(percents)s percents here. Give one to each.")
        row_plan.cells.refuse("sectors_percents", f"{message % told} {PARTED}")
    _tell_sum(row_plan, values)
    return dict(zip(slugs, (value and value.quantize(_CENTS) for value in values), strict=True))


def _tell_sum(row_plan: RowPlan, values: list) -> None:
    known = [value for value in values if value is not None]
    if known and sum(known) != 100:
        told = {"sum": f"{sum(known).normalize():f}"}
        row_plan.cells.note("sectors_percents", _("The percents give %(sum)s, not 100.") % told)


def _main(row_plan: RowPlan, slugs: list[str], rows: dict) -> str | None:
    if "main_sector" not in row_plan.cells:
        return _kept_main(row_plan, slugs, rows)
    named = row_plan.cells.value("main_sector")
    if len(named) > 1:
        row_plan.cells.refuse("main_sector", _("There is one main sector at most."))
    if named and named[0] not in slugs:
        row_plan.cells.refuse("main_sector", _is_no_sector(named[0], slugs))
    return named[0] if named else None


def _kept_main(row_plan: RowPlan, slugs: list[str], rows: dict) -> str | None:
    """The main sector stays that without being named; where it goes, that is told."""
    main = next((slug for slug, row in rows.items() if row.is_main), None)
    if main is None or main in slugs:
        return main
    message = _(
        "“%(sector)s” was the main sector, and now there is none. Name one in the column"
        " main_sector."
    )
    row_plan.cells.note("sectors", message % {"sector": main})
    return None


def _is_no_sector(named: str, slugs: list[str]) -> str:
    message = _("The main sector has to be one of the sectors.")
    near = nearest(named, slugs)
    hint = near and " " + _("Did you mean “%(near)s”?") % {"near": near}
    return f"{message}{hint}"


def _edit(
    row_plan: RowPlan,
    slug: str,
    row: InitiativeSector | None,
    percent: Decimal | None,
    is_main: bool,
) -> None:
    if row is None:
        row_plan.add("initiativesector", [slug], sector=slug, percent=percent, is_main=is_main)
        return
    changed = {}
    if row.percent != percent:
        changed["percent"] = [row.percent and str(row.percent), percent and str(percent)]
    if row.is_main != is_main:
        changed["is_main"] = [str(row.is_main), str(is_main)]
    if changed:
        row_plan.change("initiativesector", [slug], **changed)
