"""What `manage.py verify` checks. Each check yields what is broken: where, and what to do.

Checks read the database a chunk at a time and call `reached` with the number of rows so far.
"""

from collections.abc import Callable, Iterator

import msgspec
from django.db.models import OuterRef, Subquery

from initiatives import document_store
from initiatives.choices import EditionKind, EditionState
from initiatives.editions import chain
from initiatives.editions import record as public
from initiatives.models import Edition, Initiative, Source, StatusChange
from initiatives.publication import missing
from initiatives.publication.desk_rows import wrong_desk_rows
from initiatives.publication.searching import text_index_is_whole, wrong_documents

Finding = str
Reached = Callable[[int], None]
_CHUNK = 500
_MODELS: dict[tuple[str, str], type[public.Part]] = {
    (EditionKind.INITIATIVE, EditionState.PUBLISHED): public.InitiativeRecord,
    (EditionKind.EVENT, EditionState.PUBLISHED): public.EventRecord,
}
_ISSUE = "Run manage.py issue_editions."
_ATTACH = "Or attach the document again."
_REFOLD = "Run manage.py refold."


def chain_of_editions(reached: Reached) -> Iterator[Finding]:
    """Positions without gaps, digests of bodies and lines, numbers of each key, readable bodies."""
    before, last = chain.BEGINNING, 0
    numbers: dict[tuple[str, str], int] = {}
    for edition in Edition.objects.order_by("position").iterator(chunk_size=_CHUNK):
        name = f"position {edition.position} ({edition})"
        if edition.position != last + 1:
            yield f"{name}: the position before it is {last}; a line is missing."
        if not edition.redacted_at and chain.sha256(edition.body) != edition.body_digest:
            yield f"{name}: the body is not the one that was issued."
        if chain.digest_of(chain.line_of(edition, before)) != edition.digest:
            yield f"{name}: the digest does not follow from the line and the digest before it."
        if edition.number != numbers.get((edition.kind, edition.key), 0) + 1:
            yield f"{name}: its number does not follow the one before it."
        yield from _unreadable(edition, name)
        numbers[edition.kind, edition.key] = edition.number
        before, last = edition.digest, edition.position
        reached(last)


def _unreadable(edition: Edition, name: str) -> Iterator[Finding]:
    if not edition.body:
        return
    model = _MODELS.get((edition.kind, edition.state), public.Withdrawal)
    try:
        public.decoded(edition.body, model)
    except msgspec.MsgspecError as wrong:
        yield f"{name}: the body cannot be read: {wrong}"


def current_editions(reached: Reached) -> Iterator[Finding]:
    for number, (kind, key) in enumerate(missing(), 1):
        yield f"{kind} {key}: the register says something else than the rows. {_ISSUE}"
        reached(number)


def search(reached: Reached) -> Iterator[Finding]:
    """A search finds each edition by what its body says."""
    for position in wrong_documents(reached):
        yield f"position {position}: a search finds it by something else than its body. {_REFOLD}"
    if not text_index_is_whole():
        yield f"the text index is not what the editions say. {_REFOLD}"


def desk_rows(reached: Reached) -> Iterator[Finding]:
    """The desk finds each record by what the record says today."""
    for code in wrong_desk_rows(reached):
        yield f"{code}: the desk finds it by something else than it says. {_ISSUE}"


def cached_statuses(reached: Reached) -> Iterator[Finding]:
    """The status of a record is that of its last status change."""
    last = StatusChange.objects.filter(initiative=OuterRef("pk")).order_by("-number")
    rows = Initiative.objects.annotate(
        last_status=Subquery(last.values("to_status")[:1]),
        last_since=Subquery(last.values("effective")[:1]),
    ).order_by("pk")
    values = rows.values_list("code", "status", "status_since", "last_status", "last_since")
    for number, (code, status, since, last_status, last_since) in enumerate(
        values.iterator(chunk_size=_CHUNK), 1
    ):
        if last_status is not None and (status, since) != (last_status, last_since):
            yield f"{code}: {status} since {since}; its history says {last_status}, {last_since}."
        reached(number)


def histories(reached: Reached) -> Iterator[Finding]:
    """Status changes follow one another, and a correction mends an earlier row."""
    before: tuple[str | None, int, str] = (None, 0, "")
    rows = StatusChange.objects.order_by("initiative__code", "number").values_list(
        "initiative__code", "number", "from_status", "to_status", "corrects__number"
    )
    for count, (code, number, old, new, corrects) in enumerate(rows.iterator(chunk_size=_CHUNK), 1):
        last_number, status = (before[1], before[2]) if before[0] == code else (0, "")
        if number != last_number + 1:
            yield f"{code}: status change {number} follows number {last_number}; one is missing."
        if old != status:
            yield f"{code}: status change {number} leads from {old or 'nothing'}, not {status}."
        if corrects is not None and corrects >= number:
            yield f"{code}: status change {number} corrects {corrects}, which is not earlier."
        before = (code, number, new)
        reached(count)


def documents(reached: Reached) -> Iterator[Finding]:
    """The file of each document that a source carries is there, and is the one that it was."""
    rows = Source.objects.exclude(document="").order_by("pk").values_list("slug", "document")
    for number, (slug, sha256) in enumerate(rows.iterator(chunk_size=_CHUNK), 1):
        file = document_store.opened(sha256)
        if file is None:
            yield f"source {slug}: the file {sha256} is missing. Take it from a backup. {_ATTACH}"
        else:
            with file:
                if document_store.digest_of(file) != sha256:
                    yield f"source {slug}: the file {sha256} is another one by now. {_ATTACH}"
        reached(number)


CHECKS = {
    "The chain of editions": chain_of_editions,
    "Current editions": current_editions,
    "Search": search,
    "What the desk asks of records": desk_rows,
    "Cached statuses": cached_statuses,
    "Histories of statuses": histories,
    "Documents of sources": documents,
}
