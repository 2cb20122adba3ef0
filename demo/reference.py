"""Countries and sectors as on the true site; organisations, sources and events are invented."""

import json
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from babel import Locale
from django.conf import settings
from django.contrib.auth.models import User

from demo.days import Calendar
from demo.texts import content, in_columns
from initiatives import actions
from initiatives.choices import EventPublication, EventState, Language
from initiatives.models import Country, Event, Organisation, Sector, Source

COUNTRIES = {"UZ": "UZB", "KZ": "KAZ", "KG": "KGZ", "TJ": "TJK", "TM": "TKM", "AZ": "AZE"}
FIRST = -1000  # the day on which the desk begins
_ANNOUNCED = -60  # when an event to come was entered


def address(slug: str) -> str:
    """Where an invented source stands: a name that is kept for examples (RFC 2606)."""
    return f"https://example.org/demonstration/{slug}"


def make_lists(calendar: Calendar, people: dict[str, User]) -> None:
    """All that records point to, each from the day on which it was known."""
    calendar.on(FIRST, lambda: _countries_and_sectors(people["administrator"]))
    for row in content("reference")["organisation"]:
        calendar.on(FIRST, lambda row=row: actions.save(_organisation(row), by=people["editor"]))
    for row in content("reference")["source"]:
        calendar.on(
            FIRST, lambda row=row: actions.save(_source(row, calendar), by=people["editor"])
        )
    for row in content("reference")["event"]:
        _event(row, calendar, people)


def known_from(slug: str) -> int:
    """The day on which the event was entered."""
    rows = {row["slug"]: int(row["day"]) for row in content("reference")["event"]}
    return rows[slug] + 1 if rows[slug] < 0 else _ANNOUNCED


def _countries_and_sectors(by: User) -> None:
    for order, (iso2, iso3) in enumerate(COUNTRIES.items(), start=1):
        names = {code: Locale.parse(code).territories[iso2] for code in Language.values}
        columns = in_columns("name", names)
        actions.save(Country(iso2=iso2, iso3=iso3, order=10 * order, **columns), by=by)
    fixture = settings.BASE_DIR / "fixtures" / "10_reference.json"
    for row in json.loads(fixture.read_text(encoding="utf-8")):
        if row["model"] == "initiatives.sector":
            stamps = ("created_at", "updated_at", "parent")
            fields = {name: text for name, text in row["fields"].items() if name not in stamps}
            actions.save(Sector(**fields), by=by)


def _organisation(row: dict[str, Any]) -> Organisation:
    names = in_columns("name", row)
    acronym = row.get("acronym", "")
    return Organisation(slug=row["slug"], kind=row["kind"], acronym=acronym, **names)


def _source(row: dict[str, Any], calendar: Calendar) -> Source:
    published = calendar.date(row["published"])
    return Source(**{**row, "published": published, "url": address(row["slug"])})


def _event(row: dict[str, Any], calendar: Calendar, people: dict[str, User]) -> None:
    day = calendar.date(f"{row['day']} {row.get('precision', 'day')}")
    event = Event(
        slug=row["slug"],
        kind=row["kind"],
        state=EventState.PLANNED,
        publication=EventPublication.PUBLISHED,
        start=day,
        uid=uuid5(NAMESPACE_URL, address(row["slug"])),
        **in_columns("title", row),
    )

    def enter() -> None:
        event.host_country = Country.objects.get(iso2=row["host"])
        actions.save(event, by=people["publisher"])
        countries = Country.objects.filter(iso2__in=row["countries"].split())
        actions.set_links(event, "countries", countries, by=people["publisher"])

    def tell_state() -> None:
        stored = Event.objects.get(slug=row["slug"])
        stored.state = row["state"]
        actions.save(stored, by=people["publisher"])

    entered = known_from(row["slug"])
    calendar.on(entered - 1 if int(row["day"]) < 0 else entered, enter)
    if row["state"] != EventState.PLANNED:
        calendar.on(entered if int(row["day"]) < 0 else entered + 30, tell_state)
