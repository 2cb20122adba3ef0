"""What is said of a record above that is not there: which name was meant."""

from django.db.models import Q
from django.utils.translation import gettext as _

from initiatives.choices import DeskRole
from initiatives.imports.planning.staging import StagedRows
from initiatives.models import ExternalId
from initiatives.models.queries import one_of
from initiatives.rights import Rights
from initiatives.text.lookalikes import nearest

_GUESSES = 50  # rows for which the nearest name is looked for, each with a query
_ALIKE = 500  # names that are compared for one of them
_SHOWN = 60  # characters of a name


class NearestAbove:
    """Looks among the names of the file and among what the officer may see."""

    def __init__(self, staged: StagedRows, rights: Rights) -> None:
        self._spool, self._rights = staged, rights
        self._guesses = 0

    def told(self, number: int, above: str, maker: int | None) -> str:
        """`maker` is the row that would make the record `above`, if there is one."""
        if maker is not None:
            return _("Row %d, which makes the initiative above this one, has errors.") % maker
        told = {"above": above[:_SHOWN], "near": self._near(number, above[:_SHOWN])}
        message = _("There is no initiative “%(above)s”, neither stored nor in this file.") % told
        hint = _("Did you mean “%(near)s”?") if told["near"] else _("Write its code or identifier.")
        return f"{message} {hint % told}"

    def _near(self, number: int, above: str) -> str:
        self._guesses += 1
        if self._guesses > _GUESSES:
            return ""
        stored = self._identifiers(above) if ":" in above else self._codes(above)
        return nearest(above, [*self._spool.names_like(above, but=number), *stored])

    def _codes(self, above: str) -> list[str]:
        code = above.upper()
        rows = self._rights.initiatives(DeskRole.VIEWER).filter(_alike("code", code))
        return list(rows.order_by("code").values_list("code", flat=True)[:_ALIKE])

    def _identifiers(self, above: str) -> list[str]:
        scheme, value = above.split(":", 1)
        seen = one_of(self._rights.initiatives(DeskRole.VIEWER))
        rows = ExternalId.objects.filter(_alike("value", value), seen, scheme=scheme)
        return list(map(str, rows.order_by("value")[:_ALIKE]))


def _alike(name: str, text: str) -> Q:
    """Texts that differ from `text` in little more than one place."""
    found = Q(**{f"{name}__startswith": text[:-2]}) | Q(**{f"{name}__endswith": text[-4:]})
    return found | Q(**{f"{name}__startswith": text[:7], f"{name}__endswith": text[-2:]})
