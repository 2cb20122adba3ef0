"""Headings of the desk's pages, in sentences of their own for each kind of record.

Django puts the name of a kind after a verb; Russian, Uzbek and Kazakh would need its case and
its gender there.
"""

import json
from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import InlineAdminFormSet
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from initiatives.translatable import Translatable

_NEW = {
    "citation": _("New citation"),
    "country": _("New country"),
    "desk": _("New desk"),
    "event": _("New event"),
    "funding": _("New amount"),
    "initiative": _("New initiative"),
    "milestone": _("New milestone"),
    "organisation": _("New organisation"),
    "sector": _("New sector"),
    "source": _("New source"),
    "user": _("New officer"),
}


def with_title(extra_context: dict[str, Any] | None, title: Translatable | None) -> dict[str, Any]:
    """`extra_context` with a heading, if it does not have one already."""
    return {"title": title, **(extra_context or {})}


class HeadedRows(InlineAdminFormSet):
    """Rows of a form with words of our own, and with one question for their scripts and styles."""

    def inline_formset_data(self) -> str:
        """What Django's script of rows wants to know, as JSON; its words need no case of a noun."""
        options = json.loads(super().inline_formset_data())
        name = capfirst(str(self.opts.verbose_name_plural))
        options["options"]["addText"] = gettext("%(rows)s: add a row") % {"rows": name}
        return json.dumps(options, ensure_ascii=False)

    @property
    def media(self) -> Media:
        """Django asks each row and makes an empty one for it, and all of them have the same."""
        return self.opts.media + self.formset.media


class OwnHeadings(admin.ModelAdmin):
    """For a ModelAdmin: its lists and forms are headed by nouns."""

    def get_inline_formsets(self, *args: Any, **kwargs: Any) -> list[InlineAdminFormSet]:
        groups = super().get_inline_formsets(*args, **kwargs)
        for group in groups:
            group.__class__ = HeadedRows  # Django names its own where it makes them
        return groups

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, with_title(extra_context, title))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        name = capfirst(str(self.opts.verbose_name))
        title = name if object_id else str(_NEW.get(str(self.opts.model_name), name))
        context = with_title(extra_context, title)
        return super().changeform_view(request, object_id, form_url, context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().delete_view(request, object_id, with_title(extra_context, _("Deletion")))
