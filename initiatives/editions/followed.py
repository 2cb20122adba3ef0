"""What this process has made of the register: it follows the database by position and digest.

One small query says whether the register has grown, and only what is new is read. If the database
no longer has the edition and the check that were read last, as after a transaction that was rolled
back or a restored backup, all is read anew. The digest makes that one comparison enough.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import RLock
from typing import Any, Generic, TypeVar

from django.db import router
from django.db.models import QuerySet, Subquery
from django.utils import timezone

from initiatives.kept_queries import KeptTableQuery, values_of
from initiatives.models import Edition, ReviewCheck


@dataclass(frozen=True)
class Place:
    """How far the register has been read: the newest edition, and the newest check by the desk."""

    position: int = 0
    digest: str = ""
    check: int = 0
    checked_at: datetime | None = None


NOWHERE = Place()


def newest_place() -> Place:
    """The end of the register of the database that this request reads from; one query."""
    return place_of(next(_NEWEST(timezone.now()), None))


def with_newest_check(editions: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """`editions`, the newest first, as rows of which the first says the place to `place_of`."""
    check = ReviewCheck.objects.order_by("-pk")
    rows = editions.order_by("-position").annotate(
        check_pk=Subquery(check.values("pk")[:1]),
        check_at=Subquery(check.values("recorded_at")[:1]),
    )
    return values_of(rows, "position", "digest", "check_pk", "check_at", "issued_at", "since")


def place_of(row: tuple[Any, ...] | None) -> Place:
    return NOWHERE if row is None else Place(row[0], row[1], row[2] or 0, row[3])


_NEWEST = KeptTableQuery(lambda now: with_newest_check(Edition.objects.all())[:1])


class Followed:
    """What is known of one database. Subclasses say how they `forget` all of it, and how they
    `read` what came after one place up to another."""

    def __init__(self) -> None:
        self.lock, self.place = RLock(), NOWHERE
        self.forget()

    def forget(self) -> None:
        raise NotImplementedError

    def read(self, known: Place, newest: Place) -> None:
        raise NotImplementedError

    def catch_up(self, newest: Place) -> None:
        """Read what came up to `newest`, which was asked for before one had to wait for others."""
        with self.lock:
            if newest != self.place:
                # Another thread may have gone further since it was asked.
                self._follow(newest_place())

    def _follow(self, newest: Place) -> None:
        if newest == self.place:
            return
        if not _is_behind(self.place, newest):
            self._begin_again()
        try:
            self.read(self.place, newest)
        except BaseException:
            self._begin_again()  # what was read half-way is not kept
            raise
        self.place = newest

    def _begin_again(self) -> None:
        self.forget()
        self.place = NOWHERE


Known = TypeVar("Known", bound=Followed)


class ByDatabase(Generic[Known]):
    """What is known of each database that is read from: a replica may lag behind."""

    def __init__(self, make: Callable[[], Known]) -> None:
        self._make, self._known = make, dict[str, Known]()

    def of_request(self) -> Known:
        """Of the database that this request reads from."""
        name = router.db_for_read(Edition)
        return self._known.get(name) or self._known.setdefault(name, self._make())

    def forget(self) -> None:
        self._known = {}


def _is_behind(known: Place, newest: Place) -> bool:
    """Whether the database still has what was read last, and may have more."""
    if known.position > newest.position or known.check > newest.check:
        return False
    lines, checks = Edition.objects.order_by(), ReviewCheck.objects.order_by()
    if known.position and not lines.filter(position=known.position, digest=known.digest).exists():
        return False
    if not known.check or known.checked_at is None:
        return True
    return checks.filter(pk=known.check, recorded_at=known.checked_at).exists()
