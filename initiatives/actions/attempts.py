"""Doing at once what may be done at once, and asking for the rest.

The edit of an officer runs as it would for anybody. If it shows that the public would see it and
the officer may not decide that alone, it is undone, and what it did becomes a change request.
"""

from django.db import transaction

from initiatives.actions.edits import NEVER_EDITED, apply_edits, edit_of
from initiatives.actions.recording import PRIVATE, listening, noting
from initiatives.actions.requests import TAKEN_BACK, request_edits
from initiatives.rights.public import is_public


class _Undo(Exception):
    """Leaves the transaction, so that what was done in it never happened."""


class Attempt:
    """An edit of `record` by `by`; `directly` says that it needs no second person.

    `record` may be None until it is made, and `moved_because` may be set while it runs. After `run`
    `undone` says that the edit did not stay, and `request` is the ChangeRequest that came of it,
    None if there was nothing to ask.
    """

    def __init__(self, record=None, *, by, directly, reverts=None) -> None:
        self.record, self.by, self.directly, self.reverts = record, by, directly, reverts
        self.changes: list = []
        self.moved_because = "" if reverts is None else str(TAKEN_BACK)
        self.request = None
        self.undone = False
        self._was_public = record is not None and record.pk is not None and is_public(record)

    def run(self, act):
        """Call `act` and give what it gives, even if its effect was undone."""
        result = None
        try:
            with transaction.atomic(), listening() as self.changes:
                result = act()
                if self.must_wait():
                    raise _Undo
        except _Undo:
            self.undone = True
            self._ask()
        return result

    def must_wait(self) -> bool:
        """Whether what was done so far is not for `by` alone to decide."""
        if self.directly or not self.changes or self.record is None:
            return False
        return self._was_public or is_public(self.record)

    @transaction.atomic
    def _ask(self) -> None:
        edits = [edit_of(change) for change in self.changes]
        for edit in edits:
            edit["fields"], private = _parted(edit)
            if private:
                with noting(reverts=self.reverts):
                    apply_edits([{**edit, "fields": private}], by=self.by)
        self.request = request_edits(
            self.record,
            [edit for edit in edits if edit["fields"] or edit["action"] != "changed"],
            by=self.by,
            moved_because=self.moved_because,
            reverts=self.reverts,
        )


def _parted(edit):
    """The fields that the public sees, and those for the desk alone; none that follow of others."""
    private = {
        name: values
        for name, values in edit["fields"].items()
        if edit["model"] == "initiative" and name in PRIVATE
    }
    public = {
        name: values
        for name, values in edit["fields"].items()
        if name not in NEVER_EDITED.union(private)
    }
    return public, private
