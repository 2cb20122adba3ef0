"""The mails to readers: each change once, whatever is killed, and nothing that is not public."""

from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.management import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.editions.index import index
from initiatives.models import MailSubscription
from tests.factories import make_country, make_initiative
from tests.following import READER, RECORD, SITE, Refusing, follow, link_in, on, pay, run, told
from tests.registering import CODE, OTHER, make_shown, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _server(settings, monkeypatch):
    settings.SITE_URL = SITE
    settings.EMAIL_BACKEND = "tests.following.Refusing"
    monkeypatch.setattr(Refusing, "trouble", None)


@pytest.fixture
def record():
    return shown()


@pytest.fixture
def trouble(monkeypatch):
    def begins(error):
        monkeypatch.setattr(Refusing, "trouble", error)

    return begins


def shown(code=CODE, days=-30, **fields):
    """A record that is public since that day."""
    with on(days):
        return make_shown(code, title_en=f"Dam {code}", title_ru=f"Плотина {code}", **fields)


def test_a_change_is_told_once_on_the_day_of_the_week(record):
    follow(RECORD)
    pay(record, "1111", days=2)
    assert run(6) == "Mails sent: 0\n"
    assert run(7) == "Mails sent: 1\n"
    assert run(7) == "Mails sent: 0\n"
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([READER], f"Changed: Dam {CODE}")
    for text in (letter.body, letter.alternatives[0][0]):
        assert "1,111" in text
        assert f"{SITE}/en/initiatives/{CODE}/" in text
    pay(record, "2222", days=8)
    mail.outbox.clear()
    run(14)
    (text,) = told()
    assert ("2,222" in text, "1,111" in text) == (True, False)


def test_every_day_where_that_was_chosen(record):
    follow(RECORD, rhythm="daily")
    for day in (1, 2, 3):
        pay(record, str(day * 1111), days=day - 0.5)
        run(day)
        assert len(told()) == 1
    assert run(4) == "Mails sent: 0\n", "nothing changed"


def test_a_mail_can_be_left_with_one_click(record, client):
    follow(RECORD, language="kk")
    pay(record, "1111", days=2)
    run(7)
    letter = mail.outbox[0].message()
    address = link_in(mail.outbox[0], "manage")
    assert address.startswith("/kk/")
    assert letter["List-Unsubscribe"].replace("\n", "").replace(" ", "") == f"<{SITE}{address}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    client.post(address, {"List-Unsubscribe": "One-Click"})
    assert not MailSubscription.objects.exists()


def test_filters_and_pairs_tell_of_new_records_and_of_no_draft(record):
    follow("/initiatives.atom?country=TM", email="a@example.org", language="ru")
    follow("/pairs/kz-uz.atom", email="b@example.org")
    with on(1):
        make_initiative(
            "CI-2025-0009", publication="draft", title_en="Secret", parties=("TM", "UZ")
        )
    shown(OTHER, days=2, parties=("TM", "UZ"))
    pay(record, "1111", days=3)
    run(7)
    by_address = {one.to[0]: one.body for one in mail.outbox}
    assert sorted(by_address) == ["a@example.org", "b@example.org"]
    assert f"Плотина {OTHER}" in by_address["a@example.org"]
    assert CODE not in by_address["a@example.org"]
    assert "1,111" in by_address["b@example.org"]
    assert OTHER not in by_address["b@example.org"]
    assert "Secret" not in "".join(by_address.values())


def test_a_withdrawn_record_ends_what_is_followed_with_its_reason(record):
    follow(RECORD, language="ru")
    with on(2):
        withdraw(record)
    assert run(7) == "Mails sent: 1\n"
    (text,) = told()
    assert "Wrong" in text
    assert f"{SITE}/ru/initiatives/{CODE}/" in text
    assert not MailSubscription.objects.exists()


def test_a_list_tells_what_was_withdrawn_of_it_and_no_more_of_its_text(record):
    make_country("TM")
    follow("/initiatives.atom?country=KZ")
    follow("/initiatives.atom?country=TM", email="other@example.org")
    with on(2):
        withdraw(record)
    assert run(7) == "Mails sent: 1\n"
    (letter,) = mail.outbox
    assert letter.to == [READER]
    for text in (letter.body, letter.alternatives[0][0]):
        assert f"{CODE} was withdrawn" in text
        assert "Wrong" in text
        assert "Dam" not in text
    assert run(14) == "Mails sent: 0\n"


def test_a_mailbox_that_fails_stops_no_other_and_misses_nothing(record, trouble):
    follow(RECORD)
    follow(RECORD, email="other@example.org")
    pay(record, "1111", days=2)
    trouble(OSError("mailbox is full"))
    with pytest.raises(CommandError, match="Mails that failed: 1; mails sent: 1"):
        run(7)
    assert [one.to for one in mail.outbox] == [["other@example.org"]]
    trouble(None)
    mail.outbox.clear()
    assert run(7) == "Mails sent: 1\n"
    (text,) = told()
    assert "1,111" in text
    assert "may not have reached you" not in text


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), SMTPServerDisconnected("lost"), TimeoutError("slow")]
)
def test_a_mail_that_may_have_gone_out_is_not_sent_again_but_told_of(record, trouble, error):
    follow(RECORD)
    pay(record, "1111", days=2)
    trouble(error)
    with pytest.raises((KeyboardInterrupt, CommandError)):
        run(7)
    trouble(None)
    assert run(7) == "Mails sent: 0\n"
    pay(record, "2222", days=8)
    assert run(14) == "Mails sent: 1\n"
    (text,) = told()
    assert "An earlier email may not have reached you. What changed since 2 March 2026" in text
    assert ("2,222" in text, "1,111" in text) == (True, False)
    pay(record, "3333", days=15)
    run(21)
    assert "may not have reached you" not in told()[0]


def test_a_last_mail_that_may_have_gone_out_is_not_sent_again(record, trouble):
    follow(RECORD)
    with on(2):
        withdraw(record)
    trouble(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        run(7)
    trouble(None)
    assert run(14) == "Mails sent: 0\n"
    assert not MailSubscription.objects.exists()


def test_a_mailbox_that_refuses_on_five_days_is_forgotten(record, trouble):
    follow(RECORD)
    pay(record, "1111", days=2)
    trouble(SMTPRecipientsRefused({READER: (550, b"no such user")}))
    for day in (7, 7, 8, 9, 10):
        with pytest.raises(CommandError):
            run(day)
        assert MailSubscription.objects.exists()
    with pytest.raises(CommandError):
        run(11)
    assert not MailSubscription.objects.exists()


def test_troubles_of_our_own_server_forget_nobody(record, trouble):
    follow(RECORD)
    pay(record, "1111", days=2)
    for error in (OSError("away"), SMTPRecipientsRefused({READER: (451, b"later")})):
        trouble(error)
        for day in range(7, 14):
            with pytest.raises(CommandError):
                run(day)
    trouble(None)
    assert run(14) == "Mails sent: 1\n"


def test_a_dry_run_counts_and_sends_nothing(record):
    follow(RECORD)
    pay(record, "1111", days=2)
    assert run(7, "--dry-run") == "Mails to send: 1\n"
    assert mail.outbox == []
    assert run(7) == "Mails sent: 1\n"


def test_after_a_restored_backup_nothing_is_told_twice(record):
    follow(RECORD)
    pay(record, "1111", days=2)
    assert run(6, "--pass-over") == "Passed over up to now: 1; answers to reports: 0\n"
    assert run(7) == "Mails sent: 0\n"


def test_who_did_not_confirm_is_forgotten_by_the_run(record):
    follow(RECORD)
    MailSubscription.objects.update(confirmed_at=None)
    run(6)
    assert MailSubscription.objects.count() == 1
    run(8)
    assert not MailSubscription.objects.exists()


def test_ten_records_cost_as_many_queries_as_one(record):
    numbers = []
    for number in (1, 10):
        for place in range(number):
            shown(f"CI-2025-1{number:02}{place}", days=number + 1)
        follow("/initiatives.atom", email=f"r{number}@example.org")
        MailSubscription.objects.exclude(email=f"r{number}@example.org").delete()
        index.catch_up()
        with CaptureQueriesContext(connection) as captured:
            assert run(13 + number) == "Mails sent: 1\n"
        numbers.append(len(captured))
        mail.outbox.clear()
    assert numbers[0] == numbers[1]
