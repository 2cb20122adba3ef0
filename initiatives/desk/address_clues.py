"""What the address of a document tells by itself; what it does not tell stays empty.

The document is never fetched. An officer pastes an address, and what stands in it need not be
typed again: who published, in which language, on which day.
"""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from initiatives.choices import Language, SourceKind
from initiatives.partial_dates import PartialDate

LONGEST = 1_000  # characters; what the column of an address holds
LONGEST_SLUG = 80

_TRACKING = re.compile(
    r"utm_\w*|fbclid|gclid|gclsrc|dclid|msclkid|yclid|ysclid|mc_[ce]id|igshid|_openstat", re.I
)
# Hosts of which it is known who speaks there; their subdomains speak for the same.
_OFFICIAL = (
    "president.uz lex.uz senat.uz akorda.kz adilet.zan.kz senate.parlam.kz parlam.kz "
    "primeminister.kz president.kg president.tj kremlin.ru government.ru mid.ru"
).split()
_BANKS = "worldbank.org adb.org ebrd.com eib.org aiib.org ndb.int isdb.org eabr.org".split()
_LANGUAGES = {
    **{language.value: language.value for language in Language},
    **{"eng": "en", "rus": "ru", "uzb": "uz", "kaz": "kk"},
}
_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:/(\d{1,2})/(\d{1,2})(?=/|$)|-(\d\d)-(\d\d)(?!\d))", re.ASCII
)
_MONTH = re.compile(r"/((?:19|20)\d\d)/(\d{1,2})(?=/|$)", re.ASCII)
_NUMBERS = re.compile(r"[\d.]+|.*:.*", re.ASCII)  # an address of a machine names nobody
_EXTENSION = re.compile(r"\.[a-z]{3,5}$", re.I)
_SAYS_NOTHING = ("index", "default", "view", "show")


@dataclass(frozen=True, slots=True)
class Clues:
    """Guesses from an address, each an empty text where the address tells nothing."""

    url: str
    publisher: str
    kind: str
    language: str
    published: str
    slug: str


def clues(address: str) -> Clues | None:
    """What `address` tells; nothing if it is no address of a page."""
    parts = _split(address)
    if parts is None:
        return None
    host = _host(parts)
    publisher = "" if _NUMBERS.fullmatch(host) else host
    return Clues(
        url=urlunsplit(_without_tracking(parts)),
        publisher=publisher,
        kind=_kind(host),
        language=_language(host, parts.path),
        published=_published(parts.path),
        slug=_slug(publisher, parts.path),
    )


def normalised(address: str) -> str:
    """The same text for addresses that lead to the same page, and an empty one for no address.

    Scheme, “www.”, a slash at the end, the fragment and tracking parameters make no difference.
    """
    parts = _split(address)
    if parts is None:
        return ""
    query = _without_tracking(parts).query
    port = f":{parts.port}" if parts.port else ""
    return _host(parts) + port + parts.path.rstrip("/") + (f"?{query}" if query else "")


def _split(address: str) -> SplitResult | None:
    text = address.strip()
    if not text.isprintable() or " " in text or len(text) > LONGEST:
        return None
    try:
        parts = urlsplit(text)
        has_host = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:  # brackets that are no IPv6, a port that is no number
        return None
    return parts if has_host and parts.scheme in ("http", "https") else None


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").rstrip(".").removeprefix("www.")


def _without_tracking(parts: SplitResult) -> SplitResult:
    kept = [
        pair
        for pair in parts.query.split("&")
        if not _TRACKING.fullmatch(unquote(pair.partition("=")[0]))
    ]
    return parts._replace(query="&".join(kept))


def _kind(host: str) -> str:
    labels = host.split(".")
    if "gov" in labels[-2:] and len(labels) > 1:
        return SourceKind.OFFICIAL.value
    if _belongs(host, _OFFICIAL):
        return SourceKind.OFFICIAL.value
    return SourceKind.BANK.value if _belongs(host, _BANKS) else ""


def _belongs(host: str, owners: list[str]) -> bool:
    return any(host == owner or host.endswith(f".{owner}") for owner in owners)


def _language(host: str, path: str) -> str:
    labels = host.split(".")
    codes = dict(_LANGUAGES)
    if labels[-1] == "kz":
        codes["kz"] = Language.KAZAKH.value  # so they name their language on sites of Kazakhstan
    for word in (*path.lower().split("/"), labels[0] if len(labels) > 2 else ""):
        if word in codes:
            return codes[word]
    return ""


def _published(path: str) -> str:
    """The date in the path. An impossible one is no date, and no part of it is taken for one."""
    day = _DAY.search(path)
    if day is not None:
        return _real(*filter(None, day.groups()))
    month = _MONTH.search(path)
    return _real(*month.groups()) if month is not None else ""


def _real(*numbers: str) -> str:
    try:
        return str(PartialDate.parse("-".join(number.zfill(2) for number in numbers)))
    except ValueError:
        return ""


def _slug(publisher: str, path: str) -> str:
    """A proposal from the host and the last part of the path that says anything."""
    words = [_plain(_EXTENSION.sub("", unquote(part))) for part in path.split("/")]
    telling = [word for word in words if word and word not in _SAYS_NOTHING]
    whole = "-".join(filter(None, (_plain(publisher), *telling[-1:])))
    if len(whole) <= LONGEST_SLUG:
        return whole
    return whole[: LONGEST_SLUG + 1].rpartition("-")[0] or whole[:LONGEST_SLUG]


def _plain(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))
