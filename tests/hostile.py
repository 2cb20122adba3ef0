"""Requests that no honest program sends, invented from the addresses that the site has.

They follow from a seed alone: the same number makes the same requests.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import unquote

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RoutePattern

from initiatives.public.filtersets import InitiativeFilterSet
from tests.test_admin_bad_input import QUERIES
from tests.test_bad_input import NASTY

CASES = sorted((Path(__file__).parent / "data" / "cases").iterdir())
LANGUAGES = ("en", "ru", "uz", "kk")
METHODS = ("GET",) * 11 + ("HEAD", "POST", "POST", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ODD_METHODS = ("TRACE", "PROPFIND", "get", "CONNECT", "G T", "\xd0\x96", "X" * 300)
PARAMETERS = (
    *InitiativeFilterSet.base_filters,
    *"page page_size next as_of columns for with from to year sort after cursor fields".split(),
    *"limit lang o p e _popup _to_field _changelist_filters of term model_name app_label".split(),
    *"field_name corrects again key address utm_source status__exact title__iregex".split(),
    *"owner__password %00 q%00 %ED%A0%80".split(),
)
LONE = "%ED%A0%80"  # a surrogate by itself
VALUES = (
    *NASTY,
    *(LONE, f"a{LONE}b", *"%C0%80 %00%00 1%00 CI-2025-0001 CI-2025-0001%00 kz-uz kz-kz".split()),
    *"true null [] {} 1,2 1|2 - . .. %2F %5C =cmd() NaN Infinity -0 0x10 1e400 %E2%80%AE".split(),
    *"2025-13 2025-06/ /2025 0000 10000-01-01 24:61 %F0%9F%87%BA%F0%9F%87%BF".split(),
    *("%2e%2e%2f" * 20, "%00" * 300, "9" * 400),
)
TYPES = (
    *("", "text/html", "application/json", "application/xml", "text/plain; charset=utf-99", ";;;"),
    *("multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x"),
    *("multipart/form-data; boundary=" + "b" * 300, "application/x-www-form-urlencoded; charset=ж"),
    *("multipart/mixed; boundary=x", "application/x-www-form-urlencoded", 'a/b; q="', "x" * 3000),
)
_PART = b'--x\r\nContent-Disposition: form-data; name="file"'
BODIES = (
    *(b"", b"\x00", b"\xff\xfe", b"{", b"[" * 3000, b"null", b"<a/>", b"=", b"&&&==&", b"a=%00"),
    *(b"a=%ED%A0%80", b"--x", b"--x--", b"--x\r\n\r\n\r\n--x--", b"a=1&" * 6000, b"%" * 3000),
    _PART + b'; filename="\x00.csv"\r\n\r\na,b\r\n--x--\r\n',
    _PART + b"\r\nContent-Type: text/plain; charset=utf-99\r\n\r\n\xff\r\n--x--\r\n",
    _PART + b"; filename*=UTF-8''%ED%A0%80\r\n\r\n1\r\n--x--",
    _PART + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%\r\n--x--\r\n",
)
_LONG = "x" * 3000
HEADERS = {
    "HTTP_HOST": ("", "evil.example", "testserver:99999", "[::1", "a b", "testserver\x00", _LONG),
    "HTTP_COOKIE": (
        *("a", "=;=;", f"sessionid={_LONG}", "csrftoken=\x00", "sessionid=\ud800"),
        *("django_language=../..", "django_language=ж", f"django_language={_LONG}"),
        *("messages=x:y:z", "known_device=a:b:c"),
    ),
    "HTTP_IF_NONE_MATCH": ("*", '"', 'W/"', _LONG, '"a", "b', "\x00", "W/*"),
    "HTTP_IF_MATCH": ('"x"', "*", ""),
    "HTTP_IF_MODIFIED_SINCE": ("yesterday", "Thu, 32 Nov 99999 00:00:00 GMT", "\x00", "0", "-1"),
    "HTTP_IF_UNMODIFIED_SINCE": ("yesterday", "Thu, 01 Jan 1970 00:00:00 GMT"),
    "HTTP_RANGE": (
        *("bytes=0-", "bytes=-1", "bytes=5-1", "lines=1", f"bytes={'9' * 40}-"),
        "bytes=0-0,0-0," * 100,
    ),
    "HTTP_ACCEPT_LANGUAGE": ("ж", _LONG, "en;q=a", "ru;q=9999999999999999999", "*", "a-a-a---"),
    "HTTP_ACCEPT": ("", "*/*;q=x", "application/" + _LONG, "text/html;q=0", "\x00"),
    "HTTP_ACCEPT_ENCODING": ("gzip;q=x", "br, *;q=0", "\x00"),
    "HTTP_REFERER": ("javascript:1", "http://[", "\x00", _LONG),
    "HTTP_ORIGIN": ("null", "http://[", "https://evil.example"),
    "HTTP_X_FORWARDED_FOR": ("1.2.3", "::ffff:::", "\x00", "1.1.1.1, " * 500, "unknown"),
    "HTTP_X_FORWARDED_PROTO": ("https", "\x00"),
    "HTTP_X_FORWARDED_HOST": ("evil.example",),
    "HTTP_X_HTTP_METHOD_OVERRIDE": ("DELETE",),
    "HTTP_X_REQUEST_ID": ("\x00", _LONG, "a\nb"),
    "HTTP_AUTHORIZATION": ("Basic", "Basic %%%", "Bearer \x00", _LONG),
    "HTTP_USER_AGENT": ("", "\x00", "ж", _LONG),
    "HTTP_X_REQUESTED_WITH": ("XMLHttpRequest",),
    "REMOTE_ADDR": ("", "unix:", "::1", "999.1.1.1"),
    "CONTENT_LENGTH": ("", "-1", "abc", "99999999999", "1e3"),
}


@dataclass(frozen=True)
class Address:
    """A route of the site, with the kinds and names of what it takes."""

    parts: tuple[str | tuple[str, str], ...]
    is_desk: bool


@dataclass
class Hostile:
    method: str
    path: str
    query: str = ""
    body: Any = b""
    content_type: str = "application/octet-stream"
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        given = f"{self.method} {self.path[:200]}?{self.query[:200]} {self.content_type[:60]}"
        return f"{given} {str(self.body)[:300]} { {k: v[:60] for k, v in self.headers.items()} }"


def addresses() -> list[Address]:
    """Every route of the site, but those that end the session."""
    found = [Address(tuple(parts), parts[0] == "admin/") for parts in _walk(get_resolver(), [])]
    return [one for one in found if not {"logout/", "__debug__/"} & set(one.parts)]


def _walk(resolver: URLResolver, before: list) -> Iterator[list]:
    for pattern in resolver.url_patterns:
        own = _parts(pattern)
        if own is None:
            continue
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, [*before, *own])
        elif isinstance(pattern, URLPattern):
            yield [*before, *own] or [""]


def _parts(pattern: URLPattern | URLResolver) -> list | None:
    """What a route consists of; None for one that is a regular expression."""
    if isinstance(pattern.pattern, LocalePrefixPattern):
        return [("language", "language"), "/"]
    if not isinstance(pattern.pattern, RoutePattern):
        return None
    parts, rest = [], str(pattern.pattern._route)
    while "<" in rest:
        text, _, rest = rest.partition("<")
        name, _, rest = rest.partition(">")
        kind, _, name = name.rpartition(":")
        parts += [text] * bool(text) + [(kind or "str", name)]
    return parts + [rest] * bool(rest)


class Inventor:
    """Makes requests; `known` maps the names of arguments to values that are there."""

    def __init__(self, seed: int, known: dict[str, tuple[str, ...]]) -> None:
        self.random, self.known = Random(seed), known
        every = addresses()
        self.public = [one for one in every if not one.is_desk]
        self.desk = [one for one in every if one.is_desk]

    def request(self, *, desk: bool) -> Hostile:
        random = self.random
        address = random.choice(self.desk if desk else self.public)
        path = "/" + "".join(
            one if isinstance(one, str) else self._value(*one) for one in address.parts
        )
        if random.random() < 0.04:
            path = self._broken(path)
        made = Hostile(self._method(), path, self._query())
        if made.method not in ("GET", "HEAD", "OPTIONS") or random.random() < 0.05:
            made.body, made.content_type = self._body()
        for name in random.sample(sorted(HEADERS), random.choice((0, 0, 0, 1, 1, 2))):
            # As a server hands over the bytes that it was sent.
            sent = random.choice(HEADERS[name]).encode(errors="surrogatepass")
            made.headers[name] = sent.decode("latin-1")
        return made

    def typed(self, values: dict[str, Any]) -> dict[str, Any]:
        """What a form would send, with some of its fields as nobody fills them in."""
        names, typed = sorted(values), dict(values)
        for name in self.random.sample(names, min(len(names), self.random.randint(1, 3))):
            how = self.random.randrange(5)
            if how == 0:
                del typed[name]
            elif how == 1:
                typed[name] = [_plain(self._nasty()), _plain(self._nasty())]
            else:
                typed[name] = _plain(self._nasty())
        return typed

    def _method(self) -> str:
        odd = self.random.random() < 0.03
        return self.random.choice(ODD_METHODS if odd else METHODS)

    def _value(self, kind: str, name: str) -> str:
        if kind == "language":
            return self.random.choice(LANGUAGES)
        if self.random.random() < 0.6 and (known := self.known.get(name) or self.known.get(kind)):
            return self.random.choice(known)
        return self._nasty().replace("/", "%2F") or "-"

    def _nasty(self) -> str:
        return self.random.choice(VALUES)

    def _broken(self, path: str) -> str:
        return self.random.choice(
            (
                f"/{path}",
                f"{path}%00",
                f"{path}{LONE}",
                f"{path}/../..",
                path.rstrip("/"),
                path * 40,
                f"{path};x=1",
            )
        )

    def _query(self) -> str:
        how = self.random.random()
        if how < 0.3:
            return ""
        if how < 0.4:
            return self.random.choice(QUERIES)
        names = [self.random.choice(PARAMETERS) for _ in range(self.random.choice((1, 1, 2, 3, 8)))]
        if how < 0.5:
            names *= 2
        if how > 0.98:
            names *= 300
        return "&".join(f"{name}={self._nasty()}" for name in names)

    def _body(self) -> tuple[Any, str]:
        how = self.random.random()
        if how < 0.3:
            return self.random.choice(BODIES), self.random.choice(TYPES)
        if how < 0.4:
            sent = {self.random.choice(PARAMETERS): self._nasty() for _ in range(4)}
            return json.dumps(sent).encode(), "application/json"
        if how < 0.5:
            name = self.random.choice(("file", "document", "csv"))
            return self._file(name), "multipart/form-data; boundary=x"
        pairs = (f"{self.random.choice(PARAMETERS)}={self._nasty()}" for _ in range(6))
        return "&".join(pairs).encode(), "application/x-www-form-urlencoded"

    def _file(self, name: str) -> bytes:
        """One of the cases, maybe cut off or with bytes that are no longer its own."""
        case = self.random.choice(CASES)
        content = bytearray(case.read_bytes())
        for _ in range(self.random.choice((0, 0, 1, 20))):
            content[self.random.randrange(len(content))] = self.random.randrange(256)
        content = content[: self.random.choice((None, len(content) // 2))]
        head = (
            f'--x\r\nContent-Disposition: form-data; name="{name}"; filename="{case.name}"\r\n\r\n'
        )
        return head.encode() + bytes(content) + b"\r\n--x--\r\n"


def _plain(value: str) -> str:
    """As it would be typed; a lone surrogate cannot be, but is sent as its bytes."""
    return unquote(value, errors="surrogateescape") if "%" in value else value
