"""The public list of initiatives."""

from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from initiatives import facets
from initiatives.filtersets import InitiativeFilterSet
from initiatives.plain_text import clean
from initiatives.time_machine import as_known
from initiatives.views import paging, panel
from initiatives.views.address import Address


class InitiativeList(TemplateView):
    """The whole state of the list is in its address; see the filterset for the parameters."""

    template_name = "initiatives/list.html"
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs):
        query = self.request.GET
        filterset = InitiativeFilterSet(query)
        size, size_error = paging.size_of(query.get("page_size", "").strip())
        rows = filterset.qs.none() if size_error else filterset.qs
        page = paging.page_of(rows.for_list().for_rules(), size, query.get("page", "").strip())
        page.object_list = as_known(page.object_list, on=filterset.known_on)
        address = _address(self.request.path, filterset, size)
        return super().get_context_data(
            filterset=filterset,
            page=page,
            total=page.paginator.count,
            size=size,
            size_error=size_error,
            sizes=sorted({*paging.SIZES, size}),
            orders=filterset.vocabulary("sort"),
            texts=_shown(filterset.chosen("q")),
            days=_shown(filterset.chosen("updated_since")),
            known_on=_shown(filterset.chosen("as_of"))[-1],
            **paging.links(page, address),
            **_around(filterset, address, page.paginator.count, size_error),
            **kwargs,
        )


def _address(path, filterset, size):
    state = {name: filterset.chosen(name) for name in filterset.form.fields}
    return Address(path, state | {"page_size": [] if size == paging.SIZES[0] else [str(size)]})


def _around(filterset, address, total, size_error):
    options = facets.counts(filterset)
    filters = panel.chosen(filterset, options)
    searching = bool(filters) and not total and not filterset.errors and not size_error
    return {
        "groups": panel.groups(filterset, options),
        "filters": filters,
        "chips": panel.chips(filters, address),
        "ways_out": panel.ways_out(filterset, filters, address) if searching else [],
        "problems": _problems(filterset, size_error),
    }


def _shown(texts):
    """What stands in the boxes of a parameter; control characters may not stand in HTML."""
    return [clean(text) for text in texts] or [""]


def _problems(filterset, size_error):
    """Every error with its field, for the summary above the list."""
    found = [
        {"field": name, "label": filterset.form.fields[name].label, "message": message}
        for name, messages in filterset.errors.items()
        for message in messages
    ]
    if size_error:
        found.append({"field": "page_size", "label": _("On a page"), "message": size_error})
    return found
