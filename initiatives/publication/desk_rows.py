"""Keeping what the desk asks of all records as the records and their parts have it: `DeskRow`, and
`DeskDocument`, by which a search finds them."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import (
    Case,
    Max,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.utils import timezone

from initiatives.choices import Publication
from initiatives.kept_queries import TOGETHER, KeptQuery, chunks, values_of
from initiatives.lifecycle import OPEN
from initiatives.models import (
    Citation,
    DeskDocument,
    DeskRow,
    DeskTerm,
    Funding,
    Initiative,
    Milestone,
    StatusChange,
)
from initiatives.models.flags import contradicts, lacks_day, lacks_source, lacks_translation
from initiatives.partial_dates import PartialDate
from initiatives.publication.affected import Affected
from initiatives.text.search_terms import SHORT, terms_in

_COLUMNS = [field.attname for field in DeskRow._meta.concrete_fields]
_EVIDENCE = "unsourced"
_WITHOUT_EVIDENCE = [name for name in _COLUMNS if name != _EVIDENCE]
_TERMS = [field.attname for field in DeskDocument._meta.concrete_fields]
_MOVEMENTS = ((StatusChange, "recorded_at"), (Milestone, "updated_at"), (Funding, "updated_at"))
_REBUILD = {
    "sqlite": "INSERT INTO initiatives_desk_search(initiatives_desk_search) VALUES ('rebuild')",
    "postgresql": "REINDEX INDEX initiatives_desk_search",
}
Progress = Callable[[int], None]
_LOCK = 0x4445534B  # of PostgreSQL, for whoever changes what is cited


def follow_changes(affected: Affected) -> None:
    """`follow` for all that a transaction changed; at its end."""
    evidence = affected.evidence or bool(affected.turned)
    if evidence:
        _lock_evidence()
    follow(affected.of_the_desk(), evidence=evidence)
    _follow_sources(affected.turned)


def follow(codes: Iterable[str], *, evidence: bool = True) -> int:
    """Bring the rows of these initiatives to what follows from them now, and say how many were not
    there or said something else.

    Call it in the transaction that changed them. One query for each chunk of codes, and one
    for each of the two tables in which something differs; on PostgreSQL one for the words that are
    new, and of several chunks each is asked twice. Without `evidence` the column of that
    stays as it is stored: who holds no lock of evidence may know an older answer.
    """
    written, parts = 0, list(chunks(sorted(codes)))
    columns = _COLUMNS if evidence else _WITHOUT_EVIDENCE
    if len(parts) > 1:
        _write_new_terms(pair for some in parts for pair in _compared(some))
    for some in parts:
        pairs = [
            (due if evidence else _without_evidence(due, stored), stored)
            for due, stored in _compared(some)
        ]
        rows = [due.row for due, stored in pairs if due.row != stored.row]
        documents = [due.document for due, stored in pairs if due.document != stored.document]
        if rows:
            _write(DeskRow, _COLUMNS, rows, columns)
        if documents and len(parts) == 1:
            _write_new_terms(pairs)
        if documents:
            _write(DeskDocument, _TERMS, documents, _TERMS)
        written += sum(due != stored for due, stored in pairs)
    return written


def _write_new_terms(pairs: "Iterable[tuple[_Kept, _Kept]]") -> None:
    """The words of all documents (due, stored), in one order. On PostgreSQL the trigger brings
    those of a document at a time, and two who bring the same words would wait crosswise."""
    if connection.vendor == "postgresql":
        found: set[str] = set()
        for due, stored in pairs:
            found |= {*due.document[1].split()} - {*(stored.document[1] or "").split()}
        new = [DeskTerm(term) for term in sorted(found) if len(term) > SHORT]
        DeskTerm.objects.bulk_create(new, ignore_conflicts=True)


@transaction.atomic
def follow_all(progress: Progress = lambda number: None) -> int:
    """`follow` for every initiative: after rows came by other ways than the actions."""
    written = 0
    for number, some in _all_codes():
        written += follow(some)
        progress(number)
    return written


def write_terms_anew() -> None:
    """Bring the vocabulary to the words of the documents, and build the text index anew."""
    found: set[str] = set()
    texts = DeskDocument.objects.values_list("terms", flat=True)
    for terms in texts.iterator(chunk_size=TOGETHER):
        found.update(term for term in terms.split() if len(term) > SHORT)
    known = set(DeskTerm.objects.values_list("term", flat=True))
    for some in chunks(sorted(known - found)):
        DeskTerm.objects.filter(pk__in=some).delete()
    for some in chunks(sorted(found - known)):
        DeskTerm.objects.bulk_create(map(DeskTerm, some))
    with connection.cursor() as cursor:
        cursor.execute(_REBUILD[connection.vendor])


def wrong_desk_rows(progress: Progress = lambda number: None) -> Iterator[str]:
    """The codes of the initiatives whose row is missing or says something else than they do."""
    for number, some in _all_codes():
        yield from (due.row[1] for due, stored in _compared(some) if due != stored)
        progress(number)


def _lock_evidence() -> None:
    """A source that becomes public while somebody cites it would be missed by both, as neither sees
    what the other has not committed. On SQLite a transaction that writes is the only one.

    What was added is looked at before, as `issuing.lock` does: that may wait for who saves the
    source, and who would wait for our lock.
    """
    if connection.vendor == "postgresql":
        connection.check_constraints()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _follow_sources(slugs: Iterable[str]) -> None:
    """Say anew of each initiative that these sources are cited for whether it is sourced.

    Nothing but that is written, and no initiative is locked: who holds one may wait for our lock.
    """
    for some in chunks(sorted(slugs)):
        cited = Citation.objects.filter(source__slug__in=some)
        claims = Q(pk__in=cited.values("initiative")) | Q(
            pk__in=cited.values("status_change__initiative")
        )
        # In the order in which `follow` writes, so that two who write the same wait in turn.
        rows = DeskRow.objects.filter(claims).order_by("code").select_for_update()
        unsourced = Case(When(lacks_source(), then=True), default=False)
        for keys in chunks(list(rows.values_list("pk", flat=True))):
            DeskRow.objects.filter(pk__in=keys).update(unsourced=unsourced)


def _all_codes() -> Iterator[tuple[int, list[str]]]:
    """(how many so far, codes), chunk by chunk."""
    number, last = 0, ""
    rows = Initiative.objects.order_by("code").values_list("code", flat=True)
    while some := list(rows.filter(code__gt=last)[:TOGETHER]):
        number, last = number + len(some), some[-1]
        yield number, some


class _Kept(NamedTuple):
    """The values of the columns of both tables, each without any where there is no row."""

    row: tuple[Any, ...]
    document: tuple[Any, ...]


def _compared(codes: list[str]) -> Iterator[tuple[_Kept, _Kept]]:
    """(what should be kept, what is), in the order of the codes."""
    for values in sorted(_FACTS(codes, timezone.now()), key=itemgetter(1)):
        facts, (text, *kept) = _Facts(*values[:_OWN]), values[_OWN:]
        row, document = tuple(kept[: len(_COLUMNS)]), tuple(kept[len(_COLUMNS) :])
        terms = " ".join(sorted(terms_in(text)))
        yield _Kept(_due(facts), (facts.pk, terms)), _Kept(row, document)


def _without_evidence(due: _Kept, stored: _Kept) -> _Kept:
    if stored.row[0] is None:
        return due
    values = zip(_COLUMNS, due.row, stored.row, strict=True)
    return due._replace(row=tuple(old if name == _EVIDENCE else new for name, new, old in values))


def _write(
    model: type[Model], columns: list[str], rows: Iterable[tuple[Any, ...]], changed: list[str]
) -> None:
    """`changed` are the columns that a row which is there gets, the key first."""
    made = [model(**dict(zip(columns, row, strict=True))) for row in rows]
    model._default_manager.bulk_create(
        made, update_conflicts=True, unique_fields=["initiative"], update_fields=changed[1:]
    )


class _Facts(NamedTuple):
    """What a row follows from, in the order of the columns that are asked for."""

    pk: int
    code: str
    publication: str
    desk: int | None
    owner: int | None
    status: str
    planned_end: PartialDate | None
    last_checked_at: datetime | None
    review_every_days: int
    created_at: datetime
    contradiction: bool
    unsourced: bool
    untranslated: bool
    undated: bool
    status_moved: datetime | None
    milestone_moved: datetime | None
    money_moved: datetime | None


def _facts(codes: list[str], now: datetime) -> QuerySet[Initiative, Any]:
    rows = Initiative.objects.filter(code__in=codes).order_by()
    lasting = (contradicts(), lacks_source(), lacks_translation(), lacks_day())
    # A comparison with what is not there is neither true nor false.
    answers = (Case(When(one, then=True), default=False) for one in lasting)
    moved = (_latest(*one) for one in _MOVEMENTS)
    kept = [f"desk_row__{name}" for name in _COLUMNS] + [
        f"desk_document__{name}" for name in _TERMS
    ]
    return values_of(rows, *_Facts._fields[:10], *answers, *moved, "search_text", *kept)


def _latest(model: type[Model], column: str) -> Subquery:
    rows = model._default_manager.filter(initiative=OuterRef("pk")).order_by()
    return Subquery(rows.values("initiative").annotate(latest=Max(column)).values("latest"))


def _due(facts: _Facts) -> tuple[Any, ...]:
    """The row that follows from them."""
    is_hidden = facts.publication != Publication.PUBLISHED
    return (*facts[:5], is_hidden, *_by_day(facts), *facts[10:14])


def _by_day(facts: _Facts) -> tuple[date | None, date | None, datetime | None, datetime | None]:
    if facts.status not in OPEN:
        return None, None, None, None
    ends = None if facts.planned_end is None else facts.planned_end.last
    checked = facts.last_checked_at or facts.created_at
    check_by = timezone.localdate(checked) + timedelta(facts.review_every_days)
    moved = max([facts.created_at, *filter(None, facts[14:])])
    return ends, check_by, checked, moved


_FACTS = KeptQuery(_facts, keys=str)
_OWN = len(_Facts._fields)
