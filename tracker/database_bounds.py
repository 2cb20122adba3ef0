"""What a server asks of PostgreSQL besides what its address says.

Commands ask for none of it: an import, a backup or a migration may take as long as it takes.
"""

from collections.abc import Mapping
from typing import Any

from tracker.database import POSTGRESQL
from tracker.replica import ALIAS as REPLICA

POOL_SECONDS = 10  # how long a thread waits for a connection of the pool
LOST_SECONDS = 30  # until a server that went without a word is given up


def bound(databases: Mapping[str, dict[str, Any]], *, statement_seconds: int, pool: int) -> None:
    """Change the entries of DATABASES before a connection is opened.

    A statement is ended by the server after `statement_seconds`; 0 means never, and an address that
    has a statement_timeout keeps it. Up to `pool` connections are shared by the threads of a
    process; 0 means that each thread keeps its own. The replica has none to share, because whether
    one is alive is looked at before a request relies on it.
    """
    for alias, database in databases.items():
        if database["ENGINE"] != POSTGRESQL:
            continue
        options = database["OPTIONS"]
        options.setdefault("tcp_user_timeout", str(LOST_SECONDS * 1000))
        if statement_seconds and "statement_timeout" not in options["options"]:
            options["options"] += f" -c statement_timeout={statement_seconds}s"
        if pool and alias != REPLICA:
            database["CONN_MAX_AGE"] = 0  # the pool keeps them
            options["pool"] = {"min_size": 1, "max_size": pool, "timeout": POOL_SECONDS}
