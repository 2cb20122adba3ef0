"""Why an action may be refused. Each is a ValidationError, so every door can show it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from initiatives.lifecycle import NEED_LABELS, Need
from initiatives.models.record import Record


class Refused(ValidationError):
    """The action is not possible; the messages say what is wrong and how to mend it."""


class NeedsMissing(Refused):
    """A status lacks something that it needs; `needs` names what."""

    def __init__(self, needs: list[Need]) -> None:
        self.needs = needs
        super().__init__([ValidationError(NEED_LABELS[need], code=need.value) for need in needs])


class Conflict(Refused):
    """Somebody saved the row in the meantime; `theirs` is the row as it is now."""

    def __init__(self, theirs: Record) -> None:
        self.theirs = theirs
        super().__init__(
            _("“%(record)s” was changed in the meantime. Compare and save again."),
            code="conflict",
            params={"record": theirs},
        )
