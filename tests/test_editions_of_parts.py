"""Each part of a record makes an edition of it when it is added, changed or removed, and none of
any other record."""

import pytest

from initiatives import actions, models
from initiatives.editions import record as public
from initiatives.partial_dates import PartialDate
from tests import factories as make
from tests.desk import make_chief
from tests.registering import CODE, OTHER, added, body, keys_of, last_body, make_shown, save
from tests.stories import revise

pytestmark = [pytest.mark.django_db, pytest.mark.no_editions]


@pytest.fixture
def shown():
    make_shown(OTHER)
    return make_shown()


def country(record):
    return models.InitiativeCountry(initiative=record, country=make.make_country("KG"))


def sector(record):
    return models.InitiativeSector(initiative=record, sector=make.make_sector("water"))


def organisation(record):
    bank = make.make_organisation("bank")
    return models.InitiativeOrganisation(initiative=record, organisation=bank, role="1")


def funding(record):
    return models.Funding(initiative=record, type="pledge", amount=1, currency="USD")


def budget(record):
    return models.Budget(initiative=record, amount=1, currency="USD")


def milestone(record):
    return models.Milestone(initiative=record, title_en="Step")


def external_id(record):
    return models.ExternalId(initiative=record, scheme="wb", value="P1")


def classification(record):
    return models.Classification(initiative=record, element="sector", code="110")


def external_text(record):
    return models.ExternalText(initiative=record, field="title", language="tr", text="Köprü")


def event_link(record):
    event = make.make_public_event("summit")
    return models.InitiativeEvent(initiative=record, event=event, relation="agreed")


# How a row of each kind comes, which field of the public record has it, and a change of it.
PARTS = [
    (country, "countries", {"role": "host"}),
    (sector, "sectors", {"percent": 40}),
    (organisation, "organisations", {"role": "4"}),
    (funding, "funding", {"amount": 2}),
    (budget, "budgets", {"amount": 2}),
    (milestone, "milestones", {"title_kk": "Қадам"}),
    (external_id, "external_ids", {"value": "P2"}),
    (classification, "classifications", {"code": "120"}),
    (external_text, "external_texts", {"text": "Yeni köprü"}),
    (event_link, "events", {"decision_ru": "Решено"}),
]
NAMES = [name for _make, name, _change in PARTS]


@pytest.mark.parametrize(("made", "name", "change"), PARTS, ids=NAMES)
def test_a_part_that_comes_changes_and_goes_makes_an_edition_each_time(shown, made, name, change):
    before = getattr(last_body(), name)
    row = made(shown)

    came = [one for one in added(lambda: save(row)) if one.kind == "initiative"]
    assert keys_of(came) == [CODE]
    assert len(getattr(body(came[0]), name)) == len(before) + 1

    changed = [one for one in added(lambda: save(row, **change)) if one.kind == "initiative"]
    assert keys_of(changed) == [CODE]
    assert getattr(body(changed[0]), name) != getattr(body(came[0]), name)

    if name != "milestones":  # what was promised is dropped, not removed
        gone = added(lambda: actions.remove_record(row, by=None))
        assert [one.key for one in gone if one.kind == "initiative"] == [CODE]
        assert getattr(last_body(), name) == before


FIELDS = {
    "title_uz": "Koʻprik",
    "description_ru": "Мост",
    "outcome_en": "It stands",
    "kind": "infrastructure",
    "actual_start": "2025-03",
    "nothing_stated": "money",
}


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_of_the_record_makes_one_edition_and_saving_the_same_again_none(shown, name):
    change = {name: FIELDS[name]}
    assert keys_of(added(lambda: save(shown, **change))) == [CODE]
    assert added(lambda: save(shown, **change)) == []


def test_a_promised_date_that_moves_is_one_edition_with_the_move_and_its_reason(shown):
    save(shown, planned_end="2027")
    (new,) = added(lambda: save(shown, planned_end="2028-H1"))
    assert [(one.old, one.new, one.reason.en) for one in body(new).moved_dates] == [
        ("2027", "2028-H1", "Because")
    ]


def test_a_status_is_one_edition_with_its_cause(shown):
    source, chief = make.make_source(), make_chief()
    (new,) = added(
        lambda: actions.change_status(
            shown,
            **{"to": "cancelled", "effective": PartialDate.parse("2025"), "reason": "No money"},
            **{"source": source, "by": None, "decided_by": make.make_country()},
            approved_by=chief,
        )
    )
    assert (new.key, new.cause, body(new).status) == (CODE, "status", "cancelled")
    assert [one.to_status for one in body(new).history] == ["planned", "cancelled"]
    assert body(new).history[-1].sources[0].slug == source.slug


def moved(record):
    return revise(record)


def move(record):
    return record.status_changes.get()


def money(record):
    return make.make_funding(record)


def step(record):
    return make.make_milestone(record)


def itself(record):
    return record


CLAIMS = {
    "initiative": (itself, lambda record: record),
    "status_change": (move, lambda record: record.history[0]),
    "milestone": (step, lambda record: record.milestones[0]),
    "funding": (money, lambda record: record.funding[0]),
    "date_revision": (moved, lambda record: record.moved_dates[0]),
}


@pytest.mark.parametrize("name", CLAIMS)
def test_a_citation_of_each_kind_of_claim_makes_an_edition(shown, name):
    claim, found = CLAIMS[name]
    row = models.Citation(
        source=make.make_source("report"), locator="P7", quote="Words", **{name: claim(shown)}
    )
    make_shown("CI-2025-0003")  # what the claims above brought is in the register, too
    (new,) = added(lambda: actions.save(row, by=None))
    places = [(one.slug, one.locator, one.quote) for one in found(body(new)).sources]
    assert (new.key, ("report", "P7", "Words") in places) == (CODE, True)
    (less,) = added(lambda: actions.remove_record(row, by=None))
    assert "report" not in [one.slug for one in found(body(less)).sources]


def test_a_citation_of_an_event_makes_an_edition_of_the_event_alone(shown):
    event = make.make_public_event("summit")
    make.link_event(shown, event)
    make_shown("CI-2025-0003")
    row = models.Citation(source=make.make_source("report"), event=event)
    (new,) = added(lambda: actions.save(row, by=None))
    assert new.key == "summit"
    assert [one.slug for one in body(new, public.EventRecord).sources] == ["report"]
