"""The documents that sources carry: kept, given to a source, taken away, taken down."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from initiatives import document_store
from initiatives.actions.errors import Refused
from initiatives.actions.recording import LANGUAGES, save_record
from initiatives.document_types import HEAD, is_encrypted, recognised
from initiatives.models import DocumentRemoval, Source
from initiatives.models.documents import refuse_taken_down, refuse_unkept
from initiatives.publication import publishing

_TAIL = 64 * 1024  # bytes at the end of a PDF, where its trailer stands
_NO_DOCUMENT: dict[str, Any] = {
    "document": "",
    "document_name": "",
    "document_type": "",
    "document_size": None,
    "document_is_public": False,
}


@dataclass(frozen=True)
class KeptDocument:
    """A file in the store: its SHA-256, the name that it had, its media type, its size in bytes,
    and whether it is a PDF that may ask for a password."""

    sha256: str
    name: str
    media_type: str
    size: int
    is_encrypted: bool = False


def keep_document(file: IO[bytes], *, name: str, size: int) -> KeptDocument:
    """Put `file`, of `size` bytes, into the store, where it stays for histories that name it.

    Raises Refused for what is too large, for what is no document of ours by what it holds, and for
    what was taken down.
    """
    file.seek(0)
    head = file.read(HEAD)
    media_type = recognised(head)
    if not media_type or not 0 < size <= document_store.LARGEST:
        raise Refused(_("This is no document that a source may carry."), code="type")
    refuse_taken_down(document_store.digest_of(file))
    file.seek(max(0, size - _TAIL))
    encrypted = is_encrypted(head, file.read(_TAIL))
    return KeptDocument(document_store.put(file), name, media_type, size, encrypted)


def check_kept(document: KeptDocument) -> None:
    """Raises ValidationError where `document`, which was kept before, may or can no more be given
    to a source: it was taken down since, or its file is lost."""
    refuse_unkept(document.sha256, document.name)


def give_document(source: Source, document: KeptDocument | None) -> None:
    """Let `source`, which the caller saves, carry `document`, or none."""
    values = dict(_NO_DOCUMENT)
    if document is not None:
        values |= {
            "document": document.sha256,
            "document_name": document.name,
            "document_type": document.media_type,
            "document_size": document.size,
            "document_is_public": source.document_is_public,
        }
    for name, value in values.items():
        setattr(source, name, value)


@publishing()
def take_down_document(
    sha256: str, *, by: User | None, reason: Mapping[str, str]
) -> DocumentRemoval:
    """Destroy the document and take it from all sources that carry it; it may not come back.

    `reason`, by language, is told to whoever asks for it. Raises Refused where there is none, and
    where the document was taken down before.
    """
    reasons = {f"reason_{code}": reason.get(code, "").strip() for code in LANGUAGES}
    if not any(reasons.values()):
        raise Refused({"reason_en": _("Say in one language at least why; the public reads it.")})
    refuse_taken_down(sha256)
    for source in Source.objects.select_for_update().filter(document=sha256).order_by("pk"):
        give_document(source, None)
        save_record(source, by=by)
    removal = DocumentRemoval(sha256=sha256, recorded_by=by, **reasons)
    removal.save()
    transaction.on_commit(lambda: document_store.remove(sha256))
    return removal
