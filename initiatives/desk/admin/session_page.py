"""The page on which a session is entered with all points of its protocol."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from initiatives.desk.admin.access import rights_of
from initiatives.desk.admin.taken_out import tell_taken_out
from initiatives.desk.admin.understood import tell_understood
from initiatives.desk.forms.session import SessionPageForm
from initiatives.desk.forms.session.point_form import NEW, NONE, PointForm


class SessionPage:
    """One visit; `admin` is the ModelAdmin of events, `object_id` the key of a stored event to
    which points are added."""

    def __init__(
        self, admin: ModelAdmin, request: HttpRequest, object_id: str | None = None
    ) -> None:
        self.admin, self.request = admin, request
        self.event = None if object_id is None else admin.get_object(request, unquote(object_id))
        if object_id is not None and self.event is None:
            raise Http404
        may = admin.has_add_permission(request)
        if self.event is not None:
            may = admin.has_change_permission(request, self.event)
        if not may:
            raise PermissionDenied
        data = request.POST if request.method == "POST" else None
        self.form = SessionPageForm(data, rights=rights_of(request), event=self.event)

    @classmethod
    def visit(
        cls, admin: ModelAdmin, request: HttpRequest, object_id: str | None = None
    ) -> HttpResponse:
        return cls(admin, request, object_id).answer()

    def answer(self) -> HttpResponse:
        form = self.form
        if not form.is_bound:
            form.understand()
            return self._page()
        if (before := form.saved_before) is not None:
            form.understand()
            return self._page(before=before)
        if "rows" in form.data:
            form.make_rows()
        elif "more" in form.data:
            form.add_blank_row()
        form.understand()
        if "_save" not in form.data:
            return self._page(shown=True)
        return self._saved() or self._page(checked=True)

    def _saved(self) -> HttpResponse | None:
        """The answer to what was stored; None where something has to be looked at or mended."""
        form = self.form
        if not form.is_valid() or form.must_look:
            return None
        try:
            change_set = form.enter()
        except IntegrityError:
            text = _("Somebody saved the same in this moment. Look at the stored record first.")
            form.errors.append(str(text))
            return None
        if change_set is None:
            return None
        typed = [form.facts, *form.filled]
        tell_taken_out(self.request, typed)
        for one in typed:
            tell_understood(self.request, one)
        messages.success(self.request, _("The session is saved with its points."))
        return redirect("admin:initiatives_changeset_change", change_set.pk)

    def _page(self, **context: Any) -> HttpResponse:
        form = self.form
        wrong = context.get("checked") and not form.must_look
        context = {
            **self.admin.admin_site.each_context(self.request),
            "title": _("Add points to a session") if self.event else _("Enter a session"),
            "subtitle": str(self.event) if self.event else None,
            "event": self.event,
            "address": self.request.path,
            "opts": self.admin.opts,
            "media": self.admin.media,
            "form": form,
            "tallies": _tallies(form.filled),
            "undecided": [one for one in form.filled if not one.typed("choice")],
            "has_errors": wrong or (context.get("checked") and _is_wrong(form)),
            **context,
        }
        return TemplateResponse(self.request, "admin/initiatives/session.html", context)


def _is_wrong(form: SessionPageForm) -> bool:
    rows = any(one.errors for one in form.filled)
    return bool(form.facts.errors or form.errors or form.paste_error or rows)


def _tallies(rows: list[PointForm]) -> dict[str, int]:
    """How much of what the rows hold, by its name."""
    choices = [row.typed("choice") for row in rows]
    return {
        "points": len(rows),
        "found": sum(choice.isdecimal() for choice in choices),
        "new": choices.count(NEW),
        "alone": choices.count(NONE),
        "statuses": sum(bool(row.typed("to")) for row in rows),
        "deadlines": sum(bool(row.typed("deadline")) for row in rows),
    }
