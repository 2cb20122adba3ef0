"""Filters that an officer keeps: beside the list of initiatives and on the first page."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ORDER_VAR, SEARCH_VAR
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from initiatives.actions import saved_filters as actions
from initiatives.desk.admin.access import officer_of
from initiatives.desk.admin.bounds import found
from initiatives.desk.forms.record import is_key
from initiatives.models import Initiative, SavedFilter

if TYPE_CHECKING:
    from initiatives.desk.admin.initiatives import InitiativeAdmin

_TYPED = "desk_filter_name"  # in the session: a name that was refused, so that it is not lost
_BESIDE = (SEARCH_VAR, ORDER_VAR)


@dataclass(frozen=True)
class Shown:
    """A saved filter as a link; `gone` names what of it is no longer there."""

    pk: int
    name: str
    address: str
    is_current: bool
    gone: str


def saved_filters(request: HttpRequest) -> list[Shown]:
    """Those of the officer. A query, and one for each kind of row that they point to."""
    kept = list(SavedFilter.objects.filter(user=request.user.pk))
    queries = {one.pk: QueryDict(one.query) for one in kept}
    there = _rows_there(queries.values())
    current = as_kept(request.GET).urlencode()
    return [
        Shown(
            pk=one.pk,
            name=one.name,
            address=f"{_list()}?{one.query}",
            is_current=one.query == current,
            gone=", ".join(_gone(queries[one.pk], there)),
        )
        for one in kept
    ]


def as_kept(parameters: QueryDict) -> QueryDict:
    """The filters, the search and the order among `parameters` of the list, in one order."""
    kept = QueryDict(mutable=True)
    known = _known()
    for name in sorted(parameters):
        values = [value for value in parameters.getlist(name) if value]
        if values and (name in known or name in _BESIDE):
            kept.setlist(name, values)
    return kept


def context_of(request: HttpRequest) -> dict[str, Any]:
    """What the list shows of saved filters."""
    return {
        "saved_filters": saved_filters(request),
        "filter_to_save": as_kept(request.GET).urlencode(),
        "filter_name": request.session.pop(_TYPED, ""),
    }


def save(page: "InitiativeAdmin", request: HttpRequest) -> HttpResponse:
    """Keep the filter of the list from which this was sent, and lead back to it."""
    if not page.has_view_permission(request):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    query, name = _sent(request).urlencode(), request.POST.get("name", "")
    try:
        kept = actions.save_filter(officer_of(request), name=name, query=query)
    except ValidationError as refusal:
        request.session[_TYPED] = name[:200]
        for text in refusal.messages:
            messages.error(request, text)
    else:
        messages.success(request, _("The filter is saved as “%(name)s”.") % {"name": kept})
    return redirect(f"{_list()}?{query}" if query else _list())


def delete(page: "InitiativeAdmin", request: HttpRequest, key: str) -> HttpResponse:
    """Forget one of the officer's own; of others' it is as if there were none."""
    if not page.has_view_permission(request):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    kept = found(SavedFilter.objects.filter(user=request.user.pk), key)
    actions.delete_filter(kept)
    messages.success(request, _("The saved filter “%(name)s” is deleted.") % {"name": kept})
    query = _sent(request).urlencode()
    return redirect(f"{_list()}?{query}" if query else _list())


def _sent(request: HttpRequest) -> QueryDict:
    return as_kept(QueryDict(request.POST.get("query", "")[:4000]))


def _list() -> str:
    return reverse("admin:initiatives_initiative_changelist")


def _known() -> dict[str, Any]:
    """Parameter of a filter of the list → the choices that it takes, the model that it points to,
    or the filter itself."""
    known: dict[str, Any] = {}
    entries: Any = admin.site.get_model_admin(Initiative).list_filter
    fields: Any = Initiative._meta
    for entry in entries:
        if hasattr(entry, "parameter_name"):
            known[entry.parameter_name] = dict(entry.choices_given)
        elif isinstance(entry, tuple):
            known[f"{entry[0]}__id__exact"] = _model_at(entry[0])
            known[f"{entry[0]}__isnull"] = {"True": "", "False": ""}
        else:
            known[f"{entry}__exact"] = dict(fields.get_field(entry).flatchoices)
    return known


def _model_at(path: str) -> Any:
    model: Any = Initiative
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model
    return model


def _rows_there(queries: Iterable[QueryDict]) -> dict[type[Model], set[str]]:
    known, wanted = _known(), defaultdict(set)
    for query in queries:
        for name, value in _pairs(query):
            if isinstance(known.get(name), type) and is_key(value):
                wanted[known[name]].add(int(value))
    return {
        model: set(
            map(str, model._default_manager.filter(pk__in=keys).values_list("pk", flat=True))
        )
        for model, keys in wanted.items()
    }


def _pairs(query: QueryDict) -> Iterator[tuple[str, str]]:
    return ((name, value) for name, values in query.lists() for value in values)


def _gone(query: QueryDict, there: dict[type[Model], set[str]]) -> Iterator[str]:
    """What the query asks for and the list no longer has: a row, a choice or a filter."""
    known = _known()
    for name, value in _pairs(query):
        if name in _BESIDE:
            continue
        takes: Any = known.get(name)
        if takes is None:
            yield name
        elif not isinstance(takes, dict):
            if value not in there.get(takes, ()):
                yield str(takes._meta.verbose_name)
        elif value not in takes:
            yield value[:40]
