"""Which records a change shows on: the rows whose right it takes to make it or to approve it.

The page on which somebody edits is not enough: the row of an event may belong to a record of
another desk, and a citation may be moved from one claim to another.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model

from initiatives.models import Event, Initiative, Organisation, Source
from initiatives.models.changes import Edit
from initiatives.models.evidence import TARGETS, claimed_by
from initiatives.models.record import rows_by_keys
from initiatives.models.texts import key_in

SHARED = {model._meta.model_name: model for model in (Event, Organisation, Source)}


def affected_records(edits: Iterable[Edit]) -> list[Any]:
    """The initiatives, events, organisations and sources on which `edits` show, each once.

    An edit has the keys `model`, `key` and `fields`, as `Change` has. What is there no more, or is
    yet to be made, is not among them. One query for each kind of row, however many edits.
    """
    named: dict[type[Model], set[tuple[str, ...]]] = defaultdict(set)
    for edit in edits:
        named[Initiative] |= {(code,) for code in codes_of(edit)}
        for model, key in (*_shared(edit), *_claims(edit)):
            named[model].add(key)
    rows = [row for model, keys in named.items() for row in rows_by_keys(model, keys).values()]
    return list(dict.fromkeys(getattr(row, "initiative", row) for row in rows))


def codes_of(edit: Edit) -> Iterable[str]:
    """The codes of the initiatives whose own rows the edit writes, before and after."""
    if edit["model"] == "initiative":
        yield str(edit["key"][0])
    elif edit["model"] not in SHARED and edit["model"] != "citation":
        yield str(edit["key"][0])
        yield from filter(None, edit["fields"].get("initiative", ()))


def _shared(edit: Edit) -> Iterator[tuple[Any, ...]]:
    """The event, organisation or source itself, and the event that a record is linked to."""
    if edit["model"] in SHARED:
        names = {str(edit["key"][0]), *filter(None, edit["fields"].get("slug", ()))}
        yield from ((SHARED[edit["model"]], (name,)) for name in names)
    if edit["model"] == "initiativeevent":
        slugs = {str(edit["key"][1]), *filter(None, edit["fields"].get("event", ()))}
        yield from ((Event, (slug,)) for slug in slugs)


def _claims(edit: Edit) -> Iterator[tuple[Any, ...]]:
    """What a citation stood under, and what it stands under now."""
    if edit["model"] != "citation":
        return
    for name in TARGETS:
        model = claimed_by(name)
        yield from ((model, key_in(model, text)) for text in edit["fields"].get(name, ()) if text)
    if len(edit["key"]) > 3:
        yield claimed_by(edit["key"][2]), tuple(edit["key"][3:])
