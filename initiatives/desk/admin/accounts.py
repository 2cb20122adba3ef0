"""Accounts of officers: deactivated and never deleted, so that histories keep their names."""

from functools import partial
from typing import Any

import django.contrib.auth.admin  # noqa: F401, its pages give way to ours
import django_otp.plugins.otp_totp.admin  # noqa: F401, so do these
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import Model, Prefetch, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_otp.plugins.otp_totp.models import TOTPDevice

from initiatives import actions, models
from initiatives.actions.accounts import officers
from initiatives.desk.admin.access import officer_of, rights_of
from initiatives.desk.admin.history_page import HistoryPage
from initiatives.desk.admin.listed import ListedAdmin
from initiatives.desk.admin.records import BlockInline
from initiatives.desk.admin.sign_in import owner_mail
from initiatives.desk.admin.sign_in.first_password import password_page, send_link
from initiatives.desk.admin.sign_in.officers_step import second_step_page
from initiatives.desk.admin.sign_in.proof import (
    asked_before,
    password_is_right,
    roles_are_given,
)
from initiatives.desk.forms.account import MAIL, AccountForm, NewAccountForm
from initiatives.timeline.names import name_of

admin.site.unregister(get_user_model())
admin.site.unregister(Group)  # a role on a desk is the only right
admin.site.unregister(TOTPDevice)  # they would show the secret of an officer's app

_PLACES = Prefetch("desks", models.DeskMember.objects.select_related("desk"))


class MembershipInline(BlockInline):
    model = models.DeskMember
    fk_name = "user"
    fields = (("desk", "role"),)
    autocomplete_fields = ("desk",)
    verbose_name = _("place on a desk")
    verbose_name_plural = _("places on desks")

    def get_extra(self, request: HttpRequest, obj: User | None = None, **kwargs: Any) -> int:
        """One to type into is always there, also without scripts."""
        return 1


@admin.register(get_user_model())
class AccountAdmin(ListedAdmin, HistoryPage, admin.ModelAdmin):
    role_to_edit = None  # superusers
    form = AccountForm
    actions = ("deactivate",)
    ordering = ("username",)
    list_display = ("username", "full_name", "email", "places", "is_superuser", "is_active")
    list_filter = (
        "is_active",
        "is_superuser",
        ("desks__desk", admin.RelatedOnlyFieldListFilter),
    )
    search_fields = ("username", "first_name", "last_name", "email")
    list_prefetch = (_PLACES,)
    inlines = (MembershipInline,)
    fields = (
        ("sign_in_name", "last_login"),
        ("first_name", "last_name"),
        ("email", MAIL),
        ("is_superuser", "is_active"),
        "own_password",
    )
    readonly_fields = ("sign_in_name", "last_login")
    change_form_template = "admin/desk/account.html"

    def has_module_permission(self, request: HttpRequest) -> bool:
        return rights_of(request).is_superuser

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return rights_of(request).is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_urls(self) -> list:
        password = path(
            "<path:object_id>/password/",
            self.admin_site.admin_view(self.password_view),
            name="auth_user_password_change",
        )
        second_step = path(
            "<path:object_id>/second-step/",
            self.admin_site.admin_view(self.second_step_view),
            name="auth_user_second_step",
        )
        # Without the address that takes a change back: a role is given again, by its own record.
        return [password, second_step, *admin.ModelAdmin.get_urls(self)]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple:
        return () if obj is None else self.readonly_fields

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> tuple:
        if obj is not None:
            return self.fields
        names = ("first_name", "last_name"), ("email", MAIL)
        return ("username", *names, "is_superuser", "own_password", "password")

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm]:
        if obj is None:
            kwargs["form"] = NewAccountForm
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.by = request.user
        form.proves = staticmethod(partial(password_is_right, request))
        form.gives_roles = staticmethod(partial(roles_are_given, self, request, obj))
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """What only the moment of saving could tell is told at the stored account."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except actions.Refused as refusal:
            for text in refusal.messages:
                messages.error(request, text)
            return redirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        if change:
            officers.change_account(obj, form.changed_data, by=officer_of(request))
            if "email" in form.changed_data:
                before = form.initial["email"]
                transaction.on_commit(partial(owner_mail.tell_of_address, obj, before))
            return
        password = form.cleaned_data["password"]
        officers.create_account(obj, by=officer_of(request), password=password)
        if not password:
            transaction.on_commit(partial(send_link, request, obj, form.cleaned_data[MAIL]))

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: list, change: bool
    ) -> None:
        for formset in formsets:
            formset.save(commit=False)
            removed, saved = formset.settled()
            for row in removed:
                actions.remove_record(row, by=officer_of(request))
            for row in saved:
                actions.save(row, by=officer_of(request))
        user, language = form.instance, form.cleaned_data[MAIL]
        new = any(formset.new_objects for formset in formsets)
        if not change or new or MAIL in form.changed_data:
            officers.mail_in(user, language, by=officer_of(request))
        if language and MAIL in form.changed_data and change and not user.desks.exists():
            messages.warning(
                request,
                _("There is no daily mail without a place on a desk: its language is kept there."),
            )

    def password_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return password_page(self, request, object_id)

    def second_step_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return second_step_page(self, request, object_id)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"may_take_back": False, **(extra_context or {})}
        return super().history_view(request, object_id, context)

    # The histories of Django's admin would tell less than ours.
    def log_addition(self, request: HttpRequest, obj: User, message: Any) -> Any:
        pass

    def log_change(self, request: HttpRequest, obj: User, message: Any) -> Any:
        pass

    @admin.display(description=_("Sign-in name"))
    def sign_in_name(self, user: User) -> str:
        return user.get_username()

    @admin.display(description=_("name"), ordering="last_name")
    def full_name(self, user: User) -> str:
        return user.get_full_name()

    @admin.display(description=_("places on desks"))
    def places(self, user: User) -> str:
        return "; ".join(f"{row.desk}: {row.get_role_display()}" for row in user.desks.all())

    @admin.action(description=_("Deactivate the selected accounts"), permissions=["change"])
    def deactivate(self, request: HttpRequest, queryset: QuerySet[User]) -> TemplateResponse | None:
        """All but one's own: nobody would be left to let the last administrator in again."""
        others = queryset.exclude(pk=officer_of(request).pk).filter(is_active=True)
        names = ", ".join(name_of(user) for user in others)
        title, said = _("Deactivate accounts"), _("They are signed out at once: %(names)s.")
        if names:
            page = asked_before(request, title, said % {"names": names}, _("Deactivate"))
            if page is not None:
                return page
        number = 0
        for user in others:
            try:
                number += officers.deactivate(user, by=officer_of(request))
            except actions.Refused as refusal:  # another administrator did the same meanwhile
                for text in refusal.messages:
                    messages.error(request, f"{user}: {text}")
        if queryset.filter(pk=officer_of(request).pk).exists():
            messages.warning(request, _("Your own account stays active."))
        text = ngettext(
            "%(number)s account was deactivated; what it did stays under its name.",
            "%(number)s accounts were deactivated; what they did stays under their names.",
            number,
        )
        messages.success(request, text % {"number": number})
        return None
