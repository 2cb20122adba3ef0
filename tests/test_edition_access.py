"""Which editions the public may see, and how those that it may not are answered."""

from datetime import timedelta

import pytest
from django.utils import timezone

from initiatives.choices import EditionKind
from initiatives.editions.access import Access, public_edition, public_editions
from tests.editions import CODE, LONG_AGO, append, plain_record, redact, withdrawal

pytestmark = [pytest.mark.django_db, pytest.mark.no_editions]
HOUR = timedelta(hours=1)


def found(**asked):
    answer = public_edition(EditionKind.INITIATIVE, CODE, **asked)
    return answer.access, answer.edition and answer.edition.number


def numbers():
    return [edition.number for edition in public_editions(EditionKind.INITIATIVE, CODE)]


def test_what_was_never_published_is_unknown():
    append(plain_record("CI-2025-0002"), key="CI-2025-0002")
    assert found() == (Access.UNKNOWN, None)
    assert (Access.UNKNOWN.status, Access.WITHDRAWN.status, Access.SHOWN.status) == (404, 410, 200)


def test_the_current_edition_is_shown_and_the_older_ones_by_their_numbers():
    append(plain_record(), plain_record(title="New"))
    assert found() == (Access.SHOWN, 2)
    assert found(number=1) == (Access.SHOWN, 1)
    assert found(number=3) == (Access.UNKNOWN, None)
    assert numbers() == [2, 1]


def test_an_instant_has_the_edition_that_was_current_then():
    append(plain_record(), plain_record(title="New"))
    assert found(at=LONG_AGO + HOUR) == (Access.SHOWN, 1)
    assert found(at=LONG_AGO + timedelta(days=1)) == (Access.SHOWN, 2)
    assert found(at=LONG_AGO - HOUR) == (Access.UNKNOWN, None)


def test_an_edition_under_embargo_is_unknown_until_it_begins():
    append(plain_record(), since=timezone.now() + HOUR)
    assert found() == found(number=1) == (Access.UNKNOWN, None)


def test_what_was_replaced_under_its_embargo_never_was_public():
    append(plain_record())
    append(plain_record(title="Secret"), since=timezone.now() + HOUR)
    append(plain_record(title="New"), since=timezone.now() - HOUR)
    assert found() == (Access.SHOWN, 3)
    assert found(number=2) == (Access.UNKNOWN, None)
    assert numbers() == [3, 1]


def test_what_was_replaced_at_the_very_instant_at_which_it_began_never_was_public():
    append(plain_record(), plain_record(title="New"), since=LONG_AGO)
    assert numbers() == [2]


def test_a_withdrawn_record_is_gone_with_all_its_editions_and_says_why():
    append(plain_record(), withdrawal(en="Twice"))
    assert found() == found(number=1) == found(at=LONG_AGO) == (Access.WITHDRAWN, 2)
    assert public_edition(EditionKind.INITIATIVE, CODE).reason.en == "Twice"


def test_a_withdrawal_of_what_never_was_public_is_unknown():
    append(plain_record(), since=timezone.now() + HOUR)
    append(withdrawal(en="Too early"), since=timezone.now() - HOUR)
    assert found() == (Access.UNKNOWN, None)
    append(plain_record(title="At last"), since=timezone.now() - HOUR / 2)
    assert numbers() == [3]


def test_a_record_that_is_public_again_shows_its_past_and_the_withdrawal():
    append(plain_record(), withdrawal(en="Twice"), withdrawal(en="Mistake"), plain_record())
    assert numbers() == [4, 3, 2, 1]
    assert found(number=2) == (Access.SHOWN, 2)
    assert found(at=LONG_AGO + timedelta(days=1)) == (Access.WITHDRAWN, 2)


def test_a_text_that_was_taken_out_is_gone_and_the_others_stay():
    first, _second = append(plain_record(), plain_record(title="New"))
    redact(first)
    assert found(number=1) == (Access.REDACTED, 1)
    assert found() == (Access.SHOWN, 2)
    assert Access.REDACTED.status == 410


def test_events_and_initiatives_with_one_key_do_not_meet():
    append(plain_record(), kind=EditionKind.EVENT)
    assert found() == (Access.UNKNOWN, None)
    assert public_edition(EditionKind.EVENT, CODE).access is Access.SHOWN


def test_an_answer_about_the_past_is_one_only_if_the_record_is_public_now():
    def is_past(**asked):
        return public_edition(EditionKind.INITIATIVE, CODE, **asked).is_past

    before = {"at": LONG_AGO - HOUR}
    assert [is_past(), is_past(**before)] == [False, False], "nothing was ever published"
    append(plain_record(), plain_record(title="New"))
    assert [is_past(), is_past(number=1), is_past(at=timezone.now())] == [False, False, False]
    assert [is_past(at=LONG_AGO + HOUR), is_past(**before)] == [True, True]
    append(withdrawal(en="Twice"))
    assert [is_past(), is_past(at=LONG_AGO + HOUR), is_past(**before)] == [False, False, False]
