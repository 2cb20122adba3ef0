"""Receivers and sources that are not stored yet are made in their rows, and what looks like a
stored organisation is told."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.choices import DeskRole
from initiatives.models import Citation, Funding, Initiative, Milestone, Organisation, Source
from tests.desk import address, edit, errors_in, make_officer, send, signed_in
from tests.factories import make_country, make_event, make_initiative, make_organisation
from tests.test_made_in_place import PAID, PART, bank, source

pytestmark = pytest.mark.django_db
ADD = address("initiative", "add")
MONEY, STEP, DECISION = "funding-0", "milestones-0", "events-0"
ALIKE = "There is “Steppe Development Bank”."


@pytest.fixture
def desk():
    return signed_in(make_officer())


def new(**typed):
    return {"title_en": "A bridge", "cite_everything": "", **typed}


def receiver(name="Water Agency", **more):
    typed = {"": name, "_kind": "government", "_country": "", **more}
    return {f"{MONEY}-new_receiver{ending}": text for ending, text in typed.items()}


def step(row=STEP):
    return {f"{row}-title_en": "Study", f"{row}-planned": "2027"}


def test_who_pays_and_who_receives_are_made_with_one_row(desk):
    send(desk, ADD, **new(**PAID, **bank(MONEY, _country=""), **receiver()))
    money = Funding.objects.get()
    assert money.provider.name_en == "Silk Road Bank"
    assert (money.receiver.name_en, money.receiver.kind) == ("Water Agency", "government")


def test_who_pays_oneself_is_made_once(desk):
    same = receiver("silk road bank", _kind="bank")
    send(desk, ADD, **new(**PAID, **bank(MONEY, _country=""), **same))
    money = Funding.objects.get()
    assert money.provider == money.receiver == Organisation.objects.get()


def test_the_source_of_a_milestone_is_made_and_cited_at_its_place(desk):
    send(desk, ADD, **new(**step(), **source(STEP), **{f"{STEP}-cited_place": "P3"}))
    cited = Citation.objects.get()
    assert (cited.milestone, cited.locator) == (Milestone.objects.get(), "P3")
    assert cited.source.title == "Protocol of 2 May"


def test_one_source_that_is_named_in_several_rows_is_made_once(desk):
    named = {**source(STEP), **source(MONEY), **source()}
    send(desk, ADD, **new(**step(), **PAID, **named))
    made = Source.objects.get()
    assert [one.source for one in Citation.objects.all()] == [made] * 3


def test_the_source_of_a_decision_is_cited_for_the_record(desk):
    row = {f"{DECISION}-event": make_event().pk, f"{DECISION}-relation": "decided"}
    send(desk, ADD, **new(**row, **source(DECISION)))
    assert Citation.objects.get().initiative == Initiative.objects.get()


def test_what_waits_for_approval_is_not_told_as_made():
    """The page of the request names what it would make."""
    desk = signed_in(make_officer("edda", DeskRole.EDITOR))
    answer = send(desk, edit(make_initiative()), **step(), **source(STEP))
    assert not Source.objects.exists()
    page = desk.get(answer["Location"]).content.decode()
    assert "Your change waits for approval." in page
    assert "made with this save" not in page


def test_a_row_of_a_stored_record_gets_a_new_source(desk):
    record = make_initiative(publication="draft")
    send(desk, edit(record), **step(), **source(STEP))
    assert Citation.objects.get().milestone.initiative == record


def test_a_place_without_any_source_is_still_refused(desk):
    answer = send(desk, ADD, **new(**step(), **{f"{STEP}-cited_place": "P3"}))
    assert "Choose the source in which this place is." in errors_in(answer)


def test_a_source_without_a_kind_is_told_in_the_row_of_the_milestone(desk):
    answer = send(desk, ADD, **new(**step(), **source(STEP, _kind="")))
    assert "Say of what kind the new one is." in errors_in(answer)
    assert not Source.objects.exists()


# --- Names that are like a stored one -------------------------------------------------------------


def named(name, **more):
    return new(**bank(PART, name, _country="", **more), **{f"{PART}-role": "1"})


def confirmed(answer):
    """What the tick below the name would say."""
    page = answer.content.decode()
    box = re.search(rf'<input type="checkbox" name="{PART}-new_organisation_other"[^>]*>', page)
    return box and re.search(r'value="([^"]*)"', box[0])[1]


@pytest.mark.parametrize(
    "name",
    [
        "Steppe Developement Bank",
        "Stepe Development Bank",
        "Development Bank, Steppe",
        "Степ девелопмент банк",
    ],
)
def test_a_name_that_is_like_a_stored_one_is_told_and_made_when_that_is_confirmed(desk, name):
    stored = make_organisation("steppe", name_en="Steppe Development Bank")
    answer = send(desk, ADD, **named(name))
    assert any(ALIKE in one for one in errors_in(answer)), errors_in(answer)
    assert Organisation.objects.get() == stored
    send(desk, ADD, **named(name, _other=confirmed(answer)))
    assert Organisation.objects.count() == 2


def test_what_was_confirmed_of_one_name_says_nothing_of_another(desk):
    make_organisation("steppe", name_en="Steppe Development Bank")
    make_organisation("river", name_en="River Development Bank")
    told = confirmed(send(desk, ADD, **named("Stepe Development Bank")))
    answer = send(desk, ADD, **named("Rivers Development Bank", _other=told))
    assert any("There is “River Development Bank”." in one for one in errors_in(answer))
    assert confirmed(answer) not in (None, told)


@pytest.mark.parametrize("name", ["Prairie Trade Union", "School No. 12", "Steppe", "SDB"])
def test_other_names_need_no_confirmation(desk, name):
    make_organisation("steppe", name_en="Steppe Development Bank", acronym="SDBX")
    make_organisation("school", name_en="School No. 11")
    assert 'new_organisation_other"' not in desk.get(ADD).content.decode()
    send(desk, ADD, **named(name))
    assert Organisation.objects.count() == 3


# --- What it costs --------------------------------------------------------------------------------


def of_many(number):
    typed = {}
    for place in range(number):
        row = f"funding-{place}"
        typed |= {name.replace(MONEY, row): text for name, text in PAID.items()}
        typed |= bank(row, f"Bank of the valley {place}")
        typed |= source(row, **{"": f"Protocol {place}", "_address": f"https://x.org/{place}"})
    kept = {"TOTAL_FORMS": number, "INITIAL_FORMS": 0}
    return typed | {f"funding-{name}": value for name, value in kept.items()}


def queries_of(desk, number):
    with CaptureQueriesContext(connection) as captured:
        answer = send(desk, ADD, title_en="", **of_many(number))
    assert answer.status_code == 200
    return sum(
        " FROM " in query["sql"] for query in captured
    )  # Django's checks of a row ask no table


def test_ten_rows_with_something_new_are_checked_with_as_many_queries_as_one(desk):
    make_country("KZ")
    queries_of(desk, 1)
    assert queries_of(desk, 10) == queries_of(desk, 1)
