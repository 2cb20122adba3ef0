"""Who may do what at the desk, at every address that takes a POST."""

import pytest
from django.utils import timezone

from initiatives.choices import DeskRole
from initiatives.models import Initiative
from tests.desk import address, edit, make_officer, make_viewer, signed_in
from tests.factories import (
    cite,
    make_event,
    make_initiative,
    make_milestone,
    make_source,
    make_status_change,
)
from tests.memberships import ask_status

pytestmark = pytest.mark.django_db
STEPS = ["submit", "return", "publish", "checked"]


@pytest.fixture
def initiative():
    return make_initiative(publication="draft", summary_en="Short")


@pytest.fixture
def viewer():
    return signed_in(make_viewer())


@pytest.fixture
def desk():
    return signed_in(make_officer())


def posted_to(initiative):
    """Every address that changes something when it is posted to."""
    request = ask_status(initiative, None)
    milestone = make_milestone(initiative)
    records = [initiative, milestone, make_source(), make_event(), cite(initiative)]
    pages = ["status", "withdraw", *STEPS, "delete"]
    return [
        *(edit(record) for record in records),
        *(address(record._meta.model_name, "add") for record in records),
        *(address(record._meta.model_name, "delete", record.pk) for record in records),
        *(address("initiative", page, initiative.pk) for page in pages),
        edit(request),
    ]


def test_a_viewer_is_refused_at_every_address_that_writes(viewer, initiative):
    answers = {url: viewer.post(url, {"post": "yes"}).status_code for url in posted_to(initiative)}
    assert set(answers.values()) == {403}, answers


def test_a_visitor_is_sent_to_sign_in(client, initiative):
    for url in posted_to(initiative):
        for answer in (client.get(url), client.post(url)):
            assert answer.headers["Location"].startswith("/admin/login/")


def test_a_visitor_who_sends_a_form_gets_it_back(client, initiative):
    for url in posted_to(initiative):
        answer = client.post(url, {"title_en": "Typed"})
        assert (answer.status_code, "Typed" in answer.content.decode()) == (403, True)


def test_a_viewer_sees_everything_and_no_button(viewer, initiative):
    page = viewer.get(edit(initiative)).content.decode()
    assert "Initiative CI-" in page
    assert "desk-buttons" not in page
    assert 'name="_save"' not in page


def test_what_was_public_has_no_delete(desk):
    shown = make_initiative(published_at=timezone.now())
    assert 'class="deletelink"' not in desk.get(edit(shown)).content.decode()
    assert desk.post(address("initiative", "delete", shown.pk)).status_code == 302
    assert Initiative.objects.filter(pk=shown.pk).exists()


def test_a_draft_is_erased_by_its_author_or_who_may_publish(initiative):
    url = address("initiative", "delete", initiative.pk)
    editor = make_officer("bek", DeskRole.EDITOR)
    assert signed_in(editor).post(url, {"post": "yes"}).status_code == 403
    Initiative.objects.update(created_by=editor)
    assert signed_in(editor).post(url, {"post": "yes"}).status_code == 302
    assert not Initiative.objects.exists()


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_taken_by_post_only(desk, initiative, step):
    assert desk.get(address("initiative", step, initiative.pk)).status_code == 405


def test_a_step_without_the_token_of_the_form_is_refused(initiative):
    from django.test import Client

    careless = Client(enforce_csrf_checks=True)
    careless.force_login(make_officer("careless"))
    assert careless.post(address("initiative", "publish", initiative.pk)).status_code == 403


def test_an_officer_publishes_what_is_complete(desk, initiative):
    cite(make_status_change(initiative))
    desk.post(address("initiative", "submit", initiative.pk))
    desk.post(address("initiative", "publish", initiative.pk))
    initiative.refresh_from_db()
    assert initiative.publication == "published"


def test_what_is_missing_to_publish_is_told_with_links(desk, initiative):
    desk.post(address("initiative", "publish", initiative.pk))
    page = desk.get(edit(initiative)).content.decode()
    assert "Record the first status with its source." in page
    assert 'href="#citations-group"' in page
    initiative.refresh_from_db()
    assert initiative.publication == "draft"


def test_a_step_that_is_not_open_is_refused_in_words(desk, initiative):
    answer = desk.post(address("initiative", "return", initiative.pk), follow=True)
    assert "cannot become" in answer.content.decode()


def test_checking_is_stamped(desk, initiative):
    desk.post(address("initiative", "checked", initiative.pk))
    initiative.refresh_from_db()
    assert initiative.last_checked_by.username == "aziza"


def test_withdrawing_asks_for_the_public_reason(desk):
    shown = make_initiative()
    url = address("initiative", "withdraw", shown.pk)
    assert "Give the reason" in desk.post(url, {"withdrawn_reason_en": " "}).content.decode()
    answer = desk.post(url, {"withdrawn_reason_ru": "Ошибка"})
    assert answer.status_code == 302
    shown.refresh_from_db()
    assert (shown.publication, shown.withdrawn_reason_ru) == ("withdrawn", "Ошибка")


def test_an_officer_may_not_touch_the_lists_of_countries(desk):
    assert desk.get(address("country", "add")).status_code == 403
    assert desk.get(address("country")).status_code == 200
