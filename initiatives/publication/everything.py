"""All that is public or was, a chunk at a time, however much that is."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from initiatives.choices import EditionKind, EditionState, Publication
from initiatives.kept_queries import TOGETHER
from initiatives.models import Edition, Event, Initiative
from initiatives.models.editions import EditionQuerySet
from initiatives.models.queries import EventQuerySet, InitiativeQuerySet


def chunks() -> Iterator[tuple[EditionKind, list[str]]]:
    """(kind, keys): all that working rows may show, and what only the register shows still."""
    public = (Publication.PUBLISHED, Publication.WITHDRAWN)
    published = Initiative.objects.filter(publication__in=public)
    sources = (
        (EditionKind.INITIATIVE, published, "code"),
        (EditionKind.EVENT, Event.objects.all(), "slug"),
    )
    for kind, rows, name in sources:
        yield from ((kind, keys) for keys in _pages(rows, name))
        known = rows.filter(**{name: OuterRef("key")}).order_by()
        shown = Edition.objects.filter(kind=kind, state=EditionState.PUBLISHED)
        yield from (
            (kind, keys) for keys in _pages(shown.last_of_each().filter(~Exists(known)), "key")
        )


def _pages(
    rows: EditionQuerySet | EventQuerySet | InitiativeQuerySet, name: str
) -> Iterator[list[str]]:
    """In the order of primary keys; what is added meanwhile is at the end."""
    last = None
    while True:
        after = rows if last is None else rows.filter(pk__gt=last)
        page = list(after.order_by("pk").values_list("pk", name)[:TOGETHER])
        if not page:
            return
        last = page[-1][0]
        yield [key for _pk, key in page]
