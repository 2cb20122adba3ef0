"""The first page of the desk is the queue."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from initiatives.choices import DeskRole
from initiatives.desk.site import DeskSite
from initiatives.rules import Flag
from tests.desk import address, make_chief, signed_in
from tests.factories import in_days, make_initiative, make_initiatives
from tests.memberships import ask_status, clean, make_member

pytestmark = [pytest.mark.django_db, pytest.mark.once]
INDEX = "/admin/"


def page(user, query=""):
    answer = signed_in(user).get(INDEX + query)
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def headings(tree):
    return [" ".join(h2.text_content().split()) for h2 in tree.xpath("//main//h2")]


def in_one_line(tree):
    return " ".join(tree.xpath("//main")[0].text_content().split())


def test_the_desk_is_our_site():
    assert isinstance(admin.site, DeskSite)
    assert reverse("admin:index") == INDEX


def test_tasks_stand_in_sections_with_their_number():
    clean(make_initiative(planned_end=in_days(-2)))
    make_initiatives(2)
    assert headings(page(make_member())) == [
        "Overdue 1",
        "Without a public source 2",
        "Not fully translated 2",
    ]


def test_each_section_can_be_gone_to():
    make_initiative()
    tree = page(make_member())
    targets = [link.get("href") for link in tree.xpath("//ul[@class='queue-counts']//a")]
    assert targets == ["#unsourced", "#untranslated"]
    assert all(tree.get_element_by_id(target[1:]) is not None for target in targets)


def test_an_empty_queue_says_what_to_do_next():
    tree = page(make_member())
    assert headings(tree) == ["Nothing waits for you"]
    assert tree.xpath("//main//a[@href='?of=desk']")


@pytest.mark.parametrize("query", ["", "?of=desk"])
def test_who_may_enter_nothing_is_not_asked_to(query):
    viewer, editor = make_member("vera", DeskRole.VIEWER), make_member("edda", DeskRole.EDITOR)
    assert "enter what is new" in in_one_line(page(editor, query))
    assert "enter what is new" not in in_one_line(page(viewer, query))


def test_mine_and_the_whole_desk_are_two_links():
    make_initiative(owner=make_member("olga"))
    officer = make_member()
    assert headings(page(officer)) == ["Nothing waits for you"]
    assert len(headings(page(officer, "?of=desk"))) == 2


@pytest.mark.parametrize("query", ["?of=", "?of=x", "?of=desk&of=mine"])
def test_any_other_choice_is_mine(query):
    make_initiative(owner=make_member("olga"))
    assert headings(page(make_member(), query)) == ["Nothing waits for you"]


def test_an_officer_without_a_desk_reads_whom_to_ask():
    make_chief("Barno")
    make_initiative()
    text = in_one_line(page(make_member(desk=None)))
    assert "You do not belong to a desk yet" in text
    assert "Barno" in text


def test_a_viewer_is_not_asked_to_add_anything():
    add = f"//main//*[@id='content-main']//a[@href='{address('initiative', 'add')}']"
    assert page(make_member(), "").xpath(add)
    assert not page(make_member("vera", DeskRole.VIEWER)).xpath(add)


def test_the_button_stamps_the_record_and_leads_back_to_the_queue():
    stale = make_initiative(review_every_days=1, created_at="2024-01-01T00:00Z")
    chief = make_chief()
    form = page(chief, "?of=desk").xpath("//section//form")[0]
    client = signed_in(chief)
    answer = client.post(form.get("action"), dict(form.fields))
    assert answer.headers["Location"] == "/admin/?of=desk#stale"
    stale.refresh_from_db()
    assert stale.last_checked_by == chief
    assert Flag.STALE not in [one.key for one in client.get(INDEX).context["queue"].sections]


@pytest.mark.parametrize("page_of", ["https://evil.example/", "//evil.example", "javascript:1", ""])
def test_a_step_never_leads_to_another_site(page_of):
    record = make_initiative()
    url = address("initiative", "checked", record.pk)
    answer = signed_in(make_chief()).post(url, {"next": page_of})
    assert answer.headers["Location"] == address("initiative", "change", record.pk)


def test_what_waits_leads_to_its_decision():
    asked = ask_status(clean(make_initiative()), make_member("olga"))
    tree = page(make_member(role=DeskRole.REVIEWER))
    assert headings(tree) == ["Waits for your decision 1"]
    assert tree.xpath(f"//section//a[@href='{address('changerequest', 'change', asked.pk)}']")


def test_the_histories_of_django_are_not_shown():
    assert "Recent actions" not in in_one_line(page(make_chief()))


def test_the_page_of_the_app_stays_a_plain_list():
    make_initiative()
    answer = signed_in(make_chief()).get("/admin/initiatives/")
    assert answer.status_code == 200
    assert b"queue" not in answer.content


@pytest.mark.parametrize("fields", [{"is_staff": False}, {"is_active": False}])
def test_only_active_staff_comes_in(fields):
    client = Client()
    client.force_login(make_member(**fields))
    assert client.get(INDEX).status_code == 302


def test_a_title_is_never_read_as_html():
    make_initiative(title_en="<script>alert(1)</script>")
    answer = signed_in(make_member()).get(INDEX)
    assert b"<script>alert" not in answer.content


def test_one_record_and_ten_take_the_same_queries():
    client = signed_in(make_member())
    make_initiative(planned_end=in_days(-1), created_at="2020-01-01T00:00Z")
    few = queries(client)
    for _more in range(9):
        make_initiative(planned_end=in_days(-1), created_at="2020-01-01T00:00Z")
    assert queries(client) == few <= 60


def queries(client):
    client.get(INDEX)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(INDEX).status_code == 200
    return len(captured)
