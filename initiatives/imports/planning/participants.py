"""Countries and organisations with their roles."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from initiatives.choices import PARTY_ROLES, CountryRole
from initiatives.exchange.cell_parsers import Codes
from initiatives.imports.planning.cells import Cells
from initiatives.imports.planning.row_plan import RowPlan
from initiatives.models import InitiativeCountry, InitiativeOrganisation

PARTY = CountryRole.PARTY.value
PERCENTS = "countries_percents"
_CENTS = Decimal("0.01")
Pairs = list[tuple[str, str]]


def plan_countries(row_plan: RowPlan) -> None:
    rows = (
        {} if row_plan.stored is None else _by(row_plan.stored.countries.all(), "country", "iso2")
    )
    wanted = _wanted(row_plan.cells, list(rows), "countries", "parties")
    _check(row_plan, "countries", rows, wanted, row_plan.lists.countries)
    row_plan.parties = len({code for code, role in wanted if role in PARTY_ROLES})
    _edits(row_plan, "initiativecountry", "country", rows, wanted, _percents(row_plan, wanted))


def plan_organisations(row_plan: RowPlan) -> None:
    rows = (
        {}
        if row_plan.stored is None
        else _by(row_plan.stored.organisations.all(), "organisation", "slug")
    )
    wanted = _wanted(row_plan.cells, list(rows), "organisations")
    if any(pair not in rows for pair in wanted):
        _check(row_plan, "organisations", rows, wanted, row_plan.lists.organisations)
    row_plan.organisations = len(wanted)
    _edits(row_plan, "initiativeorganisation", "organisation", rows, wanted)


def _by(
    links: QuerySet[InitiativeCountry] | QuerySet[InitiativeOrganisation], name: str, key: str
) -> dict[tuple[str, str], object]:
    return {(getattr(getattr(link, name), key), link.role): link for link in links}


def _wanted(cells: Cells, before: Pairs, members: str, parties: str = "") -> Pairs:
    """The pairs of code and role as they shall be.

    Three columns say the same in part. The one with the roles says all; without a change in it
    the others are followed, and a code that is new in them needs a role that they can tell.
    """
    if f"{members}_roles" in cells.changed:
        return _by_roles(cells, members, parties)
    wanted = before
    if parties in cells.changed:
        wanted = _by_parties(cells.once(parties), before)
    if members in cells.changed:
        wanted = _by_members(cells, wanted, members, parties)
    return list(dict.fromkeys(wanted))


def _by_roles(cells: Cells, members: str, parties: str) -> Pairs:
    wanted = cells.once(f"{members}_roles")
    said = {members: {code for code, _role in wanted}}
    said[parties] = {code for code, role in wanted if role in PARTY_ROLES}
    for column, codes in said.items():
        if column in cells.changed and set(cells.value(column)) != codes:
            told = {"other": f"{members}_roles"}
            message = _("This differs from %(other)s. Leave one of the columns out.")
            cells.refuse(column, message % told)
    return wanted


def _by_parties(codes: list[str], before: Pairs) -> Pairs:
    """Who leads stays the lead: the column tells who the parties are, and not in which role."""
    kept = [pair for pair in before if pair[1] not in PARTY_ROLES or pair[0] in codes]
    known = {code for code, role in kept if role in PARTY_ROLES}
    return kept + [(code, PARTY) for code in codes if code not in known]


def _by_members(cells: Cells, wanted: Pairs, members: str, parties: str) -> Pairs:
    codes = cells.once(members)
    kept = [pair for pair in wanted if pair[0] in codes]
    new = [code for code in codes if code not in {code for code, _role in kept}]
    if new and (parties in cells or not parties):
        told = {"code": new[0][:60], "column": f"{members}_roles"}
        message = _("Say the role of “%(code)s” in the column %(column)s.")
        cells.refuse(members, message % told)
    return kept + [(code, PARTY) for code in new]


def _check(
    row_plan: RowPlan,
    members: str,
    rows: Mapping[tuple[str, str], Any],
    wanted: Pairs,
    known: Codes,
) -> None:
    names = (f"{members}_roles", "parties", members)
    column = next((name for name in names if name in row_plan.cells.changed), members)
    row_plan.cells.known(column, (pair[0] for pair in wanted if pair not in rows), known)


def _percents(row_plan: RowPlan, wanted: Pairs) -> dict[tuple[str, str], object] | None:
    """The share of each country in its role; None where the file does not speak of shares."""
    if PERCENTS not in row_plan.cells.changed:
        return None
    given = row_plan.cells.value(PERCENTS)
    found = {(code, role): percent for code, role, percent in given}
    if len(found) < len(given):
        row_plan.cells.refuse(PERCENTS, _("A country is given twice in one role."))
    for code, role in found:
        if (code, role) not in wanted:
            told = {"pair": f"{code}:{role}"[:60]}
            row_plan.cells.refuse(PERCENTS, _("“%(pair)s” is not among the countries.") % told)
    if found and sum(found.values()) != 100:
        told = {"sum": f"{sum(found.values()).normalize():f}"}
        row_plan.cells.note(PERCENTS, _("The percents give %(sum)s, not 100.") % told)
    return {pair: percent.quantize(_CENTS) for pair, percent in found.items()}


def _edits(
    row_plan: RowPlan,
    model: str,
    field: str,
    rows: dict,
    wanted: Pairs,
    percents: dict | None = None,
) -> None:
    for pair, row in rows.items():
        if pair not in wanted:
            row_plan.remove(row)
    for code, role in wanted:
        percent = (percents or {}).get((code, role))
        if (row := rows.get((code, role))) is None:
            more = {} if percent is None else {"percent": percent}
            row_plan.add(model, [code, role], **{field: code, "role": role}, **more)
        elif percents is not None and row.percent != percent:
            pair = [None if one is None else str(one) for one in (row.percent, percent)]
            row_plan.change(model, [code, role], percent=pair)
