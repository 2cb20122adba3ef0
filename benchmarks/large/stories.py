"""Stories: what happened in an initiative. A record of the register tells one of a few thousand of
them under a title, with countries, sectors and organisations of its own."""

from datetime import date, timedelta
from functools import cached_property
from operator import attrgetter
from random import Random
from typing import NamedTuple

import msgspec

from benchmarks.days import LAST_DAY, about, moment, some_day
from benchmarks.large.chance import SEED
from benchmarks.large.reference import Reference, title_of
from benchmarks.large.texts import Terms, folded, terms_of_piece
from benchmarks.story import HISTORIES
from benchmarks.vocabulary import OUTCOME, REASONS, SENTENCES, STEPS, Texts, joined
from initiatives.choices import (
    AmountKind,
    EventRelation,
    FundingType,
    Instrument,
    Kind,
)
from initiatives.editions import record as public
from initiatives.editions.chain import instant
from initiatives.lifecycle import Status

MOST = 2_000
CURRENCIES = {"USD": 60, "EUR": 15, "UZS": 10, "KZT": 10, "CNY": 5}
LONGEST_HISTORY = 1_500  # days
_SENTENCES = 12  # of a description


def text(texts: Texts) -> public.Text:
    return public.Text(**dict(zip(("en", "ru", "uz", "kk"), texts, strict=True)))


class Told(NamedTuple):
    """What records have in common that tell the story: fields of the body as they are written, the
    terms of a search, and the version of the row."""

    parts: dict[str, msgspec.Raw]
    terms: Terms
    version: int


class Story:
    """Number `number`; `days` are those on which its status was recorded, the last one last."""

    def __init__(self, number: int, reference: Reference, *, seed: int = SEED) -> None:
        self.reference, self.chance = reference, Random(f"{seed} story {number}")
        self.begin = some_day(self.chance)
        self.history = self._one_of(HISTORIES)
        space = min((LAST_DAY - self.begin).days, LONGEST_HISTORY)
        offsets = sorted(self.chance.randint(0, space) for _ in self.history)
        self.days = [self.begin + timedelta(days=offset) for offset in offsets]
        self.effective = [str(about(self.chance, day)) for day in self.days]
        self._sentences = self.chance.choices(SENTENCES, k=_SENTENCES)

    @property
    def last_day(self) -> date:
        return self.days[-1]

    @cached_property
    def folded(self) -> str:
        """What a search compares of the description and the outcome."""
        return " ".join(self._folded_sentences(self._is_done))

    def _folded_sentences(self, is_done: bool) -> list[str]:
        return [folded(tuple(one)) for one in (*self._sentences, *([OUTCOME] if is_done else []))]

    @cached_property
    def told(self) -> Told:
        return _told(self.record, self._folded_sentences(self._is_done))

    @cached_property
    def told_before(self) -> Told:
        """The same before the last change of the status."""
        return _told(self.record_before, self._folded_sentences(False))

    @property
    def _is_done(self) -> bool:
        return self.history[-1] == Status.IMPLEMENTED

    @cached_property
    def record(self) -> public.InitiativeRecord:
        """Without what each record has of its own."""
        moves, milestones, funding = self._moves(), self._milestones(), self._funding()
        end = str(about(self.chance, self.begin + timedelta(days=self.chance.randint(200, 2500))))
        return public.InitiativeRecord(
            form=public.FORM,
            code="",
            description=text(joined(*self._sentences)),
            outcome=text(OUTCOME) if self._is_done else public.NO_TEXT,
            kind=self.chance.choice(Kind.values),
            planned_start=str(about(self.chance, self.begin)),
            planned_end=end,
            first_planned_end=end,
            **self._reached(len(self.history)),
            funding=funding,
            history=moves,
            milestones=milestones,
            events=self._events(),
            sources=self._sources(),
            created_at=instant(moment(self.begin)),
            updated_at="",
            version=1 + len(moves),
        )

    @cached_property
    def record_before(self) -> public.InitiativeRecord:
        """As it was before the last change of the status."""
        known = len(self.history) - 1
        day = str(self.days[-2])
        return msgspec.structs.replace(
            self.record,
            outcome=public.NO_TEXT,
            history=self.record.history[:known],
            events=tuple(link for link in self.record.events if (link.start or "") <= day),
            version=1 + known,
            **self._reached(known),
        )

    def _reached(self, known: int) -> dict:
        """The status and the actual dates after so many moves."""
        reached = dict(zip(self.history[:known], self.effective[:known], strict=True))
        return {
            "status": self.history[known - 1].value,
            "status_since": self.effective[known - 1],
            "actual_start": reached.get(Status.IN_PROGRESS),
            "actual_end": reached.get(Status.IMPLEMENTED),
        }

    def _moves(self):
        return tuple(
            public.StatusChange(
                number=number,
                from_status=self.history[number - 2].value if number > 1 else "",
                to_status=status.value,
                effective=self.effective[number - 1],
                reason=text(self.chance.choice(REASONS)),
                decided_by=self.chance.choice(self.reference.countries[:5]).iso2,
                origin="desk",
                recorded_at=instant(moment(self.days[number - 1])),
                sources=self._sources(),
            )
            for number, status in enumerate(self.history, 1)
        )

    def _milestones(self):
        return tuple(
            public.Milestone(
                number=number,
                title=text(title),
                planned=str(about(self.chance, self.begin + timedelta(days=200 * number))),
                actual=str(about(self.chance, self.last_day))
                if self._is_done or number == 1
                else None,
                weight=1,
                responsible=self.chance.choice(self.reference.countries[:5]).iso2,
                protocol_reference=f"P{number}",
                version=1,
                updated_at=instant(moment(self.days[0])),
            )
            for number, title in enumerate(STEPS[: self.chance.randint(0, 5)], 1)
        )

    def _funding(self):
        lines = self.chance.randint(1, 3) if self.chance.random() < 0.6 else 0
        recorded = instant(moment(self.days[0]))
        return tuple(
            public.Money(
                number=number,
                type=(FundingType.COMMITMENT if number == 1 else FundingType.DISBURSEMENT).value,
                provider=self.chance.choice(self.reference.organisations).slug,
                provider_country=self.chance.choice(self.reference.countries).iso2,
                instrument=self.chance.choice(Instrument.values),
                date=str(about(self.chance, self.begin)),
                recorded_at=recorded,
                updated_at=recorded,
                sources=self._sources(),
                **self._amount(),
            )
            for number in range(1, lines + 1)
        )

    def _amount(self) -> dict:
        kind = self.chance.choice(AmountKind.values)
        if kind == AmountKind.UNDISCLOSED:
            return {"amount_kind": kind}
        amount = self.chance.randint(1, 5000) * 100_000
        upper = {"amount_max": f"{amount * 2}.00"} if kind == AmountKind.RANGE else {}
        currency = self._one_of(CURRENCIES)
        return {"amount_kind": kind, "amount": f"{amount}.00", "currency": currency, **upper}

    def _events(self):
        """Of those that had begun when the last status was recorded."""
        sample = self.chance.sample(self.reference.events, self.chance.randint(0, 3))
        links = (
            public.EventLink(
                slug=event.slug,
                relation=self.chance.choice(EventRelation.values),
                kind=event.kind,
                state=event.state,
                title=title_of(event),
                start=str(event.start),
                decision=text(self.chance.choice(SENTENCES)),
                recorded_at=instant(moment(self.last_day)),
            )
            for event in sample
            if event.start.first <= self.last_day
        )
        return tuple(sorted(links, key=lambda link: (link.slug, link.relation)))

    def _sources(self):
        """In the order in which the register has them."""
        cited = self.chance.sample(self.reference.citations, self.chance.randint(1, 2))
        return tuple(sorted(cited, key=attrgetter("title", "slug")))

    def _one_of(self, weights):
        return self.chance.choices(list(weights), list(weights.values()))[0]


def _told(record, pieces: list[str]) -> Told:
    body = public.encoded(record)
    parts = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
    terms = frozenset().union(*map(terms_of_piece, pieces))
    return Told(parts, Terms(terms), record.version)


def stories(total: int, reference: Reference, *, seed: int = SEED) -> list[Story]:
    """As many as `total` records need, in the order of their last days."""
    found = [Story(number, reference, seed=seed) for number in range(min(total, MOST))]
    return sorted(found, key=lambda story: story.last_day)
