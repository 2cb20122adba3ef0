"""Rows of tables made for people that are no records: totals, remarks, headers that come again.

None of them may become an initiative in silence, so each is refused with the word to delete it.
"""

import re

from django.utils.translation import gettext as _

# “Total”, “remark” and “source” as tables of the region begin the rows below the last record.
_TOTALS = (
    "итого|всего|итог|промежуточный итог|общий итог|общая сумма|total|grand total|subtotal|totals"
    "|in total|jami|umumiy jami|hammasi|барлығы|жиыны|қорытынды"
)
_REMARKS = (
    "примечани[ея]|сноска|источник|источники|note|notes|remark|source|sources|izoh|eslatma|manba"
    "|ескерту|ескертпе|дереккөз"
)
_TOTAL = re.compile(rf"\W*({_TOTALS})\W*\d*\W*", re.I)
_BEGINS = re.compile(rf"\W*(({_TOTALS})\b|({_REMARKS})\s*[:.–—-])", re.I)
_NUMBER = re.compile(r"[-+−]?[\d\s.,'’%|]+")
_LONGEST = 60  # characters of a cell that is a total


def repeats_header(texts: list[str], names: list[str]) -> bool:
    """Whether each cell that is not empty says what the header says above it."""
    filled = False
    for place, text in enumerate(texts):
        if text := text.strip():
            if place >= len(names) or names[place] != text:
                return False
            filled = True
    return filled


def why_no_record(texts: list[str]) -> str:
    """Why a row is no record but a total or a remark, or nothing."""
    likely = [text for text in texts if text and _BEGINS.match(text)]
    if not likely:
        return ""  # nearly always, and much faster than to look at each cell again
    if any(len(text) <= _LONGEST and _TOTAL.fullmatch(text) for text in likely):
        return _told()
    words = [text for text in texts if text.strip() and not _NUMBER.fullmatch(text.strip())]
    return _told() if len(words) == 1 else ""


def _told() -> str:
    return _("This row is a total or a remark and no initiative. Delete it.")
