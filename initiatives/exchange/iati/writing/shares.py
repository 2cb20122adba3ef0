"""Percentages: in IATI those of several countries or sectors give 100 together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _
from lxml.etree import _Element

from initiatives.exchange.iati.writing.codes import write_code
from initiatives.exchange.iati.writing.narratives import named, part, said
from initiatives.models import Classification, InitiativeCountry

ALL = Decimal(100)
_CENT = Decimal("0.01")
_UNSPECIFIED_REGION = "998"  # of OECD DAC's list: developing countries, unspecified
_DAC = "1"


@dataclass(frozen=True)
class Shares:
    """`percents` are ours and `kept` those that stand beside them as they came, 100 in all with
    `rest`, which is what known shares leave.

    `are_known` is false where the parts are equal only because nothing is known of them, and
    `too_much` is what was given where that is more than 100: then all parts are equal, or the
    largest is a little smaller where only rounding can have made it so much.
    """

    percents: list[Decimal]
    are_known: bool
    rest: Decimal = Decimal(0)
    kept: list[Decimal] = field(default_factory=list)
    too_much: Decimal | None = None


def shares(percents: Sequence[Decimal | None], kept: Sequence[Decimal] = ()) -> Shares:
    """The given percents if all are known, else equal parts, to the hundredth and 100 in all.

    `kept` are the shares of what stands beside them.
    """
    given = [percent for percent in percents if percent is not None]
    together = sum(given, Decimal(0)) + sum(kept, Decimal(0))
    if ALL < together <= ALL + _CENT * (len(given) + len(kept)) and len(given) == len(percents):
        parts = [*given, *kept]
        parts[parts.index(max(parts))] -= together - ALL
        ours, beside = parts[: len(given)], parts[len(given) :]
        return Shares(ours, are_known=True, kept=beside, too_much=together)
    if together > ALL:
        equal = _equal(ALL, len(percents) + len(kept))
        ours, beside = equal[: len(percents)], equal[len(percents) :]
        return Shares(ours, are_known=False, kept=beside, too_much=together)
    whole = ALL - sum(kept, Decimal(0))
    if len(given) == len(percents):
        rest = whole - sum(given, Decimal(0))
        return Shares(given, are_known=True, rest=rest, kept=list(kept))
    return Shares(_equal(whole, len(percents)), are_known=len(percents) == 1, kept=list(kept))


def _equal(whole: Decimal, number: int) -> list[Decimal]:
    equal = (whole / number).quantize(_CENT)
    return [equal] * (number - 1) + [whole - equal * (number - 1)]


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
) -> list[str]:
    """The countries and the `regions`, kept as they came, of which those of OECD DAC's list share
    in the same 100. What is missing of 100 is told as of no region that is known.

    Returns what could not be told as it stands."""
    sharing = [one for one in regions if one.vocabulary in ("", _DAC)]
    split = shares([link.percent for link in links], list(map(share_of, sharing)))
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
    written = {id(one): share for one, share in zip(sharing, split.kept, strict=True)}
    for one in regions:
        is_other = written.get(id(one), share_of(one)) != share_of(one)
        write_code(activity, one, share=f"{written[id(one)]:f}" if is_other else None)
    return too_much(split, _("Countries and regions"))


def too_much(split: Shares, of: str) -> list[str]:
    """The remark that the shares `of` something gave more than 100, if they did."""
    if split.too_much is None:
        return []
    told = {"what": of, "sum": f"{split.too_much.normalize():f}"}
    if split.are_known:
        message = _("%(what)s: the shares give %(sum)s together; the largest is written smaller.")
    else:
        message = _(
            "%(what)s: the shares give %(sum)s together, above 100; equal parts are written."
        )
    return [message % told]
