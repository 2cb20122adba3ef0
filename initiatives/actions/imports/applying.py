"""Doing what the rows of a preview say."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.actions.bulk import JUST_SAVED, NOT_ALLOWED
from initiatives.actions.errors import Refused
from initiatives.actions.imports.again import refuse_again
from initiatives.actions.imports.creating import create_drafts
from initiatives.actions.imports.known import Known
from initiatives.actions.imports.new_references import create_references, keys_of
from initiatives.actions.imports.parents import put_under
from initiatives.actions.imports.updating import update
from initiatives.actions.recording import noting
from initiatives.bulk_rows import update_rows
from initiatives.choices import DeskRole, EditionCause, ImportState, RowAction, RowOutcome
from initiatives.models import ImportBatch, ImportRow, Initiative
from initiatives.publication import publishing
from initiatives.rights import Rights

CHUNK = 500
NOT_CONFIRMED = _(
    "The encoding of this file was guessed. Look at the sample of its words, and confirm that it "
    "reads right; if it does not, send the file again with its encoding, or save it as UTF-8."
)
OUTCOME = ["outcome", "told", "initiative"]  # what becomes of a row
_DOES = (RowAction.CREATE, RowAction.UPDATE, RowAction.CONFLICT)


@publishing(EditionCause.IMPORT)
def apply(
    batch: ImportBatch,
    *,
    by: User | None,
    rows: Callable[[int], bool] | None = None,
    overwrite: Callable[[int], bool] | None = None,
    again: bool = False,
    encoding_confirmed: bool = False,
    progress: Callable[[int], None] = lambda number: None,
) -> ImportBatch:
    """Do the rows of a preview in the name of `by`; None is a command of the server.

    `rows` says of the number of a row whether it was chosen (default: all), `overwrite` whether a
    conflict is to be decided for the file (default: none). What became of each row is kept with
    it: what has changed since the preview is left alone and told. Raises Refused if the batch was
    applied before, if its encoding was guessed and nobody confirmed that its words read right, or
    if the same file was applied and would make the same new records once more; `again` confirms
    that it shall.
    """
    batch = _waiting(batch)
    if batch.sample and not encoding_confirmed:
        raise Refused(NOT_CONFIRMED, code="encoding")
    applying = _Applying(batch, by, rows or _every, overwrite or _none, progress)
    if not again:
        refuse_again(batch, rights=applying.rights, chosen=applying.chosen)
    with noting(batch=batch):
        applying.run()
    batch.state, batch.applied_at = ImportState.APPLIED, timezone.now()
    batch.updated_at, batch.updated_by = batch.applied_at, by
    batch.version += 1
    batch.save()
    return batch


def _every(number: int) -> bool:
    return True


def _none(number: int) -> bool:
    return False


def _waiting(batch: ImportBatch) -> ImportBatch:
    locked = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if locked.state != ImportState.PREVIEWED:
        raise Refused(_("This import was applied already."), code="applied")
    return locked


class _Applying:
    def __init__(
        self,
        batch: ImportBatch,
        by: User | None,
        chosen: Callable[[int], bool],
        overwrite: Callable[..., Any],
        progress: Callable[..., Any],
    ) -> None:
        self.batch, self.by, self.progress = batch, by, progress
        self.chosen, self.overwrite = chosen, overwrite
        self.rights = Rights(by) if by is not None else Rights.of_system()
        self.known = Known()

    def run(self) -> None:
        for chunk in chunks_of(self.batch.rows.filter(action__in=_DOES)):
            self._apply(chunk)
            update_rows(ImportRow, chunk, OUTCOME)
            self.progress(len(chunk))
        done = self.batch.rows.filter(outcome__in=(RowOutcome.DONE, RowOutcome.WAITING))
        for chunk in chunks_of(done.exclude(above="").select_related("initiative")):
            for row in chunk:  # the record above may have come later in the file
                _try(row, partial(put_under, row, self.rights, by=self.by))
            update_rows(ImportRow, chunk, OUTCOME)

    def _apply(self, chunk: list[ImportRow]) -> None:
        todo = []
        for row in chunk:
            if self._is_wanted(row):
                todo.append(row)
            else:
                row.outcome = RowOutcome.SKIPPED
        refused = create_references(todo, by=self.by, rights=self.rights)
        todo = [row for row in todo if not _is_refused(row, refused)]
        created = [row for row in todo if row.action == RowAction.CREATE]
        self._create(created)
        self._update([row for row in todo if row.action != RowAction.CREATE])

    def _is_wanted(self, row: ImportRow) -> bool:
        decided = row.action != RowAction.CONFLICT or self.overwrite(row.number)
        return decided and self.chosen(row.number)

    def _create(self, rows: list[ImportRow]) -> None:
        """All at once; where that fails, one by one, so that each is told its own reason."""
        if not rows:
            return
        if self.rights.highest < DeskRole.EDITOR:
            for row in rows:
                row.outcome, row.told = RowOutcome.REFUSED, str(NOT_ALLOWED)
            return
        try:
            with transaction.atomic():
                create_drafts(rows, self.known, by=self.by)
        except (ValidationError, IntegrityError):
            for row in rows:
                row.outcome, row.initiative = "", None
                _try(row, partial(create_drafts, [row], self.known, by=self.by))

    def _update(self, rows: list[ImportRow]) -> None:
        keys = [row.initiative_id for row in rows if row.initiative_id is not None]
        stored = Initiative.objects.filter(pk__in=keys).order_by("pk").select_for_update()
        found: dict[int | None, Initiative] = {initiative.pk: initiative for initiative in stored}
        own = self.rights.initiatives(DeskRole.EDITOR).filter(pk__in=keys)
        mine = set(own.values_list("pk", flat=True))
        for row in rows:
            self._update_one(row, found.get(row.initiative_id), mine)

    def _update_one(self, row: ImportRow, initiative: Initiative | None, mine: set[int]) -> None:
        def act() -> None:
            if initiative is None:
                raise Refused(_("It no longer exists."), code="gone")
            if initiative.pk not in mine:
                raise PermissionDenied
            overwrite = row.action == RowAction.CONFLICT
            update(row, initiative, by=self.by, rights=self.rights, overwrite=overwrite)

        _try(row, act)


def _is_refused(row: ImportRow, refused: dict[tuple[str, ...], str]) -> bool:
    """Whether something that it points to could not be made, which is told then."""
    why = [text for key in keys_of(row) if (text := refused.get(key))]
    if why:
        row.outcome, row.told = RowOutcome.REFUSED, " ".join(why)
    return bool(why)


def _try(row: ImportRow, act: Callable[[], None]) -> None:
    try:
        with transaction.atomic():
            act()
    except ValidationError as refusal:
        row.told = " ".join(refusal.messages)
    except PermissionDenied:
        row.told = str(NOT_ALLOWED)
    except IntegrityError:
        row.told = str(JUST_SAVED)
    else:
        return
    row.outcome = RowOutcome.REFUSED


def chunks_of(rows: QuerySet[ImportRow], *, backwards: bool = False) -> Iterator[list[ImportRow]]:
    """The rows of a batch, some hundred at a time, while they are written; without what only
    the preview shows."""
    order, beyond = ("-number", "number__lt") if backwards else ("number", "number__gt")
    after: dict[str, int] = {}
    rows = rows.defer("cells", "texts").order_by(order)
    while chunk := list(rows.filter(**after)[:CHUNK]):
        yield chunk
        after = {beyond: chunk[-1].number}
