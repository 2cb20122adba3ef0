"""The parts of a request on its page, each with a tick and in words."""

from itertools import chain
from typing import Any

from initiatives import actions
from initiatives.choices import ChangeAction
from initiatives.desk.forms.decisions import ChangeDecisionForm
from initiatives.models import ChangeRequest
from initiatives.models.changes import Edit
from initiatives.rights import Rights
from initiatives.timeline import Line, Wording

_UNENTERED = ("weight", "1")


def parts_in_words(
    change_request: ChangeRequest, rights: Rights, form: ChangeDecisionForm
) -> list[dict[str, Any]]:
    """All are ticked on a page that is opened, and then those that were ticked when it was sent."""
    parts = actions.parts_of(change_request)
    wording = Wording(chain.from_iterable(part.edits for part in parts), rights=rights)
    was_sent = form.is_bound and form.data.get("verdict") == "part"
    return [
        {
            "number": part.number,
            "ticked": part.number in form.ticked or not was_sent,
            "edits": [(wording.heading(edit), entered(wording, edit)) for edit in part.edits],
        }
        for part in parts
    ]


def entered(wording: Wording, edit: Edit) -> list[Line]:
    """The lines of `edit`, but for what a new part is given by itself: its number, the weight 1."""
    lines = wording.lines(edit)
    if edit["action"] != ChangeAction.CREATED:
        return lines
    return [one for one in lines if one.name != "number" and (one.name, one.new) != _UNENTERED]
