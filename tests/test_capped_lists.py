"""Long lists of the desk are counted as far as their pages go, and say so."""

import pytest
from django.contrib import admin
from django.core.paginator import EmptyPage
from django.test import RequestFactory

from initiatives import models
from initiatives.choices import DeskRole
from initiatives.desk.admin.pagination import CappedPaginator, KeysFirstPaginator
from tests.desk import address, make_desk, make_officer, signed_in
from tests.factories import make_funding, make_initiative, make_initiatives, make_organisation

pytestmark = pytest.mark.django_db
ROWS = models.Initiative.objects.order_by("-code")
IN_FULL = ("event", "initiative", "source", "country", "sector")
CAPPED = ("citation", "milestone", "funding", "change", "daterevision", "statuschange")


@pytest.fixture
def three_at_most(monkeypatch):
    monkeypatch.setattr("initiatives.desk.admin.pagination._FIRST_KEYS", 3)


@pytest.mark.parametrize(("rows", "more"), [(0, False), (3, False), (4, True)])
def test_no_more_is_counted_than_is_shown(rows, more, three_at_most, django_assert_num_queries):
    made = make_initiatives(rows)
    pages = CappedPaginator(ROWS, 2)
    with django_assert_num_queries(1):
        assert (pages.count, pages.is_capped) == (min(rows, 3), more)
    shown = [row for number in pages.page_range for row in pages.page(number)]
    assert shown == made[::-1][:3]
    with pytest.raises(EmptyPage):
        pages.page(3)


def _paginator_of(model, asked=""):
    page = admin.site._registry[getattr(models, model)]
    request = RequestFactory().get("/", {"q": asked} if asked else {})
    return type(page.get_paginator(request, ROWS, 50))


def test_a_list_is_counted_in_full_unless_it_is_of_parts_or_searched():
    names = {model._meta.model_name: model.__name__ for model in admin.site._registry}
    assert {_paginator_of(names[name]) for name in IN_FULL} == {KeysFirstPaginator}
    assert {_paginator_of(names[name]) for name in CAPPED} == {CappedPaginator}
    assert {_paginator_of(names[name], "word") for name in IN_FULL} == {CappedPaginator}


def test_every_list_of_the_desk_reads_its_pages_by_keys():
    ours = [page for page in admin.site._registry.values() if hasattr(page, "list_prefetch")]
    assert len(ours) > 10
    request = RequestFactory().get("/")
    made = [page.get_paginator(request, ROWS, 50) for page in ours]
    assert all(isinstance(paginator, KeysFirstPaginator) for paginator in made)


def test_a_list_says_that_more_is_there_than_it_counts(three_at_most):
    initiative = make_initiative()
    for _number in range(4):
        make_funding(initiative, amount=1, currency="USD")
    client = signed_in(make_officer(role=DeskRole.EDITOR))
    said = "The first 3 of more. To see others, search, filter or turn the order round."
    assert said in " ".join(client.get(address("funding")).content.decode().split())
    initiative.funding.order_by("pk").last().delete()
    page = " ".join(client.get(address("funding")).content.decode().split())
    assert ("Total: 3" in page, said in page) == (True, False)


def test_a_search_says_that_it_found_more_than_it_counts(three_at_most):
    make_initiatives(4, summary_en="solar power")
    page = signed_in(make_officer()).get(address("initiative"), {"q": "solar"})
    assert "more than 3 results" in page.content.decode()


def _currencies(client):
    listed = client.get(address("funding")).context["cl"]
    spec = next(spec for spec in listed.filter_specs if spec.title == "currency")
    return [str(choice["display"]) for choice in spec.choices(listed)]


def test_the_currencies_on_offer_are_those_that_the_officer_sees():
    make_funding(make_initiative(parties=["UZ", "KZ"]), amount=1, currency="KZT")
    seen = make_initiative(parties=["KG", "UZ"])
    for currency in ("USD", "EUR", "USD"):
        make_funding(seen, amount=1, currency=currency)
    officer = make_officer(desk=make_desk("KG", countries=["KG"]), role=DeskRole.EDITOR)
    assert _currencies(signed_in(officer)) == ["All", "EUR", "USD"]


def test_no_currency_is_on_offer_where_there_is_no_money():
    assert _currencies(signed_in(make_officer())) == ["All"]


@pytest.mark.parametrize("where", ["provider", "receiver", "text"])
def test_a_word_finds_money_by_who_pays_or_receives_and_by_the_texts_of_its_initiative(where):
    bank = make_organisation("bank", name_en="Solar Bank")
    found = make_initiative(summary_en="solar power" if where == "text" else "")
    row = make_funding(found, amount=1, currency="USD")
    if where != "text":
        setattr(row, where, bank)
        row.save()
    make_funding(make_initiative(), amount=2, currency="USD")
    client = signed_in(make_officer())
    assert list(client.get(address("funding"), {"q": "solar"}).context["cl"].result_list) == [row]
    assert not client.get(address("funding"), {"q": "solar wind"}).context["cl"].result_list
