"""Requests that belong to no initiative: of events, organisations and sources.

Their edits may speak of records of several desks, so an officer sees one only with all of them.
"""

from initiatives.choices import ChangeAction
from initiatives.models import ChangeRequest
from initiatives.rights.touched import SHARED, codes_of


def seen_requests(rights, role) -> list[int]:
    """The keys of such requests on all of whose rows the officer has at least `role`.

    The author's own are among them whatever they touch. Five queries, however many there are.
    """
    asked = list(ChangeRequest.objects.filter(initiative__isnull=True))
    codes = set(rights.initiatives(role).values_list("code", flat=True)) if asked else set()
    names = {
        name: set(rights.rows(model, role).values_list("slug", flat=True)) if asked else set()
        for name, model in SHARED.items()
    }
    mine = rights.user.pk
    return [
        each.pk
        for each in asked
        if each.created_by_id == mine or (_is_there(each, names) and _codes(each) <= codes)
    ]


def _codes(asked) -> set[str]:
    shared = (edit for edit in asked.edits if edit["model"] not in SHARED)
    return {code for edit in shared for code in codes_of(edit)}


def _is_there(asked, names) -> bool:
    """The row itself is seen; or it is still to be made."""
    if asked.key and str(asked.key[0]) in names.get(asked.model, ()):
        return True
    return any(
        edit["model"] == asked.model and edit["action"] == ChangeAction.CREATED
        for edit in asked.edits
    )
