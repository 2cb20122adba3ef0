"""An officer at work in a real browser, under the strict Content Security Policy."""

import pytest

from initiatives.lifecycle import Status
from initiatives.models import Initiative
from tests.desk import make_officer
from tests.factories import make_country, make_sector, make_source

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]


@pytest.fixture
def desk(browser, live_server):
    """A page on which an officer is signed in; it fails where the console complains."""
    make_officer()
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    complaints = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{live_server.url}/admin/")
    page.fill("#id_username", "aziza")
    page.fill("#id_password", "pw")
    page.click("#login-form [type=submit]")
    page.wait_for_selector("#user-tools")
    complaints.clear()  # a browser asks for /favicon.ico by itself
    yield page
    page.close()
    assert complaints == []


def choose(page, field, text):
    """Pick from a completing list as people do: open it, type, take what is offered."""
    page.click(f"#id_{field} + .select2 .select2-selection, .field-{field} .select2-selection")
    page.fill(".select2-search__field >> visible=true", text)
    page.click(f".select2-results__option:has-text('{text}')")


def add_row(page, prefix):
    page.click(f"#{prefix}-group .add-row a")


def test_an_officer_enters_an_initiative_and_its_first_status(desk, live_server):
    make_country("UZ"), make_country("KZ"), make_sector(), make_source()
    desk.goto(f"{live_server.url}/admin/initiatives/initiative/add/")
    desk.fill("#id_title_en", "A bridge")
    for row, name in enumerate(["Uzbekistan", "Kazakhstan"]):
        add_row(desk, "countries")
        choose(desk, f"countries-{row}-country", name)
    add_row(desk, "sectors")
    choose(desk, "sectors-0-sector", "Energy")
    desk.check("#id_sectors-0-is_main")
    desk.click("[name=_continue]")
    desk.click("text=Change status")
    desk.click("text=Planned")
    desk.fill("#id_effective", "2025-Q1")
    choose(desk, "source", "Protocol")
    desk.click("text=Save status")
    desk.wait_for_selector(".messagelist .success")
    made = Initiative.objects.get()
    assert (made.status, str(made.status_since)) == (Status.PLANNED, "2025-Q1")
    assert made.status_changes.get().citations.exists()


@pytest.mark.parametrize("address", ["", "initiatives/initiative/", "initiatives/event/add/"])
def test_other_pages_obey_the_policy(desk, live_server, address):
    desk.goto(f"{live_server.url}/admin/{address}")
    desk.wait_for_load_state("networkidle")
    assert desk.locator("h1").count() == 1


def test_the_language_is_chosen_in_the_header(desk, live_server):
    desk.goto(f"{live_server.url}/admin/initiatives/initiative/")
    desk.click(".desk-languages [value=ru]")
    desk.wait_for_selector("html[lang=ru]")
    assert desk.url.endswith("/admin/initiatives/initiative/")
