"""What the database says about flags is what the rules say, row by row and on both databases."""

import random
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from initiatives.choices import AmountKind, Language
from initiatives.lifecycle import Status
from initiatives.models import Initiative
from initiatives.models.facts import facts_of
from initiatives.partial_dates import PartialDate
from initiatives.rules import Flag, Reason, findings, flags
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = date(2027, 6, 1)
# The days on which the rules turn, and some that are far from them.
AGES = (-400, -91, -90, -1, 0, 1, 30, 31, 89, 90, 91, 269, 270, 271, 500)
PAST = [age for age in AGES if age >= 0]
LONG_PAST = [270, 271, 271, 500]


def instant(days, hour=12):
    """The time `hour` of the site's clock, `days` before TODAY."""
    return timezone.make_aware(datetime.combine(TODAY - timedelta(days), time(hour)))


class Chance:
    """Initiatives of which much is wrong, the same ones for the same seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.pick = self.random.choice
        public, secret = make.make_source("public"), make.make_source("secret", is_public=False)
        self.sources = [public, secret, None, None]

    def up_to(self, most):
        return range(self.random.randint(0, most))

    def past(self):
        return instant(self.pick(self.ages), self.pick([0, 4, 12, 23]))

    def span(self):
        day = TODAY - timedelta(self.pick(AGES))
        texts = (f"{day}", f"{day:%Y-%m}", f"{day:%Y}", f"{day:%Y}-H{1 + day.month // 7}")
        return self.pick([None, *texts])

    def texts(self):
        if self.random.random() < 0.5:
            return {f"{name}_{code}": "Text" for name in ("title", "summary") for code in Language}
        return {f"{self.pick(['title', 'summary'])}_{code}": "Text" for code in Language.values}

    def initiative(self):
        """Wrong in at most two ways, lest one contradiction hide that another is overlooked."""
        self.ages = self.pick([PAST, LONG_PAST])
        topics = self.random.sample(["dates", "milestones", "money", "sectors"], 2)
        made = make.make_initiative(
            main_sector="",
            created_at=self.past(),
            last_checked_at=self.pick([None, self.past(), self.past()]),
            review_every_days=self.pick([30, 90, 90, 3650]),
            **self.texts(),
        )
        self.cite(made)
        self.statuses(made)
        for topic in topics:
            getattr(self, topic)(made)

    def cite(self, claim):
        if source := self.pick(self.sources):
            make.cite(claim, source)

    def statuses(self, made):
        history = self.random.sample(list(Status), self.random.randint(0, 3))
        for status in history:
            self.cite(make.make_status_change(made, status, recorded_at=self.past()))
        if not history:
            Initiative.objects.filter(pk=made.pk).update(status=self.pick(list(Status)))

    def dates(self, made):
        names = ("planned_start", "planned_end", "actual_start", "actual_end")
        Initiative.objects.filter(pk=made.pk).update(**{name: self.span() for name in names})

    def milestones(self, made):
        for _ in self.up_to(2):
            ends = {
                "actual": self.pick([None, self.span()]),
                "dropped_reason_uz": self.pick(["", "", "Kerak emas"]),
            }
            make.make_milestone(made, updated_at=self.past(), **ends)

    def sectors(self, made):
        shares = [["100"], ["0.29", "99.71"], ["60", "39.99"], [None, "70"], [None], []]
        for number, percent in enumerate(self.pick(shares)):
            made.sectors.create(sector=make.make_sector(f"sector-{number}"), percent=percent)

    def money(self, made):
        for _ in self.up_to(5):
            self.amount(made)

    def amount(self, made):
        kind = self.pick([*AmountKind, *[AmountKind.EXACT] * 5])
        amounts = {"amount": self.pick(["10", "10.01", "9.999", "8999999999999999.999"])}
        if kind == AmountKind.UNDISCLOSED:
            amounts = {"amount": None, "undisclosed_in": self.pick(["", "USD"])}
        if kind == AmountKind.RANGE:
            amounts = {"amount": "9", "amount_max": "10"}
        types = ["commitment", "commitment", "disbursement", "disbursement", "pledge"]
        make.make_funding(
            made,
            type=self.pick(types),
            amount_kind=kind,
            currency=self.pick(["USD", "USD", "KZT"]),
            updated_at=self.past(),
            **amounts,
        )


def make_random(number, seed):
    chance = Chance(seed)
    for _ in range(number):
        chance.initiative()


def by_queries():
    found = {flag: Initiative.objects.with_flag(flag, today=TODAY) for flag in Flag}
    return {flag: set(rows.values_list("code", flat=True)) for flag, rows in found.items()}


def by_rules():
    found = {flag: set() for flag in Flag}
    for row in Initiative.objects.for_rules():
        for flag in flags(facts_of(row, TODAY)):
            found[flag].add(row.code)
    return found


@pytest.mark.parametrize("seed", range(3))
def test_queries_and_rules_find_the_same_initiatives(seed):
    make_random(60, seed)
    assert by_queries() == by_rules()


def test_the_random_initiatives_have_every_flag_and_every_reason_but_not_all_of_them():
    make_random(60, seed=0)
    assert [flag for flag, codes in by_rules().items() if len(codes) in (0, 60)] == []
    rows = Initiative.objects.for_rules()
    found = {finding.reason for row in rows for finding in findings(facts_of(row, TODAY))}
    assert found == set(Reason)


COMMITTED = {"type": "commitment", "amount": "10"}
PAID = {"type": "disbursement", "amount": "11"}
UNDISCLOSED = {"amount": None, "amount_kind": "undisclosed"}
HUGE = "8999999999999999.999"


@pytest.mark.parametrize(
    ("amounts", "contradiction"),
    [
        ([COMMITTED, PAID], True),
        ([COMMITTED, COMMITTED, PAID], False),
        ([PAID], False),
        ([COMMITTED, PAID | {"currency": "KZT"}], False),
        ([COMMITTED, PAID, COMMITTED | {"currency": "KZT"}], True),
        ([COMMITTED, PAID | {"amount_kind": "about"}], False),
        ([COMMITTED, PAID | {"amount_kind": "up_to"}], False),
        ([COMMITTED, PAID | {"amount_kind": "range", "amount_max": "12"}], True),
        ([COMMITTED, PAID | UNDISCLOSED], False),
        ([COMMITTED | {"amount_kind": "about"}, PAID], False),
        ([COMMITTED | {"amount_kind": "up_to"}, PAID], True),
        ([COMMITTED | {"amount_kind": "range", "amount_max": "11"}, PAID], False),
        ([COMMITTED, COMMITTED | UNDISCLOSED | {"undisclosed_in": "USD"}, PAID], False),
        ([COMMITTED, COMMITTED | UNDISCLOSED | {"undisclosed_in": "KZT"}, PAID], True),
        ([COMMITTED, COMMITTED | UNDISCLOSED, PAID], False),
        ([COMMITTED, {"type": "pledge", "amount": "5"}, PAID], True),
        ([COMMITTED | {"amount": HUGE}] * 3 + [PAID | {"amount": HUGE}] * 3, False),
        ([COMMITTED | {"amount": HUGE}] * 2 + [PAID | {"amount": HUGE}] * 3, True),
        ([COMMITTED | {"amount": HUGE}, PAID | {"amount": HUGE}, PAID | {"amount": "0.001"}], True),
        ([COMMITTED | {"amount": "2000000000"}, PAID | {"amount": "1999999999.999"}], False),
        ([COMMITTED | {"amount": "1999999999.999"}, PAID | {"amount": "2000000000"}], True),
    ],
)
def test_only_amounts_that_are_known_within_bounds_contradict(amounts, contradiction):
    made = make.make_initiative(status=Status.AGREED)
    for amount in amounts:
        make.make_funding(made, **amount)
    expected = {made.code} if contradiction else set()
    assert by_queries()[Flag.CONTRADICTION] == by_rules()[Flag.CONTRADICTION] == expected


@pytest.mark.parametrize(
    ("age", "flag"),
    [(1, Flag.OVERDUE), (0, Flag.DUE_SOON), (-90, Flag.DUE_SOON), (-91, None)],
)
def test_the_planned_end_turns_on_the_same_day(age, flag):
    made = make.make_initiative(planned_end=str(TODAY - timedelta(age)))
    late = {Flag.OVERDUE: set(), Flag.DUE_SOON: set()} | ({flag: {made.code}} if flag else {})
    for found in (by_queries(), by_rules()):
        assert {name: found[name] for name in (Flag.OVERDUE, Flag.DUE_SOON)} == late


@pytest.mark.parametrize("age", [90, 91])
@pytest.mark.parametrize("hour", [0, 3, 5, 23])
def test_days_are_those_of_the_clock_of_the_site(age, hour):
    made = make.make_initiative(last_checked_at=instant(age, hour))
    expected = {made.code} if age == 91 else set()
    assert by_queries()[Flag.STALE] == by_rules()[Flag.STALE] == expected


def test_several_flags_are_joined_by_or_and_none_finds_nothing():
    make.make_initiative("CI-2025-0001", planned_end="2026")
    make.make_initiative("CI-2025-0002", planned_end="2027-07")
    make.make_initiative("CI-2025-0003")
    late = Initiative.objects.with_flag(Flag.OVERDUE, Flag.DUE_SOON, today=TODAY)
    assert [row.code for row in late] == ["CI-2025-0001", "CI-2025-0002"]
    assert not Initiative.objects.with_flag().exists()


def test_today_is_meant_where_no_day_is_given():
    make.make_initiative(planned_end=make.in_days(-1))
    make.make_initiative(planned_end=make.in_days(0))
    assert Initiative.objects.with_flag("overdue").count() == 1


def test_a_database_without_initiatives_has_no_flags():
    assert by_queries() == {flag: set() for flag in Flag}


def test_the_facts_are_those_of_the_rows():
    made = make.make_initiative(planned_end="2027-Q3", created_at=instant(300), summary_ru="Да")
    make.make_status_change(made, "agreed", recorded_at=instant(200))
    make.make_milestone(made, updated_at=instant(100))
    make.make_funding(made, "7", updated_at=instant(150))
    facts = facts_of(Initiative.objects.get(), TODAY)
    assert facts.planned_end == PartialDate.parse("2027-Q3")
    assert facts.last_movement_on == TODAY - timedelta(100)
    assert (facts.milestones_open, facts.milestones_total) == (1, 1)
    assert facts.committed == {"USD": Decimal(7)}
    assert facts.missing_languages == ("en", "ru", "uz", "kk")


PREFETCHED = {
    "alone": lambda rows: rows.for_rules(),
}


def queries_for_facts(rows):
    with CaptureQueriesContext(connection) as captured:
        assert [facts_of(row, TODAY).status for row in rows]
    return len(captured)


@pytest.mark.parametrize("rows", PREFETCHED.values(), ids=PREFETCHED.keys())
def test_facts_take_the_same_queries_for_one_row_and_for_ten(rows):
    make_full(1)
    for_one = queries_for_facts(rows(Initiative.objects.all()))
    make_full(9)
    assert queries_for_facts(rows(Initiative.objects.all())) == for_one


def make_full(number):
    for _ in range(number):
        made = make.make_initiative()
        make.cite(made)
        make.cite(make.make_status_change(made, "agreed"))
        make.make_milestone(made)
        make.make_funding(made)


def test_facts_of_prefetched_rows_ask_nothing_more():
    make_full(2)
    rows = list(Initiative.objects.for_rules())
    with CaptureQueriesContext(connection) as captured:
        assert len([facts_of(row, TODAY) for row in rows]) == 2
    assert len(captured) == 0


def test_all_flags_together_take_one_query(django_assert_num_queries):
    make_full(3)
    with django_assert_num_queries(1):
        list(Initiative.objects.with_flag(*Flag, today=TODAY))
