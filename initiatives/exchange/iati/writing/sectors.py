"""In what sectors: in OECD DAC's lists, in our own, and in those of others as they came."""

from collections import defaultdict
from decimal import Decimal

from django.utils.translation import gettext as _
from lxml.etree import _Element

from initiatives.exchange.iati.codes import SECTOR_NOT_SPECIFIED, names
from initiatives.exchange.iati.writing.codes import write_code
from initiatives.exchange.iati.writing.narratives import named, part, said
from initiatives.exchange.iati.writing.shares import (
    Shares,
    percentage,
    share_of,
    shares,
    too_much,
    with_note,
)
from initiatives.models import Classification, Initiative, InitiativeSector

_DAC, _CATEGORY = "1", "2"
_OURS = ("99", "98")  # vocabularies of the one that reports


def write(
    activity: _Element, row: Initiative, kept: list[Classification], vocabulary: str
) -> list[str]:
    """`kept` are the codes of other lists; `vocabulary` is the address that explains ours.

    Returns what could not be told as it stands."""
    links = list(row.sectors.all())  # at least one, or there is no activity
    listed = [one for one in kept if one.vocabulary == _DAC]
    if all(link.sector.dac_code in names("SectorCategory") for link in links):
        split = _write_listed(activity, links, _CATEGORY)
    else:
        split = _write_dac(activity, links, listed)
    taken = {one.vocabulary for one in kept}
    if free := next((one for one in _OURS if one not in taken), None):
        _write_ours(activity, links, free, vocabulary)
    for one in kept:
        if one.vocabulary != _DAC:
            write_code(activity, one)
    return too_much(split, _("Sectors"))


def _write_listed(activity: _Element, links: list[InitiativeSector], vocabulary: str) -> Shares:
    split = shares([link.percent for link in links])
    for link, percent in zip(links, split.percents, strict=True):
        share = percentage(percent, len(links))
        part(activity, "sector", vocabulary=vocabulary, code=link.sector.dac_code, percentage=share)
    return split


def _write_dac(
    activity: _Element, links: list[InitiativeSector], kept: list[Classification]
) -> Shares:
    """Where the shares of several sectors meet in a code they are added. What has no code, or is
    missing of 100, is told as not specified."""
    split = shares([link.percent for link in links], list(map(share_of, kept)))
    found: dict[str, Decimal] = defaultdict(Decimal)
    for link, percent in zip(links, split.percents, strict=True):
        code = link.sector.dac_code
        found[code if code in names("Sector") else SECTOR_NOT_SPECIFIED] += percent
    for one, percent in zip(kept, split.kept, strict=True):
        found[one.code] += percent
    if split.rest:
        found[SECTOR_NOT_SPECIFIED] += split.rest
    for code, percent in found.items():
        share = percentage(percent, len(found))
        part(activity, "sector", vocabulary=_DAC, code=code, percentage=share)
    return split


def _write_ours(
    activity: _Element, links: list[InitiativeSector], number: str, address: str
) -> None:
    split = shares([link.percent for link in links])
    rest = split.rest
    for link, percent in zip(links, split.percents, strict=True):
        part(
            activity,
            "sector",
            with_note(named(link.sector, link.sector.slug), split.are_known),
            vocabulary=number,
            vocabulary_uri=address,
            code=link.sector.slug,
            percentage=percentage(percent, len(links) + bool(rest)),
        )
    if rest:
        share = percentage(rest, len(links) + 1)
        part(
            activity,
            "sector",
            said(lambda: _("Not specified")),
            vocabulary=number,
            vocabulary_uri=address,
            code="not-specified",
            percentage=share,
        )
