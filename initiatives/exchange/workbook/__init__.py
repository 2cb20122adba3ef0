"""The spreadsheet for reading: what is told of a list to people, and never read back.

    written(rows, about)   the whole file, from the records of `records(places, address_of)`
    SHEETS                 its sheets with their columns, each with what it means

Dates and amounts are real ones, words are in the reader's language. docs/adr/0036 says why it is
written by a library, and what that costs.
"""

from initiatives.exchange.workbook.records import records
from initiatives.exchange.workbook.sheets import READ_ME, SHEETS
from initiatives.exchange.workbook.writing import MOST_ROWS, About, written

__all__ = ["MOST_ROWS", "READ_ME", "SHEETS", "About", "records", "written"]
