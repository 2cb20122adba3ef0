"""Lists and choices of the desk ask for the rows of one page, however many there are."""

import pytest
from django.core.paginator import EmptyPage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from initiatives import models
from initiatives.choices import DeskRole, Publication
from initiatives.desk.admin.pagination import KeysFirstPaginator, UncountedPaginator
from initiatives.desk.work_queue import queue_of
from initiatives.desk.work_queue.tasks import most_urgent, numbers, rows_of
from initiatives.rights import Rights
from tests.desk import address, make_desk, make_officer, signed_in
from tests.factories import (
    cite,
    link_event,
    make_event,
    make_funding,
    make_initiative,
    make_initiatives,
    make_organisation,
    make_source,
    make_status_change,
)

pytestmark = pytest.mark.django_db
ROWS = models.Initiative.objects.order_by("-code")


@pytest.fixture
def elsewhere():
    """An officer of a desk that covers nothing of what the tests make."""
    return make_officer(desk=make_desk("Elsewhere", countries=["KG"]), role=DeskRole.EDITOR)


@pytest.mark.parametrize("known", [2, 100])
def test_a_page_has_its_rows_in_order_and_all_are_counted(known, monkeypatch):
    monkeypatch.setattr("initiatives.desk.admin.pagination._FIRST_KEYS", known)
    make_initiatives(7)
    pages = KeysFirstPaginator(ROWS, 3)
    assert (pages.count, pages.num_pages) == (7, 3)
    found = [row for number in pages.page_range for row in pages.page(number)]
    assert found == list(ROWS.all())
    with pytest.raises(EmptyPage):
        pages.page(4)


def test_what_a_search_leaves_is_asked_for_once(django_assert_num_queries):
    make_initiatives(3)
    with django_assert_num_queries(2):  # the keys, and the rows
        pages = KeysFirstPaginator(ROWS.filter(code__contains="CI"), 2)
        assert (pages.count, len(pages.page(2).object_list)) == (3, 1)


def test_a_page_without_rows_asks_for_none(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert list(KeysFirstPaginator(ROWS, 2).page(1)) == []


def test_the_rows_of_a_page_are_not_asked_again_how_they_were_found():
    first, second = make_initiatives(2)
    pages = KeysFirstPaginator(ROWS.filter(code__contains="CI").select_related("parent"), 2)
    assert pages.count == 2
    with CaptureQueriesContext(connection) as asked:
        rows = pages.page(1).object_list
    assert rows == [second, first]
    assert "LIKE" not in asked[0]["sql"]
    with CaptureQueriesContext(connection) as asked:
        assert [row.parent for row in rows] == [None, None]
    assert not asked.captured_queries


def test_an_officer_s_list_with_a_word_shows_their_rows_in_its_order(elsewhere):
    seen = make_initiatives(3, parties=["KG", "UZ"], summary_en="solar power")
    make_initiative(parties=["UZ", "KZ"], summary_en="solar power")
    make_initiative(parties=["KG", "UZ"], summary_en="wind")
    page = signed_in(elsewhere).get(address("initiative"), {"q": "solar", "o": "-1"})
    listed = page.context["cl"]
    assert [row.code for row in listed.result_list] == sorted((x.code for x in seen), reverse=True)
    assert listed.result_count == 3


def test_choices_are_not_counted_but_say_whether_more_follow(django_assert_num_queries):
    make_initiatives(5)
    pages = UncountedPaginator(ROWS, 2)
    with django_assert_num_queries(2):
        first = pages.page(1)
    assert (list(first), first.has_next()) == (list(ROWS.all()[:2]), True)
    assert [pages.page(number).has_next() for number in ("2", "3")] == [True, False]


@pytest.mark.parametrize("number", ["4", "nothing", None])
def test_a_page_of_choices_that_is_not_there_is_refused(number):
    make_initiatives(5)
    with pytest.raises(EmptyPage):
        UncountedPaginator(ROWS, 2).page(number)


def test_the_choices_of_a_field_go_on_page_by_page():
    for number in range(25):
        make_organisation(f"bank-{number:02}", name_en=f"Bank {number:02}")
    client = signed_in(make_officer())
    asked = {"app_label": "initiatives", "model_name": "funding", "field_name": "provider"}
    found = [
        client.get(reverse("admin:autocomplete"), {**asked, "term": "bank", "page": page}).json()
        for page in (1, 2)
    ]
    assert [len(answer["results"]) for answer in found] == [20, 5]
    assert [answer["pagination"]["more"] for answer in found] == [True, False]
    texts = [row["text"] for answer in found for row in answer["results"]]
    assert len(set(texts)) == 25


def test_a_filter_offers_what_the_officer_s_rows_point_to(elsewhere):
    make_initiative(parties=["UZ", "KZ"])
    make_initiative(parties=["KG", "UZ"])
    page = signed_in(elsewhere).get(address("initiative"))
    offered = {
        choice["display"]
        for spec in page.context["cl"].filter_specs
        for choice in spec.choices(page.context["cl"])
    }
    assert {"Kyrgyzstan", "Uzbekistan"} <= offered
    assert "Kazakhstan" not in offered


def _make_all(number):
    """Drafts that the officer does not see, each with an organisation, source and event."""
    for _ in range(number):
        row = make_initiative(publication=Publication.DRAFT)
        bank, source = make_organisation(f"bank-{row.pk}"), make_source(f"source-{row.pk}")
        make_funding(row, provider=bank, receiver=bank, usd_rate_source=source)
        event = make_event(f"event-{row.pk}")
        event.organisations.add(bank)
        link_event(row, event)
        cite(row, source)


def _steps(rows):
    """How many steps SQLite's machine takes to find nothing among `rows`."""
    return _steps_of(lambda: rows.count() == 0)


def _steps_of(asked):
    taken = []
    connection.connection.set_progress_handler(lambda: taken.append(1) and None, 1)
    try:
        assert asked()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return len(taken)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="counts the steps of SQLite")
@pytest.mark.parametrize("model", [models.Organisation, models.Source, models.Event])
def test_what_may_be_chosen_is_found_in_steps_that_grow_as_the_rows_do(model, elsewhere):
    def cost():
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        return _steps(Rights(elsewhere).to_choose(model).order_by())

    _make_all(20)
    few = cost()
    _make_all(60)
    assert cost() < 6 * few  # four times the rows; each with each would be sixteen times


def _with_parts(number):
    for _ in range(number):
        row = make_initiative(summary_en="a long summary " * 20, planned_end="2020")
        cite(make_status_change(row))
        for _money in range(5):
            make_funding(row)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="counts the steps of SQLite")
def test_the_first_page_and_a_search_read_no_parts_and_no_texts_of_records():
    rights = Rights(make_officer(desk=make_desk("Here", countries=["UZ"]), role=DeskRole.EDITOR))

    def steps():
        queue_of(rights)  # what the factories wrote is followed
        rows, today = rows_of(rights, mine=True), timezone.localdate()
        of_numbers = _steps_of(lambda: numbers(rows, today)["overdue"])
        of_ten = _steps_of(lambda: most_urgent(rows, "overdue", 10, today))
        return of_numbers, of_ten, _steps(models.Initiative.objects.search("nowhere"))

    _with_parts(20)
    few = steps()
    _with_parts(60)
    of_numbers, of_ten, of_word = steps()
    assert of_numbers < 6 * few[0]  # four times the rows, each once
    assert of_ten < 2 * few[1]
    assert of_word < 2 * few[2]
