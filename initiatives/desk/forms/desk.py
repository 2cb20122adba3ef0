"""The form of a desk: what it covers, and who works there."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from initiatives.desk.forms.own_password import OwnPassword
from initiatives.desk.forms.record import RecordForm


class DeskForm(RecordForm, OwnPassword):
    """What a desk covers is what its members may see and change, so a password is asked for it."""

    asked_for = frozenset({"countries", "sectors", "covers_all"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "own_password" in self.fields:  # not on a page that is only read
            text = _(
                "Needed only if you change what the desk covers, or who works there in which role."
            )
            self.fields["own_password"].help_text = text

    def needs_proof(self) -> bool:
        return not self.conflicts and super().needs_proof()
