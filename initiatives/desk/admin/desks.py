"""Desks and their members."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext as _

from initiatives import models
from initiatives.desk.admin.records import RecordAdmin, RowInline
from initiatives.desk.admin.sign_in.proof import (
    asked_before,
    password_is_right,
    roles_are_given,
)
from initiatives.desk.forms.desk import DeskForm


class MemberInline(RowInline):
    model = models.DeskMember
    fields = ("user", "role", "digest_language")
    autocomplete_fields = ("user",)


@admin.register(models.Desk)
class DeskAdmin(RecordAdmin):
    role_to_edit = None  # superusers
    form = DeskForm
    list_display = ("name",)
    search_fields = ("name",)
    fields = ("name", "countries", "sectors", "covers_all", "own_password")
    autocomplete_fields = ("countries", "sectors")
    inlines = (MemberInline,)

    def get_form(
        self, request: HttpRequest, obj: models.Desk | None = None, change: bool = False, **kw: Any
    ) -> type[ModelForm]:
        form = super().get_form(request, obj, change, **kw)
        form.proves = staticmethod(partial(password_is_right, request))
        form.gives_roles = staticmethod(partial(roles_are_given, self, request, obj))
        return form

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The roles that officers have there go with it, which takes the password on the form."""
        desk = self.get_object(request, unquote(object_id))
        if request.method == "POST" and desk and self.has_delete_permission(request, desk):
            said = _("The desk “%(desk)s” goes, and with it the roles that officers have there.")
            title, button = _("Deletion"), _("Delete")
            if page := asked_before(request, title, said % {"desk": desk}, button):
                return page
        return super().delete_view(request, object_id, extra_context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"may_take_back": False, **(extra_context or {})}
        return super().history_view(request, object_id, context)

    def revert_view(
        self, request: HttpRequest, object_id: str, change_id: str
    ) -> HttpResponseNotAllowed:
        """A role is given again on the form, which asks for the password."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        raise PermissionDenied
