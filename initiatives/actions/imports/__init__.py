"""Bringing in what a file says: kept as a preview, applied, taken back.

A row says what it does in edits, as histories do; how they came about is told in
`imports.planning`. Applying is one transaction, in which each row is done whole or not at all.
"""

from initiatives.actions.imports.again import applied_before, in_words, made_already
from initiatives.actions.imports.applying import apply
from initiatives.actions.imports.keeping import keep
from initiatives.actions.imports.undoing import undo

__all__ = ["applied_before", "apply", "in_words", "keep", "made_already", "undo"]
