"""Which of the first rows of a table is its header. What stands above it is told, not read."""

from collections.abc import Iterable, Iterator
from itertools import islice

from initiatives.imports.reading import limits
from initiatives.imports.reading.headers import Header, count_known, count_near, recognise
from initiatives.imports.reading.labels import stable
from initiatives.text.folding import fold

TextRow = tuple[int, list[str]]
_GUESSED = 10  # rows in which names that are only near are looked for
_CELLS = 200  # of a row in which known names are counted
SURE = 2  # names of columns that no title and no line of instructions has by chance


def first_rows(rows: Iterable[TextRow]) -> list[TextRow]:
    """The first ones that are not empty."""
    return list(islice(_filled(rows), limits.SEARCHED))


def likelihood(rows: list[TextRow]) -> int:
    """How many columns the likeliest header names; nothing if there is none."""
    return max(
        (_likelihood(place, texts) for place, (_number, texts) in enumerate(rows)), default=0
    )


def header_among(rows: list[TextRow]) -> Header:
    """The likeliest header; Unreadable if no row is one, with a guess. There has to be a row."""
    likely = [_likelihood(place, texts) for place, (_number, texts) in enumerate(rows)]
    if not any(likely):
        number, texts = max(rows[:_GUESSED], key=lambda row: count_near(row[1]))
        return recognise(texts, number)
    place = likely.index(max(likely))
    number, texts = rows[place]
    return recognise(texts, number, above=rows[:place])


def _filled(rows: Iterable[TextRow]) -> Iterator[TextRow]:
    return (row for row in rows if any(map(str.strip, row[1])))


def _likelihood(place: int, texts: list[str]) -> int:
    """A row below others has to be a header more plainly than the first one."""
    texts = texts[:_CELLS]
    known = count_known(texts)
    filled = [text for text in texts if text.strip()]
    if place == 0 or (known >= SURE and 2 * known >= len(filled)):
        return known
    return int(len(filled) == 1 and fold(filled[0]) in stable() and "_" in filled[0])
