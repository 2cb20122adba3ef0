"""The geometry of the pictures: it shows the numbers of the overview and stays in its frame."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace as Thing

import pytest
from hypothesis import given
from hypothesis import strategies as some

from initiatives.choices import FundingType
from initiatives.lifecycle import Status
from initiatives.partial_dates import PartialDate, Precision
from initiatives.public import charts
from initiatives.public.charts.axis import stretches
from initiatives.public.charts.frame import WIDTH, Frame
from initiatives.public.charts.outlines import outlines
from initiatives.totals import Total

pytestmark = pytest.mark.once
TODAY = date(2026, 6, 1)


def share(text):
    """The number in a length like "12.5%"; what is localised raises ValueError."""
    return float(text.removesuffix("%"))


# --- Sectors ---------------------------------------------------------------------------------


def sector_rows(*counts):
    return [(f"sector {number}", dict(row)) for number, row in enumerate(counts)]


def test_the_bars_show_the_numbers_of_the_overview():
    bars = charts.sector_bars(sector_rows({Status.PLANNED: 1}, {Status.AGREED: 2, "planned": 3}))
    assert [(bar.sector, bar.total) for bar in bars] == [("sector 1", 5), ("sector 0", 1)]
    assert [(part.status, part.count) for part in bars[0].segments] == [
        ("planned", 3),
        ("agreed", 2),
    ]
    assert [count for _status, count in bars[0].counts] == [3, 2, 0, 0, 0, 0]


def test_all_bars_share_one_scale_and_segments_join():
    longest, shorter = charts.sector_bars(
        sector_rows({Status.PLANNED: 3, Status.AGREED: 1}, {Status.CANCELLED: 1})
    )
    assert [(part.x, part.width) for part in longest.segments] == [("0%", "75%"), ("75%", "25%")]
    assert shorter.segments[0].width == "25%"


def test_forty_sectors_stay_in_the_frame():
    rows = sector_rows(*(dict.fromkeys(Status, number * 7) for number in range(1, 41)))
    bars = charts.sector_bars(rows)
    ends = [share(part.x) + share(part.width) for bar in bars for part in bar.segments]
    assert len(bars) == 40
    assert max(ends) == pytest.approx(100, abs=0.01)


def test_without_sectors_there_are_no_bars():
    assert charts.sector_bars([]) == []


# --- Money -----------------------------------------------------------------------------------


def total(currency, low, high=None, *, kind=FundingType.PLEDGE, rows=1):
    low = Decimal(low)
    high = low if high is None else Decimal(high)
    values = {"low": low, "high": high, "about": False, "rows": rows, "undisclosed": 0}
    return Total(currency=currency, type=kind, **values)


def test_each_currency_has_a_scale_of_its_own():
    drawn = charts.money_bars([total("KZT", "9000"), total("USD", "1"), total("USD", "4")])
    widths = {row.currency: [bar.possible for bar in row.bars] for row in drawn}
    assert widths == {"KZT": ["100%"], "USD": ["25%", "100%"]}


def test_a_range_is_longer_than_what_is_certain():
    (row,) = charts.money_bars([total("USD", "10", "40")])
    assert (row.bars[0].certain, row.bars[0].possible) == ("25%", "100%")


def test_undisclosed_money_has_no_bar_since_it_is_not_zero():
    (row,) = charts.money_bars([total("USD", "0", rows=0), total("USD", "5")])
    assert [bar.possible for bar in row.bars] == ["", "100%"]


@pytest.mark.parametrize("totals", [[], [total("", "0", rows=0)], [total("USD", "0")]])
def test_without_known_amounts_no_money_is_drawn(totals):
    assert charts.money_bars(totals) == []


# --- Years -----------------------------------------------------------------------------------


def day(text):
    return PartialDate.parse(text) if text else None


def initiative(planned=(None, None), actual=(None, None)):
    (planned_start, planned_end), (actual_start, actual_end) = map(day, planned), map(day, actual)
    return Thing(
        planned_start=planned_start,
        planned_end=planned_end,
        actual_start=actual_start,
        actual_end=actual_end,
    )


def event(start, end=None, state="held"):
    return Thing(start=day(start), end=day(end), state=state)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (None, None, []),
        ("2024", None, ["2024-01-01 2024-12-31 ?"]),
        (None, "2024-05-14", ["2024-05-14 2024-05-14 !"]),
        ("2024-05-14", "2024-06-20", ["2024-05-14 2024-06-20 !"]),
        ("2024", "2024", ["2024-01-01 2024-12-31 ?"]),
        ("2024", "2024-Q3", ["2024-01-01 2024-12-31 ?"]),
        ("2024-12-31", "2025", ["2024-12-31 2024-12-31 !", "2025-01-01 2025-12-31 ?"]),
        ("2024", "2025", ["2024-01-01 2024-12-31 ?", "2025-01-01 2025-12-31 ?"]),
        (
            "2024",
            "2026-Q4",
            ["2024-01-01 2024-12-31 ?", "2025-01-01 2026-09-30 !", "2026-10-01 2026-12-31 ?"],
        ),
        ("2026", "2024", ["2024-01-01 2024-12-31 ?", "2026-01-01 2026-12-31 ?"]),
    ],
)
def test_what_is_not_known_to_the_day_is_drawn_as_unsure(start, end, expected):
    found = [
        f"{row.first} {row.last} {'!' if row.sure else '?'}"
        for row in stretches(day(start), day(end))
    ]
    assert found == expected


def test_rows_come_in_the_order_of_their_first_day_and_undated_ones_not_at_all():
    rows = [initiative(planned=("2026", None)), initiative(), initiative(actual=("2025-Q2", None))]
    drawn = charts.timeline(rows, [event("2025-05-01")], today=TODAY)
    assert [row.dates for row in drawn.rows] == [
        [day("2025-Q2")],
        [day("2025-05-01")] * 2,
        [day("2026")],
    ]


def test_only_an_event_that_was_held_is_drawn_as_actual():
    drawn = charts.timeline([], [event("2025"), event("2026", state="confirmed")], today=TODAY)
    held, confirmed = drawn.rows
    assert (len(held.actual.marks), len(held.planned.marks)) == (1, 0)
    assert (len(confirmed.actual.marks), len(confirmed.planned.marks)) == (0, 1)


@pytest.mark.parametrize("rows", [[], [initiative()] * 9, [initiative(planned=("2025", "2026"))]])
def test_with_fewer_than_two_dated_rows_there_is_no_timeline(rows):
    assert charts.timeline(rows, [event(None)], today=TODAY) is None


def test_few_enough_years_are_written_out_for_a_telephone():
    rows = [event("2001"), event("2026")]
    written = [row.year for row in charts.timeline([], rows, today=TODAY).years if row.written]
    assert written == [2005, 2010, 2015, 2020]


def test_dates_in_a_far_century_do_not_squeeze_the_picture():
    drawn = charts.timeline([], [event("1024"), event("9999"), event("2026")], today=TODAY)
    assert (drawn.years[0].year, drawn.years[-1].year) == (1976, 2076)
    assert [len(row.actual.marks) for row in drawn.rows] == [0, 1, 0]


@some.composite
def partial_dates(draw):
    anything = draw(some.dates(date(1000, 1, 1), date(9999, 12, 31)))
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12, "day": 1}
    precision = draw(some.sampled_from(Precision))
    if precision is Precision.DAY:
        return PartialDate(anything)
    month = (anything.month - 1) // months[precision] * months[precision] + 1
    return PartialDate(anything.replace(month=month, day=1), precision)


@given(some.lists(some.tuples(partial_dates(), some.none() | partial_dates()), min_size=2))
def test_every_mark_lies_in_the_frame(spans):
    rows = [Thing(start=start, end=end, state="held") for start, end in spans]
    drawn = charts.timeline([], rows, today=TODAY)
    marks = [mark for row in drawn.rows for mark in row.actual.marks]
    assert all(share(mark.x) >= 0 and share(mark.width) > 0 for mark in marks)
    assert all(share(mark.x) + share(mark.width) <= 100.02 for mark in marks)


# --- The map ---------------------------------------------------------------------------------


def taking_part(**numbers):
    return [Thing(iso2=code, name=f"Land {code}", number=count) for code, count in numbers.items()]


def test_each_country_that_takes_part_has_its_outline_and_its_name():
    drawn = charts.country_map(taking_part(UZ=23, KZ=23, AZ=2, TR=0))
    assert [place.country.iso2 for place in drawn.places] == ["UZ", "KZ", "AZ"]
    assert all(place.path.startswith("M") for place in drawn.places)
    assert [name.country.iso2 for name in drawn.narrow_names] == ["UZ", "KZ", "AZ"]


def test_names_stand_in_the_picture_and_neighbours_are_around():
    drawn = charts.country_map(taking_part(UZ=5, AZ=1))
    assert all(0 < float(name.x) < WIDTH for name in drawn.wide_names)
    assert all(0 < float(name.y) < float(drawn.height) for name in drawn.wide_names)
    for neighbour in ("TM", "KG", "TJ", "AF", "KZ"):
        assert outlines()[neighbour].parts[0].path in drawn.around


def test_the_frame_holds_the_countries_that_decide_it():
    frame = Frame.around(["UZ", "KZ", "AZ", "RU"])
    for code in ("UZ", "KZ", "AZ"):
        box = outlines()[code].box
        assert box.around(frame.box) == frame.box
    assert frame.place_of_name("RU")[1] < 120  # at the upper edge: only its south can be seen


def test_a_country_far_from_all_others_is_left_to_the_table():
    drawn = charts.country_map(taking_part(UZ=9, KZ=9, JP=2, BR=1))
    assert [country.iso2 for country in drawn.not_on_map] == ["JP", "BR"]


@pytest.mark.parametrize("countries", [[], taking_part(UZ=0), taking_part(BR=4)])
def test_without_a_country_to_draw_there_is_no_map(countries):
    assert charts.country_map(countries) is None


@pytest.mark.parametrize("numbers", [(1,), (1, 2, 3), (23, 23, 2), (9000, 70, 8, 1), range(1, 60)])
def test_each_number_lies_in_the_class_by_which_it_is_shaded(numbers):
    codes = [code for code in outlines() if len(code) == 2]
    rows = [Thing(iso2=code, name=code, number=n) for code, n in zip(codes, numbers, strict=False)]
    drawn = charts.country_map(rows)
    classes = {row.shade: range(row.low, row.high + 1) for row in drawn.shades}
    assert len(classes) <= 4
    assert all(place.country.number in classes[place.shade] for place in drawn.places)


def test_a_map_of_all_countries_stays_small():
    everybody = taking_part(**{code: 1 for code in outlines() if len(code) == 2})
    drawn = charts.country_map(everybody)
    assert len(drawn.around) + sum(len(place.path) for place in drawn.places) < 40_000


def test_a_map_of_central_asia_stays_small():
    drawn = charts.country_map(taking_part(UZ=3, KZ=2, KG=1, TJ=1, TM=1, RU=1, CN=1))
    assert len(drawn.around) + sum(len(place.path) for place in drawn.places) < 30_000
