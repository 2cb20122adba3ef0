"""The parts of a request on its page, each with a tick and in words."""

from itertools import chain
from typing import Any

from initiatives import actions
from initiatives.desk.forms.decisions import ChangeDecisionForm
from initiatives.models import ChangeRequest
from initiatives.rights import Rights
from initiatives.timeline import Wording


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
            "edits": [(wording.heading(edit), wording.lines(edit)) for edit in part.edits],
        }
        for part in parts
    ]
