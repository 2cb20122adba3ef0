"""Readers who follow something by mail, and the days on which they do."""

import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from lxml import html

from initiatives.actions import mail_subscriptions
from initiatives.http import throttle
from initiatives.models import Funding, MailSubscription
from tests.registering import CODE, make_shown, save

READER = "reader@example.org"
SITE = "https://tracker.example.org"
RECORD = f"/initiatives/{CODE}.atom"
BEGIN = datetime(2026, 3, 2, 6, tzinfo=UTC)  # a Monday


@pytest.fixture(autouse=True)
def site(settings, monkeypatch):
    settings.SITE_URL = SITE
    monkeypatch.setattr(throttle, "COUNTS", throttle.Counts())


@pytest.fixture
def record():
    return make_shown(title_en="A dam", title_ru="Плотина", organisations=("bank",))


def tree_of(response):
    return html.fromstring(response.content.decode())


def on(days, hours=0):
    """That many days after readers began to follow something."""
    return time_machine.travel(BEGIN + timedelta(days=days, hours=hours), tick=False)


def follow(feed, *, email=READER, rhythm="weekly", language="en"):
    """What `email` follows since BEGIN, confirmed."""
    with on(0):
        row = mail_subscriptions.ask(email=email, feed=feed, rhythm=rhythm, language=language)
        return mail_subscriptions.confirm(row.uid)


def pay(record, amount, days):
    """A change that becomes known so many days after BEGIN: the record gets money."""
    with on(days):
        save(Funding(initiative=record, type="pledge", amount=amount, currency="USD"))


def run(days, *options):
    """What the command prints on that day."""
    printed, errors = StringIO(), StringIO()
    with on(days, hours=2):
        call_command("send_subscriptions", *options, stdout=printed, stderr=errors)
    return printed.getvalue()


def told():
    """The texts of the mails that went out since it was asked last."""
    texts = [one.body for one in mail.outbox]
    mail.outbox.clear()
    return texts


def link_in(message, part):
    """The path of the link with `part` in a mail."""
    return re.search(rf"{SITE}(/\w\w/mail/{part}/\S+)", message.body)[1]


def ask(client, feed=RECORD, email=READER, rhythm="weekly", language="en", **headers):
    typed = {"feed": feed, "email": email, "rhythm": rhythm}
    return client.post(f"/{language}/mail/", typed, headers=headers)


def confirmed(client, feed=RECORD, **typed):
    """The path on which the reader leaves what they follow now."""
    ask(client, feed, **typed)
    address = link_in(mail.outbox[-1], "confirm")
    (link, *_others) = tree_of(client.post(address)).cssselect("main a[href*='/mail/manage/']")
    return link.get("href").removeprefix(SITE)


def followed():
    rows = MailSubscription.objects.exclude(confirmed_at=None)
    return list(rows.order_by("feed").values_list("email", "feed", "rhythm", "language"))


class Refusing(EmailBackend):
    """A server that does `trouble` when a mail is for READER."""

    trouble: BaseException | None = None

    def send_messages(self, messages):
        if self.trouble and any(READER in one.to for one in messages):
            raise self.trouble
        return super().send_messages(messages)
