"""What an activity says, as facts that can be counted and compared whatever their order.

A fact is its kind and what it says: pairs of a path and a value. What the standard takes for the
same is the same here: a share of 100 of something that stands alone, the vocabulary that is meant
where none is named, the type 1 of a description, the day of a value that is that of the
transaction, the region or country of a language.
"""

from collections import Counter
from decimal import Decimal, InvalidOperation

from lxml import etree

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
KINDS = {
    "codes": (
        "sector recipient-country recipient-region policy-marker activity-status activity-scope"
        " collaboration-type default-flow-type default-finance-type default-aid-type"
        " default-tied-status tag"
    ).split(),
    "titles and narratives": ["title", "description"],
    "transactions": ["transaction"],
    "organisations": ["participating-org"],
    "dates": ["activity-date"],
    "identifiers": ["other-identifier", "related-activity"],
    "documents": ["document-link"],
    "budgets": ["budget"],
}
_TEXTS = ("title", "description")


def facts(activity) -> dict[str, Counter]:
    """By kind. A text is a fact for each of its narratives."""
    found = {}
    for kind, tags in KINDS.items():
        elements = list(activity.iterchildren(*tags))
        found[kind] = Counter(
            fact for one in elements for fact in _facts_of(one, activity, len(elements))
        )
    return found


def _facts_of(element, activity, siblings):
    if element.tag in _TEXTS:
        for narrative in element.iterfind("narrative"):
            kind = element.get("type", "1") if element.tag == "description" else ""
            yield _fact(element.tag, {("type", kind), (_language(narrative), _said(narrative))})
        return
    said = set(_parts(element, ""))
    if element.tag == "sector":
        said.add(("@vocabulary", element.get("vocabulary", "1")))
    alone = sum(one.tag == element.tag for one in activity.iterchildren()) == 1
    if alone:
        said.discard(("@percentage", "100"))
    if element.tag in ("transaction", "budget"):
        said |= _of_money(element, activity)
    if element.tag == "budget":
        said |= {("@type", element.get("type", "1")), ("@status", element.get("status", "1"))}
    yield _fact(element.tag, said)


def _of_money(element, activity):
    value = element.find("value")
    currency = value.get("currency") or activity.get("default-currency", "")
    return {("value/@currency", currency)}


def _fact(tag, said):
    return (tag, frozenset(pair for pair in said if pair[1]))


def _parts(element, path):
    for key, text in element.attrib.items():
        if key != LANG:
            yield f"{path}@{key}", _number(text.strip())
    children = list(element.iterchildren(etree.Element))
    if element.tag == "narrative":
        yield f"{path}({_language(element)})", _said(element)
    elif not children and element.text and element.text.strip():
        yield path.rstrip("/"), _number(element.text.strip())
    for child in children:
        yield from _parts(child, f"{path}{child.tag}/")


def _number(text):
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return f"{number.normalize():f}" if text.replace(".", "").lstrip("-").isdecimal() else text


def _said(narrative):
    """A date that is known less exactly is told with a remark behind it."""
    text = " ".join("".join(narrative.itertext()).split())
    is_date = narrative.getparent().tag == "activity-date"
    return text.partition(" (")[0] if is_date else text


def _language(element):
    while element is not None and not element.get(LANG):
        element = element.getparent()
    tag = "en" if element is None else element.get(LANG)
    main, *further = tag.split("-")
    script = next((part for part in further if len(part) == 4 and part != "Latn"), "")
    return f"{main}-{script}" if script else main
