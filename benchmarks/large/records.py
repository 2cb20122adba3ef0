"""One record of the large register after another: a story, a title and participants."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

import msgspec
import numpy as np

from benchmarks.large.participants import Participants, Who
from benchmarks.large.reference import Reference
from benchmarks.large.stories import Story
from benchmarks.large.texts import Title, Titles
from benchmarks.reference import LAST_DAY
from benchmarks.story import moment
from benchmarks.vocabulary import SENTENCES, Texts
from initiatives.choices import EditionCause
from initiatives.editions import record as public
from initiatives.editions.chain import instant as written

instant = lru_cache(maxsize=64)(written)  # the present one is asked for again and again
FAMILY = 20  # of so many records the first is the whole of the next two
PARTS = (1, 2)
_AMONG = 64  # stories before the present one of which a record tells one
_IN_HUNDRED_MOVED, _IN_HUNDRED_EDITED = 3, 3  # records that have a second edition
_EDITED_WITHIN = 400  # days
_END = moment(LAST_DAY)


class Version(NamedTuple):
    """A record at an instant, and the folded `pieces` of its texts."""

    record: public.InitiativeRecord
    pieces: tuple[str, ...]


@dataclass(frozen=True)
class Made:
    """A record as it is published, and as it is `now`: after its second edition, if it has one,
    which is `due`."""

    first: Version
    now: Version
    who: Who
    due: datetime | None = None
    cause: str = ""


def code_of(number: int, clock: datetime) -> str:
    return f"CI-{clock.year}-{number:04}"


def place_in_family(number: int) -> int:
    return (number - 1) % FAMILY


class Drawn(NamedTuple):
    """What is a record's own, apart from the story that it tells."""

    number: int
    clock: datetime
    title: Title
    who: Who


class Batch:
    """The records with `rows` numbers from `first` on, of `total`; `tales` are sorted by day."""

    def __init__(
        self,
        chance: np.random.Generator,
        reference: Reference,
        tales: list[Story],
        *,
        first: int,
        rows: int,
        total: int,
    ) -> None:
        self._reference, self._tales = reference, tales
        self._first, self._last, self._total = first, first + rows - 1, total
        self._titles = Titles(chance, rows)
        self._participants = Participants(chance, reference, rows)
        self._luck = chance.integers(0, 100, rows).tolist()
        self._shift = chance.integers(0, 1 << 30, rows).tolist()

    def present(self, number: int) -> int:
        """The place of the story on whose last day the record is published."""
        return (number - 1) * len(self._tales) // self._total

    def made(self, number: int, clock: datetime) -> Made:
        row, present = number - self._first, self.present(number)
        drawn = Drawn(number, clock, self._titles.of(row), self._participants.of(row))
        luck, shift = self._luck[row], self._shift[row]
        if luck < _IN_HUNDRED_MOVED and (story := self._ahead(present, shift, clock)):
            return self._moved(drawn, story)
        story = self._tales[max(0, present - shift % _AMONG)]
        if luck >= 100 - _IN_HUNDRED_EDITED:
            return self._edited(drawn, story, shift)
        version = self._version(drawn, story)
        return Made(version, version, drawn.who)

    def _ahead(self, present, shift, clock) -> Story | None:
        """A story that has begun and of which more is to come, if one is found at once."""
        story = self._tales[min(present + 1 + shift % _AMONG, len(self._tales) - 1)]
        is_later = len(story.days) > 1 and moment(story.last_day) > clock
        return story if is_later and moment(story.days[-2]) < clock else None

    def _moved(self, drawn, story) -> Made:
        due = moment(story.last_day)
        first = Version(
            self._record(drawn, story.record_before),
            (*drawn.title.pieces(self._code(drawn)), story.folded_before),
        )
        now = self._version(drawn, story, due=due)
        return Made(first, now, drawn.who, due, EditionCause.STATUS.value)

    def _edited(self, drawn, story, shift) -> Made:
        """The summary was put right by the desk."""
        due = max(drawn.clock, min(drawn.clock + timedelta(days=1 + shift % _EDITED_WITHIN), _END))
        wrong = _after(drawn.title.sentence)
        first = Version(
            msgspec.structs.replace(
                self._record(drawn, story.record), summary=drawn.title.summary(wrong)
            ),
            (*drawn.title.pieces(self._code(drawn), wrong), story.folded),
        )
        now = self._version(drawn, story, due=due)
        return Made(first, now, drawn.who, due, EditionCause.EDIT.value)

    def _version(self, drawn, story, due=None) -> Version:
        pieces = drawn.title.pieces(self._code(drawn))
        return Version(self._record(drawn, story.record, due), (*pieces, story.folded))

    def _code(self, drawn) -> str:
        return code_of(drawn.number, drawn.clock)

    def _record(self, drawn, told, due=None):
        number, clock = drawn.number, drawn.clock
        place = place_in_family(number)
        whole = number - place
        parts = (whole + part for part in PARTS if whole + part <= self._last)
        return msgspec.structs.replace(
            told,
            code=self._code(drawn),
            title=drawn.title.in_record,
            summary=drawn.title.summary(),
            parent=code_of(whole, clock) if place in PARTS else None,
            children=tuple(code_of(part, clock) for part in parts) if place == 0 else (),
            published_at=instant(clock),
            updated_at=instant(due or clock),
            version=told.version + (1 if due else 0),
            **drawn.who.parts(self._reference),
        )


def _after(sentence: Texts) -> Texts:
    return SENTENCES[(SENTENCES.index(sentence) + 1) % len(SENTENCES)]
