"""What an officer types is not lost: drafts, keys, a lost login, and a pasted address."""

import pytest
from django.contrib.sessions.models import Session
from django.utils.timezone import localdate

from initiatives.models import Initiative, Source
from tests.desk import edit, make_chief, make_officer, sign_out
from tests.factories import make_country, make_initiative, make_sector, make_source
from tests.test_admin_browser import add_row, choose

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]
ADD = "/admin/initiatives/initiative/add/"
ADD_SOURCE = "/admin/initiatives/source/add/"
KEPT = "Object.keys(localStorage).filter(name => name.startsWith('desk-draft')).length"


@pytest.fixture
def desk(browser, live_server):
    """A page on which an officer is signed in; it fails where a page of the desk complains."""
    make_officer()
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page, complaints = context.new_page(), []
    sign_in(page, live_server)
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def without_scripts(browser, live_server):
    """A page without JavaScript on which an officer is signed in."""
    make_officer()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server)
    yield page
    context.close()


def sign_in(page, live_server, name="aziza"):
    page.goto(f"{live_server.url}/admin/login/?next=/admin/")
    page.fill("#id_username", name)
    page.fill("#id_password", "pw")
    page.click("#login-form [type=submit]")
    page.wait_for_selector("#user-tools")


def leave(page, live_server):
    """Go away without saving and without waiting."""
    page.goto(f"{live_server.url}/admin/")


def wait_for_drafts(page, count):
    """Until the browser keeps so many; the policy lets Playwright poll no expression itself."""
    for _ in range(100):
        if page.evaluate(KEPT) == count:
            return
        page.wait_for_timeout(50)
    pytest.fail(f"There are {page.evaluate(KEPT)} drafts, not {count}.")


def test_what_was_typed_is_put_back_with_its_rows_and_choices(desk, live_server):
    make_country("UZ"), make_sector()
    desk.goto(live_server.url + ADD)
    desk.fill("#id_title_en", "A bridge")
    desk.select_option("#id_kind", "infrastructure")
    add_row(desk, "countries")
    choose(desk, "countries-0-country", "Uzbekistan")
    add_row(desk, "sectors")
    desk.check("#id_sectors-0-is_main")
    leave(desk, live_server)
    desk.goto(live_server.url + ADD)
    assert desk.input_value("#id_title_en") == ""
    desk.click("text=Put back what you typed on")
    assert desk.input_value("#id_title_en") == "A bridge"
    assert desk.text_content("#countries-0 .select2-selection__rendered").endswith("Uzbekistan")
    assert desk.is_checked("#id_sectors-0-is_main")
    choose(desk, "sectors-0-sector", "Energy")
    desk.click("[name=_continue]")
    desk.wait_for_selector(".messagelist .success")
    made = Initiative.objects.get()
    assert (made.title_en, made.kind) == ("A bridge", "infrastructure")
    assert [row.country.iso2 for row in made.countries.all()] == ["UZ"]
    assert desk.evaluate(KEPT) == 0


def test_a_draft_is_written_soon_after_typing_and_survives_the_tab(desk, live_server):
    desk.goto(live_server.url + ADD)
    desk.fill("#id_title_en", "A bridge")
    wait_for_drafts(desk, 1)
    other = desk.context.new_page()
    other.goto(live_server.url + ADD)
    other.wait_for_selector("text=Put back what you typed on")
    other.focus(".desk-drafts button >> nth=1")
    other.keyboard.press("Enter")
    assert (other.locator(".desk-drafts p").count(), other.evaluate(KEPT)) == (0, 0)
    other.close()


def test_a_refused_form_keeps_its_draft(desk, live_server):
    desk.goto(live_server.url + ADD_SOURCE)
    desk.fill("#id_publisher", "A ministry")
    desk.click("[name=_save]")
    desk.wait_for_selector(".errornote")
    assert (desk.locator(".desk-drafts p").count(), desk.evaluate(KEPT)) == (0, 1)
    leave(desk, live_server)
    desk.goto(live_server.url + ADD_SOURCE)
    desk.click("text=Put back what you typed on")
    assert desk.input_value("#id_publisher") == "A ministry"


def test_typing_and_taking_it_back_leaves_no_draft(desk, live_server):
    desk.goto(live_server.url + ADD_SOURCE)
    desk.fill("#id_publisher", "A ministry")
    wait_for_drafts(desk, 1)
    desk.fill("#id_publisher", "")
    wait_for_drafts(desk, 0)


def test_a_draft_over_another_version_says_so_and_asks_when_saved(desk, live_server):
    source = make_source()
    desk.goto(live_server.url + edit(source))
    desk.fill("#id_title", "Mine")
    leave(desk, live_server)
    Source.objects.update(title="Theirs", version=source.version + 1)
    desk.goto(live_server.url + edit(source))
    assert "has changed since then" in desk.text_content(".desk-drafts")
    desk.click("text=Put back what you typed on")
    desk.click("[name=_save]")
    desk.wait_for_selector(".errornote")
    assert Source.objects.get().title == "Theirs"


def test_rows_are_found_again_by_their_record(desk, live_server):
    record = make_initiative(publication="draft")
    first, _second = (record.external_ids.create(scheme="wb", value=value) for value in "12")
    desk.goto(live_server.url + edit(record))
    desk.click("#external_ids-group > details > summary")
    desk.click("#external_ids-1 summary")
    desk.fill("#id_external_ids-1-value", "Second")
    leave(desk, live_server)
    first.delete()
    desk.goto(live_server.url + edit(record))
    desk.click("text=Put back what you typed on")
    assert desk.input_value("#id_external_ids-0-value") == "Second"
    assert "left out" in desk.text_content(".desk-drafts")


def test_a_source_that_was_added_in_a_small_window_leaves_no_draft(desk, live_server):
    desk.goto(live_server.url + ADD)
    add_row(desk, "citations")
    with desk.expect_popup() as opened:
        desk.click("#add_id_citations-0-source")
    small = opened.value
    small.fill("#id_title", "The visit")
    small.select_option("#id_kind", "official")
    wait_for_drafts(desk, 2)  # that of the row, and that of the small window
    small.click("[name=_save]")
    desk.wait_for_selector("#id_citations-0-source option:has-text('The visit')", state="attached")
    wait_for_drafts(desk, 1)


def test_what_was_typed_about_a_status_is_put_back(desk, live_server):
    page = edit(make_initiative()).replace("change", "status") + "?to=cancelled"
    desk.goto(live_server.url + page)
    desk.fill("#id_effective", "2025-11-14")
    desk.fill("#id_reason_en", "No money was found")
    leave(desk, live_server)
    desk.goto(live_server.url + page)
    desk.click("text=Put back what you typed on")
    assert desk.input_value("#id_effective") == "2025-11-14"
    assert desk.input_value("#id_reason_en") == "No money was found"


def test_old_drafts_and_those_of_others_do_not_stay(desk, live_server):
    make_chief()
    desk.goto(live_server.url + ADD)
    desk.evaluate("localStorage.setItem('desk-draft|0|1|/old', JSON.stringify({at: 1}))")
    desk.fill("#id_title_en", "Mine")
    wait_for_drafts(desk, 2)
    leave(desk, live_server)
    assert desk.evaluate(KEPT) == 1
    sign_out(desk)
    assert desk.evaluate(KEPT) == 1
    sign_in(desk, live_server, "chief")
    desk.goto(live_server.url + ADD)
    assert desk.locator(".desk-drafts p").count() == 0
    sign_out(desk)
    desk.wait_for_selector("text=Log in again")
    assert desk.evaluate(KEPT) == 0


def test_leaving_is_asked_about_only_if_nothing_could_be_kept(desk, live_server):
    questions = []
    desk.on("dialog", lambda dialog: (questions.append(dialog.type), dialog.accept()))
    desk.goto(live_server.url + ADD)
    desk.evaluate("void (Storage.prototype.setItem = () => { throw new Error('full') })")
    desk.click("#id_title_en")
    desk.keyboard.type("A bridge")
    desk.wait_for_selector("text=cannot keep what you type")
    leave(desk, live_server)
    assert questions == ["beforeunload"]


def test_no_password_is_kept(desk, live_server):
    make_chief()
    desk.context.clear_cookies()
    sign_in(desk, live_server, "chief")
    desk.goto(f"{live_server.url}/admin/auth/user/add/")
    desk.fill("#id_username", "new")
    desk.fill("#id_password", "s3cret")
    wait_for_drafts(desk, 1)
    kept = desk.evaluate("JSON.stringify(localStorage)")
    assert "new" in kept
    assert not any(word in kept for word in ("s3cret", "csrf"))


@pytest.mark.parametrize("keys", [{"key": "s", "code": "KeyS"}, {"key": "ы", "code": "KeyS"}])
def test_ctrl_s_saves_and_stays(desk, live_server, keys):
    source = make_source()
    desk.goto(live_server.url + edit(source))
    desk.fill("#id_title", "By key")
    press = "keys => document.body.dispatchEvent(new KeyboardEvent('keydown', keys))"
    desk.evaluate(press, {**keys, "ctrlKey": True, "bubbles": True, "cancelable": True})
    desk.wait_for_selector(".messagelist .success")
    assert desk.url == live_server.url + edit(source)
    assert Source.objects.get().title == "By key"
    # Beside the button that the keys press.
    assert desk.text_content("[name=_continue] + .desk-hint") == "Ctrl+S"


def test_ctrl_s_does_not_withdraw(desk, live_server):
    record = make_initiative()
    desk.goto(f"{live_server.url}{edit(record).replace('change', 'withdraw')}")
    desk.fill("textarea >> nth=0", "A reason")
    desk.keyboard.press("Control+s")
    record.refresh_from_db()
    assert record.publication == "published"


def test_a_lost_login_loses_nothing_even_without_scripts(without_scripts, live_server):
    page, source = without_scripts, make_source()
    page.goto(live_server.url + edit(source))
    page.fill("#id_title", "Typed before “it”")
    Session.objects.all().delete()
    page.click("[name=_continue]")
    assert "You have been signed out" in page.text_content("h1")
    with page.context.expect_page() as opened:
        page.click("text=Sign in (opens in a new tab)")
    sign_in(opened.value, live_server)
    page.click(".submit-row [type=submit]")  # signing in has changed the token
    assert "You are signed in as aziza" in page.text_content("#content-main")
    page.click(".submit-row [type=submit]")
    assert "was changed successfully" in page.text_content(".messagelist")
    assert page.url == live_server.url + edit(source)
    assert Source.objects.get().title == "Typed before “it”"


def test_a_pasted_address_fills_what_is_empty(desk, live_server):
    desk.goto(live_server.url + ADD_SOURCE)
    desk.fill("#id_publisher", "Mine")
    desk.fill("#id_url", "https://president.uz/ru/2025/11/14/visit?utm_source=t")
    desk.press("#id_url", "Tab")
    desk.wait_for_selector("text=Filled from the address")
    names = ("url", "publisher", "kind", "language", "published", "slug", "accessed_on")
    assert [desk.input_value(f"#id_{name}") for name in names] == [
        "https://president.uz/ru/2025/11/14/visit",
        "Mine",
        "official",
        "ru",
        "2025-11-14",
        "president-uz-visit",
        localdate().isoformat(),
    ]
    assert "Publisher" not in desk.text_content(".field-url [role=status]")


def test_a_stored_source_is_shown_before_it_is_entered_twice(desk, live_server):
    source = make_source(title="The visit", url="https://president.uz/x")
    desk.goto(live_server.url + ADD_SOURCE)
    desk.fill("#id_url", "https://www.president.uz/x/")
    desk.press("#id_url", "Tab")
    link = desk.wait_for_selector(".field-url [role=status] a")
    assert (link.text_content(), link.get_attribute("href")) == ("The visit", edit(source))


def test_an_address_that_cannot_be_asked_about_is_told(desk, live_server):
    desk.goto(live_server.url + ADD_SOURCE)
    desk.route("**/clues/**", lambda route: route.fulfill(body="no answer"))
    desk.fill("#id_url", "https://president.uz/x")
    desk.press("#id_url", "Tab")
    desk.wait_for_selector("text=could not be looked at")
