"""Percentages: in IATI those of several countries or sectors give 100 together."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from initiatives.exchange.iati.writing.narratives import said

_ALL = Decimal(100)
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Shares:
    """`are_known` is false where the parts are equal only because nothing is known of them."""

    percents: list[Decimal]
    are_known: bool


def shares(percents: Sequence[Decimal | None]) -> Shares:
    """The given percents if they are complete, else equal parts; to the hundredth, 100 in all."""
    given = [percent for percent in percents if percent is not None]
    if len(given) == len(percents) and sum(given) == _ALL:
        return Shares(given, are_known=True)
    equal = (_ALL / len(percents)).quantize(_CENT)
    rest = _ALL - equal * (len(percents) - 1)
    return Shares([equal] * (len(percents) - 1) + [rest], are_known=len(percents) == 1)


def with_note(names: dict[str, str], are_known: bool) -> dict[str, str]:
    """`names`, each with the remark that the share beside it is not known."""
    if are_known:
        return names
    notes = said(lambda: _("share not known, equal parts"))
    return {code: f"{name} ({notes.get(code, notes['en'])})" for code, name in names.items()}


def percentage(percent: Decimal, number: int) -> str:
    """The attribute; one that stands alone has none."""
    return f"{percent.normalize():f}" if number > 1 else ""
