"""Who may enter a session at the desk, and which records it may name and change."""

import pytest

from initiatives.choices import DeskRole
from initiatives.models import ChangeRequest, Event
from tests.desk import (
    address,
    make_desk,
    make_officer,
    make_viewer,
    signed_in,
)
from tests.factories import (
    cite,
    make_country,
    make_initiative,
    make_sector,
    make_status_change,
)
from tests.session_desk import FACTS, PAGE, at_row, pasted, press, rows_of, save

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def countries():
    make_country("UZ"), make_country("KZ"), make_country("TJ"), make_sector()


@pytest.fixture
def publisher():
    return signed_in(make_officer("publisher", DeskRole.PUBLISHER))


def published(**fields):
    made = make_initiative(summary_en="Short", **fields)
    cite(make_status_change(made))
    return made


def test_an_editor_asks_once_and_one_page_decides(publisher):
    editor = signed_in(make_officer("editor", DeskRole.EDITOR))
    records = [published(), published()]
    page = pasted(editor, "1. Agree.\n2. Build.")
    typed = {f"points-{n}-initiative": record.code for n, record in enumerate(records, 1)}
    answer = save(editor, page, **typed, **{"points-1-to": "agreed"})
    at = answer.headers["Location"]
    assert ChangeRequest.objects.count() == 2
    assert "Waits for a second person</h2>" not in editor.get(at).content.decode()
    assert 'name="approve"' not in editor.get(at).content.decode()
    assert 'name="approve"' in publisher.get(at).content.decode()
    assert publisher.post(at, {"approve": "1"}).status_code == 302
    assert all(record.events.exists() for record in records)
    assert records[0].status_changes.last().to_status == "agreed"
    assert not ChangeRequest.objects.filter(state="waiting").exists()


def test_a_record_of_another_desk_is_not_even_named():
    foreign = make_initiative(
        title_en="Secret bridge", main_sector="transport", publication="draft"
    )
    officer = make_officer("energy", DeskRole.EDITOR, make_desk("Energy", sectors=["energy"]))
    client = signed_in(officer)
    page = pasted(client, "1. Build the secret bridge.")
    for typed in (foreign.code, "Secret bridge"):
        page = press(client, "check", page, **{"points-1-initiative": typed})
        assert str(foreign.pk) not in dict(page.context["form"].points[0].offered)
        assert rows_of(page)[0]["choice"] == "new"
    forged = {"points-1-choice": str(foreign.pk)}
    assert save(client, page, **forged).status_code == 200
    assert not Event.objects.exists()


def test_a_record_that_the_officer_only_sees_is_refused_at_its_row():
    desk, own = make_desk(), make_desk("Own", sectors=["transport"])
    officer = make_officer("both", DeskRole.VIEWER, desk)
    own.members.create(user=officer, role=DeskRole.EDITOR)
    record = published()
    client = signed_in(officer)
    page = pasted(client, "1. Build.")
    page = save(client, page, **{"points-1-initiative": record.code})
    assert at_row(page, 0) == "Your role on this record does not allow it."


def test_a_viewer_enters_no_session():
    viewer = signed_in(make_viewer())
    assert viewer.get(PAGE).status_code == 403
    assert viewer.post(PAGE, FACTS).status_code == 403
    assert PAGE not in viewer.get("/admin/").content.decode()


def test_the_first_page_and_the_list_of_events_lead_to_it(publisher):
    for page in ("/admin/", address("event")):
        assert PAGE in publisher.get(page).content.decode()
