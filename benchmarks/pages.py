"""What is measured: the public pages, and the bare queries that they are compared to."""

import math
from collections.abc import Callable

from django.db import connection
from django.db.models import Count
from django.test import Client
from django.urls import reverse
from django.utils import translation

from initiatives.models import Initiative

ON_A_PAGE = 20
FIRST = 50
COUNT = "SELECT count(*) FROM initiatives_initiative WHERE publication = 'published'"
ROWS = (
    "SELECT * FROM initiatives_initiative WHERE publication = 'published' "
    "ORDER BY updated_at DESC LIMIT %s"
)
ROW = "SELECT * FROM initiatives_initiative WHERE code = %s"
SEARCH = "?q=quyosh+Oʻzbekiston"
FILTERS = "?status=in_progress&status=agreed&sector=energy&country=UZ&country=KZ&year=2024"


def measured() -> dict[str, Callable[[], object]]:
    """Name → what to run, for the initiatives that are in the database now."""
    with translation.override("en"):
        pages = reverse("initiatives:list")
        richest = _richest()
        page = reverse("initiatives:detail", args=[richest])
    last = math.ceil(Initiative.objects.published().count() / ON_A_PAGE)
    return {
        "bare count": lambda: run(COUNT),
        "bare rows": lambda: run(ROWS, ON_A_PAGE),
        "bare row": lambda: run(ROW, richest),
        "list": lambda: visit(pages),
        "list, search": lambda: visit(pages + SEARCH),
        "list, filters": lambda: visit(pages + FILTERS),
        "list, last page": lambda: visit(f"{pages}?page_size={ON_A_PAGE}&page={last}"),
        "detail": lambda: visit(page),
    }


def run(sql: str, *parameters: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def visit(address: str) -> bytes:
    """The page at `address`, asked for over TLS. Raises SystemExit if it is not there."""
    answer = Client().get(address, secure=True)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answers {answer.status_code} and cannot be measured.")
    return answer.getvalue()


def _richest() -> str:
    """The code of the initiative to which most belongs, of those that are there in any case."""
    parts = ("funding", "milestones", "events", "status_changes")
    size = sum(Count(name, distinct=True) for name in parts)
    first = Initiative.objects.published().order_by("pk").values_list("pk", flat=True)[:FIRST]
    rows = Initiative.objects.filter(pk__in=list(first)).alias(size=size)
    return rows.order_by("-size", "code").values_list("code", flat=True)[0]
