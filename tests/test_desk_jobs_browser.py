"""How many clicks, fields and pages the jobs of the desk take: docs/desk-jobs.md says what is true.

    .venv/bin/python -m pytest tests/test_desk_jobs_browser.py -n 0 -s

prints the rows of its table.
"""

from functools import partial
from pathlib import Path

import pytest

from initiatives import actions
from initiatives.choices import DeskRole
from initiatives.models import ChangeRequest, ImportBatch, Initiative
from initiatives.rights import Rights
from tests.counted import Hand
from tests.desk import edit, make_officer
from tests.factories import (
    cite,
    make_country,
    make_initiative,
    make_milestone,
    make_sector,
    make_source,
    make_status_change,
)
from tests.test_entering_browser import CLICKS, FIELDS, PAGES
from tests.test_session_browser import MOST_CLICKS as MOST_CLICKS_OF_A_PROTOCOL

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]
TABLE = Path(__file__).resolve().parent.parent / "docs" / "desk-jobs.md"
LIST = "/admin/initiatives/initiative/"


def cells_of(job):
    """What the document says of a job."""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0] == job:
            return cells[1:]
    raise AssertionError(f"{TABLE.name} has no row “{job}”")


def told(job):
    """The clicks, fields and pages."""
    return tuple(map(int, cells_of(job)[:3]))


def finish(hand, job):
    print(f"\n| {job} | {hand.clicks} | {hand.fields} | {hand.pages} |")
    assert (hand.clicks, hand.fields, hand.pages) == told(job)


@pytest.fixture
def sign_in(browser, live_server):
    """A function that gives the hand of an officer with a role, who is signed in."""
    contexts = []

    def enter(name, role=DeskRole.PUBLISHER):
        make_officer(name, role)
        contexts.append(context := browser.new_context(viewport={"width": 1280, "height": 900}))
        page = context.new_page()
        page.goto(f"{live_server.url}/admin/")
        page.fill("#id_username", name)
        page.fill("#id_password", "pw")
        with page.expect_navigation():
            page.click("#login-form [type=submit]")
        hand = Hand(page)
        hand.go = lambda path: page.goto(live_server.url + path)
        return hand

    yield enter
    for context in contexts:
        context.close()


def public(status="agreed", **fields):
    made = make_initiative(title_en="Dam", summary_en="Long", **fields)
    cite(make_status_change(made, status, effective="2024"))
    return made


def save(hand, button="[name=_save]"):
    hand.leave(button)
    assert hand.page.locator(".messagelist .success").count() == 1


def give_status(hand, status, **dates):
    hand.leave("text=Change status")
    hand.leave(f".desk-choices a:text-is('{status}')")
    for name, text in dates.items():
        hand.fill(f"#id_{name}", text)


def choose_source(hand):
    hand.choose("source", "Protocol")
    hand.fill("#id_locator", "P3")


def test_the_first_status_of_a_draft_and_its_submission(sign_in):
    make_source()
    draft = make_initiative(title_en="Dam", summary_en="Long", publication="draft")
    hand = sign_in("edda", DeskRole.EDITOR)
    hand.go(edit(draft))
    give_status(hand, "Planned", effective="2025")
    choose_source(hand)
    save(hand, "[data-saves]")
    save(hand, ".desk-step button:has-text('Submit for review')")
    draft.refresh_from_db()
    assert (draft.status, draft.publication) == ("planned", "in_review")
    finish(hand, "first status, and submit")


def test_the_approval_of_a_request(sign_in):
    record, editor = public(), make_officer("edda", DeskRole.EDITOR)
    gate = actions.ApprovalGate(record, rights=Rights(editor))
    record.title_en = "Great dam"
    gate.run(partial(actions.save, record, by=editor))
    hand = sign_in("rustam", DeskRole.REVIEWER)
    hand.leave("a.button:has-text('Decide')")
    save(hand, "[name=verdict][value=approve]")
    assert ChangeRequest.objects.get().state == "approved"
    finish(hand, "approve")


def test_the_button_of_a_status_stays_where_it_is_when_a_date_is_understood(sign_in):
    """The words come when the server has answered, maybe while the button is pressed."""
    record = public()
    hand = sign_in("aziza")
    hand.go(edit(record))
    hand.leave("text=Change status")
    hand.leave(".desk-choices a:text-is('In progress')")
    button = hand.page.locator("[data-saves]")
    before = button.bounding_box()
    hand.fill("#id_effective", "2025-03")
    hand.page.wait_for_selector(".desk-understood:not(:empty)")
    assert button.bounding_box() == before


def test_the_step_from_agreed_to_in_progress(sign_in):
    make_source()
    record = public()
    hand = sign_in("aziza")
    hand.go(edit(record))
    give_status(hand, "In progress", effective="2025-03")
    choose_source(hand)
    save(hand, "[data-saves]")
    record.refresh_from_db()
    assert (record.status, str(record.actual_start)) == ("in_progress", "2025-03")
    finish(hand, "agreed → in progress")


def test_the_step_to_implemented_with_an_open_milestone(sign_in):
    make_source()
    record = public("in_progress", actual_start="2024")
    step = make_milestone(record, "Opening", planned="2025-06")
    hand = sign_in("edda", DeskRole.EDITOR)
    hand.go(edit(record))
    give_status(hand, "Implemented", effective="2025-07-01", outcome_en="It stands.")
    hand.tick("[name=delivered][value=full]")
    hand.tick(f"[name$='{step.number}-end'][value=reached]")
    choose_source(hand)
    save(hand, "[data-saves]")
    assert ChangeRequest.objects.get().kind == "status"
    finish(hand, "→ implemented, one open milestone")


def test_the_correction_of_a_status(sign_in):
    make_source()
    record = public("in_progress", actual_start="2024")
    hand = sign_in("aziza")
    hand.go(edit(record))
    hand.leave("text=Correct this entry")
    hand.leave(".desk-choices a:text-is('Agreed')")
    hand.fill("#id_effective", "2024")
    hand.fill("#id_reason_en", "The protocol names another dam.")
    choose_source(hand)
    save(hand, "[data-saves]")
    record.refresh_from_db()
    assert record.status == "agreed"
    finish(hand, "correct a status")


def test_a_date_that_moves(sign_in):
    record = public(planned_end="2027", first_planned_end="2027")
    hand = sign_in("aziza")
    hand.go(edit(record))
    hand.fill("#id_planned_end", "2028-H1")
    hand.fill("#id_moved_because", "Floods.")
    save(hand)
    assert record.date_revisions.count() == 1
    finish(hand, "move a date")


def test_a_status_for_24_of_which_8_cannot_have_it(sign_in):
    make_source()
    for number in range(24):
        made = make_initiative(title_en=f"Dam {number}", summary_en="Long", actual_start="2024")
        cite(make_status_change(made, "agreed" if number % 3 else "cancelled", effective="2024"))
    hand = sign_in("aziza")
    hand.go(LIST)
    hand.tick("#action-toggle")
    hand.select("[name=action]", "status")
    hand.leave(".actions button[type=submit]")
    hand.tick("[name=to][value=in_progress]")
    hand.leave("button:has-text('Continue')")
    hand.fill("#id_effective", "2025")
    hand.choose("source", "Protocol")
    hand.tick("[name=failing][value=others]")
    hand.leave("[name=confirm][value=yes]")
    assert Initiative.objects.filter(status="in_progress").count() == 16
    finish(hand, "a status for 24, of which 8 cannot have it")


def test_a_conflict_of_two_officers(sign_in):
    record = public()
    hand, other = sign_in("aziza"), sign_in("bek")
    hand.go(edit(record))
    other.go(edit(record))
    other.fill("#id_title_en", "Theirs")
    save(other)
    hand.fill("#id_title_en", "Mine")
    hand.leave("[name=_save]")
    view = hand.page.locator(".desk-three-way")
    for label in ("Keep mine", "I have compared"):
        view.get_by_label(label).first.check()
        hand.clicks, hand.fields = hand.clicks + 1, hand.fields + 1
    save(hand)
    record.refresh_from_db()
    assert record.title_en == "Mine"
    finish(hand, "a conflict: compare, choose, save")


def test_an_import_applied_and_undone(sign_in, tmp_path):
    make_country("UZ"), make_country("KZ"), make_sector()
    file = tmp_path / "new.csv"
    file.write_text("title_en,kind\nA dam,infrastructure\nA road,infrastructure\n")
    hand = sign_in("edda", DeskRole.EDITOR)
    hand.go("/admin/initiatives/importbatch/")
    hand.leave("text=Import a file")
    hand.page.set_input_files("#id_file", file)
    hand.clicks, hand.fields = hand.clicks + 2, hand.fields + 1  # the window of files is opened
    hand.leave(".submit-row [type=submit]")
    hand.leave("[value=Apply]")
    assert Initiative.objects.count() == 2
    hand.leave("[value='Undo this import']")
    assert ImportBatch.objects.get().state == "undone"
    finish(hand, "import, apply, undo")


JOBS = (
    "a record with a new bank, two milestones, money and a new source",
    "first status, and submit",
    "approve",
    "agreed → in progress",
    "→ implemented, one open milestone",
    "correct a status",
    "move a date",
    "a status for 24, of which 8 cannot have it",
    "a conflict: compare, choose, save",
    "import, apply, undo",
)
LONG = (JOBS[0], "a protocol of 12 points")
# What was counted when the desk was found to take too long.
FIRST_COUNTED = {LONG[0]: (49, 34), LONG[1]: (65, 52)}


@pytest.mark.parametrize("job", LONG)
def test_the_two_long_jobs_take_at_most_half_of_what_they_took(job):
    """They are counted by the tests that enter them whole."""
    clicks, fields, _pages = told(job)
    clicks_before, fields_before = FIRST_COUNTED[job]
    assert clicks * 2 <= clicks_before
    assert fields * 2 <= fields_before


def test_the_numbers_of_the_two_long_jobs_are_those_that_their_tests_hold():
    assert told(LONG[0]) == (CLICKS, FIELDS, PAGES)
    assert told(LONG[1])[0] <= MOST_CLICKS_OF_A_PROTOCOL


@pytest.mark.parametrize("job", JOBS)
def test_no_job_takes_more_than_it_took(job):
    now, before = cells_of(job)[:3], cells_of(job)[3:6]
    assert all(int(one) <= int(other) for one, other in zip(now, before, strict=True))
