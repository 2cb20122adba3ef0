"""The daily mail: who gets it, in which language, what it says, and what a failure does."""

from io import StringIO

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command

from initiatives.choices import DeskRole
from tests.factories import in_days, make_initiative, make_initiatives
from tests.memberships import ask_status, clean, give_seat, make_member

pytestmark = pytest.mark.django_db


class Failing(EmailBackend):
    """A server that refuses one mailbox."""

    def send_messages(self, messages):
        if any("full@example.org" in one.to for one in messages):
            raise OSError("mailbox is full")
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = "https://tracker.example.org"


@pytest.fixture
def late():
    return clean(make_initiative(planned_end=in_days(-2)))


def send(*options):
    """What the command prints; the mails are in the outbox."""
    printed = StringIO()
    call_command("send_digest", *options, stdout=printed)
    return printed.getvalue()


def test_an_officer_gets_what_waits_with_addresses_that_work(late):
    make_member()
    assert send() == "Mails sent: 1\n"
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (
        ["dilshod@example.org"],
        "1 task at the desk of the cooperation tracker",
    )
    assert "Overdue: 1" in sent.body
    assert f"https://tracker.example.org/admin/initiatives/initiative/{late.pk}/" in sent.body


def test_the_mail_says_that_a_machine_wrote_it(late):
    make_member()
    send()
    assert mail.outbox[0].message()["Auto-Submitted"] == "auto-generated"


def test_who_has_nothing_to_do_gets_no_mail():
    member = make_member(role=DeskRole.REVIEWER)
    ask_status(clean(make_initiative()), member)
    assert send() == "Mails sent: 0\n"


@pytest.mark.parametrize(
    "fields", [{"email": ""}, {"is_active": False}, {"is_staff": False}, {"desk": None}]
)
def test_who_cannot_have_a_mail_gets_none(late, fields):
    make_member(**fields)
    assert send() == "Mails sent: 0\n"


def test_a_place_without_a_language_means_no_mail(late):
    give_seat(make_member(desk=None), digest_language="")
    assert send() == "Mails sent: 0\n"


def test_one_mail_however_many_desks_in_the_language_of_the_first(late):
    member = make_member(desk=None)
    give_seat(member, name="None", digest_language="")
    give_seat(member, name="First", digest_language="ru")
    give_seat(member, name="Second", digest_language="kk")
    send()
    assert len(mail.outbox) == 1
    assert "Просрочен" in mail.outbox[0].body


def test_each_officer_reads_their_own_language(late):
    for language in ("en", "ru", "uz", "kk"):
        give_seat(make_member(f"m-{language}", desk=None), digest_language=language)
    send()
    assert len({sent.body.splitlines()[0] for sent in mail.outbox}) == 4


def test_a_mail_names_ten_of_each_and_the_list_of_all():
    make_initiatives(12)
    make_member()
    send()
    section = mail.outbox[0].body.split("Not fully translated")[0]
    assert section.count("\n* ") == 10
    assert "?flag=unsourced&work=mine" in section


def test_texts_arrive_as_they_were_typed(late):
    late.title_en = "Bread & <salt>"
    late.save()
    make_member()
    send()
    assert "Bread & <salt>" in mail.outbox[0].body


def test_a_dry_run_prints_and_sends_nothing(late):
    make_member()
    printed = send("--dry-run")
    assert "To: dilshod@example.org" in printed
    assert "Overdue: 1" in printed
    assert mail.outbox == []


def test_one_officer_alone_can_be_chosen(late):
    make_member()
    make_member("olga")
    send("--user", "olga")
    assert [sent.to for sent in mail.outbox] == [["olga@example.org"]]


def test_a_name_that_gets_no_mail_is_told():
    with pytest.raises(CommandError, match="'nobody' gets no daily mail"):
        send("--user", "nobody")


def test_a_mailbox_that_fails_is_told_and_stops_nobody(late, settings):
    settings.EMAIL_BACKEND = "tests.test_digest.Failing"
    for name in ("anna", "full", "zafar"):
        make_member(name)
    complaints = StringIO()
    with pytest.raises(CommandError, match="failed: 1; mails sent: 2") as failure:
        call_command("send_digest", stderr=complaints)
    assert failure.value.returncode == 1
    assert "full <full@example.org>" in complaints.getvalue()
    assert len(mail.outbox) == 2
