"""What is done to an import from its page: apply it, take it back, fetch the rows that failed."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from initiatives import actions
from initiatives.choices import RowAction, RowOutcome
from initiatives.demonstration import file_name
from initiatives.desk.admin.access import officer_of
from initiatives.desk.admin.imports.choice import Choice
from initiatives.exchange.csv_file import CONTENT_TYPE
from initiatives.imports.planning import failed_rows
from initiatives.models import ImportBatch
from initiatives.translatable import Translatable

if TYPE_CHECKING:
    from initiatives.desk.admin.imports.batches import ImportBatchAdmin


FAILED = Q(action=RowAction.ERROR) | Q(outcome=RowOutcome.REFUSED)


def counted(batch: ImportBatch) -> list[tuple[Translatable, int]]:
    """(label, number) of each action that rows of the import have."""
    return [(RowAction(name).label, number) for name, number in batch.counts.items() if number]


def apply(admin: "ImportBatchAdmin", request: HttpRequest, object_id: str) -> HttpResponseRedirect:
    return _post(_apply)(request, admin, object_id)


def undo(admin: "ImportBatchAdmin", request: HttpRequest, object_id: str) -> HttpResponseRedirect:
    return _post(_undo)(request, admin, object_id)


def _post(step: Callable[..., Any]) -> Callable[..., Any]:
    """A step that only a POST takes; what it refuses is told on the page of the import."""

    @require_POST
    @transaction.atomic
    def view(
        request: HttpRequest, admin: "ImportBatchAdmin", object_id: str
    ) -> HttpResponseRedirect:
        batch = admin.own(request, object_id, to_edit=True)
        try:
            with transaction.atomic():
                messages.success(request, step(request, batch))
        except ValidationError as refusal:
            for text in refusal.messages:
                messages.error(request, text)
        return redirect("admin:initiatives_importbatch_change", batch.pk)

    return view


def _apply(request: HttpRequest, batch: ImportBatch) -> str:
    choice = Choice.of(request.POST)
    actions.imports.apply(
        batch,
        by=officer_of(request),
        rows=choice.is_chosen,
        overwrite=choice.is_overwritten,
        again=choice.again,
        encoding_confirmed=request.POST.get("encoding_confirmed") == "yes",
    )
    return _("The import has been applied. The result for each row is listed below.")


def _undo(request: HttpRequest, batch: ImportBatch) -> str:
    actions.imports.undo(batch, by=officer_of(request))
    if batch.rows.filter(outcome__in=(RowOutcome.LEFT, RowOutcome.WAITING)).exists():
        return _("The import has been undone. Rows that were left unchanged are listed below.")
    return _("The import has been undone.")


def failed(
    admin: "ImportBatchAdmin", request: HttpRequest, object_id: str
) -> StreamingHttpResponse:
    """The rows that were not taken, each with the reason, as CSV."""
    batch = admin.own(request, object_id)
    rows = batch.rows.filter(FAILED).order_by("number").iterator(chunk_size=500)
    name = file_name(f"import-{batch.pk}-failed.csv")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    body = failed_rows(rows, batch.columns)
    return StreamingHttpResponse(body, content_type=CONTENT_TYPE, headers=headers)
