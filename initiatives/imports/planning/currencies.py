"""The currency that stands beside the digits of an amount: `$5bn`."""

from django.utils.translation import gettext as _

from initiatives.exchange.cells import split
from initiatives.imports.planning.row_plan import RowPlan

_SHOWN = 40  # characters of a text that a message repeats


def agree(row_plan: RowPlan, lines: list[dict]) -> None:
    """Take the currency that an amount says where the line has none; refuse another one."""
    for column in ("funding_amounts", "funding_amounts_max"):
        if column in row_plan.cells:
            for line, text, number in _beside(row_plan, column, lines):
                if number is not None and number.currencies:
                    _take(row_plan, column, line, text.strip()[:_SHOWN], number.currencies)


def _beside(row_plan: RowPlan, column: str, lines: list[dict]) -> zip:
    return zip(
        lines, split(row_plan.cells.texts[column]), row_plan.cells.numbers(column), strict=False
    )


def _take(row_plan: RowPlan, column: str, line: dict, text: str, said: tuple[str, ...]) -> None:
    given = line.get("currency")
    told = {"text": text, "said": ", ".join(said), "given": given}
    if given and given not in said:
        message = _("“%(text)s” says %(said)s, and the currency here is %(given)s.")
        row_plan.cells.refuse(column, message % told)
    if not given and len(said) > 1:
        row_plan.cells.refuse(column, _("“%(text)s” may be %(said)s. Give the currency.") % told)
    if not given:
        line["currency"] = said[0]
        row_plan.cells.note(column, _("The currency %(said)s is taken from “%(text)s”.") % told)
