"""What a file is by what it holds, whatever it is called.

recognised(head)            the media type of a document that a source may carry, else nothing
endings_of(media_type)      how the names of such files end
ending_of_other(type, name) the ending of a name that promises something else
is_encrypted(head, tail)    whether a PDF may ask for a password
"""

import mimetypes
import re
from email.errors import MessageDefect
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import default as mail_policy
from email.utils import parsedate_to_datetime

import filetype

from initiatives.choices import DocumentType

HEAD = 256 * 1024  # bytes that are looked at; a head of a mail that is longer is none of a letter
_ENDINGS: dict[str, tuple[str, ...]] = {
    DocumentType.PDF: (".pdf",),
    DocumentType.PNG: (".png",),
    DocumentType.JPEG: (".jpg", ".jpeg", ".jpe", ".jfif"),
    DocumentType.WEBP: (".webp",),
    DocumentType.MAIL: (".eml",),
}
_WITH_MAGIC = frozenset(_ENDINGS) - {DocumentType.MAIL}
_ENDING = re.compile(r"\.[a-z][a-z0-9]{0,7}\Z", re.ASCII)
# Of Python's own list and not of the machine's, so that a file is the same everywhere.
_KNOWN_ENDINGS = frozenset(mimetypes.MimeTypes(filenames=()).types_map[True]) | {
    f".{kind.extension}" for kind in filetype.types
}
_KNOWN_ENDINGS |= {
    ".docx",
    ".xlsx",
    ".pptx",
    ".odt",
    ".ods",
    ".bat",
    ".cmd",
    ".com",
    ".lnk",
    ".ps1",
}
_KNOWN_ENDINGS |= {".hta", ".jar", ".msi", ".php", ".scr", ".vbs", ".xhtml", ".mht", ".mhtml"}
_FIELD_OF_MAIL = re.compile(rb"[!-9;-~]+[ \t]*:")  # RFC 5322, section 2.2
# With the lines in which it goes on.
_OF_SENDER_AND_DAY = re.compile(rb"^(?:from|date)[ \t]*:.*(?:\r?\n[ \t].*)*", re.I | re.M)
_LONGEST_FIELD = 2_000  # bytes
_OF_THE_PARSER = (
    ValueError,
    TypeError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
)
_END_OF_HEAD = re.compile(rb"\r\n\r\n|\n\n")
_OF_A_LETTER = ("to", "cc", "subject", "message-id", "received")


def recognised(head: bytes) -> str:
    """The media type of what begins with `head`, of which HEAD bytes are enough; "" for any that
    a source may not carry."""
    found = filetype.guess_mime(head)
    if found is not None:
        return found if found in _WITH_MAGIC else ""
    return DocumentType.MAIL.value if _is_mail(head) else ""


def _is_mail(head: bytes) -> bool:
    """Whether it is a letter (RFC 5322). Nothing at its beginning says so, so all of its head must
    be in order: sender and day are there, with one more field that a letter has."""
    end = _END_OF_HEAD.search(head)
    if end is None or b"\0" in head or not _FIELD_OF_MAIL.match(head):
        return False
    if any(len(field) > _LONGEST_FIELD for field in _OF_SENDER_AND_DAY.findall(head[: end.end()])):
        return False  # the parser takes minutes for a list of thousands of senders
    try:
        message = BytesHeaderParser(policy=mail_policy).parsebytes(head[: end.end()])
        fields = [*map(str.lower, message.keys())]
        if message.defects or any(_defects(message, name) for name in ("from", "date")):
            return False
        parsedate_to_datetime(str(message["date"]))
    except _OF_THE_PARSER:
        return False
    once = fields.count("from") == fields.count("date") == 1
    return once and "@" in str(message["from"]) and any(name in fields for name in _OF_A_LETTER)


def _defects(message: Message, name: str) -> list[MessageDefect]:
    value = message[name]
    return list(getattr(value, "defects", ())) if value is not None else [MessageDefect(name)]


def is_encrypted(head: bytes, tail: bytes) -> bool:
    """Whether a PDF with these first and last bytes asks its reader for a password, or may do so
    (ISO 32000, 7.6: its trailer has the entry Encrypt)."""
    return head.startswith(b"%PDF") and b"/Encrypt" in head + tail


def endings_of(media_type: str) -> tuple[str, ...]:
    """The first is the one that a download gets."""
    return _ENDINGS.get(media_type, ())


def ending_of_other(media_type: str, name: str) -> str:
    """The ending of `name` where files of that ending are not of `media_type`, else nothing.

    A name may end in anything that is no known ending: “Protocol of 12.05”, “Minutes.final”.
    """
    found = _ENDING.search(name.strip().lower())
    if found is None or found.group() in endings_of(media_type):
        return ""
    return found.group() if found.group() in _KNOWN_ENDINGS else ""


def download_name(name: str, media_type: str) -> str:
    """What a browser may call the download: the last part of `name`, with the right ending."""
    last = name.replace("\\", "/").rpartition("/")[2].strip(" .") or "document"
    endings = endings_of(media_type)
    return last if last.lower().endswith(endings) else f"{last}{(*endings, '')[0]}"
