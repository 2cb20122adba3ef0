"""Codes of lists for which the site has no column, given back as they came."""

from collections import defaultdict
from typing import Any

from lxml.etree import _Element

from initiatives.exchange.iati.writing.narratives import LANG, part
from initiatives.models import Classification, Initiative
from initiatives.text.plain_text import clean

AFTER_SECTORS = (
    "tag",
    "policy-marker",
    "collaboration-type",
    "default-flow-type",
    "default-finance-type",
    "default-aid-type",
    "default-tied-status",
)
_SHARES = {"policy-marker": "significance"}
_IDENTIFIER, _RELATED = "other-identifier", "related-activity"


def by_element(row: Initiative) -> dict[str, list]:
    found = defaultdict(list)
    for one in row.classifications.all():
        found[one.element].append(one)
    return dict(found)


def write(activity: _Element, kept: dict[str, list], *elements: str) -> None:
    for element in elements:
        for one in kept.get(element, ()):
            write_code(activity, one)


def write_code(activity: _Element, one: Classification, *, share: str | None = None) -> None:
    """`share` stands instead of the one that is kept."""
    told = one.share if share is None else share
    shared: dict[str, Any] = {_SHARES.get(one.element, "percentage"): told}
    made = part(
        activity,
        one.element,
        vocabulary=one.vocabulary,
        vocabulary_uri=one.vocabulary_uri,
        code=one.code,
        **shared,
    )
    _name(made, one)


def _name(made: _Element, one: Classification) -> None:
    if one.name:
        part(made, "narrative").text = clean(one.name)
        if one.language:
            made[-1].set(LANG, clean(one.language))


def write_identifiers(activity: _Element, kept: dict[str, list]) -> None:
    for one in kept.get(_IDENTIFIER, ()):
        made = part(activity, _IDENTIFIER, ref=one.code, type=one.vocabulary)
        if one.vocabulary_uri or one.name:
            _name(part(made, "owner-org", ref=one.vocabulary_uri), one)


def write_related(activity: _Element, kept: dict[str, list]) -> None:
    for one in kept.get(_RELATED, ()):
        part(activity, _RELATED, ref=one.code, type=one.vocabulary)
