"""Requests that belong to no initiative: of events, organisations and sources.

Their edits may speak of records of several desks, so an officer sees one only with all of them.
"""

from typing import TYPE_CHECKING

from initiatives.choices import ChangeAction
from initiatives.models import ChangeRequest
from initiatives.rights.affected_records import SHARED, codes_of

if TYPE_CHECKING:
    from initiatives.rights import Rights


def seen_requests(rights: "Rights", role: int) -> list[int]:
    """The keys of such requests on all of whose rows the officer has at least `role`.

    The author's own are among them whatever they touch. Five queries, however many there are.
    """
    requests = list(ChangeRequest.objects.filter(initiative__isnull=True))
    codes = set(rights.initiatives(role).values_list("code", flat=True)) if requests else set()
    names = {
        name: set(rights.rows(model, role).values_list("slug", flat=True)) if requests else set()
        for name, model in SHARED.items()
    }
    mine = rights.user.pk
    return [
        each.pk
        for each in requests
        if each.created_by_id == mine or (_is_there(each, names) and _codes(each) <= codes)
    ]


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
