"""The promised dates that moved, as something that can be followed."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from initiatives.http import page_sizes
from initiatives.http.problems import refuse
from initiatives.public.filtersets.slipped import PARAMETERS, SlippedFilterSet
from initiatives.public.subscriptions.scopes import in_words, takes


@dataclass(frozen=True, kw_only=True)
class SlippedScope:
    """`page` is the address of the page that shows the same; `key` names it in identifiers."""

    filterset: SlippedFilterSet
    title: str
    page: str
    key: str


@takes(*PARAMETERS, *page_sizes.NAMES)
def slipped(request: HttpRequest) -> SlippedScope:
    """What the query string of the page asks for, whichever page of it that names."""
    filterset = SlippedFilterSet(request.GET)
    refuse(filterset.errors | page_sizes.errors_in(request.GET))
    state = {name: sorted(filterset.chosen(name)) for name in PARAMETERS}
    query, page = urlencode(state, doseq=True), reverse("initiatives:slipped")
    return SlippedScope(
        filterset=filterset,
        title=in_words(_("What slipped"), filterset, state),
        page=f"{page}?{query}" if query else page,
        key=f"slipped?{query}" if query else "slipped",
    )
