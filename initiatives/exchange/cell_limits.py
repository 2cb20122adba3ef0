"""What a cell of a spreadsheet can hold, and what is said where a text is longer."""

from django.utils.translation import gettext as _

LONGEST = 32_767  # UTF-16 units in a cell
CUT = "⟦…⟧"  # an import knows by this sign that it has not got the whole text


def fitting(text: str) -> str:
    """`text`, or as much of it as a cell holds with the sign CUT and a sentence that says where
    the whole is: spreadsheets would cut it without a word, or call the file damaged."""
    if 2 * len(text) <= LONGEST or units(text) <= LONGEST:
        return text
    note = f" {CUT} " + _("The text is longer than a cell can hold; CSV and JSON have all of it.")
    kept = text.encode("utf-16-le")[: 2 * (LONGEST - units(note))]
    return kept.decode("utf-16-le", "ignore") + note


def units(text: str) -> int:
    """The UTF-16 units of `text`."""
    return len(text) + sum(character > "\uffff" for character in text)
