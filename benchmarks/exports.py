"""The files of all public initiatives, against COPY of the rows of which they are made."""

from django.db import connection
from django.test import Client
from django.urls import reverse

from benchmarks.once import result
from initiatives import models

# What a file tells of an initiative.
TABLES = (
    models.InitiativeCountry,
    models.InitiativeSector,
    models.InitiativeOrganisation,
    models.Funding,
    models.ExternalId,
)
PUBLIC = "FROM initiatives_initiative WHERE publication = 'published'"
LARGEST_PAGE = "?page_size=100"


def measure_exports() -> list[dict]:
    """Each file once, as the site sends it; JSON page by page. COPY only on PostgreSQL."""
    rows = models.Initiative.objects.published().count()
    print(f"  exporting {rows:,} initiatives on {connection.vendor}", flush=True)
    found = [
        result("export, CSV", rows, lambda: download("csv")),
        result("export, XLSX", rows, lambda: download("xlsx")),
        result("export, JSON", rows, read_pages),
    ]
    if connection.vendor == "postgresql":
        found.append(result("copy out", rows, copy_out))
    return found


def download(name: str) -> int:
    """The bytes of a file, none of which is kept."""
    answer = Client().get(reverse(f"formats:{name}"), secure=True)
    return sum(map(len, answer.streaming_content))


def read_pages() -> int:
    """The initiatives on all pages of the list in JSON."""
    client, address, read = Client(), reverse("formats:json") + LARGEST_PAGE, 0
    while address:
        page = client.get(address, secure=True).json()
        read, address = read + len(page["results"]), page["next"]
    return read


def copy_out() -> int:
    """The bytes that COPY gives of the same rows."""
    queries = [f"SELECT * {PUBLIC}"]
    for model in TABLES:
        table = model._meta.db_table
        queries.append(f"SELECT * FROM {table} WHERE initiative_id IN (SELECT id {PUBLIC})")
    return sum(map(_copied, queries))


def _copied(query: str) -> int:
    statement = f"COPY ({query}) TO STDOUT WITH CSV"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        return sum(map(len, copy))
