"""Codes of lists for which the site has no column: they are kept as they came and given back."""

from collections.abc import Iterator

from lxml.etree import _Element

from initiatives.exchange.iati.reading.activities import Code
from initiatives.exchange.iati.reading.values import Reader, raw

# The attribute that says how much of it is so.
SHARES = {"recipient-region": "percentage", "policy-marker": "significance"}
CODED = (
    "activity-scope",
    "recipient-region",
    "tag",
    "policy-marker",
    "collaboration-type",
    "default-flow-type",
    "default-finance-type",
    "default-aid-type",
    "default-tied-status",
)
OTHER_IDENTIFIER, RELATED = "other-identifier", "related-activity"
_PARENT = "1"
_LONGEST, _LONGEST_URI, _LONGEST_SHARE, _LONGEST_VOCABULARY = 200, 500, 40, 20


def codes_of(read: Reader, element: _Element) -> Iterator[Code]:
    """What is longer than can be kept is left, and told."""
    for tag in CODED:
        yield from filter(None, (_coded(read, one, tag) for one in element.iterfind(tag)))
    for one in element.iterfind(OTHER_IDENTIFIER):
        if _fits(raw(one, "ref")):
            yield _identifier(read, one)
    for one in element.iterfind(RELATED):
        kind = raw(one, "type")
        if kind != _PARENT and len(kind) <= _LONGEST_VOCABULARY and _fits(raw(one, "ref")):
            yield Code(RELATED, read.attribute(one, "ref"), read.attribute(one, "type"))


def _fits(text: str, longest: int = _LONGEST) -> bool:
    return 0 < len(text) <= longest


def _coded(read: Reader, one: _Element, tag: str) -> Code | None:
    share = SHARES.get(tag, "")
    whole = (
        _fits(raw(one, "code"))
        and len(raw(one, "vocabulary-uri")) <= _LONGEST_URI
        and len(raw(one, "vocabulary")) <= _LONGEST_VOCABULARY
        and len(raw(one, share) if share else "") <= _LONGEST_SHARE
    )
    if not whole:
        return None
    return Code(
        tag,
        read.attribute(one, "code"),
        read.attribute(one, "vocabulary"),
        read.attribute(one, "vocabulary-uri"),
        read.attribute(one, share) if share else "",
        read.texts(one),
        read.leaver(one),
    )


def _identifier(read: Reader, one: _Element) -> Code:
    """`vocabulary` is its type; whose register it is stands in the address and the name."""
    owner = one.find("owner-org")
    ref = raw(owner, "ref")
    if ref and len(ref) <= _LONGEST_URI:
        read.take(owner, "ref")
    else:
        ref = ""
    kind = raw(one, "type")
    if len(kind) <= _LONGEST_VOCABULARY:
        read.attribute(one, "type")
    return Code(
        OTHER_IDENTIFIER,
        read.attribute(one, "ref"),
        kind if len(kind) <= _LONGEST_VOCABULARY else "",
        ref,
        "",
        read.texts(owner),
        read.leaver(one),
    )
