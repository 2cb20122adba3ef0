"""What is refused of a status and of a request for one, with its code and its words."""

import pytest

from initiatives import actions
from initiatives.lifecycle import Need
from initiatives.models import ChangeRequest
from initiatives.partial_dates import PartialDate
from tests import factories as make
from tests.requesting import ask_for_status

pytestmark = pytest.mark.django_db
DAY = PartialDate.parse("2025-05-14")


@pytest.fixture
def people(django_user_model):
    return [django_user_model.objects.create_user(name) for name in ("one", "two")]


@pytest.fixture
def record():
    return make.make_initiative(
        actual_start="2025", outcome_en="Built", actual_end="2025", delivered="full"
    )


def change(record, to, by, **details):
    values = {"effective": DAY, "source": make.make_source(), "reason": "Said so", **details}
    return actions.change_status(record, to=to, by=by, **values)


def ask(record, by, to="implemented", **details):
    values = {"effective": DAY, "source": make.make_source(), **details}
    return ask_for_status(record, by, to, **values)


def refusal_of(act, *args, **values):
    with pytest.raises(actions.Refused) as refusal:
        act(*args, **values)
    return refusal.value


def code_and_words(error):
    return error.code, error.messages[0]


@pytest.mark.parametrize("verb", [change, ask])
def test_a_status_that_there_is_not_is_repeated_up_to_forty_characters(record, people, verb):
    error = refusal_of(verb, record, to="x" * 50, by=people[0])
    assert code_and_words(error) == ("unknown", f"“{'x' * 40}” is not a status.")


@pytest.mark.parametrize("verb", [change, ask])
def test_a_move_that_is_not_allowed_is_said_in_words(record, people, verb):
    change(record, "in_progress", people[0])
    record.refresh_from_db()
    error = refusal_of(verb, record, to="planned", by=people[0])
    words = "The status cannot go from “In progress” to “Planned”."
    assert code_and_words(error) == ("move", words)


def test_a_status_that_is_held_already_is_no_move(record, people):
    change(record, "agreed", people[0])
    assert refusal_of(change, record, to="agreed", by=people[0]).code == "move"


@pytest.mark.parametrize("verb", [actions.correct_status, None])
def test_only_the_last_status_is_corrected(record, people, verb):
    first = change(record, "planned", people[0])
    change(record, "agreed", people[0])
    if verb:
        error = refusal_of(verb, first, to="planned", by=people[0], reason="Old")
    else:
        error = refusal_of(ask, record, people[0], "planned", corrects=first, reason="Old")
    assert error.code == "not_last"


def test_a_correction_to_what_needs_a_reason_asks_for_it_once(record, people):
    wrong = change(record, "agreed", people[0])
    error = refusal_of(
        actions.correct_status,
        wrong,
        to="cancelled",
        by=people[0],
        reason="",
        effective=DAY,
        source=make.make_source(),
    )
    assert error.needs == [Need.REASON]


def test_what_a_second_person_cannot_mend_has_to_be_there_when_it_is_asked_for(people):
    bare = make.make_initiative()
    error = refusal_of(ask, bare, people[0], effective=None, source=None)
    assert error.needs == [
        Need.EFFECTIVE_DATE,
        Need.END,
        Need.PUBLIC_SOURCE,
        Need.OUTCOME,
        Need.DELIVERED,
    ]
    assert not ChangeRequest.objects.exists()


def test_a_request_of_what_was_decided_by_a_side_names_the_side(record, people):
    error = refusal_of(ask, record, people[0], to="suspended", reason="Floods")
    assert error.needs == [Need.DECIDING_SIDE]
    request = ask(
        record, people[0], to="suspended", reason="Floods", decided_by=make.make_country("UZ")
    )
    actions.approve_request(request, by=people[1])
    assert record.status_changes.get().decided_by.iso2 == "UZ"


def test_a_second_request_is_refused_as_one_that_waits(record, people):
    ask(record, people[0])
    assert refusal_of(ask, record, people[1]).code == "waiting"
