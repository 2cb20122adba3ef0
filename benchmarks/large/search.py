"""What a search looks into, written at once: row by row the text indexes take most of the time."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from benchmarks.large.tables import Table
from benchmarks.large.texts import terms_of
from initiatives.editions.search.documents import SHORT
from initiatives.models import SearchDocument, SearchTerm

_TABLE = SearchDocument._meta.db_table
_INDEX = "initiatives_search"


class SearchRows:
    """Documents of editions by the folded pieces of their texts, and the vocabulary of all."""

    def __init__(self) -> None:
        self._documents = Table(SearchDocument, "edition_id", "terms")
        self._vocabulary = Table(SearchTerm, "term", "position")
        self._known: set[str] = set()
        self._seen: set[str] = set()

    def add(self, position: int, pieces: tuple[str, ...]) -> None:
        found = [terms_of(piece) for piece in pieces]
        self._documents.add(position, " ".join(sorted(set().union(*found))))
        for piece, terms in zip(pieces, found, strict=True):
            if piece not in self._seen:
                self._seen.add(piece)
                self._learn(position, terms)

    def _learn(self, position: int, terms: frozenset[str]) -> None:
        new = {term for term in terms if len(term) > SHORT} - self._known
        self._known |= new
        for term in new:
            self._vocabulary.add(term, position)

    def write(self) -> None:
        self._documents.write()
        self._vocabulary.write()


@contextmanager
def indexed_at_the_end() -> Iterator[None]:
    """Triggers and text indexes are off meanwhile, and are as they were afterwards.

    What fails leaves them off: a database that was filled by half is of no use.
    """
    off, on = _on_postgresql() if connection.vendor == "postgresql" else _on_sqlite()
    _execute(off)
    yield
    _execute(on)


def _execute(statements: list[str]) -> None:
    if connection.vendor == "postgresql":
        connection.check_constraints()  # it changes no table of which it has them to check
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _on_postgresql() -> tuple[list[str], list[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [_INDEX])
        ((index,),) = cursor.fetchall()
    triggers = f"ALTER TABLE {_TABLE} {{}} TRIGGER USER"
    return [triggers.format("DISABLE"), f"DROP INDEX {_INDEX}"], [index, triggers.format("ENABLE")]


def _on_sqlite() -> tuple[list[str], list[str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [_TABLE]
        )
        triggers = dict(cursor.fetchall())
    rebuild = f"INSERT INTO {_INDEX}({_INDEX}) VALUES ('rebuild')"
    return [f"DROP TRIGGER {name}" for name in triggers], [rebuild, *triggers.values()]
