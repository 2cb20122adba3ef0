"""Errors that readers reported: read and answered on one page. No address of theirs is shown."""

import logging
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from initiatives.actions import error_reports
from initiatives.choices import DeskRole
from initiatives.desk import answers
from initiatives.desk.admin.access import officer_of, rights_of
from initiatives.desk.admin.bounds import found
from initiatives.desk.admin.filters import StrictFilter
from initiatives.desk.admin.officer_names import officer_column
from initiatives.desk.admin.records import HistoryAdmin
from initiatives.desk.forms.record import is_key
from initiatives.fields.whole_text import WholeTextFormField
from initiatives.models import ErrorReport

_log = logging.getLogger(__name__)


class OpenFilter(StrictFilter):
    """Those that wait for an answer, and the others."""

    title = gettext_lazy("answer")
    parameter_name = "is_open"
    choices_given = (
        ("yes", pgettext_lazy("report", "Waits for an answer")),
        ("no", pgettext_lazy("report", "Closed")),
    )

    def narrowed(self, rows: QuerySet[Any], value: str, request: HttpRequest) -> QuerySet[Any]:
        return rows.filter(closed_at__isnull=value == "yes")


class AnswerForm(forms.Form):
    answer = WholeTextFormField(
        label=gettext_lazy("Answer"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("What you corrected, or why you changed nothing."),
    )


@admin.register(ErrorReport)
class ErrorReportAdmin(HistoryAdmin):
    """Its page shows what the reader wrote and, until it is closed, asks for the answer."""

    list_display = ("__str__", "sent_at", "closed_at", "closed_by_name")
    closed_by_name = officer_column(ErrorReport, "closed_by")
    list_filter = (OpenFilter,)
    list_select_related = ("initiative", "closed_by")
    search_fields = ("initiative__code",)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if is_key(object_id):
            self.get_object(request, object_id)  # 403 where it is another desk's or not there
        report = found(self.get_queryset(request).select_related("initiative"), object_id)
        may_close = rights_of(request).has(DeskRole.EDITOR, report)
        form = AnswerForm(request.POST if request.method == "POST" else None)
        if request.method == "POST":
            if not may_close:
                raise PermissionDenied
            if form.is_valid() and self._closed(request, report, form):
                return redirect("admin:index")
        return self._page(request, report, form=form, may_close=may_close)

    def _closed(self, request: HttpRequest, report: ErrorReport, form: AnswerForm) -> bool:
        try:
            closed = error_reports.close_report(
                report, answer=form.cleaned_data["answer"], by=officer_of(request)
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return False
        messages.success(request, _("The report is closed."))
        try:
            answers.send_answer(closed)
        except Exception as error:
            _log.error("An answer to a reader did not go out: %s", type(error).__name__)
            messages.warning(request, _("The email could not be sent now. It is tried again."))
        return True

    def _page(self, request: HttpRequest, report: ErrorReport, **context: Any) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": capfirst(str(self.opts.verbose_name)),
            "subtitle": str(report),
            "opts": self.opts,
            "report": report,
            **context,
        }
        return TemplateResponse(request, "admin/initiatives/error_report.html", context)
