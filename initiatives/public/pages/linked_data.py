"""JSON-LD (https://www.w3.org/TR/json-ld11/) in the words of schema.org: only what is known."""

import json
from collections.abc import Iterable
from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

from initiatives.choices import PARTICIPANT_ROLES, EventState, OrganisationRole
from initiatives.partial_dates import PartialDate, Precision
from initiatives.public.pages.evidence import CitedSource
from initiatives.text.plain_text import web_address

if TYPE_CHECKING:
    from initiatives.models import Country, Event, Initiative, Source


LICENCE = "https://creativecommons.org/licenses/by/4.0/"
# A script element ends at the first of these, whatever stands around it.
_UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}
_EVENT_STATUS: dict[str, str] = {
    EventState.PLANNED: "https://schema.org/EventScheduled",
    EventState.CONFIRMED: "https://schema.org/EventScheduled",
    EventState.POSTPONED: "https://schema.org/EventPostponed",
    EventState.CANCELLED: "https://schema.org/EventCancelled",
}


def in_script(thing: dict[str, Any]) -> str:
    """`thing` as text that may stand in a script element."""
    return json.dumps(thing, ensure_ascii=False).translate(_UNSAFE)


def iso_date(value: PartialDate | None) -> str | None:
    """ISO 8601 in reduced precision; it has no quarters and halves, so of these the year stays."""
    if value is None:
        return None
    if value.precision is Precision.DAY:
        return value.first.isoformat()
    month = f"-{value.first.month:02}" if value.precision is Precision.MONTH else ""
    return f"{value.first.year:04}{month}"


def of_initiative(
    initiative: "Initiative", address: str, sources: list[CitedSource]
) -> dict[str, Any]:
    """A page about a project, with the documents that it cites."""
    return _known(
        {
            "@context": "https://schema.org/",
            "@type": "WebPage",
            "url": address,
            "name": initiative.title,
            "inLanguage": get_language(),
            "dateModified": initiative.updated_at.isoformat(timespec="seconds"),
            "license": LICENCE,
            "citation": [_document(cited.source) for cited in sources],
            "mainEntity": _project(initiative),
        }
    )


def _project(initiative: "Initiative") -> dict[str, Any]:
    organisations = initiative.organisations.all()
    return _known(
        {
            "@type": "Project",
            "identifier": initiative.code,
            "name": initiative.title,
            "description": initiative.summary,
            "areaServed": _area_served(initiative.countries.all()),
            "keywords": [link.sector.name for link in initiative.sectors.all()],
            "funder": _named(organisations, OrganisationRole.FUNDING),
            "member": _named(organisations, *set(OrganisationRole) - {OrganisationRole.FUNDING}),
        }
    )


def _area_served(links: Iterable[Any]) -> list[dict[str, str]]:
    """Who takes part, each country once; an observer does not."""
    countries = {link.country_id: link.country for link in links if link.role in PARTICIPANT_ROLES}
    return [_country(country) for country in countries.values()]


def of_event(event: "Event", address: str) -> dict[str, Any]:
    """An event; a date that is known to the year is told to the year."""
    return _known(
        {
            "@context": "https://schema.org/",
            "@type": "Event",
            "url": address,
            "name": event.title,
            "inLanguage": get_language(),
            "eventStatus": _EVENT_STATUS.get(event.state),
            "startDate": _moment(event.start, event.start_time, event.time_zone),
            "endDate": _moment(event.end, event.end_time, event.time_zone),
            "location": _place(event),
            "organizer": [
                {"@type": "Organization", "name": organisation.name}
                for organisation in event.organisations.all()
            ],
        }
    )


def _moment(day: PartialDate | None, time: time | None, zone: str) -> str | None:
    if day is None or time is None or not day.is_exact:
        return iso_date(day)
    return datetime.combine(day.first, time, ZoneInfo(zone)).isoformat(timespec="minutes")


def _place(event: "Event") -> dict[str, Any] | None:
    if not event.place and event.host_country is None:
        return None
    host = event.host_country
    country = host and host.iso2
    address = {"@type": "PostalAddress", "addressCountry": country} if country else None
    name = event.place or (host and host.name)
    return _known({"@type": "Place", "name": name, "address": address})


def _document(source: "Source") -> dict[str, Any]:
    return _known(
        {
            "@type": "CreativeWork",
            "name": source.title,
            "url": web_address(source.url),
            "publisher": source.publisher and {"@type": "Organization", "name": source.publisher},
            "datePublished": iso_date(source.published),
        }
    )


def _country(country: "Country") -> dict[str, str]:
    return {"@type": "Country", "name": country.name, "identifier": country.iso2}


def _named(links: Iterable[Any], *roles: OrganisationRole) -> list[dict[str, str]]:
    names = dict.fromkeys(link.organisation.name for link in links if link.role in roles)
    return [{"@type": "Organization", "name": name} for name in names]


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
