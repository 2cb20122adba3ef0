"""Pages of the lists and choices of the desk that stay fast however many rows there are."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import (
    BooleanField,
    Case,
    ExpressionWrapper,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.http import HttpRequest
from django.utils.functional import cached_property

from initiatives.desk.forms.record import called
from initiatives.models.queries import has_any
from initiatives.translatable import Translatable

_FIRST_KEYS = 2_000  # read before anything is counted, and the most that a capped list shows
_LAST_PLACE = 10**9
_YES_OR_NO = BooleanField()


def _in_order_of(keys: list[Any], rows: QuerySet[Any]) -> list[Any]:
    """The rows with these keys, which were found among `rows`, with all that `rows` read with each.

    A database that sorts and skips whole rows moves all of their texts; one that sorts keys does
    not. What the keys were found by, a word or a right, is not asked again.
    """
    if not keys:
        return []
    found = {row.pk: row for row in _unconditioned(rows).filter(pk__in=keys)}
    return [found[key] for key in keys if key in found]


def _unconditioned(rows: QuerySet[Any]) -> QuerySet[Any]:
    """All rows of the model, with the joins of `rows`. What is counted or put together for each
    row belongs to its query, so such a query stays as it is."""
    if rows.query.annotations:
        return rows
    given: Any = rows  # its stubs do not know what is to be prefetched
    every = given.model._default_manager.using(given.db).order_by()
    every.query.select_related = given.query.select_related
    return every.prefetch_related(*given._prefetch_related_lookups)


class KeysFirstPaginator(Paginator):
    """Django's, on a queryset; the rows of a page are read by their keys.

    What a search or a filter leaves is mostly short: then its keys are its number as well, and the
    question is asked once.
    """

    object_list: Any

    @cached_property
    def _first_keys(self) -> list[Any]:
        return list(self._keys_in_order[: _FIRST_KEYS + 1])

    @property
    def is_capped(self) -> bool:
        """Whether there are more rows than are counted and shown."""
        return False

    @property
    def _keys_in_order(self) -> QuerySet[Any]:
        return self.object_list.values_list("pk", flat=True)

    @cached_property
    def count(self) -> int:
        found = len(self._first_keys)
        return found if found <= _FIRST_KEYS else self._keys_in_order.order_by().count()

    def page(self, number: int | str) -> Page:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        last = min(first + self.per_page, self.count)
        return Page(_in_order_of(self._keys(first, last), self.object_list), number, self)

    def _keys(self, first: int, last: int) -> list[Any]:
        """Those that lie nearer to the end are counted from there: a database skips row by row."""
        if last <= len(self._first_keys):
            return self._first_keys[first:last]
        keys = self._keys_in_order
        if first < self.count - last or not self.object_list.ordered:
            return list(keys[first:last])
        return list(keys.reverse()[self.count - last : self.count - first])[::-1]


class CappedPaginator(KeysFirstPaginator):
    """Pages of the first rows, where only a database that looks at all rows could count them.

    Whoever wants the others narrows the list or turns its order round.
    """

    @property
    def is_capped(self) -> bool:
        return len(self._first_keys) > _FIRST_KEYS

    @cached_property
    def count(self) -> int:
        return min(len(self._first_keys), _FIRST_KEYS)


class _UncountedPage(Page):
    """A page that knows whether a row comes after it."""

    def __init__(self, rows: list[Any], number: int, paginator: Paginator) -> None:
        super().__init__(rows[: paginator.per_page], number, paginator)
        self._has_next = len(rows) > paginator.per_page

    def has_next(self) -> bool:
        return self._has_next


class UncountedPaginator(Paginator):
    """Pages of which only is known whether there is a next one, so that nothing is counted.

    Raises EmptyPage for a page after the last one, as Django's does.
    """

    object_list: Any

    def page(self, number: int | str) -> Page:
        try:
            place = max(int(number), 1)
        except (TypeError, ValueError) as error:
            raise EmptyPage(self.error_messages["invalid_page"]) from error
        if place > _LAST_PLACE:  # a database fails on places that it cannot count to
            raise EmptyPage(self.error_messages["no_results"])
        first = (place - 1) * self.per_page
        last = first + self.per_page + 1
        keys = list(self.object_list.values_list("pk", flat=True)[first:last])
        rows = _in_order_of(keys, self.object_list)
        if not rows and place > 1:
            raise EmptyPage(self.error_messages["no_results"])
        return _UncountedPage(rows, place, self)


class UncountedChoices(AutocompleteJsonView):
    """The choices that a field offers while somebody types."""

    def get_paginator(self, queryset: Any, per_page: int, *_: Any, **__: Any) -> Paginator:
        return UncountedPaginator(queryset, per_page)

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        return {**super().serialize_result(obj, to_field_name), "text": called(obj)}


class RelatedInUse(admin.RelatedFieldListFilter):
    """A filter that offers what the rows of the list point to.

    Django's RelatedOnlyFieldListFilter collects what all rows point to; here each choice is asked
    whether one row points to it, and first in the order of the index whether any row at all does:
    for what none points to, PostgreSQL would read all rows.
    """

    def field_choices(
        self, field: Any, request: HttpRequest, model_admin: admin.ModelAdmin[Model]
    ) -> list[tuple[str, Translatable]]:
        rows, column = model_admin.get_queryset(request).order_by(), field.attname
        at_or_after = field.model._default_manager.filter(**{f"{column}__gte": OuterRef("pk")})
        anywhere = Q(pk=Subquery(at_or_after.order_by(column).values(column)[:1]))
        here = has_any(rows.filter(**{self.field_path: OuterRef("pk")}))
        in_use = Q(
            Case(When(anywhere, then=ExpressionWrapper(here, _YES_OR_NO)), default=Value(False))
        )
        ordering = self.field_admin_ordering(field, request, model_admin)
        return field.get_choices(include_blank=False, limit_choices_to=in_use, ordering=ordering)
