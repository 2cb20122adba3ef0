"""Two officers with the same form open, each in a browser of their own."""

import pytest

from initiatives.models import Initiative, Presence
from tests.desk import edit, make_officer
from tests.factories import make_initiative, make_milestone

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]


@pytest.fixture
def officers(browser, live_server):
    """The pages of two officers who are signed in; it fails where a console complains."""
    complaints, contexts = [], []
    for name in ("aziza", "bek"):
        make_officer(name)
        contexts.append(context := browser.new_context(viewport={"width": 1280, "height": 900}))
        sign_in(context.new_page(), live_server.url, name, complaints)
    complaints.clear()  # a browser asks for /favicon.ico by itself
    yield [context.pages[0] for context in contexts]
    for context in contexts:
        context.close()
    assert complaints == []


def sign_in(page, site, name, complaints):
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{site}/admin/")
    page.fill("#id_username", name)
    page.fill("#id_password", "pw")
    page.click("#login-form [type=submit]")
    page.wait_for_selector("#user-tools")


def both_open(officers, live_server, record):
    for page in officers:
        page.goto(live_server.url + edit(record))
    return officers


def test_the_second_of_two_sees_three_values_chooses_and_saves(officers, live_server):
    initiative = make_initiative(title_en="Before", summary_en="Old")
    make_milestone(initiative, "Step")
    aziza, bek = both_open(officers, live_server, initiative)
    bek.fill("#id_title_en", "Theirs")
    bek.click("#milestones-0 > details > summary")
    bek.fill("#id_milestones-0-title_en", "Their step")
    bek.click("[name=_save]")
    bek.wait_for_selector(".messagelist .success")
    aziza.fill("#id_title_en", "Mine")
    aziza.fill("#id_summary_en", "New")
    aziza.click("[name=_save]")
    view = aziza.locator(".desk-three-way")
    row = view.locator("tr", has_text="Title [en]").first
    row.wait_for()
    assert [text.split("\n")[0] for text in row.locator("td").all_inner_texts()] == [
        "Before",
        "Theirs",
        "Mine",
    ]
    assert aziza.input_value("#id_milestones-0-title_en") == "Their step"
    row.get_by_label("Take theirs").check()
    view.get_by_label("I have compared").check()
    aziza.click("[name=_save]")
    aziza.wait_for_selector(".messagelist .success")
    saved = Initiative.objects.get()
    assert (saved.title_en, saved.summary_en) == ("Theirs", "New")
    assert saved.milestones.get().title_en == "Their step"


def test_whoever_comes_and_goes_is_told_on_the_open_page(officers, live_server):
    aziza, bek = officers
    record = edit(make_initiative())
    aziza.goto(live_server.url + record)
    aziza.wait_for_load_state("networkidle")
    assert not aziza.locator("#desk-presence").inner_text()
    with bek.expect_response("**/presence/"):
        bek.goto(live_server.url + record)
    assert "aziza has this record open" in bek.inner_text("#desk-presence")
    look_again(aziza)
    assert "bek has this record open" in aziza.inner_text("#desk-presence")
    bek.goto(f"{live_server.url}/admin/")
    wait_until_gone(bek, "bek")
    look_again(aziza)
    assert not aziza.inner_text("#desk-presence")


def wait_until_gone(page, name):
    """The farewell is sent while the next page loads already."""
    for _ in range(50):
        if not Presence.objects.filter(user__username=name).exists():
            return
        page.wait_for_timeout(100)


def look_again(page):
    """What the page does by itself every half minute, and whenever it is looked at again."""
    with page.expect_response("**/presence/"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(100)
