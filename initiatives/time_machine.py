"""What was known on a day: records put back by undoing what was recorded since.

Rows that came later are left out, rows that went are brought back, and fields that changed get
the value that they had. Only what the public may see today is ever put back, so a record that
was withdrawn since does not return.
"""

from collections import defaultdict
from datetime import datetime, time

from django.utils import timezone

from initiatives import rules
from initiatives.choices import ChangeAction
from initiatives.models import (
    Budget,
    Change,
    Event,
    Funding,
    InitiativeCountry,
    InitiativeEvent,
    InitiativeOrganisation,
    InitiativeSector,
    Milestone,
    StatusChange,
)
from initiatives.models.changes import CHECKED, REQUESTS
from initiatives.models.facts import facts_of
from initiatives.models.texts import put_text

# Where the prefetched rows of each model hang at an initiative; money is there twice, see
# `for_detail()`.
_PARTS = (
    (InitiativeCountry, "countries"),
    (InitiativeSector, "sectors"),
    (InitiativeOrganisation, "organisations"),
    (InitiativeEvent, "events"),
    (Funding, "funding"),
    (Funding, "money"),
    (Milestone, "milestones"),
    (Budget, "budgets"),
)
_HISTORY = ("status_changes", "date_revisions")


def end_of(day):
    """The last instant of `day` in the time zone of the site."""
    return timezone.make_aware(datetime.combine(day, time.max))


def as_known(rows, *, on=None):
    """The fetched `rows` with `findings` and `flags`; as they were known on the day `on`, if given.

    They come from `for_list().for_rules()` or from `for_detail()`.
    """
    rows = list(rows) if on is None else rewind(rows, at=end_of(on))
    today = on or timezone.localdate()
    for row in rows:
        row.findings = rules.findings(facts_of(row, today))
        row.flags = list(dict.fromkeys(finding.flag.value for finding in row.findings))
    return rows


def rewind(initiatives, *, at):
    """Put the fetched `initiatives` back to what was known at the instant `at`.

    It works on the instances and on the rows that were prefetched with them, and never saves.
    Two queries, however many records there are.
    """
    initiatives = list(initiatives)
    undo = _changes_since(initiatives, at)
    statuses, versions = _statuses_at(initiatives, at), _versions_at(undo)
    for initiative in initiatives:
        _undo_fields(initiative, undo.get((initiative.pk, "initiative", (initiative.code,)), ()))
        change = statuses.get(initiative.pk)
        if change is not None:
            initiative.status, initiative.status_since = change.to_status, change.effective
        for model, name in _PARTS:
            _rewind_parts(initiative, model, name, undo, at)
        for name in _HISTORY:
            _keep(initiative, name, lambda row: row.recorded_at <= at)
        initiative.updated_at = min(initiative.updated_at, at)
        version = versions.get(initiative.pk, initiative.version)
        initiative.version, initiative.public_version = (
            version,
            min(version, initiative.public_version),
        )
    return initiatives


def _changes_since(initiatives, at):
    """The later changes of each row, the newest first: the order in which they are undone."""
    found = defaultdict(list)
    rows = Change.objects.filter(initiative__in=initiatives, recorded_at__gt=at)
    for change in rows.order_by("-recorded_at", "-id"):
        found[change.initiative_id, change.model, tuple(map(str, change.key))].append(change)
    return dict(found)


def _statuses_at(initiatives, at):
    changes = StatusChange.objects.filter(initiative__in=initiatives, recorded_at__lte=at)
    return {change.initiative_id: change for change in changes.order_by("initiative", "number")}


def _versions_at(undo):
    """The version of each record before the first of the changes that are undone."""
    found = {}
    for (pk, model, _key), changes in undo.items():
        for change in changes if model not in REQUESTS else ():
            if change.version and CHECKED not in change.fields:
                found[pk] = min(found.get(pk, change.version), change.version - 1)
    return found


def _rewind_parts(initiative, model, name, undo, at):
    rows = _prefetched(initiative, name)
    if rows is None:
        return
    kept = [row for row in rows if row.created_at <= at]
    for row in kept:
        key = tuple(map(str, row.natural_key()))
        _undo_fields(row, undo.get((initiative.pk, model._meta.model_name, key), ()))
    _put(initiative, name, [*kept, *_brought_back(initiative, model, undo, at)])


def _brought_back(initiative, model, undo, at):
    """Rows that were there at the time and were deleted since, as unsaved instances."""
    for (pk, name, _), changes in undo.items():
        if pk != initiative.pk or name != model._meta.model_name:
            continue
        created_since = any(change.action == ChangeAction.CREATED for change in changes)
        if changes[0].action == ChangeAction.DELETED and not created_since:
            row = model(initiative=initiative, created_at=at, updated_at=at)
            _undo_fields(row, changes)
            if model is not InitiativeEvent or _is_public(row.event_id):
                yield row


def _is_public(event_id):
    """An event that by now belongs to drafts alone would betray them."""
    return Event.objects.published().filter(pk=event_id).exists()


def _undo_fields(row, changes):
    for change in changes:
        for name, (old, _) in change.fields.items():
            _set(row, name, old)


def _set(row, name, text):
    field = row._meta.get_field(name)
    if name != "initiative" and not field.many_to_many:
        put_text(row, name, text)


def _prefetched(initiative, name):
    if name in initiative.__dict__:
        return initiative.__dict__[name]
    rows = getattr(initiative, "_prefetched_objects_cache", {}).get(name)
    return None if rows is None else list(rows)


def _put(initiative, name, rows):
    if name in initiative.__dict__:
        initiative.__dict__[name] = rows
    else:
        initiative._prefetched_objects_cache[name]._result_cache = rows


def _keep(initiative, name, wanted):
    rows = _prefetched(initiative, name)
    if rows is not None:
        _put(initiative, name, [row for row in rows if wanted(row)])
