"""What the pages are compared to: raw SQL, and the page that Django's own tools would give."""

import django_filters
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Count
from django.http import HttpResponse
from django.template import engines

from initiatives.models import Initiative

ON_A_PAGE = 20
_PUBLIC = "FROM initiatives_initiative i WHERE i.publication = 'published'"
_YEAR = "substr(coalesce(i.actual_start, i.planned_start), 1, 4)"
_LINKED = (
    "SELECT l.{column}, count(DISTINCT i.id) FROM initiatives_initiative i "
    "JOIN {table} l ON l.initiative_id = i.id WHERE i.publication = 'published' GROUP BY 1"
)
_LINKS = {
    "initiatives_initiativecountry": "country_id",
    "initiatives_initiativesector": "sector_id",
    "initiatives_initiativeorganisation": "organisation_id",
    "initiatives_funding": "currency",
}
SQL = (
    f"SELECT count(*) {_PUBLIC}",
    f"SELECT i.status, count(*) {_PUBLIC} GROUP BY 1",
    f"SELECT i.kind, count(*) {_PUBLIC} GROUP BY 1",
    f"SELECT {_YEAR}, count(*) {_PUBLIC} GROUP BY 1",
    *(_LINKED.format(table=table, column=column) for table, column in _LINKS.items()),
    f"SELECT i.* {_PUBLIC} ORDER BY i.updated_at DESC, i.code LIMIT {ON_A_PAGE}",
)


def raw_sql() -> list[list[tuple]]:
    """The rows and the counts of the list, and nothing made of them."""
    with connection.cursor() as cursor:
        return [_fetched(cursor, statement) for statement in SQL]


def _fetched(cursor, statement: str) -> list[tuple]:
    cursor.execute(statement)
    return cursor.fetchall()


class StockFilterSet(django_filters.FilterSet):
    class Meta:
        model = Initiative
        fields = ("status", "kind", "countries__country", "sectors__sector")


_FACETS = (
    "status",
    "kind",
    "countries__country",
    "sectors__sector",
    "organisations__organisation",
    "funding__currency",
)
_TEMPLATE = """<!doctype html><title>Initiatives</title><p>{{ page.paginator.count }}</p>
{% for name, counts in facets.items %}<h2>{{ name }}</h2><ul>
{% for value, number in counts %}<li>{{ value }}: {{ number }}</li>{% endfor %}</ul>{% endfor %}
{% for one in page %}<article><h3>{{ one.code }} {{ one.title }}</h3><p>{{ one.summary }}</p>
<p>{{ one.get_status_display }}</p></article>{% endfor %}"""


def stock_page(request) -> HttpResponse:
    """A filterset, a paginator and one GROUP BY for each facet, as tutorials show it."""
    rows = Initiative.objects.filter(publication="published").order_by("-updated_at")
    filterset = StockFilterSet(request.GET, queryset=rows)
    page = Paginator(filterset.qs, ON_A_PAGE).get_page(request.GET.get("page"))
    facets = {name: _counts(filterset.qs, name) for name in _FACETS}
    template = engines["django"].from_string(_TEMPLATE)
    return HttpResponse(template.render({"page": page, "facets": facets}, request))


def _counts(rows, name: str):
    counted = rows.order_by().values(name).annotate(number=Count("pk", distinct=True))
    return counted.values_list(name, "number")
