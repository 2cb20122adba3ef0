"""Readers report an error in a record; its desk reads it, answers and closes it."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from initiatives.actions import error_reports
from initiatives.choices import DeskRole
from initiatives.desk import answers
from initiatives.following import reports
from initiatives.http import throttle
from initiatives.models import Change, ErrorReport
from tests.desk import make_chief, make_desk, make_officer, signed_in
from tests.factories import make_initiative
from tests.following import READER, SITE, Refusing
from tests.memberships import sections
from tests.registering import CODE, make_shown, withdraw

pytestmark = pytest.mark.django_db
WRONG = "The dam is 90 metres high, not 900."


@pytest.fixture(autouse=True)
def _site(settings, monkeypatch):
    settings.SITE_URL = SITE
    settings.EMAIL_BACKEND = "tests.following.Refusing"
    monkeypatch.setattr(Refusing, "trouble", None)
    monkeypatch.setattr(throttle, "COUNTS", throttle.Counts())


@pytest.fixture
def record():
    return make_shown(title_en="A dam", title_ru="Плотина")


def tree_of(response):
    return html.fromstring(response.content.decode())


def send(client, language="en", code=CODE, **typed):
    return client.post(f"/{language}/initiatives/{code}/report/", {"wrong": WRONG, **typed})


def reported(record, **fields):
    fields = {"wrong": WRONG, "evidence": "", "email": "", "language": "en", **fields}
    return error_reports.report_error(record, **fields)


def page_of(report):
    return f"/admin/initiatives/errorreport/{report.pk}/change/"


def test_a_reader_reports_an_error_without_signing_in(record):
    client = Client(enforce_csrf_checks=True)
    page = client.get(f"/ru/initiatives/{CODE}/")
    (link,) = tree_of(page).cssselect(f"a[href='/ru/initiatives/{CODE}/report/']")
    form = tree_of(client.get(link.get("href")))
    assert "Плотина" in form.cssselect("main")[0].text_content()
    answer = send(client, "ru", evidence="Page 3 of the treaty", email="Reader@Example.org")
    assert answer.status_code == 200
    assert tree_of(answer).cssselect("main h1")[0].text == "Спасибо"
    report = ErrorReport.objects.get()
    assert (report.initiative, report.wrong) == (record, WRONG)
    assert (report.evidence, report.email) == ("Page 3 of the treaty", READER)
    assert (report.language, report.closed_at) == ("ru", None)
    assert not Change.objects.filter(model="errorreport").exists()


def test_the_same_words_sent_twice_are_one_report(client, record):
    send(client)
    send(client)
    assert ErrorReport.objects.count() == 1


@pytest.mark.once
@pytest.mark.parametrize(
    "typed",
    [
        {"wrong": ""},
        {"wrong": "\x00"},
        {"wrong": "x" * 2001},
        {"evidence": "x" * 1001},
        {"email": "x"},
        {"email": "a@example.org\nBcc: b@example.org"},
        {"homepage": "https://example.org"},
    ],
)
def test_what_was_typed_wrong_is_told_beside_the_field(client, record, typed):
    answer = send(client, "uz", **typed)
    page = tree_of(answer)
    assert answer.status_code == 400
    (field,) = page.cssselect("[aria-invalid]")
    assert page.get_element_by_id(field.get("aria-describedby")).text_content().strip()
    assert not page.cssselect(".letter-trap [aria-invalid]"), "people would not see it"
    assert not ErrorReport.objects.exists()


@pytest.mark.once
def test_only_public_records_have_the_page(client, record):
    make_initiative("CI-2025-9999", publication="draft")
    for code in ("CI-2025-9999", "CI-1999-0001", "x", "%00", "x" * 5000):
        for method in (client.get, client.post):
            assert method(f"/en/initiatives/{code}/report/").status_code in (400, 404)
    small = client.get(f"/en/initiatives/{CODE.lower()}/report/")
    assert (small.status_code, small["Location"]) == (301, f"/en/initiatives/{CODE}/report/")
    withdraw(record)
    assert client.get(f"/en/initiatives/{CODE}/report/", follow=True).status_code == 410
    assert send(client).status_code == 302
    assert not ErrorReport.objects.exists()


def test_a_network_reports_so_often_and_no_more(client, record, monkeypatch):
    monkeypatch.setattr(reports, "OF_A_NETWORK", throttle.Rate(2, 3600))
    answers = [send(client, wrong=f"Error {number}") for number in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert ErrorReport.objects.count() == 2


def test_a_record_has_so_many_open_reports_and_no_more(client, record, monkeypatch):
    monkeypatch.setattr(error_reports, "MOST_OPEN", 1)
    assert send(client, wrong="First").status_code == 200
    answer = send(client, wrong="Second")
    assert answer.status_code == 429
    assert tree_of(answer).cssselect("[role=alert]")


def test_it_waits_for_the_desk_of_the_record_and_for_no_other(record):
    report = reported(record, email=READER)
    ours = make_officer("ours", DeskRole.EDITOR, make_desk("Ours", countries=["KZ"]))
    viewer = make_officer("viewer", DeskRole.VIEWER, make_desk("Too", countries=["UZ"]))
    theirs = make_officer("theirs", DeskRole.PUBLISHER, make_desk("Theirs", countries=["TM"]))
    (item,) = sections(ours)["error_reports"].items
    assert (item.code, item.steps[0].address) == (CODE, page_of(report))
    assert "error_reports" in sections(make_chief())
    assert "error_reports" not in sections(theirs)
    assert "error_reports" not in sections(viewer)
    for officer, status, seen in ((ours, 200, True), (viewer, 200, True), (theirs, 403, False)):
        desk = signed_in(officer)
        page = desk.get(page_of(report))
        assert page.status_code == status
        shown = page.content.decode() + desk.get("/admin/initiatives/errorreport/").content.decode()
        assert (CODE in shown) == seen
        assert READER not in shown
    assert signed_in(viewer).post(page_of(report), {"answer": "No"}).status_code == 403


def test_an_answer_closes_it_and_goes_to_the_reader(record):
    report = reported(record, email=READER, language="ru")
    officer = make_officer("ours", DeskRole.EDITOR)
    desk, version = signed_in(officer), type(record).objects.get(pk=record.pk).version
    assert desk.post(page_of(report), {"answer": " "}).status_code == 200
    assert desk.post(page_of(report), {"answer": "Corrected, thank you."}).status_code == 302
    report.refresh_from_db()
    assert (report.closed_by, report.answer) == (officer, "Corrected, thank you.")
    (letter,) = mail.outbox
    assert (letter.to, CODE in letter.subject) == ([READER], True)
    for text in (letter.body, letter.alternatives[0][0]):
        assert "Corrected, thank you." in text
        assert f"{SITE}/ru/initiatives/{CODE}/" in text
    change = Change.objects.get(model="errorreport")
    assert (change.initiative, change.recorded_by) == (record, officer)
    assert change.fields == {"answer": ["", "Corrected, thank you."]}
    assert type(record).objects.get(pk=record.pk).version == version, "the record did not change"
    assert "error_reports" not in sections(officer)
    again = desk.post(page_of(report), {"answer": "Once more"})
    assert again.status_code == 200
    report.refresh_from_db()
    assert report.answer == "Corrected, thank you."
    page = desk.get(f"/admin/initiatives/initiative/{record.pk}/history/").content.decode()
    assert "Corrected, thank you." in page


def test_an_answer_that_did_not_go_out_is_sent_by_the_next_run(record, monkeypatch):
    report = reported(record, email=READER)
    desk = signed_in(make_officer("ours", DeskRole.EDITOR))
    monkeypatch.setattr(Refusing, "trouble", OSError("away"))
    assert desk.post(page_of(report), {"answer": "Corrected."}).status_code == 302
    with pytest.raises(CommandError, match="Mails that failed: 1"):
        call_command("send_subscriptions", stdout=StringIO(), stderr=StringIO())
    monkeypatch.setattr(Refusing, "trouble", None)
    for number in (1, 0):
        printed = StringIO()
        call_command("send_subscriptions", stdout=printed)
        assert printed.getvalue() == f"Mails sent: {number}\n"
    assert len(mail.outbox) == 1


def test_an_answer_whose_sender_was_killed_goes_out_later_as_the_same_mail(record, monkeypatch):
    report = error_reports.close_report(reported(record, email=READER), answer="Done.", by=None)
    noted = error_reports.answer_sent
    monkeypatch.setattr(error_reports, "answer_sent", _killed)
    with pytest.raises(KeyboardInterrupt):
        answers.send_answer(report)
    monkeypatch.setattr(error_reports, "answer_sent", noted)
    for minutes, number in ((1, 0), (16, 1), (32, 0)):
        with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
            assert list(answers.send_answers()) == [None] * number
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert f"<answer.{CODE}.1." in first.message()["Message-ID"]


def _killed(report):
    raise KeyboardInterrupt


def test_two_at_once_send_one_answer(record):
    report = error_reports.close_report(reported(record, email=READER), answer="Done.", by=None)
    assert error_reports.claim_answer(report)
    assert answers.send_answer(report) == 0
    assert list(error_reports.answers_to_send()) == []
    error_reports.answer_not_sent(report)
    assert answers.send_answer(report) == 1


def test_after_a_restored_backup_no_answer_is_sent_again(record):
    error_reports.close_report(reported(record, email=READER), answer="Done.", by=None)
    reported(record, wrong="Still open", email=READER)
    printed = StringIO()
    call_command("send_subscriptions", "--pass-over", stdout=printed)
    assert printed.getvalue() == "Passed over up to now: 0; answers to reports: 1\n"
    call_command("send_subscriptions", stdout=StringIO())
    assert mail.outbox == []


def test_what_a_reader_wrote_is_deleted_some_time_after_it_is_closed(record):
    waits, closed = reported(record), reported(record, wrong="Another error", email=READER)
    assert (waits.number, closed.number) == (1, 2)
    error_reports.close_report(closed, answer="Corrected.", by=None)
    for days, left in ((29, 2), (31, 1)):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            call_command("send_subscriptions", stdout=StringIO())
        assert ErrorReport.objects.count() == left
    assert ErrorReport.objects.get() == waits
    kept = Change.objects.filter(model="errorreport").values_list("fields", flat=True)
    assert list(kept) == [{"answer": ["", "Corrected."]}]
    assert reported(record, wrong="A third one").number == 3


def test_the_queue_takes_as_many_queries_for_ten_as_for_one(record):
    officer, numbers = make_officer("ours", DeskRole.EDITOR), []
    for number in (1, 10):
        for place in range(number):
            reported(record, wrong=f"Error {number} {place}")
        with CaptureQueriesContext(connection) as captured:
            assert sections(officer)["error_reports"].count >= number
        numbers.append(len(captured))
    assert numbers[0] == numbers[1]
