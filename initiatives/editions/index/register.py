"""The index of the register in this process: it follows the database by position."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime

from django.utils import timezone

from initiatives.choices import EditionKind, Language
from initiatives.editions.bodies import Body
from initiatives.editions.followed import ByDatabase, Followed, Place, newest_place
from initiatives.editions.index.content import Content
from initiatives.editions.index.instants import microseconds
from initiatives.editions.index.reading import Reading
from initiatives.editions.index.selection import Selection
from initiatives.models import Edition, ReviewCheck

_TOGETHER = 500  # bodies in memory at once
_LINE = ("kind", "position", "key", "since", "issued_at", "state")


class Index:
    """All is derived from the database and follows it, see `editions.followed`.

    Not to be read inside of a transaction that writes editions: others would see them too early.
    """

    def __init__(self) -> None:
        self._followed = ByDatabase(_Contents)

    @contextmanager
    def reading(
        self,
        *,
        at: datetime | None = None,
        now: datetime | None = None,
        day: date | None = None,
        parents: Mapping[str, str] | None = None,
        newest: Place | None = None,
    ) -> Iterator[Reading]:
        """What is public now, as it was at the instant `at`; see `Reading`. `newest` is the end of
        the register, where it was asked for already.

        Inside nobody else reads in this process, so take out figures and positions only.
        """
        followed, newest = self._followed.of_request(), newest or newest_place()
        with followed.lock:
            followed.catch_up(newest)
            now = now or timezone.now()
            followed.content.move(microseconds(now))
            day = day or timezone.localdate(now)
            yield Reading(followed.content, now=now, day=day, at=at, parents=parents)

    def catch_up(self) -> int:
        """Read what is new in the register; the position that is known then."""
        followed = self._followed.of_request()
        followed.catch_up(newest_place())
        return followed.place.position

    def known(self) -> int:
        """The position that is known here; nothing is asked for it."""
        return self._followed.of_request().place.position

    def prepare(self) -> None:
        """Read all, and put in order and flag what the first readers would wait for."""
        with self.reading() as reading:
            found = reading.find(Selection())
            found.tally("flag")
            for code in Language.values:
                found.page("title", 0, 1, language=code)

    def damaged(self) -> dict[int, str]:
        """By position what is wrong with the bodies that cannot be relied on."""
        followed = self._followed.of_request()
        with followed.lock:
            return dict(followed.content.damaged)

    def forget(self) -> None:
        self._followed.forget()

    def forget_answers(self) -> None:
        """Find anew what was answered before, as after a change of the register."""
        followed = self._followed.of_request()
        with followed.lock:
            followed.content.forget_answers()


class _Contents(Followed):
    """The register of one database, as far as it is known here."""

    content: Content

    def forget(self) -> None:
        self.content = Content()

    def read(self, known: Place, newest: Place) -> None:
        _read(self.content, known, newest)


def _read(content: Content, known: Place, newest: Place) -> None:
    lines = Edition.objects.filter(position__lte=newest.position)
    last = known.position
    while chunk := list(
        lines.filter(position__gt=last)
        .order_by("position")
        .values_list(*_LINE, Body("body"), "body_digest")[:_TOGETHER]
    ):
        if known.position:  # before what comes after it: that does not look at what is gone
            _drop_redacted(content, {line[2] for line in chunk}, last)
        for kind, *line in chunk:
            add = content.add_event if kind == EditionKind.EVENT else content.add
            add(*line)
        last = chunk[-1][1]
    checks = ReviewCheck.objects.filter(pk__gt=known.check, pk__lte=newest.check).order_by("pk")
    for check in checks.values_list("key", "recorded_at", "due_on").iterator():
        content.check(*check)
    content.position = newest.position


def _drop_redacted(content: Content, keys: set[str], last: int) -> None:
    """A body is emptied together with a withdrawal, and what was read of it goes as well."""
    emptied = Edition.objects.filter(key__in=keys, redacted_at__isnull=False, position__lte=last)
    for kind, position in emptied.order_by().values_list("kind", "position"):
        content.drop(kind, position)
