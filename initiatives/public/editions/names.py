"""The names of what public records point to by their keys. A fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from initiatives.choices import EditionKind, EditionState
from initiatives.editions.lists import LISTS, rows_of
from initiatives.editions.record import (
    EventRecord,
    OrganisationRole,
    Part,
    SectorShare,
    Text,
    decoded,
)
from initiatives.models.editions import Edition
from initiatives.public.editions import values
from initiatives.public.editions.values import Value
from initiatives.timeline import told

if TYPE_CHECKING:
    from initiatives.models.record import Record


# Fields of parts of a record that hold keys.
_KEYS = {
    "iso2": "country",
    "responsible": "country",
    "decided_by": "country",
    "provider_country": "country",
    "provider": "organisation",
    "receiver": "organisation",
    "event": "event",
}


class Names:
    """The names of today of all that `records` name; where one is gone its key stands for it.

    Titles of events and milestones are those of the records themselves, of the last one first;
    an event that none of them describes has the title of its current edition.
    """

    def __init__(self, records: Sequence[Part]) -> None:
        wanted: dict[str, set[str]] = defaultdict(set)
        self._names: dict[tuple[str, object], Value] = {}
        self.changed_at: list[datetime] = []
        for record in records:
            self._describe(record)
            _collect(record, wanted)
        for kind in LISTS:
            self._ask(kind, rows_of(kind, wanted[kind]))
        self._ask_events({key for key in wanted["event"] if ("event", key) not in self._names})

    def of(self, kind: str, key: int | str) -> Value:
        return self._names.get((kind, key)) or Value("code", key)

    def stamp(self) -> list[str]:
        """What of them an answer depends on, for its ETag."""
        return sorted(f"{key} {value}" for key, value in self._names.items())

    def _describe(self, record: Part) -> None:
        for kind, key, parts in (
            ("event", "slug", getattr(record, "events", ())),
            ("milestone", "number", getattr(record, "milestones", ())),
        ):
            for part in parts:
                self._put(kind, getattr(part, key), part.title)

    def _put(self, kind: str, key: int | str, title: Text) -> None:
        for value in values.in_words(title, "line"):
            self._names[kind, key] = value

    def _ask(self, kind: str, rows: "dict[str, Record]") -> None:
        for key, row in rows.items():
            words, language = told(row, "name")
            if words:
                self._names[kind, key] = values.in_language(words, "line", language)
            self.changed_at.append(row.updated_at)

    def _ask_events(self, slugs: set[Any]) -> None:
        if not slugs:
            return
        shown = Edition.objects.of(EditionKind.EVENT, *sorted(slugs)).current()
        for edition in shown.filter(state=EditionState.PUBLISHED, redacted_at__isnull=True):
            self._put("event", edition.key, decoded(edition.body, EventRecord).title)
            self.changed_at.append(edition.since)


def _collect(part: Part, wanted: dict[str, set[str]]) -> None:
    for name in part.__struct_fields__:
        value = getattr(part, name)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, SectorShare):
                wanted["sector"].add(one.slug)
            elif isinstance(one, OrganisationRole):
                wanted["organisation"].add(one.slug)
            elif isinstance(one, Part):
                _collect(one, wanted)
            elif one and name in _KEYS:
                wanted[_KEYS[name]].add(one)
