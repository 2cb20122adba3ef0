"""Percentages: in IATI those of several countries or sectors give 100 together."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _
from lxml.etree import _Element

from initiatives.exchange.iati.writing.narratives import named, part, said
from initiatives.models import Classification, InitiativeCountry

ALL = Decimal(100)
_CENT = Decimal("0.01")
_UNSPECIFIED_REGION = "998"  # of OECD DAC's list: developing countries, unspecified
_DAC = "1"


@dataclass(frozen=True)
class Shares:
    """`are_known` is false where the parts are equal only because nothing is known of them.

    `rest` is what known shares leave of 100; nothing if they give more.
    """

    percents: list[Decimal]
    are_known: bool
    rest: Decimal = Decimal(0)


def shares(percents: Sequence[Decimal | None], *, beside: Decimal = Decimal(0)) -> Shares:
    """The given percents if all are known, else equal parts, to the hundredth and 100 in all.

    `beside` is the share of what stands beside them.
    """
    given = [percent for percent in percents if percent is not None]
    whole = ALL - beside
    if given and len(given) == len(percents):
        return Shares(given, are_known=True, rest=max(whole - sum(given), Decimal(0)))
    if not percents:
        return Shares([], are_known=True, rest=whole)
    equal = (whole / len(percents)).quantize(_CENT)
    rest = whole - equal * (len(percents) - 1)
    return Shares([equal] * (len(percents) - 1) + [rest], are_known=len(percents) == 1)


def with_note(names: dict[str, str], are_known: bool) -> dict[str, str]:
    """`names`, each with the remark that the share beside it is not known."""
    if are_known:
        return names
    notes = said(lambda: _("share not known, equal parts"))
    return {code: f"{name} ({notes.get(code, notes['en'])})" for code, name in names.items()}


def percentage(percent: Decimal, number: int) -> str:
    """The attribute; one that stands alone has none, which means all."""
    return f"{percent.normalize():f}" if number > 1 or percent != ALL else ""


def share_of(classification: Classification) -> Decimal:
    """The percentage of a code that is kept as it was written."""
    try:
        share = Decimal(classification.share or 0)
    except InvalidOperation:
        return Decimal(0)
    return share if share.is_finite() else Decimal(0)


def write_recipients(
    activity: _Element, links: list[InitiativeCountry], regions: list[Classification]
) -> None:
    """The countries; `regions` are those of others, which share in the same 100. What is missing
    of 100 is told as of no region that is known."""
    beside = sum((share_of(one) for one in regions if one.vocabulary in ("", _DAC)), Decimal(0))
    split = shares([link.percent for link in links], beside=beside)
    number = len(links) + len(regions) + bool(split.rest)
    for link, percent in zip(links, split.percents, strict=True):
        country = link.country
        part(
            activity,
            "recipient-country",
            with_note(named(country, country.iso2), split.are_known),
            code=country.iso2,
            percentage=percentage(percent, number),
        )
    if split.rest:
        share = percentage(split.rest, number)
        part(activity, "recipient-region", code=_UNSPECIFIED_REGION, percentage=share)
