"""Pictures of what the overview counts: pure geometry, which templates/charts/ draw as SVG.

Nothing here asks a query or knows an address. Lengths are texts that can stand in an attribute,
most of them in percent of the width, so that a picture fits any screen with its text as large as
the text around it. Each function gives None or an empty list where there is nothing to draw.
"""

from initiatives.public.charts.country_map import CountryMap, country_map
from initiatives.public.charts.money_bars import CurrencyBars, MoneyBar, money_bars
from initiatives.public.charts.money_flows import RecordMoney, record_money
from initiatives.public.charts.organisation_bars import PaidBar, paid_bars, status_bar
from initiatives.public.charts.scale import percent
from initiatives.public.charts.sector_bars import SectorBar, sector_bars, with_parts
from initiatives.public.charts.slips import SlipLines, slip_columns, slip_lines
from initiatives.public.charts.standing_bars import StandingSegment, standing_bar
from initiatives.public.charts.timeline import Timeline, timeline

__all__ = [
    "CountryMap",
    "CurrencyBars",
    "MoneyBar",
    "PaidBar",
    "RecordMoney",
    "SectorBar",
    "SlipLines",
    "StandingSegment",
    "Timeline",
    "country_map",
    "money_bars",
    "paid_bars",
    "percent",
    "record_money",
    "sector_bars",
    "slip_columns",
    "slip_lines",
    "standing_bar",
    "status_bar",
    "timeline",
    "with_parts",
]
