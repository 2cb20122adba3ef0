"""The count beside an option is the number of rows that choosing it would give."""

import random
from datetime import UTC, datetime

import pytest
from django.http import QueryDict

from initiatives.lifecycle import Status
from initiatives.public import facets
from initiatives.public.filtersets import InitiativeFilterSet
from initiatives.public.filtersets.selections import found_by
from tests.factories import (
    add_country,
    make_country,
    make_funding,
    make_initiative,
    make_initiatives,
    make_organisation,
    make_sector,
)
from tests.listing import caught_up, counts
from tests.oracle.rows import rows_of

pytestmark = pytest.mark.django_db

QUERIES = [
    "",
    "status=planned",
    "status=planned&status=agreed&country=UZ",
    "country=UZ&country=KZ",
    "country=UZ&country=KZ&country_match=all",
    "party=UZ&country=KG&country_match=all",
    "sector=energy&year=2024",
    "sector=gas&sector=water&funded=yes",
    "organisation=bank&currency=USD",
    "kind=agreement&year=2024&year=2026",
    "q=initiative&funded=no",
]


def random_initiatives(chance, number=25):
    for slug, parent in (("energy", None), ("gas", "energy"), ("oil", "energy"), ("water", None)):
        make_sector(slug, parent=parent)
    owners = [None, *map(make_organisation, ("bank", "firm", "union", "fund"))]
    for _ in range(number):
        main, *others = chance.sample(["energy", "gas", "oil", "water"], chance.randint(1, 3))
        years = [chance.choice([None, *map(str, range(2020, 2029))]) for _ in range(4)]
        made = make_initiative(
            status=chance.choice(Status.values),
            kind=chance.choice(["agreement", "infrastructure"]),
            publication=chance.choice(["published"] * 5 + ["draft", "withdrawn"]),
            parties=chance.sample(["UZ", "KZ", "KG"], chance.randint(1, 2)),
            main_sector=main,
            sectors=others,
            organisations=chance.sample(["bank", "firm", "union"], chance.randint(0, 2)),
            **dict(
                zip(
                    ("planned_start", "planned_end", "actual_start", "actual_end"),
                    years,
                    strict=True,
                )
            ),
        )
        role = chance.choice(["transit", "lead", "observer"])
        add_country(made, chance.choice(["UZ", "KZ", "KG"]), role=role)
        for _ in range(chance.randint(0, 3)):
            sides = {name: chance.choice(owners) for name in ("provider", "receiver")}
            make_funding(made, "1000", currency=chance.choice(["USD", "KZT"]), **sides)


def choosing(query, name, option):
    """The number of rows that a filterset finds when an option is chosen."""
    data = QueryDict(query, mutable=True)
    if data.get("country_match") == "all" and name in ("country", "party"):
        data.appendlist(name, option.value)
    else:
        data.setlist(name, [option.value])
    return rows_of(InitiativeFilterSet(data)).count()


def test_counts_are_those_of_the_lists_that_they_announce():
    random_initiatives(random.Random(2025))
    for query in QUERIES:
        for name, options in counts(InitiativeFilterSet(QueryDict(query))).items():
            for option in options:
                assert option.count == choosing(query, name, option), (query, name, option)


def test_chosen_options_are_marked_and_stay_without_rows():
    make_organisation("firm")
    make_initiative(status="planned", organisations=["bank"])
    make_initiative(status="agreed", organisations=["firm"])
    found = counts(InitiativeFilterSet(QueryDict("status=planned&organisation=firm")))
    assert [option.value for option in found["status"] if option.chosen] == ["planned"]
    marked = {option.value: (option.count, option.chosen) for option in found["organisation"]}
    assert marked == {"bank": (1, False), "firm": (0, True)}


def test_nothing_that_is_not_public_is_counted_or_named():
    future = datetime(2999, 1, 1, tzinfo=UTC)
    hidden = [{"publication": name} for name in ("draft", "in_review", "withdrawn")]
    for fields in [*hidden, {"embargo_until": future}]:
        made = make_initiative(organisations=["secret"], actual_start="2024", **fields)
        make_funding(made, currency="CHF")
    found = counts(InitiativeFilterSet(QueryDict("organisation=secret")))
    assert not any(option.count for options in found.values() for option in options)
    assert found["organisation"] == found["currency"] == []


def test_options_are_counted_under_the_others_even_where_their_own_filter_is_wrong():
    make_initiative(status="planned")
    filterset = InitiativeFilterSet(QueryDict("status=zzz"))
    found = counts(filterset)
    assert {option.value: option.count for option in found["status"]}["planned"] == 1
    assert not any(option.count for option in found["kind"])


def test_a_long_facet_keeps_what_is_chosen_and_what_is_used_most(monkeypatch):
    monkeypatch.setattr(facets, "LIMIT", 3)
    for iso2 in ("AZ", "KG", "TJ", "TM"):
        make_country(iso2)
    make_initiative(parties=["UZ", "KZ"])
    found = counts(InitiativeFilterSet(QueryDict("country=TJ")), ["country"])["country"]
    assert {option.value for option in found} == {"UZ", "KZ", "TJ"}


def test_years_far_away_do_not_make_a_list_of_centuries():
    make_initiative(planned_start="1000", planned_end="9999")
    found = counts(InitiativeFilterSet(QueryDict("year=1500&year=0&year=²025")), ["year"])
    assert len(found["year"]) <= facets.LIMIT
    assert "1500" in {option.value for option in found["year"]}


def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(
    django_assert_max_num_queries,
):
    make_sector("gas", parent="energy")
    query = QueryDict("status=planned&country=UZ&sector=energy&year=2025")
    numbers = []
    for rows in (1, 49):
        make_initiatives(rows, actual_start="2024", organisations=["bank"])
        caught_up()
        filterset = InitiativeFilterSet(query)
        with django_assert_max_num_queries(10) as queries:
            with found_by(filterset) as found:
                tallies = facets.tallies(found, filterset)
            facets.options(filterset, tallies)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_a_part_stands_after_its_whole_and_says_of_what_it_is_a_part():
    make_sector("energy", order=10)
    make_sector("water", order=20)
    make_sector("solar", parent="energy", order=30)
    make_initiative(main_sector="solar", sectors=["water"])
    filterset = InitiativeFilterSet(QueryDict())
    caught_up()
    with found_by(filterset) as found:
        tallies = facets.tallies(found, filterset, ("sector",))
    options = facets.options(filterset, tallies)["sector"]
    named = [(one.value, one.whole) for one in options if one.value in ("energy", "solar", "water")]
    assert named == [("energy", ""), ("solar", "energy"), ("water", "")]
