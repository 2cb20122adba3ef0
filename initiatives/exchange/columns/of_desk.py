"""Columns of what only the desk sees. They stand at the end of a file that officers download.

Of these `desk` is read again; the others are told as not taken over when such a file comes in.
"""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from initiatives.exchange.cells import instant
from initiatives.exchange.columns.column import Column, Label
from initiatives.exchange.columns.incoming import INCOMING
from initiatives.models import Initiative

if TYPE_CHECKING:
    # The tables of the public have no such rows, and know nothing of rights.
    from initiatives.exchange.working_rows import WorkingRow


def _desk(row: "WorkingRow") -> str:
    return "" if row.initiative.desk is None else row.initiative.desk.name


def _officer(row: "WorkingRow") -> str:
    return "" if row.initiative.owner is None else row.initiative.owner.get_username()


def _embargo(row: "WorkingRow") -> str:
    until = row.initiative.embargo_until
    return "" if until is None else instant(until)


def _label(name: str) -> Label:
    label: Label = Initiative._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # these have one
    return label


_ALL = (
    Column("publication", _label("publication"), lambda row: row.initiative.publication),
    Column("desk", INCOMING["desk"].label, _desk, 24, INCOMING["desk"].read),
    Column("officer", _("responsible officer"), _officer),
    Column(
        "review_every_days",
        _label("review_every_days"),
        lambda row: str(row.initiative.review_every_days or ""),
    ),
    Column("embargo_until", _label("embargo_until"), _embargo, 28),
    Column("internal_note", _label("internal_note"), lambda row: row.initiative.internal_note, 50),
)
OF_DESK = {column.name: column for column in _ALL}
ONLY_TOLD = frozenset(name for name, column in OF_DESK.items() if column.read is None)
