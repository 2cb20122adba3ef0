"""How the values of a column are written, in words for who makes or reads a table."""

from django.utils.translation import gettext as _

from initiatives.exchange.columns.column import Column


def form_of(column: Column) -> str:
    """A sentence; several values of a cell have a bar between them, whatever the form."""
    if column.read is None:
        return _("For information only; imports ignore it.")
    if column.language:
        return _("A text in this language.")
    if column.is_date:
        return _("A date as exact as its source: 2027, 2027-H1, 2027-Q3, 2027-05 or 2027-05-14.")
    if column.measure is not None:
        return _("A number with a decimal point.")
    return _("A code, a number or a short text.")
