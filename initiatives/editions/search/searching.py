"""The search in this process: it follows the register, and keeps what is often looked for."""

from collections import OrderedDict

from pyroaring import BitMap

from initiatives.editions.followed import ByDatabase, Followed, Place, newest_place
from initiatives.editions.search.postings import rows_by_term
from initiatives.editions.search.vocabulary import Vocabulary, finds, in_lines
from initiatives.models import SearchDocument, SearchTerm
from initiatives.text.search_terms import SHORT, windows

KEPT = 400  # query words whose rows are kept; of a million editions a bitmap has 125 kB at most
_FOLLOWED = 1_000  # new editions, above which looking again is cheaper than following


class Search:
    """All is derived from the database and follows it, see `editions.followed`."""

    def __init__(self) -> None:
        self._followed = ByDatabase(Words)

    def rows(self, word: str) -> BitMap:
        """The positions of all editions, past ones and future ones too, that have a word in which
        the folded `word` stands anywhere, or another form of it."""
        return self._followed.of_request().rows(word)

    def vocabulary(self) -> Vocabulary:
        """The words of more than two letters of all editions, of those that nobody may see too."""
        return self._followed.of_request().vocabulary()

    def catch_up(self) -> None:
        """Read what is new in the register; at the start of a process all of the vocabulary."""
        self._followed.of_request().vocabulary()

    def forget(self) -> None:
        self._followed.forget()


class Words(Followed):
    """The words of one database, as far as they are known here."""

    def rows(self, word: str) -> BitMap:
        found = [self._rows(part) for part in windows(word)]
        return BitMap.intersection(*found) if len(found) > 1 else found[0].copy()

    def vocabulary(self) -> Vocabulary:
        self.catch_up(newest_place())
        return self._vocabulary

    def forget(self) -> None:
        self._vocabulary, self._kept = Vocabulary(), OrderedDict[str, BitMap]()

    def read(self, known: Place, newest: Place) -> None:
        new = {"position__gt": known.position, "position__lte": newest.position}
        terms = SearchTerm.objects.filter(**new).values_list("term", flat=True)
        self._vocabulary.add(terms.order_by().iterator())
        if newest.position - known.position > _FOLLOWED:
            self._kept.clear()
        if self._kept:
            self._look_for_kept(known.position, newest.position)

    def _look_for_kept(self, after: int, upto: int) -> None:
        rows = SearchDocument.objects.filter(edition__gt=after, edition__lte=upto).order_by()
        for position, text in rows.values_list("edition", "terms"):
            lines = in_lines(text)
            for word, kept in self._kept.items():
                if finds(word, lines):
                    kept.add(position)

    def _rows(self, word: str) -> BitMap:
        newest = newest_place()
        with self.lock:
            self.catch_up(newest)
            place = self.place
            if word in self._kept:
                self._kept.move_to_end(word)
                return self._kept[word]
            terms = [word] if len(word) <= SHORT else self._vocabulary.found_by(word)
        rows = BitMap.union(BitMap(), *rows_by_term(terms).values())
        with self.lock:
            if place == self.place:
                self._keep(word, rows)
        return rows

    def _keep(self, word: str, rows: BitMap) -> None:
        self._kept[word] = rows
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
