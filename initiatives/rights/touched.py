"""Which records a change shows on: the rows whose right it takes to make it or to approve it.

The page on which somebody edits is not enough: the row of an event may belong to a record of
another desk, and a citation may be moved from one claim to another.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress

from django.core.exceptions import ObjectDoesNotExist

from initiatives.models import Citation, Event, Initiative, Organisation, Source
from initiatives.models.evidence import TARGETS
from initiatives.models.texts import row_of

SHARED = {model._meta.model_name: model for model in (Event, Organisation, Source)}


def touched(edits: Iterable[Mapping]) -> list:
    """The initiatives, events, organisations and sources on which `edits` show, each once.

    An edit has the keys `model`, `key` and `fields`, as `Change` has. What is there no more, or is
    yet to be made, is not among them.
    """
    codes, others = set(), []
    for edit in edits:
        codes |= set(codes_of(edit))
        others += _shared(edit) + _claims(edit)
    found = list(Initiative.objects.filter(code__in=codes))
    for row in others:
        found += [row if not hasattr(row, "initiative") else row.initiative]
    return list(dict.fromkeys(row for row in found if row is not None))


def codes_of(edit) -> Iterable[str]:
    """The codes of the initiatives whose own rows the edit writes, before and after."""
    if edit["model"] == "initiative":
        yield str(edit["key"][0])
    elif edit["model"] not in SHARED and edit["model"] != "citation":
        yield str(edit["key"][0])
        yield from filter(None, edit["fields"].get("initiative", ()))


def _shared(edit) -> list:
    """The event, organisation or source itself, and the event that a record is linked to."""
    if edit["model"] in SHARED:
        names = {str(edit["key"][0]), *filter(None, edit["fields"].get("slug", ()))}
        return list(SHARED[edit["model"]].objects.filter(slug__in=names))
    if edit["model"] == "initiativeevent":
        slugs = {str(edit["key"][1]), *filter(None, edit["fields"].get("event", ()))}
        return list(Event.objects.filter(slug__in=slugs))
    return []


def _claims(edit) -> list:
    """What a citation stood under, and what it stands under now."""
    if edit["model"] != "citation":
        return []
    named = [(name, text) for name in TARGETS for text in edit["fields"].get(name, ()) if text]
    rows = [row_of(Citation._meta.get_field(name).related_model, text) for name, text in named]
    key = list(edit["key"])
    if len(key) > 3:
        model = Citation._meta.get_field(key[2]).related_model
        with suppress(ObjectDoesNotExist, TypeError, ValueError):
            rows.append(model._default_manager.get_by_natural_key(*key[3:]))
    return [row for row in rows if row is not None]
