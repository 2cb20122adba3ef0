"""A file of activities as a table like any other, for `imports.planning`."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.choices import Language
from initiatives.exchange.cells import join
from initiatives.exchange.columns import READABLE
from initiatives.exchange.iati.edits import edits_of, parts_of
from initiatives.exchange.iati.mapping import Known, Mapped, map_activity
from initiatives.exchange.iati.reading import (
    UnreadableActivities,
    read_activities,
    version_of,
)
from initiatives.imports.reading.origin import Origin
from initiatives.imports.reading.table import Problem, Row, Table, Unreadable
from initiatives.rights import Rights

# What no activity says.
_NEVER = frozenset("desk moved_because status_decided_by status_since".split())
_TEXTS_OF_AN_END = ("outcome", "delivered", "not_delivered")
COLUMNS = [
    name
    for name, column in READABLE.items()
    if column.read is not None and name not in _NEVER and not name.startswith(_TEXTS_OF_AN_END)
]


def read_iati(origin: Origin, rights: Rights) -> Table:
    """`rights` say which organisations and sources the activities may be matched with.

    The number of a row is the place of its activity in the file. Raises Unreadable.
    """
    ignored: Counter[str] = Counter()
    with origin.open() as stream:
        version = _told(lambda: version_of(stream))
    return Table(
        format="iati",
        facts=lambda: [
            (_("Format"), f"IATI {version}"),
            (_("Rows"), _("numbered in the order of the activities in the file")),
        ],
        columns=COLUMNS,
        unknown={},
        rows=partial(_rows, origin, rights, ignored),
        ignored=ignored,
    )


Found = TypeVar("Found")


def _told(read: Callable[[], Found]) -> Found:
    try:
        return read()
    except UnreadableActivities as error:
        raise Unreadable(error.message) from error


def _rows(origin: Origin, rights: Rights, ignored: Counter[str]) -> Iterator[Row]:
    ignored.clear()
    known, today = Known.load(rights), timezone.localdate()
    with origin.open() as stream:
        activities, number = read_activities(stream), 0
        while (activity := _told(lambda: next(activities, None))) is not None:
            number += 1
            mapped = map_activity(activity, known, today=today)
            for path, times in mapped.unmapped.items():
                ignored[path] += times
            yield _row(number, mapped)


def _row(number: int, mapped: Mapped) -> Row:
    cells = mapped.cells | _of_status(mapped) | _notes(mapped)
    cells["external_ids"] = join(map(":".join, mapped.external_ids))
    cells["cited_sources"] = join(source.url for source in mapped.sources)
    cells["parent"] = mapped.parent_key
    return Row(
        number,
        {name: cells[name] for name in COLUMNS if cells.get(name)},
        problems=[Problem(column, message) for column, message in mapped.problems],
        makes=edits_of(mapped),
        notes=list(mapped.notes),
        elsewhere=True,
        parts=parts_of(mapped),
    )


def _of_status(mapped: Mapped) -> dict[str, str]:
    reasons = {f"status_reason_{code}": text for code, text in mapped.status_reasons.items()}
    source = mapped.publisher
    return reasons | ({"status_source": source.slug} if source is not None else {})


def _notes(mapped: Mapped) -> dict[str, str]:
    """In each language that one of the lines has, a note for each line."""
    spoken = {code for note in mapped.funding_notes for code in note}
    return {
        f"funding_notes_{code}": join(note.get(code, "") for note in mapped.funding_notes)
        for code in Language.values
        if code in spoken
    }
