"""What every part of the public record is made of: texts in four languages, and cited sources."""

from typing import TypeVar

import msgspec


class Part(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A part of a public record; of parts with the same values one is as good as the other.

    msgspec knows a default by its identity, so only values that exist once may be defaults. Parts
    cannot form a circle, so that Python need not look for one.
    """


class Text(Part, frozen=True, kw_only=True):
    """A text in the four languages, empty where it is not translated."""

    en: str = ""
    ru: str = ""
    uz: str = ""
    kk: str = ""


AnyPart = TypeVar("AnyPart", bound=Part)
NO_TEXT = Text()


class Citation(Part, frozen=True, kw_only=True):
    """A place in a public source that carries one claim; `quote` are its words.

    `document` is the SHA-256 of the file that the public may have of it, with its media type, its
    size in bytes and the name that it had.
    """

    slug: str
    title: str
    kind: str
    publisher: str = ""
    url: str = ""
    archived_url: str = ""
    language: str = ""
    published: str | None = None
    accessed_on: str | None = None
    locator: str = ""
    quote: str = ""
    document: str = ""
    document_name: str = ""
    document_type: str = ""
    document_size: int | None = None


class Claim(Part, frozen=True, kw_only=True):
    sources: tuple[Citation, ...] = ()
