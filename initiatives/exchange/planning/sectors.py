"""Sectors with their shares, and which one is the main one."""

from decimal import Decimal

from django.utils.translation import gettext as _

from initiatives.exchange.planning.wish import Wish
from initiatives.exchange.separators import PARTED
from initiatives.lookalikes import nearest

COLUMNS = ("sectors", "sectors_percents", "main_sector")
_CENTS = Decimal("0.01")


def plan_sectors(wish: Wish) -> None:
    rows = {} if wish.stored is None else {x.sector.slug: x for x in wish.stored.sectors.all()}
    wanted = {slug: (row.percent, row.is_main) for slug, row in rows.items()}
    if wish.cells.any_changed(COLUMNS):
        wanted = _wanted(wish, rows)
    wish.main_sectors = sum(is_main for _percent, is_main in wanted.values())
    for slug, row in rows.items():
        if slug not in wanted:
            wish.remove(row)
    # The old main sector gives way before the new one comes; there is never room for two.
    for slug, values in sorted(wanted.items(), key=lambda item: item[1][1]):
        _edit(wish, slug, rows.get(slug), *values)


def _wanted(wish: Wish, rows: dict) -> dict[str, tuple]:
    cells = wish.cells
    slugs = cells.value("sectors") if "sectors" in cells else list(rows)
    cells.known("sectors", (slug for slug in slugs if slug not in rows), wish.lists.sectors)
    if len(set(slugs)) < len(slugs):
        cells.refuse("sectors", _("A sector stands here twice."))
    percents, main = _percents(wish, slugs, rows), _main(wish, slugs, rows)
    return {slug: (percents[slug], slug == main) for slug in slugs}


def _percents(wish: Wish, slugs: list[str], rows: dict) -> dict:
    if "sectors_percents" not in wish.cells:
        return {slug: rows[slug].percent if slug in rows else None for slug in slugs}
    if "sectors" not in wish.cells:
        wish.cells.refuse("sectors_percents", _("Add the column sectors, to which these belong."))
    values = wish.cells.value("sectors_percents") or [None] * len(slugs)
    if len(values) != len(slugs):
        told = {"sectors": len(slugs), "percents": len(values)}
        message = _("%(sectors)s sectors have %(percents)s percents here. Give one to each.")
        wish.cells.refuse("sectors_percents", f"{message % told} {PARTED}")
    _tell_sum(wish, values)
    return dict(zip(slugs, (value and value.quantize(_CENTS) for value in values), strict=True))


def _tell_sum(wish: Wish, values: list) -> None:
    known = [value for value in values if value is not None]
    if known and sum(known) != 100:
        told = {"sum": f"{sum(known).normalize():f}"}
        wish.cells.note("sectors_percents", _("The percents give %(sum)s, not 100.") % told)


def _main(wish: Wish, slugs: list[str], rows: dict) -> str | None:
    if "main_sector" not in wish.cells:
        return next((slug for slug in slugs if slug in rows and rows[slug].is_main), None)
    named = wish.cells.value("main_sector")
    if len(named) > 1:
        wish.cells.refuse("main_sector", _("There is one main sector at most."))
    if named and named[0] not in slugs:
        wish.cells.refuse("main_sector", _is_no_sector(named[0], slugs))
    return named[0] if named else None


def _is_no_sector(named: str, slugs: list[str]) -> str:
    message = _("The main sector has to be one of the sectors.")
    near = nearest(named, slugs)
    hint = near and " " + _("Did you mean “%(near)s”?") % {"near": near}
    return f"{message}{hint}"


def _edit(wish: Wish, slug: str, row, percent, is_main: bool) -> None:
    if row is None:
        wish.add("initiativesector", [slug], sector=slug, percent=percent, is_main=is_main)
        return
    changed = {}
    if row.percent != percent:
        changed["percent"] = [row.percent and str(row.percent), percent and str(percent)]
    if row.is_main != is_main:
        changed["is_main"] = [str(row.is_main), str(is_main)]
    if changed:
        wish.change("initiativesector", [slug], **changed)
