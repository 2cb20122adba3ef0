"""“Import a file”: it is read and compared with what is stored, and nothing is changed yet."""

from typing import TYPE_CHECKING, BinaryIO, cast

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from initiatives.choices import DeskRole
from initiatives.desk.admin.access import officer_of, rights_of
from initiatives.desk.forms import sending
from initiatives.desk.forms.sending import SendingForm
from initiatives.imports.planning import fingerprint, keep_plan, make_plan
from initiatives.imports.reading import Unreadable, open_table
from initiatives.models import ImportBatch

if TYPE_CHECKING:
    from initiatives.desk.admin.imports.batches import ImportBatchAdmin


def _at_most(rows: int) -> None:
    if rows > sending.MOST_ROWS:
        told = {"most": sending.MOST_ROWS, "command": "import_initiatives"}
        message = _("The file has more than %(most)s rows. Divide it, or ask for %(command)s.")
        raise Unreadable(message % told)


class SendingPage:
    def __init__(self, admin: "ImportBatchAdmin", request: HttpRequest) -> None:
        self.admin, self.request = admin, request

    @classmethod
    def visit(
        cls, admin: "ImportBatchAdmin", request: HttpRequest
    ) -> HttpResponseRedirect | TemplateResponse:
        if rights_of(request).highest < DeskRole.EDITOR:
            raise PermissionDenied
        return cls(admin, request).answer()

    def answer(self) -> HttpResponseRedirect | TemplateResponse:
        if self.request.method != "POST":
            return self._page(SendingForm())
        form = SendingForm(self.request.POST, self.request.FILES)
        if form.is_valid():
            try:
                batch = self._keep(form.cleaned_data["file"], form.cleaned_data["encoding"])
            except Unreadable as refusal:
                form.add_error("file", str(refusal))
            else:
                return redirect("admin:initiatives_importbatch_change", batch.pk)
        return self._page(form)

    def _keep(self, file: InMemoryUploadedFile, encoding: str) -> ImportBatch:
        sha256 = fingerprint(cast(BinaryIO, file))
        rights = rights_of(self.request)
        table = open_table(file, file.name, rights=rights, encoding=encoding)
        plan = make_plan(table, rights=rights, progress=_at_most)
        return keep_plan(plan, name=file.name or "", sha256=sha256, by=officer_of(self.request))

    def _page(self, form: SendingForm) -> TemplateResponse:
        context = {
            **self.admin.admin_site.each_context(self.request),
            "title": _("Import a file"),
            "opts": self.admin.opts,
            "media": self.admin.media + form.media,
            "form": form,
        }
        return TemplateResponse(self.request, "admin/initiatives/imports/send.html", context)
