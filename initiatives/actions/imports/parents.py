"""Records that the file puts under one that it makes itself."""

from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from initiatives.actions.approvals.approval_gate import ApprovalGate
from initiatives.actions.errors import Refused
from initiatives.actions.initiatives import save
from initiatives.choices import RowOutcome
from initiatives.models import ExternalId, ImportRow, Initiative
from initiatives.rights import Rights


def put_under(row: ImportRow, rights: Rights, *, by: User | None) -> None:
    """Make the record of `row` a part of the one that `row.above` names."""
    initiative, parent = row.initiative, _named(row.above)
    if parent is None or initiative is None:
        raise Refused(_("The initiative above this one was not made."), code="no_parent")
    gate = ApprovalGate(initiative, rights=rights)
    initiative = Initiative.objects.get(pk=initiative.pk)
    initiative.parent = parent
    gate.run(lambda: save(initiative, by=by))
    if gate.request is not None:
        row.outcome = RowOutcome.WAITING


def _named(name: str) -> Initiative | None:
    if ":" not in name:
        return Initiative.objects.filter(code=name).first()
    scheme, value = name.split(":", 1)
    found = ExternalId.objects.filter(scheme=scheme, value=value).select_related("initiative")
    return next((one.initiative for one in found), None)
