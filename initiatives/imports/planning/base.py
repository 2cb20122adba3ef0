"""Stored records as they were in the version from which a file was made.

The history says what every later version changed, so it is undone here, on instances that are
never saved.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, cast

from django.db.models import Model, Q

from initiatives.choices import ChangeAction, Publication
from initiatives.models import (
    Budget,
    Change,
    ExternalId,
    Funding,
    Initiative,
    InitiativeCountry,
    InitiativeOrganisation,
    InitiativeSector,
)
from initiatives.models.changes import REQUESTS
from initiatives.models.record import Record, hung_at, in_texts, rows_by_keys
from initiatives.models.texts import key_in, put_text

# Where the rows that the columns of a table tell hang at an initiative.
_PARTS = {
    "initiativecountry": (InitiativeCountry, "countries"),
    "initiativesector": (InitiativeSector, "sectors"),
    "initiativeorganisation": (InitiativeOrganisation, "organisations"),
    "funding": (Funding, "funding"),
    "budget": (Budget, "budgets"),
    "externalid": (ExternalId, "external_ids"),
}


def rewound(fetched: Iterable[Initiative], versions: dict[int, int]) -> dict[int, Initiative]:
    """The `fetched` records by key, each put back to the version that `versions` names by key.

    One that does not reach back so far is left out. Two queries, and one for each kind of row
    that the undone changes point to.
    """
    changes = _later(versions)
    find = _find_in(changes)
    found = {}
    for initiative in fetched:
        later = changes[initiative.pk]
        steps = initiative.version - versions[initiative.pk]
        if len({change.version for change in later}) == steps:
            _undo(initiative, later, find)
            found[initiative.pk] = initiative
    return found


def _later(versions: dict[int, int]) -> dict[int, list[Change]]:
    """The changes after each version, the newest first."""
    of_version = defaultdict(list)
    for key, version in versions.items():
        of_version[version].append(key)
    wanted = Q(pk__in=[])
    for version, keys in of_version.items():
        wanted |= Q(initiative__in=keys, version__gt=version)
    found: dict[int, list[Change]] = defaultdict(list)
    rows = Change.objects.filter(wanted).exclude(model__in=REQUESTS)
    for change in rows.order_by("-version", "-id"):
        found[cast(int, change.initiative_id)].append(change)  # they were asked for by it
    return found


def _find_in(changes: dict[int, list[Change]]) -> Callable[..., Any]:
    """`find` for `put_text`, with all rows that the changes point to fetched kind by kind."""
    wanted: dict[type[Model], set[tuple[str, ...]]] = defaultdict(set)
    for change in (change for later in changes.values() for change in later):
        if (model := _model_of(change)) is None:
            continue
        for name, (old, _new) in change.fields.items():
            field = model._meta.get_field(name)
            related = None if field.many_to_many else field.related_model
            if related is not None and old is not None:
                wanted[related].add(key_in(related, old))
    known = {
        model: rows_by_keys(model, keys)
        for model, keys in wanted.items()
        if hasattr(model._default_manager, "by_natural_keys")
    }
    return lambda model, text: known.get(model, {}).get(in_texts(key_in(model, text)))


def _model_of(change: Change) -> type[Record] | None:
    if change.model == "initiative":
        return Initiative
    return _PARTS[change.model][0] if change.model in _PARTS else None


def _undo(initiative: Initiative, changes: list[Change], find: Callable[..., Any]) -> None:
    rows = {
        name: {in_texts(row.natural_key()): row for row in getattr(initiative, related).all()}
        for name, (_model, related) in _PARTS.items()
    }
    for change in changes:
        if change.model == "initiative":
            _put(initiative, change, find)
        elif change.model in rows:
            _undo_part(initiative, change, rows[change.model], find)
    for name in {change.model for change in changes} & rows.keys():
        part: tuple[type[Any], str] = _PARTS[name]
        model, related = part
        ordered = _in_order(model, list(rows[name].values()))
        hung_at(initiative)[related]._result_cache = ordered
    parent = initiative.parent
    is_public = parent is not None and parent.publication == Publication.PUBLISHED
    initiative.public_parent = parent if is_public else None


def _undo_part(
    initiative: Initiative, change: Change, rows: dict, find: Callable[..., Any]
) -> None:
    row = rows.pop(in_texts(change.key), None)
    if change.action == ChangeAction.CREATED:
        return
    if row is None:
        made: type[Any] = _PARTS[change.model][0]
        row = made(initiative=initiative)
    _put(row, change, find)
    rows[in_texts(row.natural_key())] = row


def _put(row: Record, change: Change, find: Callable[..., Any]) -> None:
    for name, (old, _new) in change.fields.items():
        if name != "initiative" and not row._meta.get_field(name).many_to_many:
            put_text(row, name, old, find=find)


def _in_order(model: type[Record], rows: list) -> list:
    for path in reversed(cast(Sequence[str], model._meta.ordering)):
        if path != "initiative":
            rows.sort(key=partial(_follow, path), reverse=path[0] == "-")
    return rows


def _follow(path: str, row: Any) -> Any:
    for name in path.lstrip("-").split("__"):
        row = getattr(row, name)
    return row
