"""“Change status”: it offers the allowed moves and asks for what the new status needs."""

import pytest
from lxml import html

from initiatives.desk.forms.status_fields import fields_for
from initiatives.lifecycle import NEED_LABELS, NEEDS, Need, Status, moves_from
from initiatives.models import StatusChange
from tests.desk import address, errors_in, make_officer, send, signed_in, values_of
from tests.factories import (
    link_event,
    make_country,
    make_event,
    make_initiative,
    make_milestone,
    make_source,
    make_status_change,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def desk(officer):
    return signed_in(officer)


def page(initiative, to=None, corrects=None):
    asked = [f"to={to}"] * bool(to) + [
        f"corrects={corrects.pk}" for corrects in [corrects] if corrects
    ]
    return address("initiative", "status", initiative.pk) + "?" + "&".join(asked)


def in_status(status, **fields):
    initiative = make_initiative(status=status, **fields)
    make_status_change(initiative, status)
    return initiative


def offered(response):
    links = html.fromstring(response.content.decode()).xpath("//ul[@class='desk-choices']/li/a")
    return {link.get("href").split("to=")[1].split("&")[0] for link in links}


@pytest.mark.parametrize("status", Status)
def test_it_offers_exactly_the_allowed_moves(desk, status):
    assert offered(desk.get(page(in_status(status)))) == set(moves_from(status))


def test_a_record_without_history_may_take_any_status(desk):
    assert offered(desk.get(page(make_initiative()))) == set(Status)


@pytest.mark.parametrize("status", Status)
def test_it_asks_for_just_the_fields_of_the_status(desk, status):
    shown = set(values_of(desk.get(page(make_initiative(), status))))
    not_chosen = {"delivered"}  # a browser sends nothing of it until one of the two is chosen
    expected = set(fields_for(status)) - not_chosen
    assert shown - {"seen", "version", "csrfmiddlewaretoken"} == expected


@pytest.mark.parametrize("status", Status)
def test_every_need_is_either_a_field_or_a_link_into_the_record(desk, status):
    bare = make_initiative(main_sector=None, parties=[])
    make_milestone(bare)
    answer = desk.get(page(bare, status))
    on_record = [need for need in NEEDS[status] if need in RECORD_NEEDS]
    text = answer.content.decode()
    assert all(str(NEED_LABELS[need]) in text for need in on_record)


RECORD_NEEDS = {Need.MAIN_SECTOR, Need.PARTIES}


def test_a_status_is_entered_with_its_source(desk, officer):
    initiative = make_initiative(publication="draft")
    source = make_source()
    answer = send(
        desk, page(initiative, "planned"), effective="2025-03", source=source.pk, locator="P3"
    )
    assert answer.status_code == 302, errors_in(answer)
    change = StatusChange.objects.get()
    assert (change.to_status, str(change.effective)) == ("planned", "2025-03")
    assert change.recorded_by == officer
    assert change.citations.get().locator == "P3"


def test_what_is_missing_stands_beside_its_field_and_nothing_typed_is_lost(desk):
    initiative = in_status(Status.PLANNED)
    answer = send(desk, page(initiative, "suspended"), reason_ru="Спор", locator="P9")
    assert errors_in(answer) == [
        NEED_LABELS[Need.EFFECTIVE_DATE],
        NEED_LABELS[Need.DECIDING_SIDE],
        NEED_LABELS[Need.SOURCE],
    ]
    typed = values_of(answer)
    assert (typed["reason_ru"], typed["locator"]) == ("Спор", "P9")
    assert initiative.status_changes.count() == 1


def test_a_date_in_the_future_is_refused_beside_the_date(desk):
    answer = send(
        desk, page(make_initiative(), "planned"), effective="2999", source=make_source().pk
    )
    assert errors_in(answer) == [NEED_LABELS[Need.NOT_IN_FUTURE]]


def test_a_suspension_keeps_reason_side_and_source(desk):
    initiative = in_status(Status.PLANNED)
    answer = send(
        desk,
        page(initiative, "suspended"),
        effective="2026-01",
        reason_en="Dispute",
        reason_kk="Дау",
        decided_by=make_country("KZ").pk,
        source=make_source().pk,
    )
    assert answer.status_code == 302, errors_in(answer)
    change = initiative.status_changes.last()
    assert (change.decided_by.iso2, change.reason_en, change.reason_kk) == ("KZ", "Dispute", "Дау")


def test_an_event_that_was_held_carries_an_agreement_without_a_document(desk):
    initiative = in_status(Status.PLANNED)
    event = make_event()
    link_event(initiative, event, "signed")
    answer = send(desk, page(initiative, "agreed"), effective="2025", event=event.pk)
    assert answer.status_code == 302, errors_in(answer)
    assert initiative.status_changes.last().event == event


def test_an_event_of_another_initiative_is_no_choice(desk):
    initiative = in_status(Status.PLANNED)
    answer = send(desk, page(initiative, "agreed"), effective="2025", event=make_event().pk)
    assert any("Select a valid choice" in text for text in errors_in(answer))


def test_what_lies_on_the_record_is_told_with_a_link_to_its_field(desk):
    initiative = make_initiative(main_sector=None)
    answer = send(desk, page(initiative, "planned"), effective="2025", source=make_source().pk)
    assert errors_in(answer) == [NEED_LABELS[Need.MAIN_SECTOR]]
    assert f"/{initiative.pk}/change/#sectors-group" in answer.content.decode()


def test_a_move_that_is_not_allowed_leads_back_to_the_choice(desk):
    initiative = in_status(Status.AGREED)
    answer = desk.post(page(initiative, "planned"), {"effective": "2025", "seen": "1"})
    assert offered(answer) == set(moves_from(Status.AGREED))
    assert initiative.status_changes.count() == 1


def test_a_status_that_somebody_else_entered_meanwhile_is_told(desk):
    initiative = in_status(Status.PLANNED)
    typed = values_of(desk.get(page(initiative, "cancelled"))) | {"reason_en": "Mine"}
    make_status_change(initiative, Status.SUSPENDED)
    answer = desk.post(page(initiative, "cancelled"), typed)
    assert any("in the meantime" in text for text in errors_in(answer))
    assert values_of(answer)["reason_en"] == "Mine"
    assert lines_in(answer)["Status"] == ["Planned", "Suspended", "Cancelled"]
    assert lines_in(answer)["Reason [en]"] == ["–", "–", "Mine"]


def lines_in(answer):
    page = html.fromstring(answer.content.decode())
    rows = page.xpath("//section[@class='desk-three-way']//tbody/tr")
    cells = [[" ".join(cell.text_content().split()) for cell in row] for row in rows]
    return {label: values for label, *values in cells}


def cancelling(desk, initiative, meanwhile):
    """An officer enters “cancelled”, and somebody else enters `meanwhile` just before."""
    typed = values_of(desk.get(page(initiative, "cancelled"))) | {
        "effective": "2026-01",
        "reason_en": "Mine",
        "decided_by": make_country("KZ").pk,
        "source": make_source().pk,
    }
    make_status_change(initiative, meanwhile)
    return desk.post(page(initiative, "cancelled"), typed)


def test_a_compared_status_is_saved_where_the_move_is_still_allowed(desk):
    initiative = in_status(Status.AGREED)
    answer = cancelling(desk, initiative, Status.SUSPENDED)
    again = values_of(answer)
    assert desk.post(page(initiative, "cancelled"), again).status_code == 200
    saved = desk.post(page(initiative, "cancelled"), again | {"overwrite": "2"})
    assert saved.status_code == 302, errors_in(saved)


def test_the_word_that_it_was_compared_holds_only_for_what_was_seen(desk):
    initiative = in_status(Status.AGREED)
    again = values_of(cancelling(desk, initiative, Status.SUSPENDED)) | {"overwrite": "2"}
    make_status_change(initiative, Status.AGREED)
    answer = desk.post(page(initiative, "cancelled"), again)
    assert lines_in(answer)["Status"] == ["Agreed", "Agreed", "Cancelled"]


def test_where_the_move_is_not_allowed_any_more_the_values_go_to_another_status(desk):
    initiative = in_status(Status.AGREED)
    typed = values_of(desk.get(page(initiative, "in_progress"))) | {"effective": "2026-01"}
    make_status_change(initiative, Status.CANCELLED)
    answer = desk.post(page(initiative, "in_progress"), typed)
    text = answer.content.decode()
    assert "cannot become “In progress” any more" in text
    assert 'name="overwrite"' not in text
    assert 'value="Save status"' not in text
    assert values_of(answer)["effective"] == "2026-01"
    assert desk.post(page(initiative, "in_progress"), typed | {"overwrite": "2"}).status_code == 200


def test_a_correction_of_what_is_not_the_last_change_any_more_keeps_what_was_typed(desk):
    initiative = in_status(Status.PLANNED)
    last = initiative.status_changes.last()
    typed = values_of(desk.get(page(initiative, "planned", corrects=last)))
    make_status_change(initiative, Status.AGREED)
    asked = typed | {"reason_en": "Mine"}
    answer = desk.post(page(initiative, "planned", corrects=last), asked)
    assert "Only the last status change can be corrected" in answer.content.decode()
    assert values_of(answer)["reason_en"] == "Mine"


def test_a_record_that_changed_meanwhile_costs_nothing_that_was_typed(desk):
    initiative = make_initiative()
    typed = values_of(desk.get(page(initiative, "planned")))
    typed |= {"effective": "2025", "source": make_source().pk}
    initiative.sectors.all().delete()
    answer = desk.post(page(initiative, "planned"), typed)
    assert errors_in(answer) == [NEED_LABELS[Need.MAIN_SECTOR]]
    assert values_of(answer)["effective"] == "2025"


def test_a_final_status_is_corrected_from_the_history(desk):
    initiative = in_status(Status.CANCELLED)
    last = initiative.status_changes.last()
    form = desk.get(address("initiative", "change", initiative.pk)).content.decode()
    assert f"/status/?corrects={last.pk}" in form
    answer = send(
        desk,
        page(initiative, "planned", corrects=last),
        effective="2024",
        reason_en="Mistaken for another project",
        source=make_source().pk,
    )
    assert answer.status_code == 302, errors_in(answer)
    initiative.refresh_from_db()
    assert initiative.status == "planned"
    assert initiative.status_changes.last().corrects == last


def test_a_correction_needs_a_reason(desk):
    initiative = in_status(Status.CANCELLED)
    last = initiative.status_changes.last()
    answer = send(
        desk,
        page(initiative, "planned", corrects=last),
        effective="2024",
        source=make_source().pk,
    )
    assert errors_in(answer) == [NEED_LABELS[Need.REASON]]


@pytest.mark.parametrize("key", ["0", "99999999999999999999", "abc", "%00"])
def test_a_correction_of_nothing_is_not_found(desk, key):
    initiative = in_status(Status.CANCELLED)
    answer = desk.get(page(initiative) + f"corrects={key}")
    assert answer.status_code in (400, 404)
