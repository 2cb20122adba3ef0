"""Documents of sources, as far as editions name them: the one place that says who may have which.

The public has a document as long as an edition that holds now names it. One that was public and is
no more was taken down, is for the desk only by now, or its record was withdrawn: that is told. Of
all others nothing is told, not even to who knows the digest.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from django.utils import timezone

from initiatives.choices import EditionState
from initiatives.editions.access import was_public
from initiatives.editions.current import record_of
from initiatives.editions.record import Citation, Part
from initiatives.models import DocumentRemoval, Edition

NAMES_A_FILE = '"document":"'


@dataclass(frozen=True)
class PublicFile:
    """`cited` is what an edition that holds now says of it, None where it `was_public` only;
    `removal` tells why it was taken down."""

    was_public: bool
    cited: Citation | None = None
    removal: DocumentRemoval | None = None


NO_FILE = PublicFile(was_public=False)


def public_file(sha256: str) -> PublicFile:
    """The document with this digest, as the public may have it. Three queries at most."""
    now = timezone.now()
    naming = Edition.objects.filter(files__sha256=sha256, redacted_at=None)
    published = naming.filter(state=EditionState.PUBLISHED)
    edition = published.current(now).order_by("-position").first()
    if edition is None and not naming.filter(was_public(now)).exists():
        return NO_FILE
    removal = DocumentRemoval.objects.filter(sha256=sha256).first()
    if edition is None or removal is not None:
        return PublicFile(was_public=True, removal=removal)
    cited = (one for one in _citations(record_of(edition)) if one.document == sha256)
    return PublicFile(was_public=True, cited=next(cited, None))


def digests_in(edition: Edition) -> set[str]:
    """The documents that the body of `edition` names."""
    if NAMES_A_FILE not in edition.body:
        return set()
    return {one.document for one in _citations(record_of(edition)) if one.document}


def _citations(part: Any) -> Iterator[Citation]:
    """All citations in a record, whatever they are for."""
    if isinstance(part, Citation):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from _citations(one)
    elif isinstance(part, Part):
        for field in msgspec.structs.fields(part):
            yield from _citations(getattr(part, field.name))
