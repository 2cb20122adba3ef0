"""Where planned rows wait: a database of SQLite that has a temporary file and no name.

What can be told only when all rows are known is asked here: keys that stand twice, and records
above that come later in the file, or never.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator

from initiatives.exchange.planning.row import PlannedRow

_TABLES = """
CREATE TABLE rows (number INTEGER PRIMARY KEY, identity TEXT, action TEXT, above TEXT, body TEXT);
CREATE TABLE names (name TEXT, number INTEGER);
CREATE TABLE edges (child TEXT, parent TEXT, number INTEGER);
"""
_INDEXES = """
CREATE INDEX IF NOT EXISTS by_identity ON rows (identity);
CREATE INDEX IF NOT EXISTS by_name ON names (name);
CREATE INDEX IF NOT EXISTS by_child ON edges (child);
CREATE INDEX IF NOT EXISTS by_parent ON edges (parent);
"""


class Spool:
    def __init__(self) -> None:
        self._base = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        self._base.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_TABLES}")

    def add(self, rows: Iterable[PlannedRow]) -> None:
        self._base.execute("BEGIN")
        for row in rows:
            self._base.execute("INSERT INTO rows VALUES (?, ?, ?, ?, ?)", _kept(row))
            named = [(name, row.number) for name in row.names]
            self._base.executemany("INSERT INTO names VALUES (?, ?)", named)
            if row.edges:
                self._base.execute("INSERT INTO edges VALUES (?, ?, ?)", (*row.edges, row.number))
        self._base.execute("COMMIT")

    def put(self, row: PlannedRow) -> None:
        """Keep `row` in the place of what was known of it."""
        self._base.execute("REPLACE INTO rows VALUES (?, ?, ?, ?, ?)", _kept(row))

    def rows(self, *actions: str) -> Iterator[PlannedRow]:
        """The rows in their order; those of `actions`, if any are given."""
        wanted = f"WHERE action IN ({', '.join('?' * len(actions))})" if actions else ""
        found = self._base.execute(f"SELECT body FROM rows {wanted} ORDER BY number", actions)
        return (PlannedRow(**json.loads(body)) for (body,) in found)

    def row(self, number: int) -> PlannedRow:
        found = self._base.execute("SELECT body FROM rows WHERE number = ?", (number,))
        return PlannedRow(**json.loads(found.fetchone()[0]))

    def counts(self) -> Counter[str]:
        return Counter(dict(self._base.execute("SELECT action, count(*) FROM rows GROUP BY 1")))

    def twice(self) -> list[tuple[int, int]]:
        """Number of each row whose record, or whose identifier, another row has too, with the
        number of that one."""
        self._base.executescript(_INDEXES)
        return self._base.execute(
            "SELECT number, min(other) FROM ("
            " SELECT a.number, b.number AS other FROM rows a JOIN rows b"
            " ON a.identity = b.identity AND a.number != b.number WHERE a.identity != ''"
            " UNION SELECT a.number, b.number FROM names a JOIN names b"
            " ON a.name = b.name AND a.number != b.number) GROUP BY number"
        ).fetchall()

    def orphans(self) -> list[tuple[int, str, int | None]]:
        """Rows whose record above is not made by the file, with the row that fails to make it."""
        return self._base.execute(
            "SELECT r.number, r.above, min(n.number) FROM rows r"
            " LEFT JOIN names n ON n.name = r.above LEFT JOIN rows m ON m.number = n.number"
            " WHERE r.above != '' AND r.action != 'error' GROUP BY r.number"
            " HAVING max(coalesce(m.action, '') = 'create') = 0"
        ).fetchall()

    def add_edges(self, edges: Iterable[tuple[str, str]]) -> None:
        """What is stored: `child` is part of `parent`, unless the file says otherwise."""
        self._base.executemany(
            "INSERT INTO edges SELECT ?1, ?2, NULL WHERE NOT EXISTS"
            " (SELECT 1 FROM edges WHERE child = ?1)",
            edges,
        )

    def circles(self) -> list[int]:
        """The rows by which a record would become part of itself."""
        self._base.executescript(_INDEXES)
        cut = (
            "DELETE FROM edges WHERE parent NOT IN (SELECT child FROM edges)"
            " OR child NOT IN (SELECT parent FROM edges)"
        )
        while self._base.execute(cut).rowcount:
            pass
        found = self._base.execute("SELECT number FROM edges WHERE number IS NOT NULL")
        return [number for (number,) in found]

    def has_edges(self) -> bool:
        return bool(self._base.execute("SELECT EXISTS (SELECT 1 FROM edges)").fetchone()[0])


def _kept(row: PlannedRow) -> tuple:
    body = json.dumps(vars(row), ensure_ascii=False)
    return row.number, row.identity, row.action, row.above, body
