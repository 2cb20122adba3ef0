"""Three people take a record from draft to implemented, in browsers of their own.

Edda edits, Rustam reviews, Parida publishes. One step is rejected, two people edit at once, and
at each moment the public reads the last approved text.
"""

import json

import pytest

from initiatives.choices import DeskRole
from initiatives.models import Initiative
from tests.desk import make_officer
from tests.factories import make_country, make_sector, make_source

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]
PEOPLE = {
    "edda": DeskRole.EDITOR,
    "rustam": DeskRole.REVIEWER,
    "parida": DeskRole.PUBLISHER,
}
FORM = "/admin/initiatives/initiative/"


class Person:
    """Somebody at the desk, or a reader, each in a browser session of their own."""

    def __init__(self, browser, site, name=None) -> None:
        self.page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        self.site, self.complaints = site, []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        if name:
            self.open("/admin/login/")
            self.page.fill("#id_username", name)
            self.page.fill("#id_password", "pw")
            self.press("#login-form [type=submit]")

    def open(self, address) -> None:
        self.page.goto(f"{self.site}{address}")

    def press(self, what) -> None:
        with self.page.expect_navigation():
            self.page.click(what)

    def told(self) -> str:
        return self.page.inner_text(".messagelist")

    def change(self, **fields) -> None:
        """Type into the form of the record and save."""
        self.open(f"{FORM}{Initiative.objects.get().pk}/change/")
        for name, text in fields.items():
            self.fill(name, text)
        self.press("[name=_save]")

    def fill(self, name, text) -> None:
        """Type into a field, which may have to be unfolded."""
        for fold in self.page.locator(f"details:not([open]):has(#id_{name}) > summary").all():
            fold.click()
        self.page.fill(f"#id_{name}", text)


@pytest.fixture
def people(browser, live_server):
    """The three officers and a reader; it fails where a script of ours does."""
    make_country("UZ"), make_country("KZ"), make_sector()
    make_source("protocol", title="Protocol of the session")
    for name, role in PEOPLE.items():
        make_officer(name, role)
    made = {name: Person(browser, live_server.url, name) for name in PEOPLE}
    made["reader"] = Person(browser, live_server.url)
    yield made
    for person in made.values():
        person.page.context.close()
        assert person.complaints == []


def public(people):
    """What the public reads of the record: None if there is nothing."""
    code = Initiative.objects.get().code
    reader = people["reader"]
    answer = reader.page.request.get(f"{reader.site}/initiatives/{code}.json")
    return json.loads(answer.text()) if answer.status == 200 else None


def draft(edda):
    """A record with two parties, a main sector and a source, and its first status."""
    edda.open(f"{FORM}add/")
    edda.page.fill("#id_title_en", "A bridge")
    edda.page.fill("#id_summary_en", "A bridge over the Syr Darya.")
    edda.page.fill("#id_planned_end", "2027")
    for row, country in enumerate(["Uzbekistan", "Kazakhstan"]):
        edda.page.click("#countries-group .add-row a")
        pick(edda.page, f"countries-{row}-country", country)
    edda.page.click("#sectors-group .add-row a")
    pick(edda.page, "sectors-0-sector", "Energy")
    edda.page.check("#id_sectors-0-is_main")
    edda.press("[name=_continue]")
    status(edda, "Planned", "2025-Q1", source="Protocol")


def pick(page, field, text):
    page.click(f"#id_{field} + .select2 .select2-selection, .field-{field} .select2-selection")
    page.fill(".select2-search__field >> visible=true", text)
    page.click(f".select2-results__option:has-text('{text}')")


def status(person, name, effective, *, source):
    person.open(f"{FORM}{Initiative.objects.get().pk}/status/")
    person.press(f".desk-choices >> text={name}")
    person.page.fill("#id_effective", effective)
    pick(person.page, "source", source)
    if name == "Implemented":
        person.page.check("[name=delivered][value=full]")
    person.press(".submit-row [type=submit]")


def decide(person, verdict, comment=""):
    """Take the first thing that waits on the first page of the desk, and decide it."""
    person.open("/admin/")
    person.press("section[aria-labelledby=waiting] .queue-steps a >> nth=0")
    person.page.fill("#id_comment", comment)
    person.press(f"[value={verdict}]")


def submitted(people):
    draft(people["edda"])
    people["edda"].press("text=Submit for review")
    assert public(people) is None


def published_after_a_rejection(people):
    edda, rustam = people["edda"], people["rustam"]
    submitted(people)
    decide(rustam, "reject", "Which river?")
    assert public(people) is None
    edda.open("/admin/")
    assert "Which river?" in edda.page.inner_text("main")
    edda.change(title_en="A bridge over the Syr Darya")
    edda.press("#result_list .field-code a")
    edda.press("text=Submit for review")
    assert public(people) is None
    decide(rustam, "approve")
    assert public(people)["title"]["en"] == "A bridge over the Syr Darya"


def edited_by_two_at_once(people):
    edda, parida = people["edda"], people["parida"]
    edda.open(f"{FORM}{Initiative.objects.get().pk}/change/")
    parida.change(title_en="The bridge of friendship")
    edda.page.fill("#id_title_en", "The Syr Darya bridge")
    edda.fill("outcome_en", "The bridge is open.")
    edda.fill("actual_start", "2025-03")
    edda.fill("actual_end", "2026-05")
    edda.press("[name=_save]")
    seen = edda.page.inner_text(".desk-three-way")
    assert all(title in seen for title in ("The Syr Darya bridge", "The bridge of friendship"))
    assert edda.page.input_value("#id_outcome_en") == "The bridge is open."
    edda.page.check(".desk-three-way-choice [value=theirs]")
    edda.page.check("[name=overwrite]")
    edda.press("[name=_save]")
    assert "waits for approval" in edda.told()


def test_three_people_take_a_record_from_draft_to_implemented(people):
    edda, rustam, parida = (people[name] for name in PEOPLE)
    published_after_a_rejection(people)
    edited_by_two_at_once(people)
    now = public(people)
    assert (now["title"]["en"], now["actual_end"]) == ("The bridge of friendship", None)
    decide(rustam, "approve", "Seen")
    assert public(people)["actual_end"] == "2026-05"
    status(edda, "Implemented", "2026-05", source="Protocol")
    assert public(people)["status"] == "planned"
    decide(parida, "approve", "I was there")
    assert (public(people)["status"], public(people)["status_since"]) == ("implemented", "2026-05")
    made = Initiative.objects.get()
    last = made.status_changes.last()
    assert (last.recorded_by.username, last.approved_by.username) == ("edda", "parida")
