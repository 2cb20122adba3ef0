"""How much of a file is read before it is refused.

They are far above what people write and far below what fills the memory. All that a reader holds
at once is one row or one value, so these, and not the size of the file, bound the memory.
"""

MIB = 1024 * 1024

FILE = 1024 * MIB  # bytes of a file
FIXTURE = 64 * MIB  # bytes of a fixture, whose objects have to be held together
COLUMNS = 1_000
CELL = 1_000_000  # characters
ROW = 8_000_000  # characters
ROW_LINES = 5_000  # lines of text in one row of a CSV; more are swallowed by an open quote
HEADER = 500_000  # characters
SEARCHED = 30  # rows that are not empty, among which the header is looked for
EMPTY_ROWS = 50_000  # that follow each other
DEPTH = 20  # objects in objects
KEYS = 1_000  # that have no column and are counted by name
GUESSES = 50  # unknown headers to which the nearest known one is looked for
VALUES = 100_000  # values in one object of a JSON
DIGITS = 4_000  # in a row; Python and the reader of JSON refuse longer numbers, each its own way

PACKED = 128 * MIB  # bytes of a spreadsheet
UNPACKED = 2 * 1024 * MIB  # bytes of all that is packed in it
ENTRIES = 1_000  # files packed in it
DIRECTORY = MIB  # bytes of the list of those files
RATIO, RATIO_FROM = 300, 16 * MIB  # times that a larger part may grow when it is unpacked
TOKEN = 4 * MIB  # bytes of one tag or value
SHARED = 4_000_000  # texts that the cells of a spreadsheet share
STYLES = 100_000
SHEETS = 1_000
MERGED = 100  # merged ranges, each of which is named
SHEET_ROWS = 1_048_576
SHEETS_SEARCHED = 20  # in which the header is looked for
REPEATED = 1_000  # times that a row with something in it may stand in an ODS by one tag
