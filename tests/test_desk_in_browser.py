"""The first page of the desk in a real browser: for everybody, on any screen, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from initiatives.choices import DeskRole
from tests.factories import in_days, make_initiative, make_initiatives
from tests.memberships import ask_status, clean, make_member, refuse

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = {"runOnly": {"type": "tag", "values": TAGS}}


@pytest.fixture
def tasks():
    """An officer who has something to do in many sections, long titles among them."""
    officer = make_member(role=DeskRole.REVIEWER)
    other = make_member("olga", role=DeskRole.REVIEWER)
    make_initiatives(12, created_at="2020-01-01T00:00Z")
    make_initiative(planned_end=in_days(-9), title_en="Hydropower" * 20)
    ask_status(clean(make_initiative()), other)
    ask_status(clean(make_initiative()), officer)
    refuse(ask_status(clean(make_initiative()), officer), other, comment="No.\nNever.")


@pytest.fixture
def open_desk(browser, live_server):
    """A function that signs in and gives the first page; it fails where the console complains."""
    tabs, complaints = [], []

    def sign_in(name, **options):
        tab = browser.new_page(**options)
        tabs.append(tab)
        tab.goto(f"{live_server.url}/admin/")
        tab.fill("#id_username", name)
        tab.fill("#id_password", "pw")
        tab.click("#login-form [type=submit]")
        tab.wait_for_selector("#user-tools")
        tab.on("console", lambda said: complaints.append(said.text))
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.goto(f"{live_server.url}/admin/")
        return tab

    yield sign_in
    for tab in tabs:
        tab.close()
    assert complaints == []


def violations(tab):
    found = Axe().run(tab, options=AXE).response["violations"]
    return [(one["id"], node["html"]) for one in found for node in one["nodes"]]


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 820, 360])
@pytest.mark.usefixtures("tasks")
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(open_desk, colours, width):
    screen = {"width": width, "height": 800}
    tab = open_desk("dilshod", color_scheme=colours, viewport=screen, reduced_motion="reduce")
    assert violations(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_finds_nothing_where_there_is_nothing_to_do(open_desk):
    for name, desk in (("empty", "Everything"), ("lost", None)):
        make_member(name, desk=desk)
        assert violations(open_desk(name, reduced_motion="reduce")) == []
