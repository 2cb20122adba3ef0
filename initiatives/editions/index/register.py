"""The index of the register in this process: it follows the database by position."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from threading import RLock

from django.db import router
from django.db.models import Func, Subquery
from django.utils import timezone

from initiatives.choices import EditionKind, Language
from initiatives.editions.index.content import Content, Place
from initiatives.editions.index.instants import microseconds
from initiatives.editions.index.reading import Reading
from initiatives.editions.index.selection import Selection
from initiatives.models import Edition, ReviewCheck

_TOGETHER = 500  # bodies in memory at once
_LINE = ("kind", "position", "key", "since", "issued_at", "state")


class _Body(Func):
    """As it is stored. SQLite need not make a text of what is read as bytes."""

    template = "%(expressions)s"

    def as_sqlite(self, compiler, connection, **extra):
        template = "CAST(%(expressions)s AS BLOB)"
        return self.as_sql(compiler, connection, template=template, **extra)


class Index:
    """Everything is derived from the database and follows it; what does not fit is forgotten.

    One small query says whether the register has grown, and only what is new is read. If the
    database no longer has the edition and the check that were read last, as after a transaction
    that was rolled back or a restored backup, all is read anew. Each database that is read from,
    as a replica that lags behind, has a content of its own.
    Not to be read inside of a transaction that writes editions: others would see them too early.
    """

    def __init__(self) -> None:
        self._followed: dict[str, Followed] = {}

    @contextmanager
    def reading(
        self,
        *,
        at: datetime | None = None,
        now: datetime | None = None,
        day: date | None = None,
        parents: Mapping[str, str] | None = None,
    ) -> Iterator[Reading]:
        """What is public now, as it was at the instant `at`; see `Reading`.

        Inside nobody else reads in this process, so take out figures and positions only.
        """
        followed, newest = self._of_database(), _newest()
        with followed.lock:
            followed.catch_up(newest)
            now = now or timezone.now()
            followed.content.move(microseconds(now))
            day = day or timezone.localdate(now)
            yield Reading(followed.content, now=now, day=day, at=at, parents=parents)

    def catch_up(self) -> int:
        """Read what is new in the register; the position that is known then."""
        return self._of_database().catch_up(_newest())

    def prepare(self) -> None:
        """Read all, and put in order and flag what the first readers would wait for."""
        with self.reading() as reading:
            found = reading.find(Selection())
            found.tally("flag")
            for code in Language.values:
                found.page("title", 0, 1, language=code)

    def damaged(self) -> dict[int, str]:
        """By position what is wrong with the bodies that cannot be relied on."""
        followed = self._of_database()
        with followed.lock:
            return dict(followed.content.damaged)

    def forget(self) -> None:
        self._followed = {}

    def _of_database(self) -> "Followed":
        """Of the database that this request reads from."""
        return self._followed.setdefault(router.db_for_read(Edition), Followed())


class Followed:
    """The register of one database, as far as it is known here."""

    def __init__(self) -> None:
        self.lock, self.content = RLock(), Content()

    def catch_up(self, newest: Place) -> int:
        with self.lock:
            if newest != self.content.place:
                # Another thread may have gone further since it was asked.
                self._follow(_newest())
            return self.content.place.position

    def _follow(self, newest: Place) -> None:
        if newest == self.content.place:
            return
        if not _is_behind(self.content.place, newest):
            self.content = Content()
        content, self.content = self.content, Content()  # what fails half-way is not kept
        _read(content, newest)
        self.content = content


def _newest() -> Place:
    check = ReviewCheck.objects.order_by("-pk")
    newest = Edition.objects.order_by("-position").annotate(
        check_pk=Subquery(check.values("pk")[:1]),
        check_at=Subquery(check.values("recorded_at")[:1]),
    )
    line = newest.values_list("position", "digest", "check_pk", "check_at").first()
    return Place() if line is None else Place(line[0], line[1], line[2] or 0, line[3])


def _is_behind(known: Place, newest: Place) -> bool:
    """Whether the database still has what was read last, and may have more."""
    if known.position > newest.position or known.check > newest.check:
        return False
    lines, checks = Edition.objects.order_by(), ReviewCheck.objects.order_by()
    if known.position and not lines.filter(position=known.position, digest=known.digest).exists():
        return False
    same = checks.filter(pk=known.check, recorded_at=known.checked_at)
    return not known.check or same.exists()


def _read(content: Content, newest: Place) -> None:
    known, is_first = content.place, content.place.position == 0
    lines = Edition.objects.filter(position__lte=newest.position)
    last = known.position
    while chunk := list(
        lines.filter(position__gt=last)
        .order_by("position")
        .values_list(*_LINE, _Body("body"), "body_digest")[:_TOGETHER]
    ):
        if not is_first:  # before what comes after it: that does not look at what is gone
            _drop_redacted(content, {line[2] for line in chunk}, last)
        for kind, *line in chunk:
            add = content.add_event if kind == EditionKind.EVENT else content.add
            add(*line)
        last = chunk[-1][1]
    checks = ReviewCheck.objects.filter(pk__gt=known.check, pk__lte=newest.check).order_by("pk")
    for check in checks.values_list("key", "recorded_at", "due_on").iterator():
        content.check(*check)
    content.place = newest


def _drop_redacted(content: Content, keys, last: int) -> None:
    """A body is emptied together with a withdrawal, and what was read of it goes as well."""
    emptied = Edition.objects.filter(key__in=keys, redacted_at__isnull=False, position__lte=last)
    for kind, position in emptied.order_by().values_list("kind", "position"):
        content.drop(kind, position)
