"""What is pressed beside the form of a record acts on the record as it is typed."""

import pytest

from initiatives.choices import DeskRole
from initiatives.models import ChangeRequest
from tests.desk import address, edit, make_officer, signed_in, values_of
from tests.factories import cite, make_initiative, make_status_change

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return signed_in(make_officer("edda", DeskRole.EDITOR))


@pytest.fixture
def draft():
    record = make_initiative(title_en="Dam", summary_en="Long", publication="draft")
    cite(make_status_change(record))
    return record


def press(client, record, step, **typed):
    """What the script of the page sends."""
    page = client.get(edit(record))
    typed = {**values_of(page), **typed, "_continue": "1", "_then": step}
    return client.post(edit(record), typed)


def test_a_record_is_saved_and_submitted_as_it_was_typed(editor, draft):
    answer = press(editor, draft, "submit", title_en="Great dam")
    assert answer.headers["Location"] == edit(draft)
    draft.refresh_from_db()
    assert (draft.title_en, draft.publication) == ("Great dam", "in_review")


def test_the_page_of_the_status_opens_after_the_save(editor, draft):
    answer = press(editor, draft, "status", title_en="Great dam")
    assert answer.headers["Location"] == address("initiative", "status", draft.pk)
    draft.refresh_from_db()
    assert draft.title_en == "Great dam"


def test_what_is_refused_is_mended_first(editor, draft):
    answer = press(editor, draft, "submit", planned_end="soon")
    assert answer.status_code == 200
    draft.refresh_from_db()
    assert draft.publication == "draft"


def test_who_may_not_take_the_step_takes_it_in_no_other_way(editor, draft):
    assert press(editor, draft, "publish").status_code == 403
    draft.refresh_from_db()
    assert draft.publication == "draft"


def test_a_step_that_there_is_not_is_none(editor, draft):
    answer = press(editor, draft, "explode", title_en="Great dam")
    assert answer.headers["Location"] == edit(draft)


def test_a_change_that_waits_is_told_before_the_step(editor):
    record = make_initiative(title_en="Dam", summary_en="Long")
    cite(make_status_change(record))
    press(editor, record, "checked", title_en="Great dam")
    record.refresh_from_db()
    assert record.title_en == "Dam"
    assert ChangeRequest.objects.get().initiative == record
    assert record.last_checked_at is not None


def test_who_may_not_decide_is_told_what_the_buttons_act_on(editor, draft):
    record = make_initiative(title_en="Canal", summary_en="Long")
    cite(make_status_change(record))
    waits, later = "first send for approval", "act on the record as it is now"
    of_editor = editor.get(edit(record)).content.decode()
    assert waits in of_editor
    assert later in of_editor
    assert "These buttons first save" in editor.get(edit(draft)).content.decode()
    of_publisher = signed_in(make_officer("polat", DeskRole.PUBLISHER)).get(edit(record))
    assert waits not in of_publisher.content.decode()


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.django_db(transaction=True)
def test_the_buttons_save_what_is_typed(browser, live_server, draft):
    make_officer("edda", DeskRole.EDITOR)
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{live_server.url}/admin/")
    page.fill("#id_username", "edda")
    page.fill("#id_password", "pw")
    page.click("#login-form [type=submit]")
    page.wait_for_selector("#user-tools")
    page.goto(live_server.url + edit(draft))
    assert "first save" in page.inner_text(".desk-buttons + .help")
    page.fill("#id_title_en", "Great dam")
    page.click("button[name=_language][value=kk]")  # it comes back as typed, and not saved
    page.wait_for_selector(".errornote")
    page.route("**/change/", lambda route: route.fulfill(status=204))  # the page stays
    page.click(".desk-step button:has-text('Submit for review')")
    assert page.locator("[name=_then]").count() == 0  # or “Save” would submit the record later
    page.unroute("**/change/")
    page.click(".desk-step button:has-text('Submit for review')")
    page.wait_for_selector(".messagelist .success >> nth=1")
    draft.refresh_from_db()
    assert (draft.title_en, draft.publication) == ("Great dam", "in_review")
    page.close()
