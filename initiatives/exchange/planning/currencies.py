"""The currency that stands beside the digits of an amount: `$5bn`."""

from django.utils.translation import gettext as _

from initiatives.exchange.cells import split
from initiatives.exchange.planning.wish import Wish

_SHOWN = 40  # characters of a text that a message repeats


def agree(wish: Wish, lines: list[dict]) -> None:
    """Take the currency that an amount says where the line has none; refuse another one."""
    for column in ("funding_amounts", "funding_amounts_max"):
        if column in wish.cells:
            for line, text, number in _beside(wish, column, lines):
                if number is not None and number.currencies:
                    _take(wish, column, line, text.strip()[:_SHOWN], number.currencies)


def _beside(wish: Wish, column: str, lines: list[dict]):
    return zip(lines, split(wish.cells.texts[column]), wish.cells.numbers(column), strict=False)


def _take(wish: Wish, column: str, line: dict, text: str, said: tuple[str, ...]) -> None:
    given = line.get("currency")
    told = {"text": text, "said": ", ".join(said), "given": given}
    if given and given not in said:
        message = _("“%(text)s” says %(said)s, and the currency here is %(given)s.")
        wish.cells.refuse(column, message % told)
    if not given and len(said) > 1:
        wish.cells.refuse(column, _("“%(text)s” may be %(said)s. Give the currency.") % told)
    if not given:
        line["currency"] = said[0]
        wish.cells.note(column, _("The currency %(said)s is taken from “%(text)s”.") % told)
