"""Where the rows of the desk and the register say the same, so do the index and the database."""

from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest
from django.http import QueryDict
from django.utils import timezone, translation

from initiatives.actions.search import refold
from initiatives.editions.index import Index, Selection
from initiatives.editions.search import matching
from initiatives.models import Initiative, Sector
from initiatives.public.filtersets import FILTERS, InitiativeFilterSet
from initiatives.public.filtersets.selections import selection_of
from initiatives.public.filtersets.sorting import ORDERS
from initiatives.publication import issue_missing
from initiatives.rules import Flag
from tests.factories import (
    make_funding,
    make_initiative,
    make_initiatives,
    make_milestone,
    make_source,
)
from tests.oracle.rows import money_of, rows_of
from tests.stories import revise
from tests.test_facets import QUERIES, random_initiatives
from tests.test_flag_queries import TODAY, make_random

pytestmark = pytest.mark.django_db
TITLES = ["", "Bridge", "bridge", "Мост", "қала", "қуат", "Өзен", "oʻzan", "Ärzte"]
MORE = [
    "flag=overdue&flag=unsourced",
    "flag=contradiction&status=planned",
    "updated_since=2025-06-30",
    "year=2024&status=zzz",
    "country=XX&kind=agreement",
    "q=bri&q=ärz&status=planned",
    "q=мост 2025",
    "q=kozogiston&q=uz",
    "q=Energ a",
    "q=bank&q=Firm",
    "q=%20-%20",
    "party=UZ&party=KZ&country_match=all",
    "late=end",
    "late=milestone&status=planned",
    "late=yes&sector=energy",
    "late_by=3",
    "late_by=24&late_by=36&country=UZ",
    "moved=later&moved_by=12",
    "moved=earlier&moved=taken_back",
    "moved=no&late=yes",
    "moved=milestone",
    "late_by=0",
]


def fill(seed):
    """Initiatives of which some are parts of others, and all editions that they need."""
    chance = Random(seed)
    random_initiatives(chance, number=18)
    codes = list(Initiative.objects.values_list("pk", "publication"))
    for pk, publication in codes:
        texts = {f"title_{name}": chance.choice(TITLES) for name in ("en", "ru", "uz", "kk")}
        Initiative.objects.filter(pk=pk).update(**texts)
        # A chain of wholes through what is not public is no part of the public record.
        whole, state = chance.choice(codes)
        if whole < pk and state == publication == "published" and chance.random() < 0.5:
            Initiative.objects.filter(pk=pk).update(parent=whole)
        _move_dates(chance, Initiative.objects.get(pk=pk))
    refold()
    issue_missing()


def _move_dates(chance, made):
    """The planned end and the dates of two milestones, so that the last move led to what stands."""
    ends = ["2021", "2024-Q1", "2026-11", "2029-02-10", "2030"]
    told = [*chance.sample(ends, chance.randint(0, 2)), made.planned_end and str(made.planned_end)]
    for old, new in pairwise(told):
        revise(made, old=old, new=new)
    for _ in range(2):
        dates = ["2022", "2025-12-31", "2026-Q3", "2028", None]
        planned, dropped = chance.choice(dates), chance.choice(["", "", "Part of another"])
        step = make_milestone(made, planned=planned, dropped_reason_en=dropped)
        if planned and chance.random() < 0.5:
            revise(made, "planned", chance.choice(dates[:4]), planned, milestone=step)


def selected_by(filterset):
    texts = filterset.understood("q")
    return selection_of(filterset, matching=matching(texts) if texts else None)


@pytest.mark.parametrize("seed", range(2))
def test_totals_are_those_of_the_database(seed):
    fill(seed)
    index = Index()
    for query in (*QUERIES, *MORE):
        filterset = InitiativeFilterSet(QueryDict(query))
        with index.reading() as reading:
            found = reading.find(selected_by(filterset))
            assert found.total == rows_of(filterset).count(), query
            assert found.money() == money_of(rows_of(filterset)), query


@pytest.mark.parametrize("language", ["en", "ru", "uz", "kk"])
def test_orders_are_those_of_the_database(language):
    fill(3)
    index = Index()
    with translation.override(language):
        for order, _label in ORDERS:
            rows = rows_of(InitiativeFilterSet({"sort": order}))
            codes = list(rows.values_list("code", flat=True))
            with index.reading() as reading:
                page = reading.find(Selection()).page(order, 0, 99, language=language)
                assert reading.keys(page) == codes, order


def test_flags_are_those_of_the_database():
    make_random(60, seed=0)
    Initiative.objects.update(publication="published")
    issue_missing()
    rows = {flag: Initiative.objects.with_flag(flag, today=TODAY).count() for flag in Flag}
    with Index().reading(day=TODAY) as reading:
        assert reading.find(Selection()).tally("flag") == rows
        for flag in Flag:
            assert reading.find(Selection(flag=(flag,))).total == rows[flag] > 0


def test_every_parameter_of_the_list_is_looked_for_or_says_when_or_in_what_order():
    taken = set(Selection.__dataclass_fields__) | {"q", "country_match", "as_of", "sort"}
    assert set(FILTERS) <= taken


def test_a_search_needs_what_it_has_found():
    with pytest.raises(ValueError, match="search"):
        selection_of(InitiativeFilterSet({"q": "bridge"}))


def test_a_day_is_known_at_its_end_and_today_as_it_is_by_now():
    today = timezone.localdate()
    filterset = InitiativeFilterSet({"as_of": str(today - timedelta(days=1))})
    assert timezone.localdate(filterset.known_at) == today - timedelta(days=1)
    assert timezone.localdate(filterset.known_at + timedelta(microseconds=1)) == today
    assert InitiativeFilterSet({"as_of": str(today)}).known_at <= timezone.now()
    assert InitiativeFilterSet().known_at is None


def test_a_later_sector_of_the_database_is_known_at_once():
    make_initiatives(2)
    issue_missing()
    index = Index()
    for slug, wanted in (("mines", {"energy": 2}), ("power", {"energy": 2, "power": 2})):
        whole = Sector.objects.create(slug=slug)
        if slug == "power":
            Sector.objects.filter(slug="energy").update(parent=whole)
        with index.reading() as reading:
            assert reading.find(Selection()).tally("sector") == wanted


def test_amounts_are_compared_in_dollars_as_the_database_compares_them():
    chance = Random(5)
    for _ in range(20):
        made = make_initiative()
        amount = f"{chance.randint(1, 10**12)}.{chance.randint(0, 999):03}"
        rate = {"usd_rate": f"0.{chance.randint(1, 10**9 - 1):09}"}
        rate |= {"usd_rate_on": "2025-01-01", "usd_rate_source": make_source("rates")}
        make_funding(made, amount, currency="KZT", **rate)
    issue_missing()
    rows = rows_of(InitiativeFilterSet({"sort": "-amount"}))
    codes = list(rows.values_list("code", flat=True))
    with Index().reading() as reading:
        page = reading.find(Selection()).page("-amount", 0, 99, language="en")
        assert reading.keys(page) == codes


@pytest.mark.parametrize("language", ["en", "kk"])
def test_pages_by_their_last_row_are_the_list_in_every_order_there_and_back(language):
    fill(3)
    index = Index()
    for order, _label in ORDERS:
        with index.reading() as reading:
            found = reading.find(Selection())
            codes = found.keys(order, 0, 99, language=language)
            there, place = [], None
            while page := found.beyond(order, place, 4, language=language):
                there += page
                place = page[-1]
            assert [place.code for place in there] == codes, order
            back = found.beyond(order, there[-1], 99, back=True, language=language)
            assert [place.code for place in back] == codes[:-1], order
            assert found.beyond(order, there[5], 2, back=True, language=language) == there[3:5]
