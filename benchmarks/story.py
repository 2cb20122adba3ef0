"""The story of one generated initiative: when it began, what became of it, what it says."""

from datetime import date, timedelta
from random import Random

from benchmarks.days import LAST_DAY, about, moment, some_day
from benchmarks.reference import Reference
from benchmarks.vocabulary import (
    OUTCOME,
    PARTS,
    PLACES,
    SENTENCES,
    WITHDRAWN,
    WORKS,
    in_languages,
    joined,
)
from initiatives.choices import Kind, Publication
from initiatives.lifecycle import Status
from initiatives.models import Initiative

# Of fifty initiatives five are drafts and one is withdrawn: 10 and 2 of a hundred.
_DRAFTS, _WITHDRAWN = {3, 13, 23, 33, 43}, {7}
HISTORIES = {  # how each status was reached, and how many of a hundred have it
    (Status.PLANNED,): 15,
    (Status.PLANNED, Status.AGREED): 20,
    (Status.PLANNED, Status.AGREED, Status.IN_PROGRESS): 35,
    (Status.AGREED, Status.IN_PROGRESS, Status.IMPLEMENTED): 18,
    (Status.PLANNED, Status.AGREED, Status.SUSPENDED): 5,
    (Status.PLANNED, Status.CANCELLED): 7,
}


class Story:
    """Initiative number `number` (from 1): the same number and `seed` give the same rows."""

    def __init__(self, number: int, *, seed: int, reference: Reference, parents: list[int]) -> None:
        self.number, self.reference, self.parents = number, reference, parents
        self.chance = Random(f"{seed} {number}")
        self.begin = some_day(self.chance)
        self.history = self.one_of(HISTORIES)
        self.days = self._days_of_history()
        self.effective = [about(self.chance, day) for day in self.days]
        self.initiative = self._initiative()

    def one_of(self, weights):
        return self.chance.choices(list(weights), list(weights.values()))[0]

    def sample(self, rows: list, most: int, least: int = 0) -> list:
        return self.chance.sample(rows, self.chance.randint(least, most))

    def _days_of_history(self) -> list[date]:
        """A day for each status, in order and none after the end of the data."""
        space = (LAST_DAY - self.begin).days
        offsets = sorted(self.chance.randint(0, min(space, 1500)) for _ in self.history)
        return [self.begin + timedelta(days=offset) for offset in offsets]

    def _initiative(self) -> Initiative:
        return Initiative(
            code=f"CI-{self.begin.year}-{self.number:05}",
            kind=self.chance.choice(Kind.values),
            status=self.history[-1],
            status_since=self.effective[-1],
            parent_id=self.chance.choice(self.parents) if self._has_parent() else None,
            updated_at=moment(self.days[-1]),
            created_at=moment(self.begin),
            **self._texts(),
            **self._dates(),
            **self._publication(),
        )

    def _has_parent(self) -> bool:
        return bool(self.parents) and self.chance.random() < 0.1

    def _texts(self) -> dict[str, str]:
        what = joined(self.chance.choice(list(PARTS.values())), self.chance.choice(PLACES), by=", ")
        title = joined(what, self.chance.choice(WORKS), by=": ")
        outcome = OUTCOME if self.history[-1] == Status.IMPLEMENTED else ("",) * 4
        return (
            in_languages("title", title)
            | in_languages("summary", joined(title, self.chance.choice(SENTENCES), by=". "))
            | in_languages("description", joined(*self.chance.choices(SENTENCES, k=12)))
            | in_languages("outcome", outcome)
        )

    def _dates(self) -> dict:
        end = about(self.chance, self.begin + timedelta(days=self.chance.randint(200, 2500)))
        reached = dict(zip(self.history, self.effective, strict=True))
        return {
            "planned_start": about(self.chance, self.begin),
            "planned_end": end,
            "first_planned_end": end,
            "actual_start": reached.get(Status.IN_PROGRESS),
            "actual_end": reached.get(Status.IMPLEMENTED),
        }

    def _publication(self) -> dict:
        place = self.number % 50
        if place in _DRAFTS:
            return {"publication": Publication.DRAFT}
        known = {"published_at": moment(self.begin), "last_checked_at": moment(self.days[-1])}
        if place in _WITHDRAWN:
            reason = in_languages("withdrawn_reason", WITHDRAWN)
            return {"publication": Publication.WITHDRAWN, **reason, **known}
        return {"publication": Publication.PUBLISHED, **known}
