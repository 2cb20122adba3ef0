"""Rows that point to something which is not stored yet: it is named in the row and made with it."""

from initiatives.desk.forms.in_place.boxes import NEW_ORGANISATION, NEW_RECEIVER, NEW_SOURCE
from initiatives.desk.forms.in_place.makers import MakesRows
from initiatives.desk.forms.in_place.row_forms import (
    CitingRowForm,
    MoneyRowForm,
    OrganisationRowForm,
    SourceRowForm,
)

__all__ = [
    "NEW_ORGANISATION",
    "NEW_RECEIVER",
    "NEW_SOURCE",
    "CitingRowForm",
    "MakesRows",
    "MoneyRowForm",
    "OrganisationRowForm",
    "SourceRowForm",
]
