"""The rows that belong to one initiative of the generated data, not written yet."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from django.db.models import Model

from benchmarks.days import about, moment
from benchmarks.story import Story
from benchmarks.vocabulary import REASONS, SENTENCES, STEPS, in_languages
from initiatives import models
from initiatives.choices import (
    AmountKind,
    ChangeAction,
    CountryRole,
    EventRelation,
    FundingType,
    Instrument,
    OrganisationRole,
)
from initiatives.lifecycle import Status

CURRENCIES = {"USD": 60, "EUR": 15, "UZS": 10, "KZT": 10, "CNY": 5}
CITED_AS = {
    models.Initiative: "initiative",
    models.StatusChange: "status_change",
    models.Milestone: "milestone",
    models.Funding: "funding",
}


def rows(story: Story) -> Iterator[Model]:
    """All rows of `story`, the initiative first and citations after what they cite."""
    yield story.initiative
    yield from _participants(story)
    claims = [*_status_changes(story), *_milestones(story), *_funding(story)]
    yield from claims
    yield from _moved_dates(story)
    yield from _events(story)
    yield from _records(story)
    yield from _citations(story, [story.initiative, *claims])


def _participants(story: Story) -> Iterator[Model]:
    chance, reference, ours = story.chance, story.reference, {"initiative": story.initiative}
    near, far = reference.countries[:5], reference.countries[5:]
    for country in story.sample(near, most=3, least=2):
        yield models.InitiativeCountry(country=country, role=CountryRole.PARTY, **ours)
    for country in story.sample(far, most=1):
        yield models.InitiativeCountry(country=country, role=CountryRole.FINANCIER, **ours)
    for place, sector in enumerate(story.sample(reference.sectors, most=3, least=1)):
        yield models.InitiativeSector(sector=sector, is_main=place == 0, **ours)
    for organisation in story.sample(reference.organisations, most=4, least=1):
        role = chance.choice(OrganisationRole.values)
        yield models.InitiativeOrganisation(organisation=organisation, role=role, **ours)
    if chance.random() < 0.3:
        yield models.ExternalId(scheme="iati", value=f"XX-{story.number}", **ours)


def _status_changes(story: Story) -> list[models.StatusChange]:
    previous = ("", *story.history)
    return [
        models.StatusChange(
            initiative=story.initiative,
            number=number,
            from_status=previous[number - 1],
            to_status=status,
            effective=story.effective[number - 1],
            recorded_at=moment(story.days[number - 1]),
            decided_by=story.chance.choice(story.reference.countries[:5]),
            **in_languages("reason", story.chance.choice(REASONS)),
        )
        for number, status in enumerate(story.history, 1)
    ]


def _milestones(story: Story) -> list[models.Milestone]:
    done = story.history[-1] == Status.IMPLEMENTED
    return [
        models.Milestone(
            initiative=story.initiative,
            number=number,
            planned=about(story.chance, story.begin + timedelta(days=200 * number)),
            actual=about(story.chance, story.days[-1]) if done or number == 1 else None,
            responsible=story.chance.choice(story.reference.countries[:5]),
            protocol_reference=f"P{number}",
            **in_languages("title", title),
        )
        for number, title in enumerate(STEPS[: story.chance.randint(0, 5)], 1)
    ]


def _funding(story: Story) -> list[models.Funding]:
    count = story.chance.randint(1, 4) if story.chance.random() < 0.6 else 0
    return [
        models.Funding(
            initiative=story.initiative,
            number=number,
            type=FundingType.COMMITMENT if number == 1 else FundingType.DISBURSEMENT,
            provider=story.chance.choice(story.reference.organisations),
            provider_country=story.chance.choice(story.reference.countries),
            receiver=story.chance.choice([None, *story.reference.organisations]),
            instrument=story.chance.choice(Instrument.values),
            date=about(story.chance, story.begin),
            **_amount(story),
        )
        for number in range(1, count + 1)
    ]


def _amount(story: Story) -> dict:
    kind = story.chance.choice(AmountKind.values)
    if kind == AmountKind.UNDISCLOSED:
        return {"amount_kind": kind}
    amount = Decimal(story.chance.randint(1, 5000)) * 100_000
    upper = {"amount_max": amount * 2} if kind == AmountKind.RANGE else {}
    currency = story.one_of(CURRENCIES)
    return {"amount_kind": kind, "amount": amount, "currency": currency, **upper}


def _moved_dates(story: Story) -> Iterator[models.DateRevision]:
    for number in range(1, story.chance.choice((0, 0, 0, 1, 2)) + 1):
        yield models.DateRevision(
            initiative=story.initiative,
            number=number,
            field="planned_end",
            old=about(story.chance, story.begin + timedelta(days=100 * number)),
            new=story.initiative.planned_end,
            recorded_at=moment(story.days[-1]),
            **in_languages("reason", story.chance.choice(REASONS)),
        )


def _events(story: Story) -> Iterator[models.InitiativeEvent]:
    for event in story.sample(story.reference.events, most=3):
        yield models.InitiativeEvent(
            initiative=story.initiative,
            event=event,
            relation=story.chance.choice(EventRelation.values),
            **in_languages("decision", story.chance.choice(SENTENCES)),
        )


def _records(story: Story) -> Iterator[models.Change]:
    """The rows that the actions would have left behind."""
    key = list(story.initiative.natural_key())
    for day in (story.begin, *story.days):
        yield models.Change(
            initiative=story.initiative,
            model="initiative",
            key=key,
            action=ChangeAction.CREATED if day is story.begin else ChangeAction.CHANGED,
            fields={"status": [None, story.history[0]]},
            recorded_at=moment(day),
        )


def _citations(story: Story, claims: list[Model]) -> Iterator[models.Citation]:
    for claim in claims:
        for source in story.sample(story.reference.sources, most=2, least=1):
            name = CITED_AS[type(claim)]
            yield models.Citation(source=source, locator="P3", **{name: claim})
