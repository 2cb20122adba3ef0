"""Texts in four languages as IATI's narratives."""

from collections.abc import Callable, Mapping

from django.utils.translation import override
from lxml import etree
from lxml.etree import _Element

from initiatives.choices import Language
from initiatives.models import ExternalText
from initiatives.models.record import Record
from initiatives.text.plain_text import clean, clean_line

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MAIN = Language.ENGLISH.value  # of an activity: what a text is in that says nothing else


def texts(row: Record, name: str) -> dict[str, str]:
    """The field `name` of a row by language, without the languages that it lacks."""
    found = {code: clean(getattr(row, f"{name}_{code}") or "") for code in Language.values}
    return {code: text for code, text in found.items() if text.strip()}


def with_others(told: dict[str, str], others: list[ExternalText], *fields: str) -> dict[str, str]:
    """`told` with the texts of `fields` in further languages, of rows of ExternalText.

    What stood in for English because there was nothing else is told in its own language alone.
    """
    more = {clean(one.language): clean(one.text) for one in others if one.field in fields}
    standing_in = {clean_line(text) for text in more.values()}
    own = {code: text for code, text in told.items() if clean_line(text) not in standing_in}
    return own | more if more else told


def said(make: Callable[[], str]) -> dict[str, str]:
    """What `make` gives in each language, where that differs from the main one."""
    found = {}
    for code in Language.values:
        with override(code):
            found[code] = clean(str(make()))
    return {code: text for code, text in found.items() if code == MAIN or text != found[MAIN]}


def named(row: Record, fallback: str) -> dict[str, str]:
    """The names of a row, or its short name if it has none."""
    return texts(row, "name") or {"": clean(fallback)}


def narrate(parent: _Element, told: Mapping[str, str]) -> _Element:
    """Give `parent` a narrative for each text; a text of unknown language has an empty key."""
    for code, text in told.items():
        narrative = etree.SubElement(parent, "narrative", {LANG: code} if code else {})
        narrative.text = text
    return parent


def part(
    parent: _Element, tag: str, told: Mapping[str, str] | None = None, **attributes: object
) -> _Element:
    """A new child of `parent`; attributes without a value are left away, `_` stands for `-`."""
    known = {
        name.replace("_", "-"): clean(str(value)) for name, value in attributes.items() if value
    }
    return narrate(etree.SubElement(parent, tag, known), told or {})
