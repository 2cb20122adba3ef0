"""The filters beside the list of initiatives that lead on from the queue."""

from collections.abc import Iterator
from typing import Any, cast

from django.contrib import admin
from django.db.models import Exists, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from initiatives.desk import work_queue
from initiatives.desk.admin.access import rights_of
from initiatives.models import Initiative
from initiatives.models.queries import InitiativeQuerySet, one_of
from initiatives.translatable import Translatable


class StrictFilter(admin.SimpleListFilter):
    """A filter that shows nothing for a value that it does not know, and never everything."""

    choices_given: tuple = ()

    def lookups(
        self, request: HttpRequest, model_admin: "admin.ModelAdmin[Any]"
    ) -> tuple[tuple[str, Translatable], ...]:
        return self.choices_given

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if not value:
            return queryset
        if value not in dict(self.choices_given):
            return queryset.none()
        return self.narrowed(queryset, value, request)

    def narrowed(self, rows: Any, value: str, request: HttpRequest) -> QuerySet[Any]:
        raise NotImplementedError


def _that_occur(rows: QuerySet[Any], column: str) -> list[str]:
    """The values of the column in `rows`, in order, by two queries."""
    every = rows.model._default_manager.order_by()
    anywhere = sorted(every.values_list(column, flat=True).distinct())
    asked = (Exists(rows.filter(**{column: value})) for value in anywhere)
    occurs = next(iter(every.values_list(*asked)[:1]), ()) if anywhere else ()
    return [value for value, is_there in zip(anywhere, occurs, strict=True) if is_there]


class Currencies(admin.AllValuesFieldListFilter):
    """The currencies that occur among the rows that the officer sees; an undisclosed amount has
    none, and its link is told in words.

    What occurs anywhere is read from the index, and one visible row is looked for with each.
    """

    def __init__(self, field: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(field, request, *args, **kwargs)
        occur = _that_occur(args[2].get_queryset(request).order_by(), field.name)
        self.lookup_choices = cast(Any, occur)  # Django walks through them and no more

    def choices(self, changelist: Any) -> Iterator[Any]:
        for choice in super().choices(changelist):
            yield choice if str(choice["display"]) else {**choice, "display": _("Not stated")}


class WorkFilter(StrictFilter):
    """The records that the officer cares for, as in the queue."""

    title = _("responsible")
    parameter_name = "work"
    choices_given = (("mine", _("By me or nobody")), ("desk", _("By my desks")))

    def narrowed(
        self, rows: InitiativeQuerySet, value: str, request: HttpRequest
    ) -> QuerySet[Initiative]:
        cared_for = work_queue.records(rights_of(request), mine=value == "mine")
        return rows.filter(one_of(cared_for.order_by(), "pk"))


class FlagFilter(StrictFilter):
    """The flags of the rules, by the same conditions as the queue and the public list."""

    title = _("needs attention")
    parameter_name = "flag"
    choices_given = tuple(work_queue.LABELS.items())

    def narrowed(
        self, rows: InitiativeQuerySet, value: str, request: HttpRequest
    ) -> QuerySet[Initiative]:
        return work_queue.with_task(rows, value)


class WaitingFilter(StrictFilter):
    title = _("waits for a decision")
    parameter_name = "waiting"
    choices_given = (("yes", _("Yes")),)

    def narrowed(
        self, rows: InitiativeQuerySet, value: str, request: HttpRequest
    ) -> QuerySet[Initiative]:
        return work_queue.with_waiting(rows)


OF_THE_QUEUE = (WorkFilter, FlagFilter, WaitingFilter)
