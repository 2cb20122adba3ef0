"""The front page: what is tracked, how it stands, and the way into the list."""

from django.views.generic import TemplateView

from initiatives import facets
from initiatives.filtersets import InitiativeFilterSet

SHOWN = 24


class Home(TemplateView):
    """The newest changes first; the numbers are those of the list without filters."""

    template_name = "home.html"
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs):
        everything = InitiativeFilterSet()
        options = facets.counts(everything, names=("status", "sector", "country"))
        return super().get_context_data(
            total=sum(option.count for option in options["status"]),
            statuses=options["status"],
            sectors=[option for option in options["sector"] if option.count],
            countries=[option for option in options["country"] if option.count],
            initiatives=everything.qs.for_list()[:SHOWN],
            **kwargs,
        )
