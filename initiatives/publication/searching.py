"""Writing what a search looks into, beside the editions that it follows from."""

from collections.abc import Callable, Iterable, Iterator

from django.db import DatabaseError, connection, transaction
from django.db.models import Exists, OuterRef

from initiatives.choices import EditionState
from initiatives.editions.search.documents import documents
from initiatives.models import Edition, SearchDocument, SearchTerm
from initiatives.models.editions import EditionQuerySet
from initiatives.text.search_terms import SHORT

_TOGETHER = 200
_REBUILD = {
    "sqlite": "INSERT INTO initiatives_search(initiatives_search) VALUES ('rebuild')",
    "postgresql": "REINDEX INDEX initiatives_search",
}
_CHECK = "INSERT INTO initiatives_search(initiatives_search, rank) VALUES ('integrity-check', 1)"
Progress = Callable[[int], None]


def add_documents(editions: Iterable[Edition]) -> None:
    """Let a search find the editions, which were just written; one query."""
    SearchDocument.objects.bulk_create(documents(editions))


def add_missing_documents() -> None:
    """Let a search find the editions that were written by other ways than the program's own."""
    there = SearchDocument.objects.filter(edition=OuterRef("pk"))
    shown = Edition.objects.filter(state=EditionState.PUBLISHED)
    for editions in _pages(shown.filter(~Exists(there)).exclude(body="")):
        add_documents(editions)


@transaction.atomic
def write_documents_anew(progress: Progress = lambda number: None) -> int:
    """Bring all documents to what bodies and rules of folding give now, and build the text index
    anew from them. Returns the number of documents that were wrong."""
    written = 0
    for wrong, needless, position in _compared():
        SearchDocument.objects.filter(edition__in=[*needless, *(row.pk for row in wrong)]).delete()
        SearchDocument.objects.bulk_create(wrong)
        written += len(wrong) + len(needless)
        progress(position)
    missing, unused = _wrong_terms()
    SearchTerm.objects.filter(term__in=unused).delete()
    SearchTerm.objects.bulk_create(missing, batch_size=_TOGETHER)
    with connection.cursor() as cursor:
        cursor.execute(_REBUILD[connection.vendor])
    return written


def wrong_documents(progress: Progress = lambda number: None) -> Iterator[int]:
    """The positions of editions whose document does not say what the body says."""
    for wrong, needless, position in _compared():
        yield from sorted([*needless, *(row.pk for row in wrong)])
        progress(position)


def text_index_is_whole() -> bool:
    """Whether the vocabulary and the text index of the database follow from the documents.

    PostgreSQL keeps its index with each row, and knows no question whether it did.
    """
    if any(_wrong_terms()):
        return False
    if connection.vendor == "sqlite":
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(_CHECK)
        except DatabaseError:
            return False
    return True


def _wrong_terms() -> tuple[list[SearchTerm], list[str]]:
    """(the words that the vocabulary lacks, the words in it that no document has)"""
    first: dict[str, int] = {}
    rows = SearchDocument.objects.order_by("pk").values_list("pk", "terms")
    for position, terms in rows.iterator(chunk_size=_TOGETHER):
        for term in terms.split():
            if len(term) > SHORT:
                first.setdefault(term, position)
    known = set(SearchTerm.objects.values_list("term", flat=True))
    missing = [SearchTerm(term=one, position=first[one]) for one in sorted(set(first) - known)]
    return missing, sorted(known - set(first))


def _compared() -> Iterator[tuple[list[SearchDocument], list[int], int]]:
    """(documents as they should be where they are not, positions of those that should not be
    there, the last position looked at), chunk by chunk."""
    for editions in _pages(Edition.objects.all()):
        positions = [edition.position for edition in editions]
        stored = dict(
            SearchDocument.objects.filter(edition__in=positions).values_list("edition", "terms")
        )
        due = list(documents(editions))
        wrong = [row for row in due if stored.get(row.pk) != row.terms]
        yield wrong, sorted(set(stored) - {row.pk for row in due}), positions[-1]


def _pages(editions: EditionQuerySet) -> Iterator[list[Edition]]:
    last = 0
    while page := list(editions.filter(position__gt=last).order_by("position")[:_TOGETHER]):
        yield page
        last = page[-1].position
