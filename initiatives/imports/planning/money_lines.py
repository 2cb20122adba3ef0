"""What tells one line of money from another, and what is said of those that are gone."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from initiatives.imports.planning.lines import Line, match
from initiatives.imports.planning.row_plan import RowPlan, as_text
from initiatives.models import Funding
from initiatives.models.texts import text_of

_SIDES = ("provider", "provider_country", "receiver")
_FACTS = {
    "type": ("type",),
    "date": ("date",),
    "amount": ("amount", "amount_max", "amount_kind"),
    "currency": ("currency",),
    "sides": _SIDES,
}
_ENOUGH = ("type", "date", "amount", "currency")
_CORRECTED = ("amount", "currency", "sides", "date")
_MOST = 20  # lines that a row names


def identify(row_plan: RowPlan, rows: list, given: list[dict]) -> list[int | None]:
    """The place in `rows` of each of the lines `given`, None where it is new.

    Refuses the row where the file says too little of its lines to tell.
    """
    if not rows:
        return [None] * len(given)
    names = given[0].keys() if given else ()
    facts = {fact: [name for name in _FACTS[fact] if name in names] for fact in _FACTS}
    facts = {fact: fields for fact, fields in facts.items() if fields}
    stored = [_line(facts, lambda name, row=row: text_of(row, name)) for row in rows]
    mine = [_line(facts, lambda name, line=line: as_text(line.get(name))) for line in given]
    found = match(stored, mine, enough=_ENOUGH, corrected=_CORRECTED)
    if not (_has_numbers(row_plan, given) or facts.keys() >= set(_ENOUGH)):
        _refuse_unclear(row_plan, rows, found)
    _tell_numbers(row_plan, rows, given, found)
    return found


def _has_numbers(row_plan: RowPlan, given: list[dict]) -> bool:
    """An empty list of numbers says that no line is left."""
    if not given:
        return "funding_numbers" in row_plan.cells
    return any(line["number"] is not None for line in given)


def _line(facts: dict[str, list[str]], text: Callable[..., Any]) -> Line:
    number = text("number")
    return Line(
        tuple((fact, tuple(map(text, fields))) for fact, fields in facts.items()),
        text("reference") or "",
        None if number is None else int(number),
    )


def _refuse_unclear(row_plan: RowPlan, rows: list, found: list[int | None]) -> None:
    """Where each line stays what it is, or is new, nothing has to be told apart."""
    if len(set(found) - {None}) < len(rows):
        message = _(
            "Add the column funding_numbers: it says which line of money is which, and which one "
            "is no longer here."
        )
        column = next(name for name in row_plan.cells.texts if name.startswith("funding"))
        row_plan.cells.refuse(column, message)


def _tell_numbers(
    row_plan: RowPlan, rows: list, given: list[dict], found: list[int | None]
) -> None:
    """Where a file has numbers of its own, or another order: which line was meant."""
    for line, place in zip(given, found, strict=True):
        number = line["number"]
        if number is not None and place is not None and rows[place].number != number:
            told = {"number": number, "stored": rows[place].number}
            row_plan.cells.note(
                "funding_numbers",
                _("Line %(number)s of the file is line %(stored)s of the record.") % told,
            )


def tell_gone(row_plan: RowPlan, gone: list, *, added: int) -> None:
    """Say which lines are removed, and what officers had given to them goes with them.

    The citations of `gone` were fetched, see `stored.fetch_evidence`.
    """
    for row in gone[:_MOST]:
        row_plan.notes.append(_gone(row))
    if len(gone) > _MOST:
        row_plan.notes.append(_("%d more lines of money are removed.") % (len(gone) - _MOST))
    if gone and added:
        row_plan.notes.append(
            _("If a new line is one of those that are removed, give it the same number.")
        )


def _gone(row: Funding) -> str:
    told = {"number": row.number, "line": row, "date": row.date or "–"}
    message = _("Line %(number)s of money is removed: %(line)s, %(date)s.") % told
    sources = [str(citation) for citation in row.citations.all()]
    if sources:
        told = {"sources": "; ".join(sources)}
        message += " " + _("Officers had cited for it: %(sources)s.") % told
    return message
