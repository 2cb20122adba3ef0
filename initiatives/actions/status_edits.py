"""A status among the edits of a request: the row of its history, and the citation of its source.

The history of statuses is never edited, so such an edit is done by the verb that enters a status.
"""

from collections.abc import Collection, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from initiatives.actions.errors import Refused
from initiatives.actions.recording import LANGUAGES, circumstance
from initiatives.actions.statuses import change_status, check_last
from initiatives.choices import ChangeAction
from initiatives.models import Citation, Initiative, StatusChange
from initiatives.models.changes import Edit
from initiatives.models.texts import KEY_SIGN, put_text, row_of

# What the verb itself writes of a status; the rest of a row is what somebody states.
BY_THE_VERB = frozenset(
    "initiative number from_status origin recorded_at recorded_by approved_by".split()
)
_MODEL = "statuschange"


def status_among(edits: Sequence[Edit]) -> Edit | None:
    """The edit that enters a status; None where there is none."""
    return next((edit for edit in edits if is_status(edit)), None)


def is_status(edit: Edit) -> bool:
    return edit["model"] == _MODEL and edit["action"] == ChangeAction.CREATED


def source_among(edits: Sequence[Edit], status: Edit) -> Edit | None:
    """The first citation for the `status` that one of `edits` enters: that of its source."""
    key = KEY_SIGN.join(map(str, status["key"]))
    return next((edit for edit in edits if _cites(edit, key)), None)


def _cites(edit: Edit, key: str) -> bool:
    new = edit["action"] == ChangeAction.CREATED and edit["model"] == "citation"
    return new and edit["fields"].get("status_change", [None, None])[1] == key


def status_of(edit: Edit) -> StatusChange:
    """What `edit` states, as a row that is not stored. Raises Refused for what is there no more."""
    return _filled(StatusChange(), edit, without=BY_THE_VERB)


def citation_of(edit: Edit | None) -> Citation:
    """The source with its place that `edit` cites; one without a source where there is no edit."""
    if edit is None:
        return Citation()
    return _filled(Citation(), edit, without={"status_change"})


def _filled(row: Any, edit: Edit, without: Collection[str]) -> Any:
    for name, (_old, new) in edit["fields"].items():
        if name not in without and not put_text(row, name, new):
            label = row._meta.get_field(name).verbose_name
            message = _("“%(key)s” no longer exists; it was to become the %(field)s.")
            raise Refused(message, code="gone", params={"key": new, "field": label})
    return row


def do_status_edit(
    edit: Edit, cited: Edit | None, *, by: User | None, awaits_approval: bool
) -> StatusChange:
    """Do what `edit` and the citation beside it state, in the name of `by`."""
    initiative = row_of(Initiative, str(edit["key"][0]))
    if not isinstance(initiative, Initiative):
        message = _("%(what)s “%(key)s” no longer exists.")
        what = {"what": Initiative._meta.verbose_name, "key": edit["key"][0]}
        raise Refused(message, code="gone", params=what)
    stated, source = status_of(edit), citation_of(cited)
    if stated.corrects is not None:
        check_last(stated.corrects)
    return change_status(
        initiative,
        to=stated.to_status,
        by=by,
        approved_by=circumstance("approved_by"),
        awaits_approval=awaits_approval,
        effective=stated.effective,
        reason={language: getattr(stated, f"reason_{language}") for language in LANGUAGES},
        source=source.source if source.source_id else None,
        locator=source.locator,
        quote=source.quote,
        event=stated.event,
        decided_by=stated.decided_by,
        continued_in=stated.continued_in,
        corrects=stated.corrects,
    )
