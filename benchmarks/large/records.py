"""One record of the large register after another: a story, a title and participants."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import Any, NamedTuple

import msgspec
import numpy as np

from benchmarks.days import LAST_DAY, moment
from benchmarks.large.participants import Participants, Who
from benchmarks.large.reference import Reference
from benchmarks.large.stories import Story, Told
from benchmarks.large.texts import Terms, Title, Titles, terms_of, terms_of_piece
from benchmarks.vocabulary import SENTENCES, Texts
from initiatives.choices import EditionCause
from initiatives.editions.chain import instant as written
from initiatives.editions.chain import sha256
from initiatives.text.folding import fold

instant = lru_cache(maxsize=64)(written)  # the present one is asked for again and again
FAMILY = 20  # of so many records the first is the whole of the next two
PARTS = (1, 2)
_AMONG = 64  # stories before the present one of which a record tells one
_IN_HUNDRED_MOVED, _IN_HUNDRED_EDITED = 3, 3  # records that have a second edition
_EDITED_WITHIN = 400  # days
_STEP = timedelta(seconds=1)  # between two publications of the same day
_END = moment(LAST_DAY)
_encoder = msgspec.json.Encoder(order="sorted")


class Version(NamedTuple):
    """The body of a record at an instant, its digest, the terms that a search finds it by, and
    which of these are its own and which those of the story."""

    body: str
    digest: str
    terms: str
    own: list[str]
    shared: Terms


class Made(NamedTuple):
    """A record as it is published, and as it is `now`: after its second edition, if it has one,
    which is `due`. The rest is what its working rows say."""

    number: int
    clock: datetime
    code: str
    parent: int | None
    story: Story
    title: Title
    who: Who
    first: Version
    now: Version
    due: datetime | None = None
    cause: str = ""


def code_of(number: int, clock: datetime) -> str:
    return f"CI-{clock.year}-{number:04}"


def place_in_family(number: int) -> int:
    return (number - 1) % FAMILY


def present(number: int, total: int, tales: list[Story]) -> int:
    """The place of the story on whose last day the record is published."""
    return (number - 1) * len(tales) // total


def clocks(total: int, tales: list[Story]) -> Iterator[datetime]:
    """The instant at which each record is published; a family is published at once."""
    clock = moment(tales[0].last_day)
    for number in range(1, total + 1):
        if place_in_family(number) not in PARTS:
            clock = max(clock + _STEP, moment(tales[present(number, total, tales)].last_day))
        yield clock


class Drawn(NamedTuple):
    """What is a record's own, apart from the story that it tells."""

    number: int
    clock: datetime
    title: Title
    who: Who


class Batch:
    """The records from number `first` of `total` on, each published at one of the `clocks`;
    `tales` are sorted by day."""

    def __init__(
        self,
        chance: np.random.Generator,
        reference: Reference,
        tales: list[Story],
        *,
        first: int,
        clocks: list[datetime],
        total: int,
    ) -> None:
        rows = len(clocks)
        self._reference, self._tales = reference, tales
        self._first, self._last, self._total = first, first + rows - 1, total
        self._clocks = clocks
        self._titles = Titles(chance, rows)
        self._participants = Participants(chance, reference, rows)
        self._luck = chance.integers(0, 100, rows).tolist()
        self._shift = chance.integers(0, 1 << 30, rows).tolist()

    def made(self) -> Iterator[Made]:
        return map(self._made, range(self._first, self._last + 1))

    def _made(self, number: int) -> Made:
        row, here = number - self._first, present(number, self._total, self._tales)
        clock = self._clocks[row]
        drawn = Drawn(number, clock, self._titles.of(row), self._participants.of(row))
        luck, shift = self._luck[row], self._shift[row]
        if luck < _IN_HUNDRED_MOVED and (story := self._ahead(here, shift, clock)):
            return self._moved(drawn, story)
        story = self._tales[max(0, here - shift % _AMONG)]
        if luck >= 100 - _IN_HUNDRED_EDITED:
            return self._edited(drawn, story, shift)
        version = self._version(drawn, story.told)
        return self._of(drawn, story, version, version)

    def _ahead(self, here, shift, clock) -> Story | None:
        """A story that has begun and of which more is to come, if one is found at once."""
        story = self._tales[min(here + 1 + shift % _AMONG, len(self._tales) - 1)]
        is_later = len(story.days) > 1 and moment(story.last_day) > clock
        return story if is_later and moment(story.days[-2]) < clock else None

    def _moved(self, drawn, story) -> Made:
        due = moment(story.last_day)
        first = self._version(drawn, story.told_before)
        now = self._version(drawn, story.told, due)
        return self._of(drawn, story, first, now, due, EditionCause.STATUS.value)

    def _edited(self, drawn, story, shift) -> Made:
        """The summary was put right by the desk."""
        due = max(drawn.clock, min(drawn.clock + timedelta(days=1 + shift % _EDITED_WITHIN), _END))
        first = self._version(drawn, story.told, sentence=_after(drawn.title.sentence))
        now = self._version(drawn, story.told, due)
        return self._of(drawn, story, first, now, due, EditionCause.EDIT.value)

    def _of(self, drawn, story, first, now, *second) -> Made:
        number, clock = drawn.number, drawn.clock
        place = place_in_family(number)
        parent = number - place if place in PARTS else None
        code = code_of(number, clock)
        return Made(number, clock, code, parent, story, *drawn[2:], first, now, *second)

    def _version(self, drawn, told: Told, due=None, sentence: Texts | None = None) -> Version:
        number, clock, title, _who = drawn
        body = _encoder.encode(told.parts | self._own(drawn, told, due, sentence))
        own = terms_of(own_words(number, clock, title))
        others = told.terms.others(own, *map(terms_of_piece, title.pieces(sentence)))
        terms = told.terms.with_others(others)
        return Version(body.decode(), sha256(body), terms, others, told.terms)

    def _own(self, drawn, told: Told, due, sentence) -> dict[str, Any]:
        """The fields that no story has, those that are empty left out."""
        number, clock, title, who = drawn
        place = place_in_family(number)
        whole = number - place
        own = {
            "code": code_of(number, clock),
            "title": title.title,
            "summary": title.summary_with(sentence) if sentence else title.summary,
            "published_at": instant(clock),
            "updated_at": instant(due or clock),
            "version": told.version + (1 if due else 0),
            **who.parts(self._reference),
        }
        if place in PARTS:
            own["parent"] = code_of(whole, clock)
        if place == 0:
            parts = (whole + part for part in PARTS if whole + part <= self._last)
            own["children"] = [code_of(part, clock) for part in parts]
        return {name: value for name, value in own.items() if value}


def own_words(number: int, clock: datetime, title: Title) -> str:
    """What a search compares of the code and of the lot in the title."""
    return f"{_folded_year(clock.year)} {number:04} {title.lot}"


@cache
def _folded_year(year: int) -> str:
    return fold(f"CI-{year}-")


def _after(sentence: Texts) -> Texts:
    return SENTENCES[(SENTENCES.index(sentence) + 1) % len(SENTENCES)]
