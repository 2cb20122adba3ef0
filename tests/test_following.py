"""Readers ask for mail by a form, confirm it, change it and leave, without script or login."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from initiatives.actions import mail_subscriptions
from initiatives.choices import Rhythm
from initiatives.following import views
from initiatives.http import throttle
from initiatives.models import MailSubscription
from tests import following
from tests.following import (
    READER,
    RECORD,
    SITE,
    Refusing,
    ask,
    confirmed,
    followed,
    link_in,
    tree_of,
)
from tests.registering import CODE

pytestmark = pytest.mark.django_db
site = following.site
record = following.record


def test_nothing_is_sent_before_the_owner_of_the_address_says_yes(client, record):
    answer = ask(client)
    assert (answer.status_code, followed()) == (200, [])
    (letter,) = mail.outbox
    assert letter.to == [READER]
    address = link_in(letter, "confirm")
    assert tree_of(client.get(address)).cssselect("main form button")
    assert followed() == [], "programs that look at links confirm nothing"
    assert client.post(address).status_code == 200
    assert followed() == [(READER, RECORD, "weekly", "en")]
    assert client.post(address).status_code == 200, "twice is the same"
    assert len(followed()) == 1


def test_the_letter_speaks_the_language_of_the_page_as_text_and_html(client, record):
    ask(client, feed=f"/ru{RECORD}", language="ru")
    (letter,) = mail.outbox
    assert letter.subject == "Подтвердите подписку на мониторинг сотрудничества"
    ((part, kind),) = letter.alternatives
    for text in (letter.body, part):
        assert "Плотина" in text
        assert f"{SITE}/ru/initiatives/{CODE}/" in text
        assert f"{SITE}/ru/mail/confirm/" in text
    assert kind == "text/html"
    assert letter.message()["Auto-Submitted"] == "auto-generated"


def test_what_is_followed_is_kept_in_one_form(client, record):
    ask(client, feed="/kk/initiatives.atom?country=KZ&status=planned&page=1&sort=-updated")
    ask(client, feed="/initiatives.atom?status=planned&country=KZ")
    assert MailSubscription.objects.get().feed == "/initiatives.atom?country=KZ&status=planned"


def test_nobody_is_told_who_follows_what(client, record):
    first = ask(client)
    confirmed(client)
    again = ask(client)
    assert first.content == again.content
    assert "set-cookie" not in {name.lower() for name in again.headers}


def test_who_asks_again_changes_rhythm_and_language_by_confirming(client, record):
    confirmed(client)
    confirmed(client, rhythm="daily", language="ru")
    assert followed() == [(READER, RECORD, "daily", "ru")]
    assert MailSubscription.objects.count() == 1


def test_confirming_twice_what_was_followed_already_is_told_calmly(client, record):
    confirmed(client)
    ask(client, rhythm="daily", language="ru")
    address = link_in(mail.outbox[-1], "confirm")
    assert client.post(address).status_code == 200
    for again in (client.get(address), client.post(address)):
        page = tree_of(again)
        assert again.status_code == 200
        assert page.cssselect("main h1")[0].text == "Подтверждать больше нечего"
        assert not page.cssselect("main form")
    assert followed() == [(READER, RECORD, "daily", "ru")]


def test_a_mailbox_gets_three_letters_that_nobody_answers(client, record):
    for tag in ("", "+a", "+b", "+c", ""):
        assert ask(client, email=f"reader{tag}@example.org").status_code == 200
    assert len(mail.outbox) == 3
    client.post(link_in(mail.outbox[0], "confirm"))
    ask(client)
    assert len(mail.outbox) == 4
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        ask(client)
    assert len(mail.outbox) == 5


def test_an_address_follows_so_many_things_and_no_more(client, record, monkeypatch):
    monkeypatch.setattr(mail_subscriptions, "MOST_FOLLOWED", 1)
    confirmed(client)
    assert ask(client, feed="/pairs/kz-uz.atom").status_code == 200
    assert len(mail.outbox) == 1
    confirmed(client, rhythm="daily")
    assert followed() == [(READER, RECORD, "daily", "en")]


def test_a_network_asks_so_often_and_no_more(client, record, monkeypatch):
    monkeypatch.setattr(views, "OF_A_NETWORK", throttle.Rate(2, 3600))
    answers = [ask(client, email=f"r{number}@example.org") for number in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 3600
    assert ask(client, email="r9@example.org", **{"x-forwarded-for": "10.1.1.1"}).status_code == 429
    assert len(mail.outbox) == 2


def test_the_button_beside_a_mail_leaves_at_once(record):
    """RFC 8058: a POST of the server of mail, without cookies, from wherever it is."""
    address = confirmed(Client())
    client = Client(enforce_csrf_checks=True)
    assert tree_of(client.get(address)).cssselect("main button[name=leave]")
    assert len(followed()) == 1, "to look at the page leaves nothing"
    body = {"List-Unsubscribe": "One-Click"}
    for _twice in range(2):
        assert client.post(address, body).status_code == 200
        assert not MailSubscription.objects.exists()
    assert client.get(address).status_code == 200


def test_the_page_of_a_mail_changes_and_leaves(client, record):
    pair = confirmed(client, feed="/pairs/kz-uz.atom")
    address = confirmed(client)
    page = tree_of(client.get(address))
    assert page.cssselect("main ul a")[0].get("href").endswith(pair)
    assert client.post(address, {"rhythm": "daily"}).status_code == 200
    assert followed()[0][1:3] == (RECORD, "daily")
    assert client.post(address, {"rhythm": "hourly"}).status_code == 400
    client.post(address, {"leave": "this"})
    assert [one[1] for one in followed()] == ["/pairs/kz-uz.atom"]
    confirmed(client)
    client.post(pair, {"leave": "all"})
    assert not MailSubscription.objects.exists()


def test_a_quicker_rhythm_does_not_wait_for_the_slower_one(record):
    row = mail_subscriptions.ask(email=READER, feed=RECORD, rhythm="weekly", language="en")
    row = mail_subscriptions.confirm(row.uid)
    mail_subscriptions.choose_rhythm(row, Rhythm.DAILY)
    row.refresh_from_db()
    assert row.due_on == timezone.localdate() + timedelta(days=1)


def test_another_site_makes_nobody_ask(client, record):
    assert ask(client, **{"sec-fetch-site": "cross-site"}).status_code == 403
    assert not MailSubscription.objects.exists()


def test_a_link_to_confirm_expires(client, record):
    ask(client)
    address = link_in(mail.outbox[0], "confirm")
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        assert client.get(address).status_code == 410
        assert client.post(address).status_code == 410
        assert followed() == []
        assert mail_subscriptions.forget_unconfirmed() == 1


def test_a_server_of_mail_that_is_away_is_told_and_does_not_count(
    client, record, settings, monkeypatch, caplog
):
    settings.EMAIL_BACKEND = "tests.following.Refusing"
    monkeypatch.setattr(Refusing, "trouble", OSError(f"{READER} is unknown here"))
    for _often in range(4):
        answer = ask(client)
        assert (answer.status_code, answer["Retry-After"]) == (503, "600")
    assert READER not in caplog.text
    monkeypatch.setattr(Refusing, "trouble", None)
    assert ask(client).status_code == 200
    assert len(mail.outbox) == 1


@pytest.mark.once
@pytest.mark.parametrize(
    ("page", "feed"),
    [
        (f"initiatives/{CODE}/", RECORD),
        ("pairs/kz-uz/", "/pairs/kz-uz.atom"),
        ("countries/kz/", "/countries/kz.atom"),
        ("sectors/energy/", "/sectors/energy.atom"),
        ("organisations/bank/", "/initiatives.atom?organisation=bank"),
        ("initiatives/?country=KZ&status=planned", "/initiatives.atom?country=KZ&status=planned"),
    ],
)
def test_pages_have_the_form_for_what_they_show(client, record, page, feed):
    form = tree_of(client.get(f"/ru/{page}")).cssselect("form.mail-form")[0]
    ask(client, feed=form.cssselect("[name=feed]")[0].get("value"), language="ru")
    assert MailSubscription.objects.get().feed == feed


@pytest.mark.once
def test_the_pages_are_kept_nowhere_and_found_nowhere(client, record):
    for answer in (client.get("/en/mail/"), ask(client)):
        assert answer["Cache-Control"] == "no-store"
        assert "noindex" in answer["X-Robots-Tag"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert not re.search(r"<script(?![^>]+src=)", answer.content.decode())
