"""A file of activities, made while it is read. What it leaves out stands in it as a comment."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from django.utils.translation import gettext as _
from lxml import etree

from initiatives.exchange.iati.writing.activity import Told, tell
from initiatives.models import Initiative
from initiatives.text.plain_text import clean

CONTENT_TYPE = "application/xml"
VERSION = "2.03"


def parts(
    rows: Iterable[Initiative], *, today: date, now: datetime, vocabulary: str
) -> Iterator[bytes]:
    """The file, one part for each initiative; `rows` are those of `exchange.rows`.

    Nothing actual ends after `today`, nor after the day of `now` in UTC: the rules of IATI
    compare with that one, and at this site it is already tomorrow for some hours of each day.
    """
    today = min(today, now.astimezone(UTC).date())
    made = now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    head = f'<iati-activities version="{VERSION}" generated-datetime="{made}">\n'
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n{head}'.encode()
    told = left_out = 0
    for row in rows:
        found = tell(row, today=today, vocabulary=vocabulary)
        told += found.activity is not None
        left_out += found.activity is None
        yield _text(row, found).encode()
    numbers = {"told": told, "left_out": left_out}
    yield _comment(_("Activities: %(told)s. Left out: %(left_out)s.") % numbers).encode()
    yield b"</iati-activities>\n"


def _text(row: Initiative, found: Told) -> str:
    if found.activity is None:
        why = " ".join(found.left_out)
        return _comment(_("%(code)s is left out. %(why)s") % {"code": row.code, "why": why})
    text = etree.tostring(found.activity, encoding="unicode", pretty_print=True)
    return _comment(_("Left out of %(code)s:") % {"code": row.code}, *found.left_out) + text


def _comment(*lines: str) -> str:
    """A comment; nothing if a heading has no lines. Two hyphens would end it, so they part."""
    if len(lines) == 1 and lines[0].endswith(":"):
        return ""
    return f"<!-- {re.sub('-(?=-)', '- ', clean(' '.join(lines)))} -->\n"
