"""What is done to an import from its page: apply it, take it back, fetch the rows that failed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from initiatives import actions
from initiatives.admin.imports.choice import Choice
from initiatives.choices import RowAction, RowOutcome
from initiatives.exchange.csv_file import CONTENT_TYPE
from initiatives.exchange.planning import failed_rows

FAILED = Q(action=RowAction.ERROR) | Q(outcome=RowOutcome.REFUSED)


def counted(batch):
    """(label, number) of each action that rows of the import have."""
    return [(RowAction(name).label, number) for name, number in batch.counts.items() if number]


def apply(admin, request, object_id):
    return _post(_apply)(request, admin, object_id)


def undo(admin, request, object_id):
    return _post(_undo)(request, admin, object_id)


def _post(step):
    """A step that only a POST takes; what it refuses is told on the page of the import."""

    @require_POST
    @transaction.atomic
    def view(request, admin, object_id):
        batch = admin.own(request, object_id, to_edit=True)
        try:
            with transaction.atomic():
                messages.success(request, step(request, batch))
        except ValidationError as refusal:
            for text in refusal.messages:
                messages.error(request, text)
        return redirect("admin:initiatives_importbatch_change", batch.pk)

    return view


def _apply(request, batch):
    choice = Choice.of(request.POST)
    actions.imports.apply(
        batch,
        by=request.user,
        rows=choice.is_chosen,
        overwrite=choice.is_overwritten,
        again=choice.again,
        encoding_confirmed=request.POST.get("encoding_confirmed") == "yes",
    )
    return _("The import is applied. What became of each row is told below.")


def _undo(request, batch):
    actions.imports.undo(batch, by=request.user)
    return _("The import is undone. Rows that stay as they are are told below.")


def failed(admin, request, object_id):
    """The rows that were not taken, each with the reason, as CSV."""
    batch = admin.own(request, object_id)
    rows = batch.rows.filter(FAILED).order_by("number").iterator(chunk_size=500)
    name = f"import-{batch.pk}-failed.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    body = failed_rows(rows, batch.columns)
    return StreamingHttpResponse(body, content_type=CONTENT_TYPE, headers=headers)
