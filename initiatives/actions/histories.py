"""Which changes are the history of a record."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q

from initiatives.choices import ChangeAction
from initiatives.models import Change, Initiative
from initiatives.models.evidence import TARGETS
from initiatives.models.record import AppendOnlyQuerySet, Record

MOST_NAMES = 20  # that one record had; each costs a query


def history_of(record: Record | User) -> AppendOnlyQuerySet[Change]:
    """The changes of `record` and of what belongs to it.

    An initiative has the changes of all its rows, anything else those of itself, also under the
    names that it had before, and those of its citations. An account, whose name stays, has its
    places on desks.
    """
    if isinstance(record, User):
        name = record.get_username()
        own, places = Q(model="user", key__0=name), Q(model="deskmember", key__1=name)
        return Change.objects.filter(own | places)
    if isinstance(record, Initiative):
        return Change.objects.filter(initiative=record)
    found, model = Q(), record._meta.model_name
    for key, since, until in _names_of(record):
        found |= _within(Q(model=model, key=key), since, until)
        if model in _CLAIMS:
            found |= _within(_citations_of(_CLAIMS[model], key), since, until)
    return Change.objects.filter(found)


_CLAIMS = {name.replace("_", ""): name for name in TARGETS}


def _citations_of(claim: str, key: list[str]) -> Q:
    """The changes of citations whose key goes on with this claim."""
    parts = {f"key__{place}": part for place, part in enumerate(key, start=3)}
    return Q(model="citation", key__2=claim, **parts)


def _within(condition: Q, since: int | None, until: int | None) -> Q:
    begins, ends = Q(pk__gte=since) if since else Q(), Q(pk__lt=until) if until else Q()
    return condition & begins & ends


def _names_of(record: Record) -> Iterator[tuple[list[str], Any, Any]]:
    """(key, since, until) of each name that the record had, the last one first.

    `since` and `until` are keys of changes: another record may have the name before and after.
    """
    key: list[Any] = list(record.natural_key())
    until: int | None = None
    names = {path.split("__")[0]: place for place, path in enumerate(record.natural_fields)}
    for _name in range(MOST_NAMES):
        begin = _beginning(record._meta.model_name, key, until, names)
        yield key, begin and begin.pk, until
        if begin is None or begin.action != ChangeAction.CHANGED:
            return
        renamed = begin.fields.keys() & names
        if not renamed:
            return
        key, until = list(key), begin.pk
        for name in renamed:
            key[names[name]] = begin.fields[name][0]


def _beginning(
    model: str | None, key: list[str], until: int | None, names: dict[str, int]
) -> Change | None:
    """The change by which a record came to this name; None if none tells of it.

    A record that came back after it was removed has what was before.
    """
    begun = Q(action=ChangeAction.CREATED, reverts=None)
    for name in names:
        begun |= Q(action=ChangeAction.CHANGED, fields__has_key=name)
    rows = Change.objects.filter(_within(Q(model=model, key=key), None, until) & begun)
    return rows.order_by("-pk").first()
