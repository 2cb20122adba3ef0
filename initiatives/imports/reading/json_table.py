"""JSON: the list or the record of the public contract, or a fixture of Django's serialisation."""

from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches

from django.utils.translation import gettext as _

from initiatives.exchange.columns import READABLE
from initiatives.imports.reading import limits
from initiatives.imports.reading.encodings import Encoding
from initiatives.imports.reading.fixture import folded
from initiatives.imports.reading.json_cells import Flat, is_known
from initiatives.imports.reading.json_stream import Stream
from initiatives.imports.reading.origin import Origin
from initiatives.imports.reading.table import Problem, Row, Table, Unreadable

_Found = Iterator[tuple[int, object]]


def read_json(origin: Origin, encoding: Encoding) -> Table:
    number, first = next(_objects(Stream(origin, encoding)), (0, None))
    if isinstance(first, dict) and "model" in first and "fields" in first:
        return _fixture(origin, encoding)
    keys = first if isinstance(first, dict) else {}
    if number and not any(map(is_known, keys)):
        raise Unreadable(_("The first object has no key that an initiative has."), number)
    ignored: Counter[str] = Counter()
    return Table(
        format="json",
        facts=lambda: [(_("Format"), "JSON"), (_("Encoding"), encoding.label)],
        columns=list(Flat(keys, Counter()).cells),
        unknown=_unknown(keys),
        rows=lambda: _rows(Stream(origin, encoding), ignored),
        ignored=ignored,
    )


def _rows(stream: Stream, ignored: Counter[str]) -> Iterator[Row]:
    ignored.clear()
    for number, found in _objects(stream):
        if isinstance(found, dict):
            flat = Flat(found, ignored)
            yield Row(number, flat.cells, flat.problems)
        else:
            yield Row(number, {}, [Problem("", _("An object is expected here."))])


def _objects(stream: Stream) -> _Found:
    """The elements of the list; without one, the whole as one record."""
    record: dict[str, object] = {}
    is_list = False
    for key, value in stream.parts():
        if key == "":
            is_list = True
            yield stream.number, value
        elif key == "results" and value is None:
            is_list = True
        else:
            record[key] = value
    if record and not is_list:
        yield 1, record


def _unknown(keys: dict) -> dict[str, str]:
    strange = [key[:100] for key in keys if not is_known(key)]
    return {key: _nearest(key) for key in strange[: limits.GUESSES]}


def _nearest(key: str) -> str:
    found = get_close_matches(key, [*READABLE, "title", "funding"], n=1)
    return found[0] if found else ""


def _fixture(origin: Origin, encoding: Encoding) -> Table:
    origin.at_most(limits.FIXTURE)
    rows, ignored = folded(_objects(Stream(origin, encoding)))
    flat = [(number, Flat(found, ignored)) for number, found in rows]
    columns = dict.fromkeys(column for _number, one in flat for column in one.cells)
    return Table(
        format="fixture",
        facts=lambda: [(_("Format"), _("fixture")), (_("Encoding"), encoding.label)],
        columns=list(columns),
        unknown={},
        rows=lambda: (Row(number, dict(one.cells), list(one.problems)) for number, one in flat),
        ignored=ignored,
    )
