"""Accounts of officers: deactivated and never deleted, so that histories keep their names."""

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from initiatives.actions import officers
from initiatives.admin.headings import OwnHeadings

admin.site.unregister(get_user_model())


@admin.register(get_user_model())
class AccountAdmin(OwnHeadings, UserAdmin):
    actions = ("deactivate",)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    @admin.action(description=_("Deactivate the selected accounts"), permissions=["change"])
    def deactivate(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """All but one's own: nobody would be left to let the last administrator in again."""
        others = queryset.exclude(pk=request.user.pk).filter(is_active=True)
        number = sum(officers.deactivate(user) for user in others)
        if queryset.filter(pk=request.user.pk).exists():
            messages.warning(request, _("Your own account stays active."))
        text = ngettext(
            "%(number)s account was deactivated; what it did stays under its name.",
            "%(number)s accounts were deactivated; what they did stays under their names.",
            number,
        )
        messages.success(request, text % {"number": number})
