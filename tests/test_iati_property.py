"""Whatever an initiative holds, its activity is valid or it is left out."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from initiatives.choices import CountryRole, FundingType, Instrument, OrganisationRole
from initiatives.exchange.iati import writing
from initiatives.lifecycle import Status
from initiatives.models import Initiative
from initiatives.partial_dates import PartialDate, Precision
from tests import factories as make
from tests.iati.check import problems
from tests.register import published_in_full

pytestmark = [pytest.mark.once, pytest.mark.slow]

FEW = settings(max_examples=60, suppress_health_check=list(HealthCheck))


def partial(day, precision):
    wide = {Precision.MONTH: f"{day:%Y-%m}", Precision.YEAR: f"{day:%Y}"}
    return PartialDate.parse(wide.get(precision, day.isoformat()))


DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
DATES = st.none() | st.builds(partial, DAYS, st.sampled_from(["day", "month", "year"]))
# Most have a start: without one there is no activity to look at.
STARTS = st.one_of(DAYS.map(lambda day: partial(day, "day")), DATES)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=40)
AMOUNTS = st.none() | st.decimals(Decimal("-1e9"), Decimal("1e9"), places=3)
LINES = st.tuples(
    AMOUNTS,
    DATES,
    st.sampled_from(FundingType),
    st.sampled_from(Instrument),
    st.sampled_from(["USD", "UZS", "SUR", "XXX"]),
)
PERCENTS = st.none() | st.decimals(0, 100, places=2)
COUNTRIES = st.dictionaries(
    st.tuples(st.sampled_from(["UZ", "KZ", "KG"]), st.sampled_from(CountryRole)), PERCENTS
)
CODES = st.lists(
    st.tuples(st.sampled_from(["11110", "14010"]), st.sampled_from(["", "0", "40", "100", "120"])),
    max_size=2,
    unique_by=lambda one: one[0],
)
NAMES = ("planned_start", "planned_end", "actual_start", "actual_end")


class ExportedActivities(TestCase):
    @FEW
    @given(
        dates=st.tuples(STARTS, DATES, STARTS, DATES),
        texts=st.tuples(*[TEXTS] * 4),
        status=st.sampled_from(Status),
        countries=COUNTRIES,
        codes=CODES,
        sectors=st.dictionaries(
            st.sampled_from(["a", "b", "c", "d"]),
            st.tuples(
                st.sampled_from(["", "11110", "14010", "99999"]),
                PERCENTS,
            ),
        ),
        roles=st.sets(st.sampled_from(OrganisationRole)),
        lines=st.lists(LINES, max_size=3),
    )
    def test_they_are_valid_or_left_out(self, **drawn):
        made = _made(**drawn)
        shown = published_in_full(lambda row: row.code)
        today, now = make.in_days(0).first, made.updated_at
        content = b"".join(
            writing.parts(shown, today=today, now=now, vocabulary="https://example.org/s")
        )
        wrong = problems(content)
        if b"<iati-activity " in content:
            assert wrong == []
        else:
            assert b"is left out" in content


def _made(dates, texts, status, countries, codes, sectors, roles, lines):
    values = dict(zip(NAMES, dates, strict=True))
    names = ("title_en", "title_kk", "summary_ru", "description_en")
    values |= dict(zip(names, texts, strict=True))
    Initiative.objects.all().delete()
    made = make.make_initiative("CI-2025-0001", status=status, parties=(), main_sector="", **values)
    for (iso2, role), percent in countries.items():
        make.add_country(made, iso2, role)
        made.countries.filter(country__iso2=iso2, role=role).update(percent=percent)
    for number, (code, share) in enumerate(codes):
        kept = {"number": number, "element": "sector", "vocabulary": "1"}
        made.classifications.create(**kept, code=code, share=share)
    for slug, (code, percent) in sectors.items():
        sector = make.make_sector(slug)
        sector.dac_code = code
        sector.save()
        made.sectors.create(sector=sector, percent=percent)
    for role in roles:
        make.add_organisation(made, "org", role)
    for amount, day, kind, instrument, currency in lines:
        money = {"type": kind, "instrument": instrument, "date": day, "currency": currency}
        make.make_funding(made, amount, **money)
    return made
