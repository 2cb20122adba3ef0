"""The orders of a list are the same on both databases, and what is not known comes last."""

import pytest
from django.http import QueryDict
from django.utils import translation

from initiatives.public.filtersets import InitiativeFilterSet
from initiatives.public.filtersets.sorting import ORDERS
from tests.factories import make_funding, make_initiative, make_source
from tests.listing import codes

pytestmark = pytest.mark.django_db


def ordered(order):
    filterset = InitiativeFilterSet(QueryDict(f"sort={order}"))
    assert not filterset.errors, filterset.errors
    return "".join(code[-1] for code in codes(filterset))


def make(number, **fields):
    return make_initiative(f"CI-2025-000{number}", **fields)


@pytest.mark.parametrize(("order", "digits"), [("status", "3124"), ("-status", "4213")])
def test_statuses_stand_in_the_order_of_a_life(order, digits):
    for number, status in enumerate(("agreed", "in_progress", "planned", "cancelled"), 1):
        make(number, status=status)
    assert ordered(order) == digits


@pytest.mark.parametrize(("order", "digits"), [("start", "31524"), ("-start", "21534")])
def test_a_date_that_is_not_known_comes_last_in_both_directions(order, digits):
    make(1, planned_start="2024")
    make(2, planned_start="2024", actual_start="2025-05")
    make(3, actual_start="2023-Q4")
    make(4)
    make(5, planned_start="2024")
    assert ordered(order) == digits


@pytest.mark.parametrize(("order", "digits"), [("end", "213"), ("-end", "123")])
def test_the_actual_end_counts_before_the_planned_one(order, digits):
    make(1, planned_end="2030")
    make(2, planned_end="2040", actual_end="2024")
    make(3)
    assert ordered(order) == digits


@pytest.mark.parametrize(("order", "digits"), [("title", "4213"), ("-title", "3124")])
def test_small_and_capital_letters_stand_together(order, digits):
    for number, title in enumerate(("banana", "Apple", "Ёлка", "aa"), 1):
        make(number, title_en=title)
    assert ordered(order) == digits


def test_titles_are_sorted_as_the_reader_sees_them():
    make(1, title_en="Alpha", title_uz="Zebra")
    make(2, title_en="Beta", title_uz="")
    make(3, title_en="Gamma", title_uz="Anor")
    with translation.override("uz"):
        assert ordered("title") == "321"


@pytest.mark.parametrize(("order", "digits"), [("amount", "13245"), ("-amount", "23145")])
def test_only_amounts_that_can_be_compared_are_compared(order, digits):
    rate = {"usd_rate": "0.002", "usd_rate_on": "2025-01-01", "usd_rate_source": make_source()}
    first, second, third, fourth, _fifth = [make(number) for number in range(1, 6)]
    make_funding(first, "900")
    make_funding(second, "999")
    make_funding(second, "3000", type="pledge")
    make_funding(second, "9000000", type="repayment")
    make_funding(third, "1000000", currency="KZT", **rate)
    make_funding(fourth, "7000000", currency="KZT")
    make_funding(fourth, None)
    assert ordered(order) == digits


@pytest.mark.parametrize("order", [order for order, _label in ORDERS])
def test_ties_go_by_code(order):
    made = [make(number) for number in (2, 1, 3)]
    type(made[0]).objects.update(updated_at=made[0].updated_at)
    if "title" in order:
        type(made[0]).objects.update(title_en="The same")
    assert ordered(order) == "123"


@pytest.mark.parametrize(
    "order", ["country__password", "pk", "?", "title,-code", "--title", "TITLE"]
)
def test_an_unknown_order_is_an_error_and_shows_nothing(order):
    make(1)
    filterset = InitiativeFilterSet(QueryDict(f"sort={order}"))
    assert set(filterset.errors) == {"sort"}
    assert codes(filterset) == []


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("kk", ["Ал", "Әл", "Бақ", "Гүл", "Ғылым", "Ит", "Кен", "Қала", "Ым", "Із", "Bridge"]),
        ("uz", ["Asal", "Gaz", "Savdo", "Suv", "Zar", "Oʻrmon", "Gʻalla", "Shahar", "Chegara"]),
        ("ru", ["2025", "Азия", "Ёлка", "Ель", "Жук", "Йод", "Юг", "Яхта", "Abc"]),
        ("en", ["2025", "Apple", "Ärzte", "banana", "Zebra", "Азия", "Ёлка"]),
    ],
)
def test_titles_follow_the_alphabet_of_the_reader_on_every_database(language, titles):
    numbers = [3, 1, 4, 2, 5, 9, 6, 8, 7, 11, 10][: len(titles)]
    for number, title in sorted(zip(numbers, titles, strict=True)):
        make_initiative(f"CI-2025-{number:04}", **{f"title_{language}": title})
    with translation.override(language):
        for order, wanted in (("title", numbers), ("-title", numbers[::-1])):
            found = codes(InitiativeFilterSet({"sort": order}))
            assert [int(code[-4:]) for code in found] == wanted
