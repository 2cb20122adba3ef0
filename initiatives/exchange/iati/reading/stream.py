"""A file of activities in parts, with limits, so that no file costs more than its largest activity.

The parser never fetches anything and never expands entities; a file that has a DOCTYPE at all is
refused, since no file of activities needs one.
"""

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from lxml import etree
from lxml.etree import _Element

from initiatives.exchange.iati.reading.activities import Activity
from initiatives.exchange.iati.reading.elements import as_activity
from initiatives.exchange.iati.reading.head import check_head
from initiatives.exchange.iati.reading.limits import UnreadableActivities, check_activity

_PART = 64 * 1024
MOST_BYTES = 32 * 1024 * 1024  # of one activity, with what stands before it
_SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}

__all__ = ["UnreadableActivities", "read_activities", "version_of"]


def version_of(file: BinaryIO) -> str:
    """The version of IATI that `file` says it has. Raises UnreadableActivities for other files."""
    return check_head(file, _SAFE).version


def read_activities(file: BinaryIO) -> Iterator[Activity]:
    """The activities of `file`, each read when it is asked for.

    Raises UnreadableActivities where the file is none of IATI 2.0x, is broken or goes beyond the
    limits; what was read until then has been given already.
    """
    part = check_head(file, _SAFE).content
    parser = etree.XMLPullParser(events=("end",), tag="iati-activity", **_SAFE)
    since_last, broken = 0, None
    while part and broken is None:
        broken = _error_of(parser.feed, part)
        since_last += len(part)
        for _event, element in parser.read_events():
            check_activity(element)
            yield as_activity(element)
            _forget(element)
            since_last = 0
        if since_last > MOST_BYTES:
            raise UnreadableActivities(_("One activity is larger than 32 MB."))
        part = file.read(_PART)
    if broken := broken or _error_of(parser.close):
        raise UnreadableActivities.broken(broken) from broken


def _error_of(parse: Callable[..., Any], *given: bytes) -> etree.XMLSyntaxError | None:
    """What is wrong with the XML; activities that end before it are given all the same."""
    try:
        parse(*given)
    except etree.XMLSyntaxError as error:
        return error
    return None


def _forget(element: _Element) -> None:
    """Free the activity and all that stands before it."""
    element.clear()
    root = element.getparent()
    while root is not None and element.getprevious() is not None:
        del root[0]
