"""What an answer about an edition says besides: its reason, its past, and what never was told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from initiatives.choices import EditionKind
from initiatives.editions.access import (
    Access,
    Found,
    public_edition,
    public_editions,
    state_at,
    was_public,
)
from initiatives.models import Edition
from tests.editions import CODE, LONG_AGO, append, plain_record, redact, withdrawal

pytestmark = [pytest.mark.django_db, pytest.mark.no_editions]
DAY = timedelta(days=1)


def found(**asked):
    return public_edition(EditionKind.INITIATIVE, CODE, **asked)


def numbers():
    return [edition.number for edition in public_editions(EditionKind.INITIATIVE, CODE)]


# --- The past -------------------------------------------------------------------------------------


def test_an_answer_about_an_instant_before_the_current_edition_is_about_the_past():
    append(plain_record(), plain_record(title="New"))
    assert found().is_past is False
    assert found(at=LONG_AGO + DAY).is_past is False  # the very instant at which it began
    assert found(number=1).is_past is False
    assert found(at=LONG_AGO).is_past is True
    before = found(at=LONG_AGO - DAY)
    assert (before.access, before.edition, before.is_past) == (Access.UNKNOWN, None, True)


def test_a_past_that_was_taken_out_or_withdrawn_is_still_the_past():
    first, *_others = append(plain_record(), withdrawal(en="Twice"), plain_record())
    redact(first)
    answers = [found(at=LONG_AGO + number * DAY) for number in range(3)]
    assert [(answer.access, answer.is_past) for answer in answers] == [
        (Access.REDACTED, True),
        (Access.WITHDRAWN, True),
        (Access.SHOWN, False),
    ]


def test_the_number_of_the_current_edition_gives_it():
    append(plain_record(), plain_record(title="New"))
    answer = found(number=2)
    assert (answer.access, answer.edition.number, answer.is_past) == (Access.SHOWN, 2, False)


# --- Reasons --------------------------------------------------------------------------------------


def test_only_a_withdrawal_has_a_reason():
    assert Found(Access.UNKNOWN).reason.en == ""
    append(plain_record())
    assert found().reason.en == ""
    append(withdrawal(en="Twice", kk="Екі рет"))
    assert (found().reason.en, found().reason.kk) == ("Twice", "Екі рет")


def test_a_withdrawal_of_which_the_text_was_taken_out_has_no_reason():
    append(plain_record(), withdrawal(en="Twice"))
    redact(Edition.objects.get(number=2))
    answer = found()
    assert (answer.access, answer.reason.en) == (Access.WITHDRAWN, "")


# --- What was told --------------------------------------------------------------------------------


def test_a_withdrawal_that_begins_the_register_is_told():
    """What it takes back was public before there was a register."""
    append(withdrawal(en="Twice"))
    assert (found().access, found().reason.en, numbers()) == (Access.WITHDRAWN, "Twice", [1])
    append(plain_record())
    assert numbers() == [2, 1]


def test_further_withdrawals_of_what_never_was_public_are_not_told():
    """The first edition waits under an embargo, and is withdrawn before it would begin."""
    append(plain_record(), since=LONG_AGO + 2 * DAY)
    append(withdrawal(en="Early"), since=LONG_AGO + DAY)
    append(withdrawal(en="Again"), since=LONG_AGO + 3 * DAY)
    assert numbers() == []
    assert found().access is Access.UNKNOWN
    append(plain_record(), since=LONG_AGO + 4 * DAY)
    append(withdrawal(en="Now"), since=LONG_AGO + 5 * DAY)
    assert numbers() == [5, 4]
    assert found().access is Access.WITHDRAWN


def test_what_another_record_tells_is_nothing_of_this_one():
    append(plain_record("CI-2025-0002"), key="CI-2025-0002")
    append(plain_record(), kind=EditionKind.EVENT)
    append(plain_record(), since=timezone.now() + DAY)
    append(withdrawal(en="Early"), since=LONG_AGO + DAY)
    assert (numbers(), found().access) == ([], Access.UNKNOWN)


def test_what_was_public_up_to_an_instant_had_begun_by_then():
    append(plain_record(), plain_record(title="New"))
    of = [
        Edition.objects.filter(was_public(at)).count()
        for at in (LONG_AGO - DAY, LONG_AGO, LONG_AGO + DAY)
    ]
    assert of == [0, 1, 2]


def test_the_state_at_an_instant_is_that_of_the_edition_that_holds_then():
    append(plain_record(), withdrawal(en="Twice"), plain_record())
    append(plain_record("CI-2025-0002"), key="CI-2025-0002")
    states = [
        Edition.objects.annotate(state_then=state_at(at)).get(number=1, key=CODE).state_then
        for at in (LONG_AGO - DAY, LONG_AGO, LONG_AGO + DAY, LONG_AGO + 2 * DAY)
    ]
    assert states == [None, "published", "withdrawn", "published"]
