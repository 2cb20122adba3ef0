"""Requests that belong to no initiative: of events, organisations and sources.

Their edits may speak of records of several desks, so an officer sees one only with all of them.
"""

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from initiatives.choices import ChangeAction
from initiatives.models import ChangeRequest
from initiatives.rights.affected_records import SHARED, codes_of

if TYPE_CHECKING:
    from initiatives.rights import Rights

_AT_ONCE = 500  # names in one query


def seen_requests(rights: "Rights", role: int) -> list[int]:
    """The keys of such requests on all of whose rows the officer has at least `role`.

    The author's own are among them whatever they touch. Five queries, however many there are.
    """
    requests = list(ChangeRequest.objects.filter(initiative__isnull=True))
    codes = _seen(rights.initiatives(role), "code", set().union(*map(_codes, requests)))
    names = {
        name: _seen(rights.rows(model, role), "slug", _slugs(requests, name))
        for name, model in SHARED.items()
    }
    mine = rights.user.pk
    return [
        each.pk
        for each in requests
        if each.created_by_id == mine or (_is_there(each, names) and _codes(each) <= codes)
    ]


def _seen(rows: QuerySet[Any], field: str, named: set[str]) -> set[str]:
    """Which of the `named` rows are among `rows`; a database takes some hundred names at a time."""
    names = sorted(named)
    return {
        found
        for first in range(0, len(names), _AT_ONCE)
        for found in rows.filter(**{f"{field}__in": names[first : first + _AT_ONCE]}).values_list(
            field, flat=True
        )
    }


def _slugs(requests: list[ChangeRequest], model: str | None) -> set[str]:
    return {str(each.key[0]) for each in requests if each.model == model and each.key}


def _codes(change_request: ChangeRequest) -> set[str]:
    shared = (edit for edit in change_request.edits if edit["model"] not in SHARED)
    return {code for edit in shared for code in codes_of(edit)}


def _is_there(change_request: ChangeRequest, names: dict[str | None, set[str]]) -> bool:
    """The row itself is seen; or it is still to be made."""
    if change_request.key and str(change_request.key[0]) in names.get(change_request.model, ()):
        return True
    return any(
        edit["model"] == change_request.model and edit["action"] == ChangeAction.CREATED
        for edit in change_request.edits
    )
