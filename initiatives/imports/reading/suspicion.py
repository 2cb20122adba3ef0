"""What is wrong with a text wherever it stands, and what of it nobody sees."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from initiatives.exchange.cell_limits import CUT
from initiatives.text.plain_text import damage, names, taken_out, visible, without_controls

SEPARATOR = "|"  # of the values of a list
_FEW = 5  # signs that a message names


def make_visible(cells: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Take the signs that nobody sees out of `cells`; column and message for each that had some.

    Accents are put together with their letters, of which nothing has to be said.
    """
    for column, text in cells.items():
        if text.isascii():
            continue
        if signs := taken_out(text):
            told = {"signs": names(signs[:_FEW])}
            yield column, _("Signs that nobody sees were taken out: %(signs)s.") % told
        cells[column] = visible(text)


def suspicious(cells: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Column and message of each text that is not whole or has signs that no text may hold."""
    together = "".join(cells.values())
    if CUT not in together and not _forbidden(together):
        return  # nearly always, and much faster than cell by cell
    for column, text in cells.items():
        if sign := _forbidden(text):
            yield column, damage(text, separator=SEPARATOR) or _forbidden_message(text, sign)
        if CUT in text:
            yield column, _("The text was cut by a spreadsheet. Take the whole from CSV or JSON.")


def _forbidden(text: str) -> str:
    """The first character that saving would take away, or nothing."""
    if without_controls(text) == text.replace("\r\n", "\n").replace("\r", "\n"):
        return ""
    return next(sign for sign in text if sign != "\r" and without_controls(sign) != sign)


def _forbidden_message(text: str, sign: str) -> str:
    return _("Character %(place)d is U+%(code)s, which no text may hold. Take it out.") % {
        "place": text.index(sign) + 1,
        "code": f"{ord(sign):04X}",
    }
