"""How many clicks ten tasks of a journalist take from the front page: docs/reader-tasks.md says.

    .venv/bin/python -m pytest tests/test_reader_tasks_browser.py -n 0 -s

prints the rows of its table.
"""

from pathlib import Path

import pytest

from tests import factories as make
from tests.stories import revise, tell_story

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]
TABLE = Path(__file__).resolve().parent.parent / "docs" / "reader-tasks.md"
CODE = "CI-2025-0001"


class Reader:
    """Counts what a reader presses and types."""

    def __init__(self, page):
        self.page, self.clicks, self.fields = page, 0, 0

    def press(self, selector):
        self.page.locator(selector).first.click()
        self.clicks += 1

    def write(self, selector, text):
        self.page.locator(selector).first.fill(text)
        self.fields += 1

    def sees(self, selector):
        """Waits for it: a click returns when the next page begins, not when it is read."""
        self.page.locator(selector).first.wait_for(state="visible")


def what_slipped(reader):
    reader.press(".site-nav a[href$='/slipped/']")
    reader.sees(".slips .slip-why")
    reader.sees(".slip-by")


def what_the_decisions_of_a_summit_became(reader):
    reader.press(".site-nav a[href$='/events/']")
    reader.press("main a[href*='/events/event-of']")
    reader.sees("main table")
    reader.sees("main .status")


def who_pays(reader):
    reader.press(".site-nav a[href$='/organisations/']")
    reader.sees(".organisation-table td:nth-child(2)")


def a_spreadsheet(reader):
    reader.press(".site-nav a[href$='/initiatives/']")
    with reader.page.expect_download() as download:
        reader.press("a[href*='for=reading']")
    assert download.value.suggested_filename.endswith(".xlsx")


def a_past_day(reader):
    reader.press(".site-nav a[href$='/initiatives/']")
    reader.press(f"a[href$='{CODE}/']")
    reader.write("[name=as_of]", "2026-01-20")
    reader.press("form:has([name=as_of]) button")
    reader.page.wait_for_url("**as_of=2026-01-20**")


def the_source_of_a_claim(reader):
    reader.press(".site-nav a[href$='/initiatives/']")
    reader.press(f"a[href$='{CODE}/']")
    reader.press("a[href^='#source-']")
    assert "#source-" in reader.page.url


def a_name_in_another_script(reader):
    reader.write("[role=search] input", "Плотина")
    reader.press("[role=search] button")
    reader.sees(f"[data-code='{CODE}']")


def two_countries(reader):
    reader.press("a[href$='/compare/']")
    reader.press("main p a[href*='with=']")
    reader.sees("table.compared")


def following_by_mail(reader):
    reader.press(".site-nav a[href$='/initiatives/']")
    reader.press(".follow-mail summary")
    reader.write("#mail-address", "reader@example.org")
    reader.press(".mail-form button")
    reader.sees("main h1")


def on_a_telephone(reader):
    reader.page.set_viewport_size({"width": 360, "height": 800})
    reader.press(".site-header summary")
    reader.press(".site-nav a[href$='/initiatives/']")
    assert reader.page.locator("article").first.bounding_box()["y"] < 800


TASKS = {
    "what slipped, by how much and why": what_slipped,
    "what became of each decision of a summit": what_the_decisions_of_a_summit_became,
    "who pays how much": who_pays,
    "a spreadsheet to read": a_spreadsheet,
    "the first result on a telephone": on_a_telephone,
    "a record as it was on a past day": a_past_day,
    "the source of a claim": the_source_of_a_claim,
    "a name in another script": a_name_in_another_script,
    "two countries side by side": two_countries,
    "following by mail": following_by_mail,
}


def told(task):
    """The clicks and fields that the document states."""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0] == task:
            return int(cells[1]), int(cells[2])
    raise AssertionError(f"{TABLE.name} has no row “{task}”")


@pytest.fixture
def reader(browser, live_server):
    record = tell_story(make.make_initiative(CODE, title_en="Dam", title_ru="Плотина"))
    revise(record, old="2028-H1", new="2030", reason_en="The tender failed.")
    make.link_event(record, record.events.first().event, relation="decided")
    for _ in range(3):
        make.make_initiative()
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{live_server.url}/en/")
    yield Reader(page)
    context.close()


@pytest.mark.parametrize("task", TASKS)
def test_a_task_takes_as_many_clicks_as_the_document_says(reader, task):
    TASKS[task](reader)
    print(f"\n| {task} | {reader.clicks} | {reader.fields} |")
    assert (reader.clicks, reader.fields) == told(task)
