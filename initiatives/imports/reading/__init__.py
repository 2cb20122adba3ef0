"""Reading any file that holds initiatives into one kind of table. Nothing is written here.

What a cell means is no question of reading: rows carry the texts that `exchange.columns` would
have written, whatever the format, and say what could not be made such a text.
"""

from initiatives.imports.reading.opening import open_table
from initiatives.imports.reading.table import Problem, Row, Table, Unreadable

__all__ = ["Problem", "Row", "Table", "Unreadable", "open_table"]
