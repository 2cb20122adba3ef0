"""DATABASE_URL and DATABASE_REPLICA_URL as Django's settings: nothing of them is dropped, or the
start stops.

The address of PostgreSQL is read by libpq itself, through psycopg, so that it means here what it
means to `psql`: sockets, several hosts, IPv6, percent-encoded passwords and every option. No
message repeats the address, since there may be a password in it.
"""

import os
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from django.db import DEFAULT_DB_ALIAS

from tracker.addresses import WrongAddress, one_of, options_of, seconds, variable

CONNECT_SECONDS = 10  # a database that does not answer shall not hold a request for two minutes
CONNECT_TO_REPLICA_SECONDS = 2  # libpq's least; the primary can answer in its place
WAIT_SECONDS = 20
_SQLITE = "tracker.sqlite"
POSTGRESQL = "django.db.backends.postgresql"
_POSTGRES = ("postgres", "postgresql", "psql", "pgsql")
_FIELDS = {
    "dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT",
}  # fmt: skip
_SSLMODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
_SQLITE_OPTIONS = ("timeout",)


def database_of(address: str) -> dict[str, Any]:
    """The entry of DATABASES that `address` names. Raises ImproperlyConfigured with the cure."""
    with variable("DATABASE_URL"):
        return _database(address)


def demand_mark(database: Mapping[str, Any], *, name: str = "DATABASE_URL") -> None:
    """Raises ImproperlyConfigured unless `database` has a name for invented records.

    `name` is the variable that names it. Who sets DEMO by mistake, or beside a DATABASE_URL of the
    true site, shall not write invented records among true ones.
    """
    with variable(name):
        stored_in = str(database["NAME"]).rpartition("/")[2].lower()
        if not re.search(r"(?<![a-z])demo(?![a-z])", stored_in):
            raise WrongAddress(
                "names a database that is not marked for a demonstration, and DEMO is on. Give the "
                "demonstration a database of its own with the word demo in its name, such as "
                f"tracker_demo; or remove {name}, and it is in demo.sqlite3; or remove DEMO"
            )


def replica_of(address: str, primary: dict[str, Any]) -> dict[str, Any]:
    """The entry of DATABASES for the replica that `address` names, of which `primary` is the other.

    Raises ImproperlyConfigured with the cure.
    """
    with variable("DATABASE_REPLICA_URL"):
        if primary["ENGINE"] != POSTGRESQL:
            raise WrongAddress(
                "needs PostgreSQL as the primary, which DATABASE_URL does not name; remove it"
            )
        if address.startswith("sqlite:"):
            raise WrongAddress("names SQLite; write postgres://user:password@host/name")
        found = _database(address, connect_seconds=CONNECT_TO_REPLICA_SECONDS)
        if all(found[name] == primary[name] for name in ("HOST", "PORT", "NAME", "USER")):
            raise WrongAddress("names the same database as DATABASE_URL; remove it")
    options = found["OPTIONS"]
    # A host that went without a word is noticed, and nothing is written if it becomes a primary.
    options.setdefault("tcp_user_timeout", "3000")
    options["options"] += " -c default_transaction_read_only=on"
    return found | {
        "CONN_MAX_AGE": primary.get("CONN_MAX_AGE", 0),
        "TEST": {"MIRROR": DEFAULT_DB_ALIAS},
    }


def _database(address: str, *, connect_seconds: int = CONNECT_SECONDS) -> dict[str, Any]:
    scheme, found, _ = address.partition("://")
    if scheme == "sqlite":
        return _sqlite(address)
    if scheme in _POSTGRES:
        return _postgresql("postgresql" + address.removeprefix(scheme), connect_seconds)
    begins = f"begins with {scheme[:20]!r}" if found else "has no scheme"
    raise WrongAddress(f"{begins}; only sqlite:/// and postgres:// are supported")


def sqlite_file(name: str, *, timeout: float = WAIT_SECONDS) -> dict[str, Any]:
    """The database in the file `name`; `timeout` is the number of seconds to wait for a lock."""
    # Measured with 8 writers × 100 read-then-write transactions: without these three, four of
    # five fail with "database is locked"; with them, none.
    options = {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "timeout": timeout,
    }
    return {"ENGINE": _SQLITE, "NAME": name, "OPTIONS": options}


def _sqlite(address: str) -> dict[str, Any]:
    head, _, query = address.partition("?")
    given = options_of(query, _SQLITE_OPTIONS, cure=_cure)
    where = head.removeprefix("sqlite://")
    if where in ("", "/", ":memory:"):
        name = ":memory:"
    elif where.startswith("/"):
        name = unquote(where[1:])
    else:
        raise WrongAddress(
            "names a host for SQLite; write three strokes before the path: sqlite:///path"
        )
    return sqlite_file(name, timeout=seconds(given.get("timeout", str(WAIT_SECONDS)), "timeout"))


def _postgresql(address: str, connect_seconds: int) -> dict[str, Any]:
    from psycopg import ProgrammingError, pq
    from psycopg.conninfo import conninfo_to_dict

    known = [option.keyword.decode() for option in pq.Conninfo.get_defaults()]
    options_of(_query_of(address), known, also=("ssl", "true"), cure=_cure)  # libpq knows JDBC's
    try:
        options = dict(conninfo_to_dict(address))
    except ProgrammingError:
        raise _unreadable() from None
    found = {field: str(options.pop(name, "")) for name, field in _FIELDS.items()}
    if not found["HOST"] and found["NAME"].startswith("/"):  # a socket: postgres:////folder/name
        found["HOST"], _, found["NAME"] = found["NAME"].rpartition("/")
    _check(found, options)
    options = _complete(options, connect_seconds)
    return {"ENGINE": POSTGRESQL, **found, "OPTIONS": options}


def _query_of(address: str) -> str:
    """What follows the question mark; one in the user's name or password is part of that."""
    rest = address.partition("://")[2]
    user, at, others = rest.partition("@")
    return (others if at and "/" not in user else rest).partition("?")[2]


def _cure(name: str) -> str:
    if name.upper() in ("CONN_MAX_AGE", "CONN_HEALTH_CHECKS"):
        return "How long a connection is kept says the variable CONN_MAX_AGE"
    return ""


def _check(found: Mapping[str, Any], options: Mapping[str, Any]) -> None:
    ports = found["PORT"].split(",") if found["PORT"] else []
    if not all(not port or (port.isascii() and port.isdigit()) for port in ports):
        raise _unreadable()
    if not found["NAME"] and "service" not in options:
        raise WrongAddress("names no database; write postgres://user:password@host/name")
    one_of(options.get("sslmode", "prefer"), "sslmode", _SSLMODES)
    if "connect_timeout" in options:
        seconds(options["connect_timeout"], "connect_timeout", whole=True)


def _complete(options: dict[str, Any], connect_seconds: int) -> dict[str, Any]:
    if "PGCONNECT_TIMEOUT" not in os.environ:
        options.setdefault("connect_timeout", str(connect_seconds))
    # Counts of a list are short queries with many parts: compiling them took half of their time.
    more = options.get("options") or os.environ.get("PGOPTIONS", "")
    options["options"] = f"-c jit=off {more}".strip()
    return options


def _unreadable() -> WrongAddress:
    return WrongAddress(
        "cannot be read as postgres://user:password@host:port/name?option=value. In a user name "
        "or password write % as %25, / as %2F, @ as %40, : as %3A, # as %23 and ? as %3F"
    )
