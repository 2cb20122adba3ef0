"""An exact index of the public register in this process.

It counts, orders and sums what is published, now or at any instant of the past, without asking the
database; names and whole records are read for the page that is shown. Positions of editions are
its rows, bitmaps hold the rows of each option, and arrays what is compared or added.

    with index.reading() as reading:
        found = reading.find(Selection(status=("planned",), country=("UZ",)))
        found.total, found.tally("sector"), found.page("-updated", 0, 20, language="uz")
"""

from initiatives.editions.index.entries import EntryKind
from initiatives.editions.index.found import Found
from initiatives.editions.index.found_entries import EntryKey
from initiatives.editions.index.keyset import Place
from initiatives.editions.index.reading import Reading
from initiatives.editions.index.register import Index
from initiatives.editions.index.selection import Selection

__all__ = ["EntryKey", "EntryKind", "Found", "Index", "Place", "Reading", "Selection", "index"]

index = Index()
