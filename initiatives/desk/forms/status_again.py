"""A status that was rejected, to be mended on the page of statuses and asked for again."""

from collections.abc import Iterator
from typing import Any

from initiatives.actions.status_edits import BY_THE_VERB, source_among, status_among
from initiatives.choices import ChangeAction
from initiatives.desk.forms.status_fields import RECORD
from initiatives.desk.forms.status_milestones import OpenMilestone
from initiatives.models import ChangeRequest, Citation, Initiative, Milestone, StatusChange
from initiatives.models.changes import Edit
from initiatives.models.texts import KEY_SIGN, put_text

_NOT_TYPED = BY_THE_VERB | {"to_status", "corrects", "status_change"}


def typed_before(request: ChangeRequest) -> dict[str, Any]:
    """Field of the form → what the officer had typed into it; what is there no more is left out."""
    status = status_among(request.edits)
    if status is None:
        return {}
    found = dict(_values(StatusChange(), status))
    if cited := source_among(request.edits, status):
        found |= _values(Citation(), cited)
    for edit in request.edits:
        if edit["action"] == ChangeAction.CHANGED and edit["model"] == "initiative":
            values = dict(_values(Initiative(), edit))
            found |= {name: values[name] for name in RECORD if name in values}
        elif edit["action"] == ChangeAction.CHANGED and edit["model"] == "milestone":
            found |= _ended(edit, request.edits)
    return found


def _values(row: Any, edit: Edit) -> Iterator[tuple[str, Any]]:
    for name, (_old, new) in edit["fields"].items():
        if name not in _NOT_TYPED and put_text(row, name, new):
            yield name, row._meta.get_field(name).value_from_object(row)


def _ended(edit: Edit, edits: list) -> dict[str, Any]:
    values = dict(_values(Milestone(number=edit["key"][1]), edit))
    values["end"] = "reached" if values.get("actual") else "dropped"
    key = KEY_SIGN.join(map(str, edit["key"]))
    cited = (one for one in edits if one["fields"].get("milestone", [None, None])[1] == key)
    for citation in cited:
        values["locator"] = citation["fields"].get("locator", [None, ""])[1] or ""
    start = OpenMilestone.prefix(Milestone(number=edit["key"][1]))
    return {f"{start}{part}": value for part, value in values.items()}


def corrected_by(request: ChangeRequest) -> StatusChange | None:
    """The status change that the one asked for corrects; None where it is no correction."""
    status = status_among(request.edits)
    row = StatusChange()
    named = (status or {"fields": {}})["fields"].get("corrects", [None, None])[1]
    return row.corrects if put_text(row, "corrects", named) else None
