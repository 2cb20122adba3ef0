"""Random public records and registers of them, of which much is missing, late or contradictory."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from initiatives.choices import (
    AmountKind,
    CountryRole,
    EditionCause,
    EditionState,
    FundingType,
    Kind,
)
from initiatives.editions import chain
from initiatives.editions import record as public
from initiatives.editions.chain import instant
from initiatives.lifecycle import Status
from initiatives.models import Edition

BEGINNING = datetime(2025, 1, 1, tzinfo=UTC)
COUNTRIES, ORGANISATIONS = ("UZ", "KZ", "KG", "TJ"), ("bank", "firm", "union", "fund")
PARENTS = {"gas": "energy", "oil": "energy", "shale": "oil"}
SECTORS = ("energy", "gas", "oil", "shale", "water")
SPANS = ("2023", "2024-05", "2024-Q3", "2025-02-11", "2025-H2", "2026-03", "2027-06-01", "9999")
TITLES = ("", "", "bridge", "Bridge", "Ärzte", "мост", "Мост", "қала", "oʻzan", "Zoo")
AMOUNTS = ("10.00", "10.01", "9.999", "-5.00", "8999999999999999.999", "0.001")


@dataclass(frozen=True)
class Line:
    """An edition without its place in the chain. `record` is None where it is withdrawn; without
    `issued` it was written when it began."""

    position: int
    key: str
    since: datetime
    record: public.InitiativeRecord | None
    issued: datetime | None = None

    @property
    def issued_at(self):
        return self.issued or self.since

    @property
    def state(self):
        return EditionState.WITHDRAWN if self.record is None else EditionState.PUBLISHED

    @property
    def body(self):
        return public.encoded(self.record or public.Withdrawal(form=public.FORM))


class Chance:
    """What a source of random numbers gives; see `random.Random`."""

    def __init__(self, random) -> None:
        self.random, self.pick = random, random.choice

    def some(self, values, most=2):
        return self.random.sample(list(values), self.random.randint(0, most))

    def instant(self):
        """At any hour, so that days of the site and of UTC differ."""
        return BEGINNING + timedelta(hours=self.random.randint(-9000, 9000))

    def lines(self, most=12):
        """A register: positions with gaps, editions that wait, overtake and withdraw each other."""
        position, found = 0, []
        for _ in range(self.random.randint(0, most)):
            position += self.random.randint(1, 3)
            key = f"CI-2025-{self.random.randint(1, 6):04}"
            is_withdrawn = self.random.random() < 0.15
            record = None if is_withdrawn else self.record(key)
            issued = self.pick((None, None, self.instant()))
            found.append(Line(position, key, self.instant(), record, issued))
        return found

    def record(self, code):
        return public.InitiativeRecord(
            form=public.FORM,
            code=code,
            title=self.text(),
            summary=self.text(),
            kind=self.pick((Kind.AGREEMENT, Kind.DIALOGUE)),
            status=self.pick(Status.values),
            **{name: self.span() for name in ("planned_start", "planned_end")},
            **{name: self.span() for name in ("actual_start", "actual_end")},
            parent=self.pick((None, f"CI-2025-{self.random.randint(1, 7):04}")),
            countries=tuple(
                public.CountryRole(iso2=iso2, role=self.pick(CountryRole.values))
                for iso2 in self.some(COUNTRIES * 2, 3)
            ),
            sectors=tuple(
                public.SectorShare(slug=slug, percent=self.pick((None, "100.00", "60.00")))
                for slug in self.some(SECTORS)
            ),
            organisations=tuple(
                public.OrganisationRole(slug=slug, role="1") for slug in self.some(ORGANISATIONS)
            ),
            funding=tuple(self.money(n) for n in range(self.random.randint(0, 3))),
            history=tuple(self.move(n) for n in range(self.random.randint(0, 2))),
            milestones=tuple(self.milestone(n) for n in range(self.random.randint(0, 2))),
            sources=self.sources(),
            created_at=instant(self.instant()),
            updated_at=instant(self.instant()),
            version=1,
            published_at=self.pick((None, instant(self.instant()))),
            moved_dates=tuple(self.moved(n) for n in range(self.random.randint(0, 2))),
        )

    def moved(self, number):
        return public.DateRevision(
            number=number, field="planned_end", recorded_at=instant(self.instant())
        )

    def text(self):
        return public.Text(**{code: self.pick(TITLES) for code in ("en", "ru", "uz", "kk")})

    def span(self):
        return self.pick((None, None, *SPANS))

    def sources(self):
        cited = public.Citation(slug="protocol", title="Protocol", kind="protocol")
        return self.pick(((), (), (cited,)))

    def money(self, number):
        kind = self.pick((*AmountKind.values, *["exact"] * 4))
        is_known, currency = kind != AmountKind.UNDISCLOSED, self.pick(("USD", "USD", "KZT"))
        return public.Money(
            number=number,
            type=self.pick(FundingType.values[:5]),
            amount=self.pick(AMOUNTS) if is_known else None,
            amount_max="8999999999999999.999" if kind == AmountKind.RANGE else None,
            amount_kind=kind,
            currency=currency if is_known else self.pick(("", currency)),
            usd_rate=self.pick((None, "0.002100000")),
            provider=self.pick((None, *ORGANISATIONS)),
            receiver=self.pick((None, *ORGANISATIONS)),
            instrument="loan",
            recorded_at=instant(self.instant()),
            updated_at=instant(self.instant()),
        )

    def move(self, number):
        return public.StatusChange(
            number=number,
            to_status=Status.PLANNED,
            recorded_at=instant(self.instant()),
            sources=self.sources(),
        )

    def milestone(self, number):
        return public.Milestone(
            number=number,
            actual=self.span(),
            dropped_reason=self.pick((public.NO_TEXT, public.Text(uz="Kerak emas"))),
            weight=1,
            version=1,
            updated_at=instant(self.instant()),
        )


def append(*lines, kind="initiative"):
    """Write `lines` to the register of the database, after what is there; their positions are
    those that come next."""
    last = Edition.objects.order_by("-position").first()
    numbers = {}
    for edition in Edition.objects.filter(kind=kind):
        numbers[edition.key] = edition.number
    new = []
    for line in lines:
        numbers[line.key] = numbers.get(line.key, 0) + 1
        new.append(
            Edition(
                kind=kind,
                key=line.key,
                number=numbers[line.key],
                since=line.since,
                issued_at=line.issued_at,
                state=line.state,
                body=line.body,
                cause=EditionCause.EDIT,
            )
        )
    position, digest = (last.position, last.digest) if last else (0, chain.BEGINNING)
    placed = chain.appended(new, position=position, digest=digest, batch=position + 1)
    return Edition.objects.bulk_create(placed)
