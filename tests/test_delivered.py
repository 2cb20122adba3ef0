"""Of what is implemented it is said whether it was delivered in full or in part."""

import pytest

from initiatives import actions
from initiatives.choices import DeskRole
from initiatives.lifecycle import NEED_LABELS, Need, Status
from initiatives.models import Change, ChangeRequest, Initiative
from initiatives.partial_dates import PartialDate
from tests import importing
from tests.bulk_desk import outcome_of, sent, status_page
from tests.desk import address, edit, errors_in, make_officer, send, signed_in, values_of
from tests.factories import make_initiative, make_source, make_status_change
from tests.requesting import decide

pytestmark = pytest.mark.django_db
LEFT = "The second weighing station."


@pytest.fixture
def editor():
    return make_officer("edda", DeskRole.EDITOR)


@pytest.fixture
def publisher():
    return make_officer("pola", DeskRole.PUBLISHER)


@pytest.fixture
def road():
    record = make_initiative("CI-2024-0031", actual_start="2024-03", outcome_en="A road")
    make_status_change(record, Status.IN_PROGRESS, effective="2024-03")
    return record


@pytest.fixture
def finished():
    """Implemented before anybody asked how much was delivered."""
    record = make_initiative(
        "CI-2023-0007", actual_start="2024", actual_end="2025-05", outcome_en="A bridge"
    )
    make_status_change(record, Status.IMPLEMENTED, effective="2025-05")
    return record


def page(record, to="implemented", **query):
    asked = "".join(f"&{name}={value}" for name, value in query.items())
    return address("initiative", "status", record.pk) + f"?to={to}{asked}"


def typed(**values):
    return {"effective": "2026-10-30", "source": make_source().pk, **values}


def asked(editor, road, **values):
    answer = send(signed_in(editor), page(road), **typed(**values))
    assert answer.status_code == 302, errors_in(answer)
    return ChangeRequest.objects.get()


def said(record):
    record = Initiative.objects.get(pk=record.pk)
    return record.status, record.delivered, record.not_delivered_en or ""


def test_nothing_is_chosen_for_the_officer(editor, road):
    desk = signed_in(editor)
    assert "delivered" not in values_of(desk.get(page(road)))
    answer = send(desk, page(road), **typed())
    assert str(NEED_LABELS[Need.DELIVERED]) in errors_in(answer)


@pytest.mark.parametrize(
    ("values", "refused"),
    [
        ({"delivered": "part"}, "If it was delivered in part, say what was not delivered."),
        (
            {"delivered": "full", "not_delivered_kk": "Екінші бекет"},
            "What was not delivered is said where it was delivered in part. Choose “In part”, or "
            "empty it.",
        ),
        ({"not_delivered_en": LEFT}, "Choose “In part”, or empty it."),
        ({"delivered": "part", "not_delivered_en": "x" * 251}, "at most 250 characters (it has"),
        ({"delivered": "half"}, "Select a valid choice. half is not one of the available"),
    ],
)
def test_an_answer_that_contradicts_itself_is_refused_and_kept(editor, road, values, refused):
    desk = signed_in(editor)
    answer = send(desk, page(road), **typed(**values))
    assert any(refused in error for error in errors_in(answer)), errors_in(answer)
    kept = values_of(answer)
    for name, value in values.items():
        if value != "half":
            assert kept[name] == value
    assert not ChangeRequest.objects.exists()


def test_it_goes_with_the_status_as_one_request(editor, publisher, road):
    request = asked(editor, road, delivered="part", not_delivered_en=LEFT)
    assert said(road) == ("in_progress", "", "")
    decide(publisher, request, "approve")
    assert said(road) == ("implemented", "part", LEFT)


def test_what_was_rejected_comes_back_into_its_fields(editor, publisher, road):
    request = asked(editor, road, delivered="part", not_delivered_en=LEFT)
    decide(publisher, request, "reject", comment="Which one?")
    desk = signed_in(editor)
    values = values_of(desk.get(desk.get(address("changerequest", "mend", request.pk)).url))
    assert (values["delivered"], values["not_delivered_en"]) == ("part", LEFT)


def test_a_correction_says_it_of_what_was_implemented_before(editor, publisher, finished):
    last = finished.status_changes.get()
    url = page(finished, corrects=last.pk)
    values = typed(delivered="part", not_delivered_en=LEFT, reason_en="It was not asked then")
    answer = send(signed_in(editor), url, **values)
    assert answer.status_code == 302, errors_in(answer)
    decide(publisher, ChangeRequest.objects.get(), "approve")
    assert said(finished) == ("implemented", "part", LEFT)


def test_who_leaves_implemented_empties_it_and_the_history_keeps_it(publisher, finished):
    finished.delivered, finished.not_delivered_en = "part", LEFT
    actions.save(finished, by=publisher)
    actions.correct_status(
        finished.status_changes.get(),
        to="in_progress",
        by=publisher,
        reason="It is still being built",
        effective=PartialDate.parse("2025-05"),
        source=make_source(),
    )
    assert said(finished) == ("in_progress", "", "")
    change = Change.objects.filter(initiative=finished, model="initiative").latest("pk")
    assert change.fields["status"] == ["implemented", "in_progress"]
    assert change.fields["delivered"] == ["part", None]
    assert change.fields["not_delivered_en"] == [LEFT, None]


# --- The form of the record -----------------------------------------------------------------------


def test_the_form_asks_it_only_of_what_is_implemented(publisher, road, finished):
    desk = signed_in(publisher)
    assert "delivered" not in values_of(desk.get(edit(road)))
    answer = send(desk, edit(finished), delivered="part", not_delivered_en=LEFT)
    assert answer.status_code == 302, errors_in(answer)
    assert said(finished) == ("implemented", "part", LEFT)


def test_the_form_refuses_what_does_not_go_together(publisher, finished):
    desk = signed_in(publisher)
    answer = send(desk, edit(finished), delivered="part")
    assert errors_in(answer) == ["If it was delivered in part, say what was not delivered."]
    answer = send(desk, edit(finished), not_delivered_ru="Второй пункт")
    assert len(errors_in(answer)) == 1
    assert said(finished) == ("implemented", "", "")


def test_what_the_status_no_longer_bears_is_refused_at_its_field(publisher, road):
    desk = signed_in(publisher)
    answer = send(desk, edit(road), delivered="full")
    assert any("Only of what is implemented" in error for error in errors_in(answer))
    assert said(road) == ("in_progress", "", "")


def test_a_request_is_not_approved_after_the_status_was_corrected(editor, publisher, finished):
    send(signed_in(editor), edit(finished), delivered="full")
    request = ChangeRequest.objects.get()
    make_status_change(
        finished, "in_progress", effective="2025", corrects=finished.status_changes.get()
    )
    with pytest.raises(actions.Refused) as refused:
        actions.approve_request(request, by=publisher)
    assert "Only of what is implemented" in str(refused.value)
    assert said(finished)[1] == ""


def test_it_is_taken_back_as_any_other_change(publisher, finished):
    finished.delivered = "full"
    actions.save(finished, by=publisher)
    actions.revert(Change.objects.get(fields__has_key="delivered"), by=publisher)
    assert said(finished) == ("implemented", "", "")


def test_many_are_implemented_with_one_answer_for_all(publisher):
    rows = [make_initiative(actual_end="2025", outcome_en="Built") for _ in range(2)]
    desk = signed_in(publisher)
    page = status_page(desk, rows, "implemented")
    values = {"effective": "2025", "source": make_source().pk}
    assert str(NEED_LABELS[Need.DELIVERED]) in errors_in(sent(desk, page, **values))
    values |= {"delivered": "part", "not_delivered_en": LEFT}
    assert outcome_of(sent(desk, page, **values)).waiting == rows
    actions.approve_request(rows[0].change_requests.get(), by=make_officer("second"))
    assert said(rows[0]) == ("implemented", "part", LEFT)


# --- Imports --------------------------------------------------------------------------------------


@pytest.fixture
def lists():
    importing.make_lists()


ENDED = {
    "title_en": "Canal",
    "countries_roles": "UZ:party|KZ:party",
    "main_sector": "water",
    "sectors": "water",
    "status": "implemented",
    "status_since": "2025-05",
    "status_source": "protocol",
    "actual_end": "2025-05",
    "outcome_en": "It carries water.",
}


def test_a_file_brings_it_with_the_status(lists):
    importing.applied({**ENDED, "delivered": "part", "not_delivered_en": LEFT})
    assert said(Initiative.objects.get()) == ("implemented", "part", LEFT)


def test_a_file_from_before_the_question_still_comes_in(lists):
    importing.applied(ENDED)
    assert said(Initiative.objects.get()) == ("implemented", "", "")


@pytest.mark.parametrize(
    ("cells", "column", "message"),
    [
        ({"delivered": "part"}, "delivered", "say what was not delivered"),
        ({"not_delivered_kk": "Бекет"}, "not_delivered_kk", "Choose “In part”, or empty it."),
        ({"delivered": "ful"}, "delivered", "Did you mean “full”?"),
        (
            {"delivered": "full", "status": "planned", "actual_end": ""},
            "delivered",
            "Only of what is implemented",
        ),
        ({"delivered": "part", "not_delivered_ru": "ы" * 251}, "not_delivered_ru", "250"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused_in_its_cell(lists, cells, column, message):
    wrong = importing.errors({**ENDED, **cells})
    assert any(name == column and message in text for _row, name, text in wrong), wrong


def test_a_stored_record_takes_it_from_a_file(lists, finished, road):
    importing.applied({"code": finished.code, "delivered": "full"})
    assert said(finished) == ("implemented", "full", "")
    wrong = importing.errors({"code": road.code, "delivered": "full"})
    assert [name for _row, name, _text in wrong] == ["delivered"]
