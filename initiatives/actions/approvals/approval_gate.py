"""Doing at once what may be done at once, and asking for the rest.

The edit of an officer runs as it would for anybody. If it shows that the public would see it and
the officer may not decide that alone, it is undone, and what it did becomes a change request.
"""

from collections.abc import Callable, Set
from typing import Any, TypeVar

from django.db.models import Model

from initiatives.actions.approvals.requests import TAKEN_BACK, request_edits
from initiatives.actions.edits import apply_edits, edit_of, never_edited
from initiatives.actions.recording import PRIVATE, listening, noting
from initiatives.choices import ChangeAction, DeskRole
from initiatives.models import Change, ChangeRequest, Initiative
from initiatives.models.changes import Edit
from initiatives.models.record import Record
from initiatives.publication import publishing
from initiatives.rights import Rights
from initiatives.rights.affected_records import affected_records
from initiatives.rights.public import is_public

Result = TypeVar("Result")


class _Undo(Exception):
    """Leaves the transaction, so that what was done in it never happened."""


class ApprovalGate:
    """An edit on the page of `record` by the officer who has `rights`.

    What it touches is judged row by row, and not by the page: `record` may be None until it is
    made, and `moved_because` may be set while it runs. After `run` `undone` says that the edit did
    not stay, and `request` is the ChangeRequest that came of it, None if there was nothing to ask.
    With `asks` it never stays, whoever makes it: a second person has to see it in any case.
    """

    def __init__(
        self,
        record: Record | None = None,
        *,
        rights: Rights,
        reverts: Change | None = None,
        asks: bool = False,
    ) -> None:
        self.record, self.rights, self.by, self.reverts = record, rights, rights.user, reverts
        self.asks = asks
        self.changes: list[Change] = []
        self.moved_because = "" if reverts is None else str(TAKEN_BACK)
        self.request: ChangeRequest | None = None
        self.undone = False
        self._role = self._role_now()
        self._private = PRIVATE
        self._was_public = record is not None and record.pk is not None and is_public(record)

    def run(self, act: Callable[[], Result]) -> Result | None:
        """Call `act` and give what it gives, even if its effect was undone."""
        result = None
        try:
            with publishing(), listening() as self.changes:
                result = act()
                if self.must_wait():
                    raise _Undo
        except _Undo:
            self.undone = True
            self._ask()
        return result

    def must_wait(self) -> bool:
        """Whether what was done so far is not for the officer alone to decide."""
        if self.asks:
            return True
        if self.rights.is_superuser or not self.changes or self.record is None:
            return False
        if self._raises_own_role():
            self._private = PRIVATE - {"desk"}
            return True
        rows = [*affected_records(map(edit_of, self.changes)), self.record]
        return any(self._shows(row) for row in rows if not self.rights.has(DeskRole.PUBLISHER, row))

    def _shows(self, row: Model) -> bool:
        was = self._was_public if row == self.record else False
        return was or is_public(row)

    def _role_now(self) -> tuple[int, bool] | None:
        """The role on the record, and whether it is enough to publish it."""
        record = self.record
        if not isinstance(record, Initiative) or record.pk is None or self.rights.is_superuser:
            return None
        return self.rights.role_on(record), self.rights.may_publish(record)

    def _raises_own_role(self) -> bool:
        """To give a record to a desk on which one may more is for a second person to decide.

        So is to take it from the desk without which one may not publish it.
        """
        now = self._role_now()
        return self._role is not None and now is not None and now > self._role

    @publishing()
    def _ask(self) -> None:
        assert self.record is not None  # else nothing has to wait
        edits = [edit_of(change) for change in self.changes]
        for edit in edits:
            edit["fields"], private = _parted(edit, self._private)
            if private:
                with noting(reverts=self.reverts):
                    apply_edits([{**edit, "fields": private}], by=self.by)
        self.request = request_edits(
            self.record,
            [edit for edit in edits if edit["fields"] or edit["action"] != ChangeAction.CHANGED],
            by=self.by,
            moved_because=self.moved_because,
            reverts=self.reverts,
        )


def _parted(edit: Edit, for_the_desk: Set[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields that wait, and those for the desk alone; none that follow of others."""
    private = {
        name: values
        for name, values in edit["fields"].items()
        if edit["model"] == "initiative" and name in for_the_desk
    }
    follows = never_edited(edit["model"]).union(private)
    waiting = {name: values for name, values in edit["fields"].items() if name not in follows}
    return waiting, private
