"""DATABASE_URL as Django's settings of a database: nothing of it is dropped, or the start stops.

The address of PostgreSQL is read by libpq itself, through psycopg, so that it means here what it
means to `psql`: sockets, several hosts, IPv6, percent-encoded passwords and every option. No
message repeats the address, since there may be a password in it.
"""

import os
from difflib import get_close_matches
from urllib.parse import parse_qsl, unquote

from django.core.exceptions import ImproperlyConfigured

CONNECT_SECONDS = 10  # a database that does not answer shall not hold a request for two minutes
WAIT_SECONDS = 20
_POSTGRES = ("postgres", "postgresql", "psql", "pgsql")
_FIELDS = {
    "dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT",
}  # fmt: skip
_SSLMODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
_SQLITE_OPTIONS = ("timeout",)


def database_of(address: str) -> dict:
    """The entry of DATABASES that `address` names. Raises ImproperlyConfigured with the cure."""
    scheme, found, _ = address.partition("://")
    if scheme == "sqlite":
        return _sqlite(address)
    if scheme in _POSTGRES:
        return _postgresql("postgresql" + address.removeprefix(scheme))
    begins = f"begins with {scheme[:20]!r}" if found else "has no scheme"
    raise _wrong(f"{begins}; only sqlite:/// and postgres:// are supported")


def sqlite_file(name: str, *, timeout: float = WAIT_SECONDS) -> dict:
    """The database in the file `name`; `timeout` is the number of seconds to wait for a lock."""
    # Measured with 8 writers × 100 read-then-write transactions: without these three, four of
    # five fail with "database is locked"; with them, none.
    options = {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "timeout": timeout,
    }
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": options}


def _sqlite(address):
    head, _, query = address.partition("?")
    given = _options(query, _SQLITE_OPTIONS)
    where = head.removeprefix("sqlite://")
    if where in ("", "/", ":memory:"):
        name = ":memory:"
    elif where.startswith("/"):
        name = unquote(where[1:])
    else:
        raise _wrong("names a host for SQLite; write three strokes before the path: sqlite:///path")
    return sqlite_file(name, timeout=_seconds(given.get("timeout", str(WAIT_SECONDS)), "timeout"))


def _postgresql(address):
    from psycopg import ProgrammingError, pq
    from psycopg.conninfo import conninfo_to_dict

    known = [option.keyword.decode() for option in pq.Conninfo.get_defaults()]
    _options(_query_of(address), known)
    try:
        options = dict(conninfo_to_dict(address))
    except ProgrammingError:
        raise _unreadable() from None
    found = {field: str(options.pop(name, "")) for name, field in _FIELDS.items()}
    if not found["HOST"] and found["NAME"].startswith("/"):  # a socket: postgres:////folder/name
        found["HOST"], _, found["NAME"] = found["NAME"].rpartition("/")
    _check(found, options)
    return {"ENGINE": "django.db.backends.postgresql", **found, "OPTIONS": _complete(options)}


def _query_of(address):
    """What follows the question mark; one in the user's name or password is part of that."""
    rest = address.partition("://")[2]
    user, at, others = rest.partition("@")
    return (others if at and "/" not in user else rest).partition("?")[2]


def _options(query, known) -> dict[str, str]:
    """The options of a query string; one that is unknown, repeated or empty stops the start."""
    pairs = parse_qsl(query, keep_blank_values=True)
    for number, (name, value) in enumerate(pairs):
        if name not in known and (name, value) != ("ssl", "true"):  # as libpq reads it for JDBC
            raise _wrong(f"has an option that is not known, {name[:40]!r}. {_cure(name, known)}")
        if not value.strip():
            raise _wrong(f"has the option {name!r} without a value; write {name}=… or remove it")
        if name in dict(pairs[:number]):
            raise _wrong(f"has the option {name!r} more than once; write it once")
    return dict(pairs)


def _cure(name, known):
    if name.upper() in ("CONN_MAX_AGE", "CONN_HEALTH_CHECKS"):
        return "How long a connection is kept says the variable CONN_MAX_AGE"
    near = get_close_matches(name.lower(), known, 1)
    if near:
        return f"Did you mean {near[0]!r}?"
    return f"The options are: {', '.join(known)}"


def _check(found, options):
    ports = found["PORT"].split(",") if found["PORT"] else []
    if not all(not port or (port.isascii() and port.isdigit()) for port in ports):
        raise _unreadable()
    if not found["NAME"] and "service" not in options:
        raise _wrong("names no database; write postgres://user:password@host/name")
    mode = options.get("sslmode", "prefer")
    if mode not in _SSLMODES:
        near = get_close_matches(mode, _SSLMODES, 1) or [", ".join(_SSLMODES)]
        raise _wrong(f"has sslmode={mode[:40]!r}, which is none. Did you mean {near[0]}?")
    if "connect_timeout" in options:
        _seconds(options["connect_timeout"], "connect_timeout", whole=True)


def _complete(options):
    if "PGCONNECT_TIMEOUT" not in os.environ:
        options.setdefault("connect_timeout", str(CONNECT_SECONDS))
    # Counts of a list are short queries with many parts: compiling them took half of their time.
    more = options.get("options") or os.environ.get("PGOPTIONS", "")
    options["options"] = f"-c jit=off {more}".strip()
    return options


def _seconds(text, name, *, whole=False):
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0 < seconds < 10**6 or (whole and not text.isdecimal()):
        raise _wrong(f"has {name}={text[:40]!r}, which is no number of seconds above 0")
    return int(seconds) if seconds == int(seconds) else seconds


def _unreadable():
    return _wrong(
        "cannot be read as postgres://user:password@host:port/name?option=value. In a user name "
        "or password write % as %25, / as %2F, @ as %40, : as %3A, # as %23 and ? as %3F"
    )


def _wrong(reason) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"DATABASE_URL {reason}{'' if reason.endswith('?') else '.'}")
