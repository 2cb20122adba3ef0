"""What an activity holds and we do not read, counted by path: nothing is lost in silence."""

from collections import Counter

from lxml import etree

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SIDE = ("@ref", "@type", "narrative")
_SHARE = ("@code", "@percentage", "@vocabulary", "@vocabulary-uri", "narrative")
_VALUE = ("value", "value/@currency", "value/@value-date")


def _below(path: str, *names: str) -> set[str]:
    return {path, *(f"{path}/{name}" for name in names)}


_TRANSACTION = (
    "@ref",
    "transaction-type",
    "transaction-type/@code",
    "transaction-date",
    "transaction-date/@iso-date",
    *_VALUE,
    "description",
    "description/narrative",
    "finance-type",
    "finance-type/@code",
    *(name for tag in ("provider-org", "receiver-org") for name in _below(tag, *_SIDE)),
    *(
        name
        for tag in ("sector", "recipient-country", "recipient-region")
        for name in _below(tag, *_SHARE)
    ),
)
MAPPED = {
    "@default-currency",
    "@last-updated-datetime",
    "@hierarchy",
    "iati-identifier",
    *_below("reporting-org", *_SIDE, "@secondary-reporter"),
    *_below("title", "narrative"),
    *_below("description", "@type", "narrative"),
    *_below("participating-org", "@role", *_SIDE),
    *_below("other-identifier", "@ref", "@type", "owner-org"),
    *_below("other-identifier/owner-org", *_SIDE),
    *_below("activity-status", "@code"),
    *_below("activity-date", "@type", "@iso-date", "narrative"),
    *_below("recipient-country", *_SHARE),
    *_below("recipient-region", *_SHARE),
    *_below("sector", *_SHARE),
    *_below("budget", "@type", "@status", "period-start", "period-start/@iso-date", *_VALUE),
    *_below("budget/period-end", "@iso-date"),
    *_below("transaction", *_TRANSACTION),
    *_below("document-link", "@url", "@format", "title", "title/narrative", "category"),
    *_below("document-link/category", "@code"),
    *_below("document-link/language", "@code"),
    *_below("document-link/document-date", "@iso-date"),
    *_below("related-activity", "@ref", "@type"),
}


def unmapped(activity) -> dict[str, int]:
    """Of an element that is not read its parts are not counted again."""
    found: Counter[str] = Counter()
    waiting = [(activity, "")]
    while waiting:
        element, path = waiting.pop()
        names = (f"{path}@{_name(key)}" for key in element.attrib)
        found += Counter(name for name in names if not _is_known(name))
        for child in element.iterchildren(tag=etree.Element):
            name = f"{path}{_name(child.tag)}"
            if name in MAPPED:
                waiting.append((child, f"{name}/"))
            else:
                found[name] += 1
    return dict(sorted(found.items()))


def _is_known(attribute: str) -> bool:
    """The language is read wherever it stands."""
    return attribute in MAPPED or attribute.endswith("@xml:lang")


def _name(tag: str) -> str:
    """`tag` as it is shown; names of other namespaces keep theirs in braces."""
    return "xml:lang" if tag == _LANG else tag
