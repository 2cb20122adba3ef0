"""What a server asks of PostgreSQL besides what its address says.

Commands ask for none of it: an import, a backup or a migration may take as long as it takes.
"""

from collections.abc import Mapping
from typing import Any

from tracker.database import POSTGRESQL
from tracker.postgresql.base import BoundedConnection
from tracker.replica import ALIAS as REPLICA

BOUNDED = "tracker.postgresql"
POOL_SECONDS = 10  # how long a thread waits for a connection of the pool
GRACE_SECONDS = 5  # after which a server that has not ended a statement hangs itself
LOST_SECONDS = 30  # until a server that went without a word is given up


def bound(databases: Mapping[str, dict[str, Any]], *, statement_seconds: int, pool: int) -> None:
    """Change the entries of DATABASES before a connection is opened.

    A statement is ended by the server after `statement_seconds`; 0 means never, and an address that
    has a statement_timeout keeps it. Up to `pool` connections are shared by the threads of a
    process; 0 means that each thread keeps its own. The replica has none to share, because whether
    one is alive is looked at before a request relies on it.

    A server that hangs cannot end the statement: it is waited for no longer than a little beyond.
    """
    for alias, database in databases.items():
        if database["ENGINE"] != POSTGRESQL:
            continue
        options = database["OPTIONS"]
        options.setdefault("tcp_user_timeout", str(LOST_SECONDS * 1000))
        bounded = statement_seconds and "statement_timeout" not in options["options"]
        if bounded:
            options["options"] += f" -c statement_timeout={statement_seconds}s"
            options["answer_seconds"] = statement_seconds + GRACE_SECONDS
            database["ENGINE"] = BOUNDED
        if pool and alias != REPLICA:
            database["CONN_MAX_AGE"] = 0  # the pool keeps them
            options["pool"] = {"min_size": 1, "max_size": pool, "timeout": POOL_SECONDS}
            if bounded:
                options["pool"]["connection_class"] = BoundedConnection
