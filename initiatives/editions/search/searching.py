"""The search in this process: it follows the register, and keeps what is often looked for."""

from collections import OrderedDict
from threading import RLock

from django.db import router
from pyroaring import BitMap

from initiatives.editions.search.documents import SHORT, windows
from initiatives.editions.search.postings import rows_by_term
from initiatives.editions.search.vocabulary import Vocabulary
from initiatives.models import Edition, SearchDocument, SearchTerm

KEPT = 400  # query words whose rows are kept; of a million editions a bitmap has 125 kB at most
_FOLLOWED = 1_000  # new editions, above which looking again is cheaper than following
_NOWHERE = (0, "")


class Search:
    """Everything is derived from the database and follows it; what does not fit is forgotten.

    One small query says whether the register has grown. If the database no longer has the edition
    that was read last, as after a transaction that was rolled back or a restored backup, all is
    read anew. Each database that is read from, as a replica that lags, is followed by itself.
    """

    def __init__(self) -> None:
        self._followed: dict[str, Followed] = {}

    def rows(self, word: str) -> BitMap:
        """The positions of all editions, past ones and future ones too, that have a word in which
        the folded `word` stands anywhere."""
        return self._of_database().rows(word)

    def vocabulary(self) -> Vocabulary:
        """The words of more than two letters of all editions, of those that nobody may see too."""
        return self._of_database().vocabulary()

    def catch_up(self) -> None:
        """Read what is new in the register; at the start of a process all of the vocabulary."""
        self._of_database().vocabulary()

    def forget(self) -> None:
        self._followed = {}

    def _of_database(self) -> "Followed":
        """Of the database that this request reads from."""
        return self._followed.setdefault(router.db_for_read(Edition), Followed())


class Followed:
    """The words of one database, as far as they are known here."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._forget()

    def rows(self, word: str) -> BitMap:
        found = [self._rows(part) for part in windows(word)]
        return BitMap.intersection(*found) if len(found) > 1 else found[0].copy()

    def vocabulary(self) -> Vocabulary:
        with self._lock:
            self._catch_up()
            return self._vocabulary

    def _rows(self, word: str) -> BitMap:
        with self._lock:
            self._catch_up()
            place = self._place
            if word in self._kept:
                self._kept.move_to_end(word)
                return self._kept[word]
            terms = [word] if len(word) <= SHORT else self._vocabulary.holding(word)
        rows = BitMap.union(BitMap(), *rows_by_term(terms).values())
        with self._lock:
            if place == self._place:
                self._keep(word, rows)
        return rows

    def _keep(self, word: str, rows: BitMap) -> None:
        self._kept[word] = rows
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)

    def _catch_up(self) -> None:
        lines = Edition.objects.values_list("position", "digest")
        newest = lines.order_by("-position").first() or _NOWHERE
        if newest == self._place:
            return
        position, digest = self._place
        known = lines.order_by().filter(position=position, digest=digest)
        if position >= newest[0] or not (position and known.exists()):
            self._forget()
        self._follow(newest)

    def _follow(self, newest: tuple[int, str]) -> None:
        position = self._place[0]
        new = {"position__gt": position, "position__lte": newest[0]}
        terms = SearchTerm.objects.filter(**new).values_list("term", flat=True)
        self._vocabulary.add(terms.order_by().iterator())
        if newest[0] - position > _FOLLOWED:
            self._kept.clear()
        if self._kept:
            rows = SearchDocument.objects.filter(edition__gt=position, edition__lte=newest[0])
            for place, text in rows.order_by().values_list("edition", "terms"):
                for word, kept in self._kept.items():
                    if word in text:
                        kept.add(place)
        self._place = newest

    def _forget(self) -> None:
        self._place, self._vocabulary = _NOWHERE, Vocabulary()
        self._kept: OrderedDict[str, BitMap] = OrderedDict()
