"""The beginning of a file: whether it is one of IATI activities, of which version and encoding."""

import re
from typing import BinaryIO, NamedTuple

from django.utils.translation import gettext as _
from lxml import etree
from lxml.etree import _Element

from initiatives.exchange.iati.reading.limits import UnreadableActivities
from initiatives.text.plain_text import clean

_PART = 256
_MOST = 64 * 1024
# UTF-7 and its like hide markup from whoever looks at the bytes.
_ENCODINGS = re.compile(
    r"utf-?8|utf-?16(le|be)?|us-ascii|ascii|iso-8859-\d+|windows-125\d|koi8-[ru]", re.IGNORECASE
)


class Head(NamedTuple):
    """`content` is what was read to find the root element; it has to be parsed again."""

    content: bytes
    version: str


def check_head(file: BinaryIO, options: dict) -> Head:
    """The beginning of `file`. Raises UnreadableActivities unless it is one of IATI 2.0x."""
    parser = etree.XMLPullParser(events=("start",), **options)
    head = b""
    while len(head) < _MOST and (part := file.read(_PART)):
        head += part
        try:
            parser.feed(part)
        except etree.XMLSyntaxError as error:
            raise _no_xml(error, head) from error
        for _event, root in parser.read_events():
            _check_encoding(head)
            return Head(head, _checked(root))
    raise UnreadableActivities(_("This is no XML file of IATI activities."))


def _no_xml(error: Exception, head: bytes) -> UnreadableActivities:
    if b"<!DOCTYPE" in head.replace(b"\0", b""):  # UTF-16 has a NUL beside each letter
        return _with_doctype()
    if b"<" not in head:
        return UnreadableActivities(_("This is no XML file of IATI activities."))
    return UnreadableActivities.broken(error)


def _with_doctype() -> UnreadableActivities:
    return UnreadableActivities(
        _("The file has a DOCTYPE. Such files are refused; remove the DOCTYPE and its entities.")
    )


def _check_encoding(head: bytes) -> None:
    """As the file declares it; the parser does not always say."""
    declaration = head.replace(b"\0", b"").partition(b"?>")[0]
    declared = re.search(rb"encoding\s*=\s*[\"']([^\"']*)", declaration)
    name = declared[1].decode("ascii", "replace") if declared else "utf-8"
    if not _ENCODINGS.fullmatch(name):
        told = {"name": clean(name)[:40]}
        raise UnreadableActivities(_("The encoding %(name)s is not read; save as UTF-8.") % told)


def _checked(root: _Element) -> str:
    """The version."""
    about = root.getroottree().docinfo
    if about.doctype or about.internalDTD is not None:
        raise _with_doctype()
    if root.tag == "iati-organisations":
        raise UnreadableActivities(_("The file describes organisations, and not activities."))
    if root.tag != "iati-activities":
        told = {"name": clean(str(root.tag))[:80]}
        raise UnreadableActivities(
            _("This is no file of IATI activities: it begins with <%(name)s>.") % told
        )
    version = clean(root.get("version", "")).strip()
    if re.fullmatch(r"2\.0\d", version):
        return version
    told = {"version": version[:20] or "?"}
    raise UnreadableActivities(
        _("The file is of IATI version %(version)s; versions 2.01 to 2.03 are read.") % told
    )
