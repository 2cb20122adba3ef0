"""What every list of the desk has in common: search, filters, order and choices by right."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.core.paginator import Paginator
from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpRequest

from initiatives.desk.admin.access import ByRights, choices_for
from initiatives.desk.admin.bounds import BoundedFields
from initiatives.desk.admin.date_columns import in_words
from initiatives.desk.admin.headings import OwnHeadings
from initiatives.desk.admin.pagination import CappedPaginator, KeysFirstPaginator
from initiatives.models.desk_search import any_of, contains, in_texts
from initiatives.models.evidence import TARGETS
from initiatives.text import folding
from initiatives.text.plain_text import clean_line

SEARCH_LIMIT = 200  # characters; SQLite fails on patterns of 50,000
_OF_INITIATIVE = "initiative__search_text"
# What the filters beside a list put behind the name of their field.
_FILTER_LOOKUPS = ("exact", "id__exact", "isnull")


if TYPE_CHECKING:
    from django.contrib.admin.options import BaseModelAdmin as Base
else:
    Base = object


class ChosenByRights(Base):
    """Fields that point to other rows offer only those that the officer may see.

    The row above (`initiative` of a milestone, say) is offered only if the officer may edit it.
    """

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        to_edit = db_field.name == "initiative" or db_field.name in TARGETS
        rows = choices_for(request, db_field.related_model, to_edit=to_edit)
        if rows is not None:
            kwargs.setdefault("queryset", rows)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        rows = choices_for(request, db_field.related_model, to_edit=False)
        if rows is not None:
            kwargs.setdefault("queryset", rows)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class ListedAdmin(ByRights, ChosenByRights, BoundedFields, OwnHeadings):
    """A list that is searched in folded words and filtered by nothing but its own filters.

    `folded` names the columns of folded text that search looks into where the queryset has no
    `search()`; `list_prefetch` what a row of the list shows of its relations. A list that does not
    say `counts_all`, and what a search leaves of any, is counted as far as its first pages go.
    """

    actions: Sequence[str] | None = None
    list_per_page = 50
    show_full_result_count = False  # it counts all rows once more
    counts_all = True
    folded: Sequence[str] = ()
    list_prefetch: Sequence[Any] = ()

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return [in_words(self.model, column) for column in super().get_list_display(request)]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        term = clean_line(search_term)[:SEARCH_LIMIT]
        if term and hasattr(queryset, "search"):
            return queryset.search(term), False
        if term and self.folded:
            return self._in_folded_columns(queryset, folding.words(term)), False
        return super().get_search_results(request, queryset, term)

    def _in_folded_columns(self, queryset: QuerySet[Any], words: list[str]) -> QuerySet[Any]:
        """Texts of initiatives by the index; they are long, and a part of each would read them."""
        indexed = in_texts(words, "initiative") if _OF_INITIATIVE in self.folded else {}
        plain = [column for column in self.folded if column != _OF_INITIATIVE]
        for word in words:
            hits = [contains(self.model, column, word) for column in plain]
            hits += [indexed[word]] if indexed else []
            queryset = queryset.filter(any_of(self.model, hits))
        return queryset if words else queryset.none()

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only what a filter of the list asks; Django allows any lookup on fields of the row."""
        named = (entry[0] if isinstance(entry, tuple) else entry for entry in self.list_filter)
        filters: Sequence[Any] = self.list_filter
        own = {getattr(one, "parameter_name", None) for one in filters if isinstance(one, type)}
        lookups = {f"{name}__{suffix}" for name in named for suffix in _FILTER_LOOKUPS}
        return lookup in own | lookups

    def get_paginator(
        self,
        request: HttpRequest,
        queryset: QuerySet[Any],
        per_page: int,
        *args: Any,
        **kwargs: Any,
    ) -> Paginator:
        is_whole = self.counts_all and not request.GET.get(SEARCH_VAR)
        paginator = KeysFirstPaginator if is_whole else CappedPaginator
        return paginator(queryset, per_page, *args, **kwargs)

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        changelist: Any = super().get_changelist_instance(request)
        changelist.is_capped = changelist.paginator.is_capped
        if not (changelist.query or changelist.has_active_filters):
            changelist.full_result_count = changelist.result_count
        prefetch_related_objects(changelist.result_list, *self.list_prefetch)
        return changelist
