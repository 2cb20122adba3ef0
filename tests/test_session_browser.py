"""A protocol of 12 points is entered in a real browser: few clicks, on any screen."""

import pytest

from initiatives.choices import DeskRole
from initiatives.models import ChangeSet, Citation, Event, Initiative
from tests.desk import make_officer
from tests.factories import cite, make_country, make_initiative, make_sector, make_status_change

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]
MOST_CLICKS = 30
TITLES = [
    "Solar power station in Syrdarya",
    "Freight line through the southern crossing",
    "Digital customs corridor",
    "Exchange of water data",
    "Joint television channel",
    "Border road, section 2",
    "Single window for freight permits",
    "Scholarships for water engineers",
]
PROTOCOL = """1. Start the feasibility study of the solar power station in Syrdarya. \
Responsible: Kazakhstan. Term: first quarter of 2027.
2. Approve the route of the freight line through the southern crossing.
3. Open the pilot of the digital customs corridor at two crossings. Term: December 2026.
4. Begin the daily exchange of water data. Deadline: 1 March 2027.
5. Suspend the joint television channel until funds are agreed. Responsible: Kazakhstan.
6. Set up an institute of seismology with seats in both capitals. Term: 2027-H2.
7. Finish section 2 of the border road
and report to the next session. Responsible: Uzbekistan. Term: 31 December 2026.
8. Simplify freight permits by a single window. Responsible: Uzbekistan. Term: 2027-H1.
9. Prepare a list of goods for mutual recognition of certificates. Term: 2027-Q2.
10. Take note of the growth of mutual trade.
11. Sign the programme of scholarships for water engineers. Term: May 2027.
12. Hold the fifth session in 2027."""


@pytest.fixture
def records():
    make_country("UZ"), make_country("KZ"), make_sector()
    made = [make_initiative(title_en=title, summary_en="Short") for title in TITLES]
    for record in made:
        cite(make_status_change(record))
    return made


@pytest.fixture
def open_desk(browser, live_server):
    """A function that signs in and gives the first page; it fails where the console complains."""
    tabs, complaints = [], []

    def sign_in(role=DeskRole.PUBLISHER, **options):
        tab = browser.new_page(**options)
        tabs.append(tab)
        make_officer("aziza", role)
        tab.goto(f"{live_server.url}/admin/")
        tab.fill("#id_username", "aziza")
        tab.fill("#id_password", "pw")
        tab.click("#login-form [type=submit]")
        tab.wait_for_selector("#user-tools")
        tab.on("console", lambda said: complaints.append(said.text))
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        return tab

    yield sign_in
    for tab in tabs:
        tab.close()
    assert complaints == []


class Hand:
    """Does what an officer does, and counts it: each choice of a list counts as two clicks."""

    def __init__(self, tab) -> None:
        self.tab, self.clicks, self.fields = tab, 0, 0

    def click(self, what):
        self.clicks += 1
        with self.tab.expect_navigation():
            self.tab.click(what)

    def choose(self, what, value):
        self.clicks += 2
        self.tab.select_option(what, value)

    def type(self, what, text):
        self.fields += 1
        self.tab.fill(what, text)


def row(number, box):
    """The box of the row of a point; the rows of a pasted list follow the one that was empty."""
    return f"#id_points-{number}-{box}"


def enter_facts(hand):
    hand.type("#id_title", "Fourth session of the joint commission")
    hand.type("#id_start", "20.11.2025")
    hand.type("#id_place", "Tashkent")
    hand.type("#id_sides", "Uzbekistan, Kazakhstan")
    hand.type("#id_source", "Protocol No. 4")
    hand.type("#id_paste", PROTOCOL)
    hand.click("button[name=rows]")


def enter_protocol(tab):
    hand = Hand(tab)
    hand.click("text=Enter a session")
    enter_facts(hand)
    for number, to in ((2, "agreed"), (3, "in_progress"), (4, "in_progress"), (5, "suspended")):
        hand.choose(row(number, "to"), to)
    hand.type(row(6, "initiative"), "Institute of seismology")
    hand.type(row(9, "initiative"), "Recognition of certificates")
    hand.click("[name=_save]")  # two new records were named since the rows were made
    hand.click("[name=_save]")
    return hand


def test_a_protocol_of_12_points_takes_at_most_30_clicks(open_desk, records):
    tab = open_desk(viewport={"width": 1280, "height": 900})
    hand = enter_protocol(tab)
    tab.wait_for_selector(".messagelist .success")
    assert hand.clicks <= MOST_CLICKS
    assert hand.fields <= 10
    event = Event.objects.get()
    assert event.outcome_en.startswith("10. Take note of the growth of mutual trade.")
    assert "12. Hold the fifth session in 2027." in event.outcome_en
    for record in records:
        record.refresh_from_db()
        assert record.events.get().event == event
        assert Citation.objects.filter(initiative=record, locator__startswith="point ").exists()
    assert [record.status for record in records[:5]] == [
        "planned",
        "agreed",
        "in_progress",
        "in_progress",
        "suspended",
    ]
    assert str(records[2].actual_start) == "2025-11-20"
    assert str(records[0].milestones.get().planned) == "2027-Q1"
    assert (
        records[5]
        .milestones.get()
        .title_en.endswith(
            "report to the next session. Responsible: Uzbekistan. Term: 31 December 2026."
        )
    )
    new = Initiative.objects.exclude(pk__in=[record.pk for record in records])
    assert {one.title_en for one in new} == {
        "Institute of seismology",
        "Recognition of certificates",
    }
    assert {one.publication for one in new} == {"draft"}


def test_an_editor_sends_it_as_one_and_a_publisher_decides_it_on_one_page(open_desk, records):
    tab = open_desk(DeskRole.EDITOR, viewport={"width": 1280, "height": 900})
    enter_protocol(tab)
    tab.wait_for_selector(".messagelist .success")
    entry = ChangeSet.objects.get()
    assert entry.change_requests.count() == 8
    assert tab.locator("#joint-waiting").inner_text() == "Waits for a second person (8)"


def test_what_the_page_shows_again_is_not_offered_as_something_forgotten(open_desk, records):
    tab = open_desk(viewport={"width": 1280, "height": 900})
    hand = Hand(tab)
    hand.click("text=Enter a session")
    enter_facts(hand)
    tab.wait_for_load_state("networkidle")
    assert tab.input_value("#id_title") == "Fourth session of the joint commission"
    assert tab.locator(".desk-drafts p").count() == 0


@pytest.mark.parametrize("language", ["ru", "uz", "kk"])
def test_no_name_of_a_box_reaches_into_the_next_one(open_desk, live_server, language):
    tab = open_desk(viewport={"width": 1280, "height": 900})
    cookie = {"name": "django_language", "value": language, "url": live_server.url}
    tab.context.add_cookies([cookie])
    tab.goto(f"{live_server.url}/admin/initiatives/event/session/")
    names = "names => names.filter(one => one.scrollWidth > one.clientWidth).length"
    assert tab.locator(".session-cell label").count() > 6
    assert tab.eval_on_selector_all(".session-cell label", names) == 0


FOCUS_IS_SEEN = """() => {
    const { left, top, width, height } = document.activeElement.getBoundingClientRect();
    const there = document.elementFromPoint(left + width / 2, top + height / 2);
    return there !== null && document.activeElement.contains(there);
}"""


@pytest.mark.parametrize("width", [1280, 820])
def test_the_bar_never_covers_what_the_keys_reach(open_desk, live_server, width):
    tab = open_desk(viewport={"width": width, "height": 800})
    tab.goto(f"{live_server.url}/admin/initiatives/event/session/")
    tab.locator(".session-row textarea").first.focus()
    for _press in range(60):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.name") == "more":
            break
    assert tab.evaluate("document.activeElement.name") == "more"
    assert tab.evaluate(FOCUS_IS_SEEN)
