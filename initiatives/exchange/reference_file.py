"""What initiatives point to, as objects: countries, sectors, organisations and events.

`address` is the absolute one of the page of the row. The shapes follow `json_file`.
"""

from initiatives.exchange.cells import instant
from initiatives.exchange.json_file import languages, shown
from initiatives.exchange.record_file import cited
from initiatives.models import Country, Event, InitiativeEvent, Organisation, Sector


def country(row: Country, address: str) -> dict:
    return {
        "iso2": row.iso2,
        "iso3": row.iso3,
        "url": address,
        "name": languages(row, "name"),
        "updated_at": instant(row.updated_at),
    }


def sector(row: Sector, address: str) -> dict:
    """`parent` is the slug of the sector of which this is a part."""
    return {
        "slug": row.slug,
        "url": address,
        "name": languages(row, "name"),
        "parent": row.parent and row.parent.slug,
        "dac_code": row.dac_code or None,
        "updated_at": instant(row.updated_at),
    }


def organisation(row: Organisation, address: str) -> dict:
    return {
        "slug": row.slug,
        "url": address,
        "name": languages(row, "name"),
        "acronym": row.acronym or None,
        "kind": row.kind,
        "country": row.country and row.country.iso2,
        "iati_id": row.iati_id or None,
        "updated_at": instant(row.updated_at),
    }


def event(row: Event, address: str) -> dict:
    """`row` is one of `editions.instances.events.events_of`."""
    return {
        "slug": row.slug,
        "url": address,
        "title": languages(row, "title"),
        "kind": row.kind,
        "state": row.state,
        "start": shown(row.start),
        "end": shown(row.end),
        "start_time": row.start_time and f"{row.start_time:%H:%M}",
        "end_time": row.end_time and f"{row.end_time:%H:%M}",
        "time_zone": row.time_zone or None,
        "place": languages(row, "place"),
        "host_country": row.host_country and row.host_country.iso2,
        "countries": [one.iso2 for one in row.countries.all()],
        "organisations": [one.slug for one in row.organisations.all()],
        "outcome": languages(row, "outcome"),
        "initiatives": [_link(link) for link in row.public_links],
        "sources": cited(row),
        "uid": str(row.uid),
        "sequence": row.sequence,
        "updated_at": instant(row.updated_at),
    }


def _link(link: InitiativeEvent) -> dict:
    return {
        "code": link.initiative.code,
        "relation": link.relation,
        "decision": languages(link, "decision"),
        "protocol_reference": link.protocol_reference,
    }
