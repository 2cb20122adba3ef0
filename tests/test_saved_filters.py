"""Filters of the desk's list that an officer keeps: beside the list and on the first page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from initiatives.actions.saved_filters import MOST
from initiatives.models import SavedFilter
from tests.desk import address, make_chief, make_desk, make_officer, make_viewer, signed_in
from tests.factories import make_country, make_initiative

pytestmark = pytest.mark.django_db
LIST, KEEP = address("initiative"), reverse("admin:initiatives_initiative_keep")
FIRST = reverse("admin:index")
QUERY = "o=-1&q=bridge&status__exact=planned"


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def client(officer):
    return signed_in(officer)


def keep(client, name="Bridges", query=QUERY):
    return client.post(KEEP, {"name": name, "query": query}, follow=True)


def links(answer):
    page = html.fromstring(answer.content.decode())
    return {link.text: link.get("href") for link in page.xpath("//ul[@class='desk-filters']/li/a")}


def told(answer):
    page = html.fromstring(answer.content.decode())
    return [one.text_content().strip() for one in page.xpath("//ul[@class='messagelist']/li")]


def test_filter_search_and_order_are_kept_under_a_name_and_lead_back(client):
    make_initiative(title_en="A bridge")
    answer = keep(client)
    assert told(answer) == ["The filter is saved as “Bridges”."]
    for page in (LIST, FIRST):
        assert links(client.get(page)) == {"Bridges": f"{LIST}?{QUERY}"}
    found = client.get(links(client.get(FIRST))["Bridges"])
    assert "A bridge" in found.content.decode()
    page = html.fromstring(found.content.decode())
    assert page.xpath("string(//ul[@class='desk-filters']//a[@aria-current])") == "Bridges"


def test_the_form_holds_the_filter_of_the_page_without_its_number(client):
    page = html.fromstring(client.get(f"{LIST}?{QUERY}&p=1&all=").content.decode())
    (form,) = page.xpath(f"//form[@action='{KEEP}']")
    assert form.fields["query"] == QUERY
    plain = html.fromstring(client.get(LIST).content.decode())
    assert plain.xpath(f"//form[@action='{KEEP}']") == []


def test_what_is_no_filter_of_the_list_is_not_kept(client):
    keep(client, query=f"{QUERY}&p=7&created_by__password__startswith=a&next=//evil")
    assert SavedFilter.objects.get().query == QUERY


@pytest.mark.parametrize(
    ("name", "query", "said"),
    [
        ("", QUERY, "This field cannot be blank."),
        ("x" * 61, QUERY, "at most 60 characters"),
        ("Bridges", QUERY, "You have a saved filter of this name."),
        ("New", "p=3", "Choose a filter, a search or an order first"),
    ],
)
def test_what_cannot_be_kept_is_told_and_the_name_stays_typed(client, name, query, said):
    keep(client)
    answer = keep(client, name, query)
    assert said in " ".join(told(answer))
    assert SavedFilter.objects.count() == 1
    if query == QUERY:
        page = html.fromstring(answer.content.decode())
        assert page.xpath("string(//input[@id='filter-name']/@value)") == name


def test_their_number_is_bounded(client, officer):
    for number in range(MOST):
        SavedFilter.objects.create(user=officer, name=str(number), query=QUERY)
    assert "no more can be kept" in told(keep(client))[0]
    assert SavedFilter.objects.count() == MOST


def test_a_filter_belongs_to_its_officer_alone(client):
    keep(client)
    other = signed_in(make_chief())
    assert links(other.get(LIST)) == {}
    kept = SavedFilter.objects.get()
    at = reverse("admin:initiatives_initiative_forget", args=[kept.pk])
    assert other.post(at).status_code == 404
    keep(other)  # the same name for somebody else
    assert SavedFilter.objects.count() == 2


def test_it_is_deleted_by_a_button_without_leaving_the_list(client):
    keep(client)
    at = reverse("admin:initiatives_initiative_forget", args=[SavedFilter.objects.get().pk])
    answer = client.post(at, {"query": QUERY}, follow=True)
    assert answer.redirect_chain == [(f"{LIST}?{QUERY}", 302)]
    assert told(answer) == ["The saved filter “Bridges” is deleted."]
    assert not SavedFilter.objects.exists()
    assert client.post(at).status_code == 404
    assert client.get(at).status_code == 405


@pytest.mark.parametrize(
    ("query", "gone"),
    [
        ("status__exact=dreamt", "dreamt"),
        ("countries__country__id__exact=999999", "country"),
        ("countries__country__id__exact=many", "country"),
        ("desk__id__exact=999999", "desk"),
        ("flag=former", "former"),
    ],
)
def test_a_value_that_is_no_longer_there_is_told(client, officer, query, gone):
    SavedFilter.objects.create(user=officer, name="Old", query=query)
    SavedFilter.objects.create(user=officer, name="Good", query="status__exact=agreed")
    for page in (LIST, FIRST):
        text = client.get(page).content.decode()
        assert f"No longer there: {gone}." in " ".join(text.split())
        assert text.count("No longer there") == 1


def test_values_that_are_there_are_no_reason_to_say_something(client):
    make_initiative(desk=make_desk())
    country = make_country("UZ")
    for number, query in enumerate(
        (
            f"countries__country__id__exact={country.pk}",
            f"desk__id__exact={make_desk().pk}",
            "desk__isnull=True",
            "work=mine",
            "publication__exact=draft",
        )
    ):
        keep(client, str(number), query)
    assert SavedFilter.objects.count() == 5
    assert "No longer there" not in client.get(LIST).content.decode()


def test_ten_filters_take_as_many_queries_as_one(client, officer):
    def queries(page):
        with CaptureQueriesContext(connection) as captured:
            client.get(page)
        return len(captured)

    country = make_country("UZ")
    query = f"countries__country__id__exact={country.pk}"
    SavedFilter.objects.create(user=officer, name="One", query=query)
    few = [queries(page) for page in (LIST, FIRST)]
    for number in range(9):
        SavedFilter.objects.create(user=officer, name=str(number), query=query)
    assert [queries(page) for page in (LIST, FIRST)] == few


def test_a_viewer_may_keep_filters_and_who_is_on_no_desk_may_not(django_user_model):
    keep(signed_in(make_viewer()))
    assert SavedFilter.objects.count() == 1
    nobody = django_user_model.objects.create_user("nobody", is_staff=True)
    assert signed_in(nobody).post(KEEP, {"name": "x", "query": QUERY}).status_code == 403
