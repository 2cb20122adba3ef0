"""An initiative as the object of the public contract, see /about/data/.

Amounts are texts with their exact decimals, since a reader's floats would lose digits; partial
dates are their text form, or null where unknown; instants are ISO 8601 in UTC. A text has all
four languages, empty where it is not translated.
"""

import json
from datetime import datetime
from typing import Any

from django.db.models import Model

from initiatives.choices import Language
from initiatives.editions.record import CountryRole, Money, SectorShare, Text
from initiatives.exchange.cells import instant
from initiatives.exchange.table_row import TableRow

CONTENT_TYPE = "application/json"


def text(value: Any) -> str:
    """JSON as it is sent: characters as themselves and not as escapes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def as_object(row: TableRow) -> dict:
    """What a list says of an initiative.

    `provider` is the slug of an organisation, or null where money comes from a country as such
    or from nobody who is known; `record_file` tells the two apart.
    """
    record = row.record
    return {
        "code": record.code,
        "url": row.address,
        "title": in_languages(record.title),
        "summary": in_languages(record.summary),
        "kind": record.kind,
        "status": record.status,
        "status_since": record.status_since,
        "planned_start": record.planned_start,
        "planned_end": record.planned_end,
        "actual_start": record.actual_start,
        "actual_end": record.actual_end,
        "countries": [_country(link) for link in row.countries],
        "sectors": [_sector(link) for link in row.sectors],
        "organisations": [{"slug": link.slug, "role": link.role} for link in row.organisations],
        "funding": [funding(line) for line in record.funding],
        "flags": list(row.flags),
        "updated_at": instant(datetime.fromisoformat(record.updated_at)),
        "version": record.version,
        "delivered": record.delivered or None,
    }


def in_languages(words: Text) -> dict[str, str]:
    return {language: getattr(words, language) for language in _LANGUAGES}


def languages(row: Model, name: str) -> dict[str, str]:
    return {language: getattr(row, f"{name}_{language}") or "" for language in _LANGUAGES}


def shown(value: object) -> str | None:
    return None if value is None else str(value)


def _country(link: CountryRole) -> dict:
    """The share stands only where one is known: few records share themselves out by country."""
    share = {} if link.percent is None else {"percent": float(link.percent)}
    return {"iso2": link.iso2, "role": link.role} | share


def _sector(link: SectorShare) -> dict:
    percent = None if link.percent is None else float(link.percent)
    return {"slug": link.slug, "percent": percent, "is_main": link.is_main}


def funding(line: Money) -> dict:
    """A line of money; who receives it stands only where that is known."""
    receiver = {} if line.receiver is None else {"receiver": line.receiver}
    return receiver | {
        "type": line.type,
        "amount": line.amount,
        "amount_max": line.amount_max,
        "amount_kind": line.amount_kind,
        "currency": line.currency or None,
        "date": line.date,
        "provider": line.provider,
    }


_LANGUAGES = tuple(Language.values)
