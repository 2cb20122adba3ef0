"""CACHE_URL as Django's settings of the cache of whole public answers, or the start stops.

redis-py passes over a number of a database that is none, and complains of a wrong option when it
first connects; here both are refused. No message repeats the address.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, parse_qs, urlsplit

from tracker.addresses import WrongAddress, one_of, options_of, seconds, variable

KEPT_SECONDS = 24 * 60 * 60  # with the day each answer is another one anyway
KEPT_IN_MEMORY = 300  # answers, at most 300 kB each, in each process
ROWS_IN_MEMORY = 4_000  # rows of lists, most of 2 kB and none of more than 10, in each process
ANSWER_SECONDS = 0.25  # making a page takes less; a Redis that needs longer is of no use
_SCHEMES = ("redis", "rediss", "unix")
_TIMEOUTS = ("socket_timeout", "socket_connect_timeout")
_TLS = ("ssl_ca_certs", "ssl_certfile", "ssl_keyfile", "ssl_cert_reqs", "ssl_check_hostname")
_TLS_WORDS = {
    "ssl_cert_reqs": ("none", "optional", "required"),
    "ssl_check_hostname": ("true", "false"),
}


def caches_of(address: str | None, *, site: str) -> dict[str, dict[str, Any]]:
    """The entries of CACHES for whole public answers, in the Redis at `address` if there is one,
    and for rows of lists as HTML."""
    answers = local_memory() if address is None else cache_of(address.strip(), site=site)
    return {"answers": answers, "rows": rows_in_memory()}


def local_memory() -> dict[str, Any]:
    """The entry of CACHES for the memory of each process."""
    return {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "answers",
        "TIMEOUT": KEPT_SECONDS,
        "OPTIONS": {"MAX_ENTRIES": KEPT_IN_MEMORY},
    }


def rows_in_memory() -> dict[str, Any]:
    """The entry of CACHES for rows of lists, which are read too often to be asked of a Redis."""
    return {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "rows",
        "TIMEOUT": KEPT_SECONDS,
        "OPTIONS": {"MAX_ENTRIES": ROWS_IN_MEMORY},
    }


def cache_of(address: str, *, site: str) -> dict[str, Any]:
    """The entry of CACHES for the Redis that `address` names.

    `site` begins every key, so that several sites may share it. Raises ImproperlyConfigured with
    the cure.
    """
    with variable("CACHE_URL"):
        _check(address)
    given = parse_qs(urlsplit(address).query)
    return {
        "BACKEND": "tracker.redis_cache.RedisCache",
        "LOCATION": [address],  # as a text it would be parted at each comma of a password
        "TIMEOUT": KEPT_SECONDS,
        "KEY_PREFIX": f"tracker:{site}",
        # redis-py lets what the address says go before these.
        "OPTIONS": {name: ANSWER_SECONDS for name in _TIMEOUTS if name not in given},
    }


def _check(address: str) -> None:
    scheme, found, rest = address.partition("://")
    if not found or scheme not in _SCHEMES:
        begins = f"begins with {scheme[:20]!r}" if found else "has no scheme"
        raise WrongAddress(
            f"{begins}; only redis://, rediss:// (with TLS) and unix:// are supported. "
            "To keep answers in the memory of each process remove it"
        )
    authority, others = re.findall(r"\A([^/?#]*)(.*)\Z", rest, re.DOTALL)[0]
    if re.search(r"[\s,;]", address) or "#" in others or "@" in others or authority.count("@") > 1:
        raise _unreadable()
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise _unreadable() from None
    if port == 0 or re.search(r"%(?![0-9a-fA-F]{2})", address):
        raise _unreadable()
    _check_options(scheme, options_of(parts.query, _known(scheme)))
    _check_place(scheme, parts)


def _known(scheme: str) -> tuple[str, ...]:
    tls, database = (_TLS if scheme == "rediss" else ()), (("db",) if scheme == "unix" else ())
    return (*_TIMEOUTS, *tls, *database)


def _check_options(scheme: str, options: Mapping[str, str]) -> None:
    for name, value in options.items():
        if name in _TIMEOUTS:
            seconds(value, name)
        elif name in _TLS_WORDS:
            one_of(value, name, _TLS_WORDS[name])
        elif name == "db":
            _check_database(value)


def _check_place(scheme: str, parts: SplitResult) -> None:
    if scheme != "unix":
        if not parts.hostname:
            raise WrongAddress("names no host; write redis://host:6379/0")
        _check_database(parts.path.removeprefix("/") or "0")
    elif parts.netloc.rpartition("@")[2] or len(parts.path) < 2:
        raise WrongAddress("names no socket; write unix:///path/to/redis.sock?db=0")


def _check_database(text: str) -> None:
    if not re.fullmatch(r"\d{1,4}", text, re.ASCII):
        raise WrongAddress(
            f"names the database {text[:40]!r}; Redis numbers them, so write redis://host:6379/0"
        )


def _unreadable() -> WrongAddress:
    return WrongAddress(
        "cannot be read as redis://user:password@host:port/number?option=value, of one server. In "
        "a user name or password write % as %25, / as %2F, @ as %40, : as %3A, # as %23, ? as %3F, "
        ", as %2C and ; as %3B"
    )
