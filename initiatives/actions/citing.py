"""Saying in which source a claim stands."""

from typing import Any

from django.contrib.auth.models import User

from initiatives.actions.initiatives import save
from initiatives.models import Citation, Source
from initiatives.models.evidence import TARGETS, claimed_by
from initiatives.models.record import Record
from initiatives.publication import publishing

# The field of a citation that points to a row of each kind.
_TARGET_OF = {claimed_by(name): name for name in TARGETS}


@publishing()
def cite(claim: Record, source: Source, *, by: User | None, locator: str = "") -> Citation | None:
    """Cite `source`, at the place `locator` in it, for `claim`; None where that is so already.

    `claim` is a row of one of the kinds that a citation carries. Raises KeyError for another kind.
    """
    where: dict[str, Any] = {"source": source, "locator": locator, _TARGET_OF[type(claim)]: claim}
    if Citation.objects.filter(**where).exists():
        return None
    return save(Citation(**where), by=by)
