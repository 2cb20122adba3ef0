"""Where planned rows wait: a database of SQLite that has a temporary file and no name.

What can be told only when all rows are known is asked here: keys that stand twice, and records
above that come later in the file, or never.
"""

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator

from initiatives.imports.planning.row import PlannedRow

_TABLES = """
CREATE TABLE rows (number INTEGER PRIMARY KEY, identity TEXT, action TEXT, above TEXT, body TEXT);
CREATE TABLE names (name TEXT, number INTEGER);
CREATE TABLE edges (child TEXT, parent TEXT, number INTEGER);
CREATE TABLE titles (title TEXT, number INTEGER, texts TEXT);
CREATE TABLE namesakes (title TEXT, code TEXT, shown TEXT);
"""
_INDEXES = """
CREATE INDEX IF NOT EXISTS by_identity ON rows (identity);
CREATE INDEX IF NOT EXISTS by_name ON names (name);
CREATE INDEX IF NOT EXISTS by_child ON edges (child);
CREATE INDEX IF NOT EXISTS by_number ON edges (number);
CREATE INDEX IF NOT EXISTS by_above ON rows (above);
CREATE INDEX IF NOT EXISTS names_of ON names (number);
CREATE INDEX IF NOT EXISTS by_title ON titles (title);
CREATE INDEX IF NOT EXISTS namesakes_by_title ON namesakes (title);
"""
# The first row of each mark is told the second, and all others the first.
_TWICE = """
WITH marks AS (
    SELECT identity AS mark, number FROM rows WHERE identity != ''
    UNION SELECT name, number FROM names
), others AS (
    SELECT number, CASE number WHEN first_value(number) OVER same THEN lead(number) OVER same
        ELSE first_value(number) OVER same END AS other
    FROM marks WINDOW same AS (PARTITION BY mark ORDER BY number)
)
SELECT number, min(other) FROM others WHERE other IS NOT NULL GROUP BY number
"""
_ORPHANS = """
WITH RECURSIVE alone AS (
    SELECT r.number, r.above, min(n.number) AS maker FROM rows r
    LEFT JOIN names n ON n.name = r.above LEFT JOIN rows m ON m.number = n.number
    WHERE r.above != '' AND r.action != 'error' GROUP BY r.number
    HAVING max(coalesce(m.action, '') = 'create') = 0
), lost AS (
    SELECT * FROM alone
    UNION SELECT r.number, r.above, lost.number FROM lost
    JOIN names n ON n.number = lost.number JOIN rows r ON r.above = n.name
    WHERE r.action != 'error' AND NOT json_extract(r.body, '$.elsewhere')
)
SELECT * FROM lost
"""
# The first row of a title is told the second, and all others the first.
_SAME_TITLES = """
WITH others AS (
    SELECT number, texts, title, CASE number WHEN first_value(number) OVER same
        THEN lead(number) OVER same ELSE first_value(number) OVER same END AS other
    FROM titles WINDOW same AS (PARTITION BY title ORDER BY number)
)
SELECT o.number, min(o.other), max(o.texts = t.texts) FROM others o
JOIN titles t ON t.number = o.other AND t.title = o.title
JOIN rows r ON r.number = o.number JOIN rows m ON m.number = o.other
WHERE r.action = 'create' AND m.action = 'create' GROUP BY o.number ORDER BY o.number
"""
# A few of each title, since it may be that of thousands.
_NAMESAKE = """
INSERT INTO namesakes SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM titles WHERE title = ?1)
AND (SELECT count(*) FROM (SELECT 1 FROM namesakes WHERE title = ?1 LIMIT ?4)) < ?4
"""
_NAMESAKES = """
SELECT DISTINCT t.number, n.code, n.shown FROM titles t JOIN namesakes n ON n.title = t.title
JOIN rows r ON r.number = t.number WHERE r.action = 'create' ORDER BY t.number, n.code
"""
_ALIKE = 500
_NAMES_LIKE = """
SELECT DISTINCT name FROM names WHERE number != ?
AND (substr(name, 1, 4) = substr(?, 1, 4) OR substr(name, -4) = substr(?, -4)) LIMIT ?
"""
# A record of the file may be named by its code and by any identifier; here it has one name.
_BY_ONE_NAME = """
UPDATE edges SET parent = coalesce((
    SELECT other.child FROM names JOIN edges other ON other.number = names.number
    WHERE names.name = edges.parent
), parent);
"""
# Who still can jump when the jumps are longer than any way up is in a circle or below one, and
# where such jumps lead is in one.
_JUMPS = """
CREATE TABLE jumps (child TEXT PRIMARY KEY, target TEXT) WITHOUT ROWID;
INSERT OR IGNORE INTO jumps SELECT child, parent FROM edges;
"""
_JUMP_FURTHER = """
CREATE TABLE further (child TEXT PRIMARY KEY, target TEXT) WITHOUT ROWID;
INSERT INTO further SELECT a.child, b.target FROM jumps a JOIN jumps b ON b.child = a.target;
DROP TABLE jumps;
ALTER TABLE further RENAME TO jumps;
"""
_CIRCLES = """
SELECT number FROM edges WHERE number IS NOT NULL AND child IN (SELECT target FROM jumps)
"""


class StagedRows:
    def __init__(self) -> None:
        self._base = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        self._base.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_TABLES}")

    def add(self, rows: Iterable[PlannedRow]) -> None:
        self._base.execute("BEGIN")
        for row in rows:
            self._base.execute("INSERT INTO rows VALUES (?, ?, ?, ?, ?)", _kept(row))
            named = [(name, row.number) for name in row.names]
            self._base.executemany("INSERT INTO names VALUES (?, ?)", named)
            told = [(title, row.number, _fingerprint(row)) for title in row.titles]
            self._base.executemany("INSERT INTO titles VALUES (?, ?, ?)", told)
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
        return self._base.execute(_TWICE).fetchall()

    def has_titles(self) -> bool:
        return bool(self._base.execute("SELECT EXISTS (SELECT 1 FROM titles)").fetchone()[0])

    def same_titles(self) -> Iterator[tuple[int, int, int]]:
        """Number of each row that makes a record whose title another such row has too, the number
        of that one, and whether both say the same in every cell."""
        self._base.executescript(_INDEXES)
        return self._base.execute(_SAME_TITLES)

    def titles_among(
        self, known: Iterable[tuple[Iterable[str], str, str]], *, most: int
    ) -> Iterator[tuple[int, str, str]]:
        """Rows that make a record of a title that is `known`, with code and title of that one.

        `known` has the folded titles of each record, its code and its title; `most` are named of
        each title."""
        self._base.executescript(_INDEXES)
        wanted = ((key, code, title, most) for keys, code, title in known for key in keys)
        self._base.execute("BEGIN")
        self._base.executemany(_NAMESAKE, wanted)
        self._base.execute("COMMIT")
        return self._base.execute(_NAMESAKES)

    def orphans(self) -> list[tuple[int, str, int | None]]:
        """Rows whose record above is not made by the file, with the row that fails to make it;
        and those that hang below them, however deep. Where another publisher tells of the rows, a
        missing record above fails none, so what hangs below is not lost."""
        return self._base.execute(_ORPHANS).fetchall()

    def names_like(self, name: str, *, but: int) -> list[str]:
        """Some names of records in the file that begin or end as `name` does, except those of
        row `but`."""
        asked = (but, name, name, _ALIKE)
        return [found for (found,) in self._base.execute(_NAMES_LIKE, asked)]

    def add_edges(self, edges: Iterable[tuple[str, str]]) -> None:
        """What is stored: `child` is part of `parent`, unless the file says otherwise."""
        self._base.executemany(
            "INSERT INTO edges SELECT ?1, ?2, NULL WHERE NOT EXISTS"
            " (SELECT 1 FROM edges WHERE child = ?1)",
            edges,
        )

    def circles(self) -> list[int]:
        """The rows by which a record would become part of itself."""
        self._base.executescript(_INDEXES + _BY_ONE_NAME + _JUMPS)
        edges = self._base.execute("SELECT count(*) FROM jumps").fetchone()[0]
        for _turn in range(edges.bit_length()):  # each doubles the length of the jumps
            self._base.executescript(_JUMP_FURTHER)
        return [number for (number,) in self._base.execute(_CIRCLES)]

    def has_edges(self) -> bool:
        return bool(self._base.execute("SELECT EXISTS (SELECT 1 FROM edges)").fetchone()[0])


def _fingerprint(row: PlannedRow) -> str:
    texts = {name: text for name, text in row.texts.items() if text}
    return hashlib.sha256(json.dumps(texts, sort_keys=True).encode()).hexdigest()


def _kept(row: PlannedRow) -> tuple:
    body = json.dumps(vars(row), ensure_ascii=False)
    return row.number, row.identity, row.action, row.above, body
