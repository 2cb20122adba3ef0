"""Acts for a selection of the list: one page asks once, each record is checked by itself."""

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from initiatives import actions
from initiatives.choices import DeskRole
from initiatives.desk.admin import bulk_selection
from initiatives.desk.admin.bulk_acts import ACTS
from initiatives.lifecycle import Status
from initiatives.models import Desk, DeskMember, Initiative, StatusChange
from tests import bulk_desk
from tests.bulk_desk import (
    BULK,
    NO_KEYS,
    complete,
    done_to,
    fresh,
    member,
    opened,
    outcome_of,
    sent,
    status_page,
)
from tests.desk import address, errors_in, make_chief, make_officer, signed_in, values_of
from tests.factories import (
    make_initiative,
    make_initiatives,
    make_source,
    make_status_change,
)

pytestmark = pytest.mark.django_db
publisher = bulk_desk.publisher
editor = bulk_desk.editor
rows = bulk_desk.rows


# What is offered, and to whom


def test_the_list_offers_the_acts_and_no_deleting(publisher, rows):
    page = html.fromstring(publisher.get(address("initiative")).content.decode())
    offered = [value for value in page.xpath("//select[@name='action']/option/@value") if value]
    assert offered == list(ACTS)


def test_not_even_a_superuser_deletes_a_selection(rows):
    answer = opened(signed_in(make_chief()), "delete_selected", rows)
    assert answer.status_code == 302
    assert Initiative.objects.count() == 2


def test_a_viewer_is_offered_nothing(rows):
    viewer = signed_in(member(DeskRole.VIEWER))
    assert 'name="action"' not in viewer.get(address("initiative")).content.decode()
    assert viewer.post(BULK, {"action": "checked", "confirm": "yes"}).status_code == 403


def test_a_visitor_is_sent_to_sign_in(client):
    assert client.post(BULK).headers["Location"].startswith("/admin/login/")


def test_the_page_itself_has_no_address_to_come_back_to(publisher):
    assert publisher.get(BULK).headers["Location"] == address("initiative")


def test_an_unknown_act_is_not_found(publisher):
    assert publisher.post(BULK, {"action": "erase"}).status_code == 404


@pytest.mark.parametrize("name", ACTS)
def test_the_page_lists_what_was_selected(publisher, rows, name):
    page = opened(publisher, name, rows).content.decode()
    assert all(row.code in page and row.title in page for row in rows)
    assert "2 records selected" in page


@pytest.mark.once
@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("role", [DeskRole.EDITOR, DeskRole.PUBLISHER])
def test_the_page_takes_the_same_number_of_queries_for_1_row_and_for_10(name, role):
    client, many = signed_in(member(role)), make_initiatives(10)
    assert len(queries_of(client, name, many[:1])) == len(queries_of(client, name, many))


def queries_of(client, name, rows):
    opened(client, name, rows)
    with CaptureQueriesContext(connection) as captured:
        assert opened(client, name, rows, to="suspended").status_code == 200
    return captured


def test_only_a_hundred_are_shown_and_the_rest_counted(publisher, monkeypatch):
    monkeypatch.setattr(bulk_selection, "SHOWN", 2)
    page = opened(publisher, "checked", make_initiatives(5))
    assert "and 3 more" in page.content.decode()
    assert len(outcome_of(sent(publisher, page)).done) == 5


# Selecting


def test_all_that_the_list_finds_can_be_selected_across_its_pages(publisher):
    found, other = make_initiatives(60, kind="trade_measure"), make_initiative()
    page = publisher.post(
        address("initiative") + "?kind__exact=trade_measure",
        {"action": "checked", "index": "0", "select_across": "1", "_selected_action": found[0].pk},
    )
    assert set(outcome_of(sent(publisher, page)).done) == set(found)
    other.refresh_from_db()
    assert other.last_checked_at is None


@pytest.mark.parametrize("across", ["0", "1"])
def test_more_than_the_limit_is_refused_in_words(publisher, across):
    rows = make_initiatives(bulk_selection.MOST + 1, parties=(), main_sector=None)
    answer = opened(publisher, "checked", rows, select_across=across)
    assert answer.headers["Location"] == address("initiative")
    assert "At most 300 records" in publisher.get(address("initiative")).content.decode()


def test_the_page_takes_no_more_than_the_limit_either(publisher, rows):
    selected = [f"{key}:1" for key in range(1, bulk_selection.MOST + 2)]
    answer = publisher.post(BULK, {"action": "checked", "confirm": "yes", "selected": selected})
    assert answer.status_code == 302
    assert not Initiative.objects.exclude(last_checked_at=None).exists()


@pytest.mark.parametrize("key", NO_KEYS)
def test_what_can_be_no_key_is_refused(publisher, rows, key):
    assert opened(publisher, "checked", [key]).status_code == 403
    for selected in (f"{key}:1", f"{rows[0].pk}:{key}", key):
        fields = {"action": "checked", "confirm": "yes", "selected": selected}
        assert publisher.post(BULK, fields).status_code == 403


@pytest.mark.parametrize("name", ACTS)
def test_a_record_of_another_desk_is_as_if_there_were_none(rows, name):
    mine = make_initiative()
    officer = member(DeskRole.PUBLISHER, covers_all=False)
    Initiative.objects.filter(pk=mine.pk).update(desk=officer.desks.get().desk)
    client = signed_in(officer)
    assert opened(client, name, [mine]).status_code == 200
    with_hidden = opened(client, name, [mine, rows[0]])
    selection = with_hidden.context["selection"]
    assert (selection.rows, selection.gone) == ([mine], 1)
    assert rows[0].title_en not in with_hidden.content.decode()
    before = Initiative.objects.values().get(pk=rows[0].pk)
    for key in (rows[0].pk, 987_654):
        fields = {"action": name, "confirm": "yes", "selected": [f"{key}:1"]}
        answer = client.post(BULK, fields, follow=True)
        assert "The selected records no longer exist." in answer.content.decode()
    assert Initiative.objects.values().get(pk=rows[0].pk) == before


def test_across_all_pages_other_desks_stay_out(rows):
    mine, officer = make_initiative(), member(DeskRole.PUBLISHER, covers_all=False)
    Initiative.objects.filter(pk=mine.pk).update(desk=officer.desks.get().desk)
    page = opened(signed_in(officer), "checked", [mine], select_across="1")
    assert [row.code for row in page.context["selection"].rows] == [mine.code]


def test_a_record_that_the_officer_only_sees_fails_by_itself(rows):
    officer = member(DeskRole.VIEWER)
    own = Desk.objects.create(name="Own")
    DeskMember.objects.create(desk=own, user=officer, role=DeskRole.EDITOR)
    Initiative.objects.filter(pk=rows[0].pk).update(desk=own)
    outcome = outcome_of(done_to(signed_in(officer), "checked", rows, failing="others"))
    assert outcome.done == [rows[0]]
    assert outcome.failed == [(rows[1], ["Your role on this record does not allow it."])]


def test_a_record_that_vanished_meanwhile_is_counted(publisher, rows):
    draft = make_initiative(publication="draft")
    page = opened(publisher, "checked", [*rows, draft])
    actions.erase_draft(draft, by=None)
    assert (
        "1 selected record no longer exists" in sent(publisher, page, confirm=[]).content.decode()
    )
    assert outcome_of(sent(publisher, page)).done == rows


# All or nothing


@pytest.mark.parametrize("to", list(Status))
def test_a_status_for_many_asks_for_each_field_once_and_folds_other_languages(publisher, rows, to):
    publisher.cookies[settings.LANGUAGE_COOKIE_NAME] = "ru"
    answer = status_page(publisher, rows, to.value)
    form = html.fromstring(answer.content.decode()).xpath("//form[@action=$at]", at=BULK)[0]
    names = form.xpath(".//*[contains(@class, 'status-field')]//*[@name]/@name")
    assert set(names) == set(answer.context["form"].fields)
    folded = set(form.xpath(".//details//*[@name]/@name"))
    texts = {name for name in names if name.startswith(("reason_", "not_delivered_"))}
    assert folded == {name for name in texts if not name.endswith("_ru")}


def test_nothing_is_done_if_one_fails_and_what_was_typed_is_kept(publisher, rows):
    make_status_change(rows[0], "cancelled")
    page = status_page(publisher, rows, "in_progress")
    answer = sent(publisher, page, effective="2025-03", source=make_source().pk, locator="P7")
    assert outcome_of(answer).undone
    assert StatusChange.objects.count() == 1
    assert "Nothing was done" in answer.content.decode()
    typed = values_of(answer)
    assert (typed["effective"], typed["locator"]) == ("2025-03", "P7")


def test_the_others_are_done_by_one_more_click(publisher):
    good, bad = complete(), make_initiative(publication="draft")
    refused = done_to(publisher, "publish", [good, bad])
    assert "Do the others" in refused.content.decode()
    assert outcome_of(sent(publisher, refused, confirm="others")).done == [good]
    assert [row.publication for row in fresh([good, bad])] == ["published", "draft"]


def test_what_the_others_lack_is_told_with_a_link(publisher):
    good, bad = complete(), make_initiative(publication="draft")
    answer = done_to(publisher, "publish", [good, bad], failing="others").content.decode()
    assert "Give a summary in one language at least." in answer
    assert address("initiative", "change", bad.pk) in answer


def test_where_all_fail_there_are_no_others(publisher):
    page = done_to(publisher, "publish", [make_initiative(publication="draft")])
    assert "Do the others" not in page.content.decode()


def test_an_answer_that_was_not_offered_is_refused_in_words(publisher, rows):
    assert errors_in(done_to(publisher, "checked", rows, failing="\0"))
    assert not Initiative.objects.exclude(last_checked_at=None).exists()


def test_a_record_changed_meanwhile_fails_and_can_be_repeated(publisher, rows):
    page = opened(publisher, "desk", rows)
    affected_records = Initiative.objects.get(pk=rows[0].pk)
    affected_records.internal_note = "new"
    actions.save(affected_records, by=make_officer("botir"))
    answer = sent(publisher, page, chosen=Desk.objects.get(name="Desk of aziza").pk)
    assert outcome_of(answer).failed == [(rows[0], ["Changed in the meantime by botir."])]
    assert outcome_of(sent(publisher, answer)).done == rows


def test_the_others_leave_out_what_was_changed_meanwhile(publisher, rows):
    page = opened(publisher, "checked", rows)
    Initiative.objects.filter(pk=rows[0].pk).update(version=7)
    answer = sent(publisher, page)
    assert outcome_of(sent(publisher, answer, confirm="others")).done == [rows[1]]


# The way


def test_the_way_back_keeps_the_filter_of_the_list(publisher, rows):
    url = address("initiative") + "?kind__exact=other"
    page = publisher.post(url, {"action": "checked", "index": "0", "_selected_action": rows[0].pk})
    assert f'href="{url}"' in sent(publisher, page).content.decode()


@pytest.mark.once
@pytest.mark.parametrize("language", ["ru", "uz", "kk"])
@pytest.mark.parametrize("name", ACTS)
def test_the_page_is_there_in_every_language(publisher, rows, name, language):
    publisher.cookies["django_language"] = language
    assert opened(publisher, name, rows).headers["Content-Language"] == language
    assert done_to(publisher, name, rows).status_code == 200
