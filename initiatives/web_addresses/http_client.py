"""Asking an address: HEAD, then a little of it by GET; each host one at a time, with a pause."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

import urllib3
from urllib3.exceptions import HTTPError

from initiatives.text.plain_text import clean_line
from initiatives.web_addresses.answers import (
    GONE,
    PERMANENT,
    REDIRECTS,
    TRY_LATER,
    Answer,
    Heard,
)
from initiatives.web_addresses.deadlines import ends_after
from initiatives.web_addresses.places import NoSuchName, NotPublic, Place, host_of, place_of

MOST_READ = 64 * 1024  # bytes of a body
MOST_REDIRECTS = 5
LONGEST_WAIT = 7 * 24 * 60 * 60  # seconds; who asks for more is asked again after that
_SILENT = Answer(heard=Heard.SILENT)


class HttpClient:
    """Asks as `user_agent`, waits `timeout` seconds for an answer, and `pause` seconds before a
    host is asked again. `allow_private` lets it ask machines of our own, which only tests do."""

    def __init__(
        self,
        *,
        user_agent: str,
        timeout: float = 15,
        pause: float = 2,
        allow_private: bool = False,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._headers = {"User-Agent": user_agent, "Accept": "*/*"}
        self._timeout = urllib3.Timeout(connect=timeout, read=timeout)
        self._whole = 4 * timeout  # for headers that come in drops, and for such a body
        self._pause, self._allow_private, self._sleep = pause, allow_private, sleep
        self._asked_at: dict[str, float] = {}

    def ask(self, url: str, *, wants_body: bool = False) -> Answer:
        """What is at `url`, after its redirects. Never raises for what an address does."""
        permanent, at = True, url
        for _hop in range(MOST_REDIRECTS + 1):
            answer, leads_to = self._one(at, wants_body)
            if not leads_to:
                is_there = permanent and at != url and answer.heard is Heard.HERE
                return replace(answer, moved_to=_kept(at) if is_there else "")
            permanent = permanent and answer.status in PERMANENT
            try:
                at = urljoin(at, leads_to)
            except ValueError:  # “http://[” and the like
                return replace(_SILENT, status=answer.status)
        return _SILENT

    def _one(self, url: str, wants_body: bool) -> tuple[Answer, str]:
        """(the answer, where it redirects to)"""
        try:
            place = place_of(url, allow_private=self._allow_private)
        except NotPublic:
            return Answer(heard=Heard.REFUSED), ""
        except NoSuchName:
            return Answer(heard=Heard.GONE), ""
        except OSError:
            return _SILENT, ""
        # Some servers know no HEAD, or say of it what they do not say of GET.
        for method in ("GET",) if wants_body else ("HEAD", "GET"):
            try:
                answer, leads_to = self._request(method, place)
            except (HTTPError, OSError, ValueError):  # no TLS, no HTTP, no answer in time
                answer, leads_to = _SILENT, ""
            if leads_to or answer.heard in (Heard.HERE, Heard.LATER):
                break
        return answer, leads_to

    def _request(self, method: str, place: Place) -> tuple[Answer, str]:
        self._wait_for(place.host)
        with _connection(place, self._timeout) as connection:
            with ends_after(self._whole, connection):
                response = connection.request(
                    method,
                    place.target,
                    headers={**self._headers, "Host": place.host_header},
                    redirect=False,
                    retries=False,
                    preload_content=False,
                    decode_content=False,
                )
            try:
                body = self._beginning(response) if method == "GET" else b""
                return _answer(response, body), _leads_to(response)
            finally:
                response.close()

    def _beginning(self, response: Any) -> bytes:
        ends, body = time.monotonic() + self._whole, b""
        while len(body) < MOST_READ and time.monotonic() < ends:
            piece = response.read1(MOST_READ - len(body))
            if not piece:
                break
            body += piece
        return body

    def _wait_for(self, host: str) -> None:
        now = time.monotonic()
        last = self._asked_at.get(host)
        if last is not None and now - last < self._pause:
            self._sleep(self._pause - (now - last))
        self._asked_at[host] = time.monotonic()

    def is_due(self, url: str) -> bool:
        """Whether the host of `url` may be asked without a pause."""
        last = self._asked_at.get(host_of(url))
        return last is None or time.monotonic() - last >= self._pause


def _connection(place: Place, timeout: urllib3.Timeout) -> urllib3.HTTPConnectionPool:
    """To the number of the place; the certificate is that of the name."""
    if place.scheme == "http":
        return urllib3.HTTPConnectionPool(place.number, place.port, timeout=timeout, maxsize=1)
    return urllib3.HTTPSConnectionPool(
        place.number,
        place.port,
        timeout=timeout,
        maxsize=1,
        server_hostname=place.host,
        assert_hostname=place.host,
    )


def _answer(response: Any, body: bytes) -> Answer:
    status = response.status
    if status in TRY_LATER:
        later = _seconds(response.headers.get("Retry-After", ""))
        heard = Heard.LATER if later else Heard.SILENT
        return Answer(heard=heard, status=status, later=later)
    if status in GONE:
        return Answer(heard=Heard.GONE, status=status)
    heard = Heard.SILENT if status >= 500 else Heard.HERE
    return Answer(heard=heard, status=status, body=body)


def _kept(url: str) -> str:
    """`url` as it came from a stranger, if it can be stored and linked to; else nothing."""
    return url if clean_line(url) == url and not set(url) & set(' <>"') else ""


def _leads_to(response: Any) -> str:
    return str(response.headers.get("Location", "")) if response.status in REDIRECTS else ""


def _seconds(text: str) -> int:
    """What Retry-After says (RFC 9110, section 10.2.3); 0 where it says nothing."""
    if text.isascii() and text.isdigit():
        return min(int(text[:10]), LONGEST_WAIT)
    try:
        at = parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError, IndexError):  # of the parser
        return 0
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max(0, int((at - datetime.now(UTC)).total_seconds())), LONGEST_WAIT)
