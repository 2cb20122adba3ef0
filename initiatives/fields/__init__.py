"""Model fields of our own, and the form fields that belong to them."""

from initiatives.fields.choice_set import ChoiceSetField
from initiatives.fields.folded import FoldedTextField
from initiatives.fields.money import MoneyField
from initiatives.fields.partial_date import PartialDateField
from initiatives.fields.text import LineField, ProseField

__all__ = [
    "ChoiceSetField",
    "FoldedTextField",
    "LineField",
    "MoneyField",
    "PartialDateField",
    "ProseField",
]
