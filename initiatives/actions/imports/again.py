"""A file that comes once more: what an earlier import of it did."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from initiatives.actions.errors import Refused
from initiatives.choices import DeskRole, ImportState, RowAction, RowOutcome
from initiatives.models import ImportBatch, ImportRow
from initiatives.models.queries import one_of
from initiatives.rights import Rights

_MOST = 3  # imports that are named


def applied_before(sha256: str, *, rights: Rights) -> QuerySet[ImportBatch]:
    """Imports of the same file that were applied and not undone, the last one first.

    Those of others are told only to who may see a record that they made or changed, where the
    history names them anyway.
    """
    rows = ImportBatch.objects.filter(sha256=sha256, state=ImportState.APPLIED)
    if not rights.is_superuser:
        seen = one_of(rights.initiatives(DeskRole.VIEWER))
        theirs = ImportRow.objects.filter(seen, batch=OuterRef("pk"))
        rows = rows.filter(Q(created_by=rights.user) | Exists(theirs))
    return rows.select_related("updated_by").order_by("-applied_at")


def in_words(before: QuerySet[ImportBatch]) -> list[str]:
    """When each of the imports was applied, and by whom."""
    return [
        _("This file was applied on %(at)s by %(who)s: import %(number)s.")
        % {
            "at": date_format(timezone.localtime(one.applied_at), "SHORT_DATETIME_FORMAT"),
            "who": one.updated_by or _("a command of the server"),
            "number": one.pk,
        }
        for one in before[:_MOST]
    ]


def made_already(batch: ImportBatch, *, rights: Rights) -> QuerySet[ImportRow]:
    """The rows of `batch` that would make a record which the same row of the same file made."""
    before = applied_before(batch.sha256, rights=rights).exclude(pk=batch.pk)
    made = ImportRow.objects.filter(
        batch__in=before.order_by().values("pk"),
        action=RowAction.CREATE,
        outcome__in=(RowOutcome.DONE, RowOutcome.WAITING),
        initiative__isnull=False,
    )
    rows = batch.rows.filter(action=RowAction.CREATE)
    return rows.filter(number__in=made.values("number"))


def refuse_again(batch: ImportBatch, *, rights: Rights, chosen: Callable[[int], bool]) -> None:
    """Raises Refused if a row that was `chosen` would make a record a second time."""
    numbers = made_already(batch, rights=rights).values_list("number", flat=True)
    if any(chosen(number) for number in numbers.iterator(chunk_size=2000)):
        told = in_words(applied_before(batch.sha256, rights=rights).exclude(pk=batch.pk))
        message = _("Its new records would be created once more. Confirm that this is meant.")
        raise Refused(" ".join([*told, message]), code="again")
