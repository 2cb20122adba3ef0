"""The initiatives of a file, fetched a few at a time."""

from collections.abc import Callable, Iterable, Iterator

from django.db.models import Prefetch

from initiatives.exchange import rows
from initiatives.models import Citation, Initiative


def published(codes: Iterable[str], address_of: Callable, *, on=None) -> Iterator[Initiative]:
    """The initiatives `codes` as their editions say, now or on the day `on`.

    Each has to be used before the next one is asked for.
    """
    for row in rows.published(codes, address_of, on=on):
        yield row
        row.public_children = []


def fetched(initiatives, address_of: Callable, *, on=None) -> Iterator[Initiative]:
    """The rows of a queryset with all that an activity tells, as known on the day `on`, if given.

    Each has to be used before the next one is asked for. Parts of an earlier day are not told.
    """
    found = _complete(initiatives).iterator(chunk_size=rows.CHUNK)
    for row in rows.described(found, address_of, on=on):
        row.public_parent = row.public_parent if on else row.parent
        row.public_children = [] if on else row.public_children
        held = [*row.milestones.all(), *row.funding.all()]
        yield row
        # What was fetched points back to what it belongs to, see `exchange.rows`.
        row.public_children = []
        for claim in held:
            claim._prefetched_objects_cache = {}


def _complete(initiatives):
    public = Initiative.objects.published().only("code", "parent").order_by("code")
    cited = Citation.objects.public().select_related("source")
    return (
        initiatives.for_list()
        .for_rules()
        .prefetch_related(
            "funding__receiver",
            "funding__provider_country",
            "external_ids",
            "budgets",
            "classifications",
            "external_texts",
            Prefetch("parent", public),
            Prefetch("children", public, to_attr="public_children"),
            Prefetch("funding__citations", cited),
            Prefetch("milestones__citations", cited),
        )
    )
