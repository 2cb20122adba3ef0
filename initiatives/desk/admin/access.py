"""Who is asking, and what the desk shows and allows them: roles on desks, and nothing else."""

from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest

from initiatives import models
from initiatives.choices import DeskRole
from initiatives.desk.admin.bounds import found
from initiatives.desk.forms.record import is_key
from initiatives.models import ChangeRequest, Initiative
from initiatives.models.record import Record
from initiatives.rights import Rights

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin as Base
    from django.contrib.admin.options import InlineModelAdmin as RowsBase

    from initiatives.actions import ApprovalGate
else:
    Base = RowsBase = object

# Whose choices an officer sees in full: names that are no secret.
_OPEN = (models.Country, models.Sector, models.Desk)


class DeskRequest(HttpRequest):
    """A request with what the pages of the desk note on it while they answer; see `noted`."""

    desk_rights: Rights
    desk_added: Record
    gate: "ApprovalGate"
    refusal: ValidationError
    saved_nothing: bool


def noted(request: HttpRequest) -> DeskRequest:
    """The same request, of which its notes are known by their types; each may be missing."""
    return cast(DeskRequest, request)


def officer_of(request: HttpRequest) -> User:
    """Who is signed in."""
    return cast(User, request.user)


def rights_of(request: HttpRequest) -> Rights:
    """The rights of the user of `request`, read once."""
    if not hasattr(request, "desk_rights"):
        noted(request).desk_rights = Rights(request.user)
    return noted(request).desk_rights


def refuse_the_hidden(request: HttpRequest) -> None:
    """403 for a row that was not found, unless who asks sees all rows."""
    if not rights_of(request).is_superuser:
        raise PermissionDenied


def initiative_of(request: HttpRequest, rows: QuerySet[Initiative], key: str) -> Initiative:
    """The one of `rows` with this key, whoever may see it; 403 where there is none, and 404 for
    what cannot be a key."""
    try:
        return found(rows, key)
    except Http404:
        if is_key(key):
            refuse_the_hidden(request)
        raise


class ByRights(Base):
    """An admin that asks `Rights` instead of Django's permissions.

    `role_to_edit` is the role that changes and adds rows; None leaves that to superusers. A row
    that the officer may not see answers 403, in every address that names one, and so does one
    that is not there: or whoever tries all numbers could count what is hidden.
    """

    role_to_edit: int | None = DeskRole.EDITOR

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows, rights = super().get_queryset(request), rights_of(request)
        if rights.is_superuser:
            return rows
        # What narrows them stands in the query itself: rows that are asked by their keys whether
        # they are among others are read whole.
        rows, ordering = rights.to_choose(self.model), self.get_ordering(request)
        return rows.order_by(*ordering) if ordering else rows

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        row = super().get_object(request, object_id, from_field)
        if row is None and is_key(object_id):
            refuse_the_hidden(request)
        return row

    def has_module_permission(self, request: HttpRequest) -> bool:
        return rights_of(request).highest > 0

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        rights = rights_of(request)
        if rights.is_superuser or obj is None or obj.pk is None:
            return rights.highest > 0
        return rights.to_choose(self.model).filter(pk=obj.pk).exists()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._may(request, None)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """A row that stands by itself is kept: its links are in histories and on other sites."""
        return rights_of(request).is_superuser

    def _may(self, request: HttpRequest, obj: Model | None) -> bool:
        rights = rights_of(request)
        if self.role_to_edit is None:
            return rights.is_superuser
        return rights.has(self.role_to_edit, obj)


class ByRightsOfParent(RowsBase):
    """Inline rows, which may be read and changed as the record above them may."""

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return rights_of(request).highest > 0

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may_edit(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may_edit(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may_edit(request, obj)

    def _may_edit(self, request: HttpRequest, obj: Model | None) -> bool:
        """Asked for every kind of row of a form, and answered once."""
        known: dict[Any, bool] = request.__dict__.setdefault("desk_may_edit", {})
        key = (self.parent_model, obj and obj.pk)
        if key not in known:
            above = cast(ByRights, self.admin_site.get_model_admin(self.parent_model))
            known[key] = above._may(request, obj)
        return known[key]


def choices_for(
    request: HttpRequest, related: type[Model], *, to_edit: bool
) -> QuerySet[Any] | None:
    """The rows of `related` that a field may point to; None leaves them as they are."""
    rights = rights_of(request)
    if rights.is_superuser or related in _OPEN or related._meta.app_label != "initiatives":
        return None
    return rights.rows(related, DeskRole.EDITOR) if to_edit else rights.to_choose(related)


def roles_in(request: HttpRequest, change_request: ChangeRequest) -> dict[str, bool]:
    """Whether the officer asked for it, and whether they may decide on what others asked for."""
    may_decide = rights_of(request).may_decide(change_request)
    return {"is_mine": change_request.created_by_id == request.user.pk, "may_decide": may_decide}


def refuse_the_unentitled(request: HttpRequest, change_request: ChangeRequest) -> None:
    """Lets reviewers pass, and the author, who may take the request back."""
    if not any(roles_in(request, change_request).values()):
        raise PermissionDenied
