"""What a joint entry is told by no button decides nothing."""

import pytest

from initiatives import actions
from initiatives.choices import ChangeSetKind, DeskRole
from initiatives.models import ChangeRequest, ChangeSet
from initiatives.partial_dates import PartialDate
from tests.desk import address, errors_in, make_officer, signed_in
from tests.factories import make_initiative, make_source
from tests.requesting import ask_for_status

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting():
    """A joint entry of which one request waits."""
    editor = make_officer("edda", DeskRole.EDITOR)
    record = make_initiative(actual_start="2025")
    with actions.change_set_of(ChangeSetKind.STATUS, by=editor) as made:
        day = PartialDate.parse("2025")
        ask_for_status(record, editor, "in_progress", effective=day, source=make_source())
    return made


def page(change_set: ChangeSet):
    return address("changeset", "change", change_set.pk)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"comment": "Which protocol?"},
        {"aprove": "1"},
        {"approve": "1", "reject": "1"},
        {"undo": "some"},
        {"_save": "Save"},
    ],
)
def test_a_post_without_a_known_button_is_told_and_decides_nothing(waiting, sent):
    desk = signed_in(make_officer("rustam", DeskRole.REVIEWER))
    answer = desk.post(page(waiting), sent)
    assert answer.status_code == 200
    assert any("Nothing was decided" in text for text in errors_in(answer))
    assert ChangeRequest.objects.get().state == "waiting"
    assert sent.get("comment", "") in answer.content.decode()


def test_a_known_button_still_decides(waiting):
    desk = signed_in(make_officer("rustam", DeskRole.REVIEWER))
    desk.post(page(waiting), {"reject": "1", "comment": "Which protocol?"})
    assert ChangeRequest.objects.get().state == "rejected"
