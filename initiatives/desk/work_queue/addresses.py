"""Where at the desk things are: the pages that the queue leads to."""

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from initiatives.choices import RequestState
from initiatives.models import Initiative, Source


def of_record(initiative: Initiative, anchor: str = "") -> str:
    """The form of `initiative`, at one of its fields or groups of rows."""
    page = reverse("admin:initiatives_initiative_change", args=[initiative.pk])
    return f"{page}#{anchor}" if anchor else page


def of_status(initiative: Initiative, corrects: int | None = None) -> str:
    """The page that changes the status, or corrects the change with the key `corrects`."""
    page = reverse("admin:initiatives_initiative_status", args=[initiative.pk])
    return page if corrects is None else f"{page}?{urlencode({'corrects': corrects})}"


def of_stamp(initiative: Initiative) -> str:
    """Where “checked, nothing new” is posted."""
    return reverse("admin:initiatives_initiative_checked", args=[initiative.pk])


def of_request(request: Any) -> str:
    """The page on which a request is read and decided."""
    return reverse(f"admin:initiatives_{request._meta.model_name}_change", args=[request.pk])


def of_change_set(key: Any) -> str:
    """The page of a joint entry, on which all that waits of it is decided."""
    return reverse("admin:initiatives_changeset_change", args=[key])


def of_requests(model: type[Any], state: RequestState) -> str:
    """The list of the requests of a kind that are in `state`."""
    return of_list(model, state__exact=state)


def of_source(source: Source) -> str:
    return reverse("admin:initiatives_source_change", args=[source.pk])


def of_source_step(source: Source, step: str) -> str:
    """Where it is posted what becomes of the address of `source`."""
    return reverse("admin:initiatives_source_address", args=[source.pk, step])


def of_list(model: type[Any], **filters: str) -> str:
    """The list of `model`, narrowed by the filters beside it."""
    page = reverse(f"admin:initiatives_{model._meta.model_name}_changelist")
    return f"{page}?{urlencode(filters)}"
