"""Mails about single requests, for officers who chose to have them at once."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.utils import timezone

from initiatives.choices import DeskRole
from initiatives.models import Change, RequestMail
from tests.desk import edit, make_desk, make_officer, send, signed_in
from tests.factories import in_days, make_initiative
from tests.requesting import decide

pytestmark = pytest.mark.django_db


class Failing(EmailBackend):
    def send_messages(self, messages):
        raise OSError("the server of mail is away")


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = "https://tracker.example.org"


@pytest.fixture
def ask():
    """An editor asks for another title of a public record."""
    editor = make_officer("editor", DeskRole.EDITOR, email="editor@example.org")

    def asks(record=None, title="New title"):
        record = record or make_initiative("CI-2025-0001", title_en="Old title")
        send(signed_in(editor), edit(record), title_en=title)
        return record.change_requests.order_by("-pk").first()

    return asks


def reviewer(name="rustam", language="en", desk=None, role=DeskRole.REVIEWER, **fields):
    fields.setdefault("email", f"{name}@example.org")
    officer = make_officer(name, role, desk, **fields)
    officer.desks.update(request_language=language)
    return officer


def test_who_may_decide_is_told_at_once(ask):
    reviewer()
    request = ask()
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (
        ["rustam@example.org"],
        "Waits for your decision: CI-2025-0001",
    )
    place = f"https://tracker.example.org/admin/initiatives/changerequest/{request.pk}/change/"
    html, kind = sent.alternatives[0]
    assert place in sent.body
    assert (kind, f'href="{place}"' in html) == ("text/html", True)
    assert "Old title" in sent.body
    assert sent.message()["Auto-Submitted"] == "auto-generated"


def test_in_the_language_that_was_chosen(ask):
    reviewer(language="ru")
    ask()
    assert mail.outbox[0].subject == "Ожидает вашего решения: CI-2025-0001"


def test_nobody_else_is_told(ask):
    reviewer("no-choice", language="")
    reviewer("no-mail", email="")
    reviewer("gone", is_active=False)
    reviewer("lower", role=DeskRole.EDITOR)
    reviewer("far", desk=make_desk("Far", countries=["TM"]))
    ask()
    assert mail.outbox == []
    assert not RequestMail.objects.exists() or RequestMail.objects.get().sent_at is None


def test_who_asks_is_not_told_of_it(ask):
    author = reviewer()
    record = make_initiative("CI-2025-0002", title_en="Old")
    send(signed_in(author), edit(record), title_en="New")
    assert mail.outbox == []


def test_each_request_is_mailed_once(ask):
    reviewer()
    ask()
    call_command("send_digest", stdout=StringIO())
    about = [one for one in mail.outbox if one.subject.startswith("Waits")]
    assert len(about) == 1


def test_an_embargo_is_told_beside_the_name(ask):
    reviewer()
    ask(
        make_initiative(
            "CI-2025-0001", title_en="Old title", embargo_until=timezone.now() + timedelta(days=2)
        )
    )
    assert "mbargo" in mail.outbox[0].body


def test_a_server_of_mail_that_is_away_breaks_no_save_and_is_tried_again(ask, settings):
    reviewer()
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Failing"
    request = ask()
    assert request is not None
    assert RequestMail.objects.get().sent_at is None
    settings.EMAIL_BACKEND = working
    call_command("send_digest", stdout=StringIO())
    assert any(one.subject.startswith("Waits") for one in mail.outbox)
    assert RequestMail.objects.get().sent_at is not None


def test_what_was_decided_meanwhile_is_not_mailed_late(ask, settings):
    reviewer()
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Failing"
    request = ask()
    decide(make_officer("other", DeskRole.REVIEWER), request, "approve")
    settings.EMAIL_BACKEND = working
    call_command("send_digest", stdout=StringIO())
    assert not any(one.subject.startswith("Waits") for one in mail.outbox)


def test_an_officer_chooses_it_on_a_page_of_their_own():
    officer = make_officer("rustam", DeskRole.REVIEWER, email="rustam@example.org")
    desk = signed_in(officer)
    assert "rustam@example.org" in desk.get("/admin/mail/").content.decode()
    desk.post("/admin/mail/", {"daily": "", "at_once": "kk"})
    member = officer.desks.get()
    assert (member.digest_language, member.request_language) == ("", "kk")
    assert Change.objects.filter(model="deskmember", recorded_by=officer).exists()
    refused = desk.post("/admin/mail/", {"daily": "xx", "at_once": "kk"})
    assert (refused.status_code, "xx" in refused.content.decode()) == (200, True)


def test_who_has_no_place_on_a_desk_has_no_such_page(django_user_model):
    nobody = django_user_model.objects.create_user("nobody", is_staff=True)
    assert signed_in(nobody).get("/admin/mail/").status_code == 403
    reader = signed_in(django_user_model.objects.create_user("reader"))
    assert reader.get("/admin/mail/").status_code == 302


def test_the_daily_mail_is_grouped_with_links_to_the_lists_and_has_an_html_part():
    make_officer("dilshod", DeskRole.PUBLISHER, email="dilshod@example.org")
    late = make_initiative("CI-2025-0003", title_en="Bread & <salt>", planned_end=in_days(-2))
    call_command("send_digest", stdout=StringIO())
    (sent,) = mail.outbox
    html, kind = sent.alternatives[0]
    assert kind == "text/html"
    assert "Bread &amp; &lt;salt&gt;" in html
    site = "https://tracker.example.org"
    assert f"{site}/admin/initiatives/initiative/?flag=overdue&work=mine" in sent.body
    assert f'href="{site}/admin/initiatives/initiative/?flag=overdue&amp;work=mine"' in html
    assert f'href="{site}/admin/initiatives/initiative/{late.pk}/change/"' in html
    assert f"{site}/admin/mail/" in sent.body
