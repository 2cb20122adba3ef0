"""An initiative as the object of the public contract, see /about/data/.

Amounts are texts with their exact decimals, since a reader's floats would lose digits; partial
dates are their text form, or null where unknown; instants are ISO 8601 in UTC. A text has all
four languages, empty where it is not translated.
"""

import json

from initiatives.choices import Language
from initiatives.exchange.cells import instant
from initiatives.models import Initiative

CONTENT_TYPE = "application/json"


def text(value) -> str:
    """JSON as it is sent: characters as themselves and not as escapes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def as_object(row: Initiative) -> dict:
    """What a list says of an initiative; `row` is one of `exchange.rows.described`.

    `provider` is the slug of an organisation, or null where money comes from a country as such
    or from nobody who is known; `record_file` tells the two apart.
    """
    return {
        "code": row.code,
        "url": row.address,
        "title": languages(row, "title"),
        "summary": languages(row, "summary"),
        "kind": row.kind,
        "status": row.status,
        "status_since": shown(row.status_since),
        "planned_start": shown(row.planned_start),
        "planned_end": shown(row.planned_end),
        "actual_start": shown(row.actual_start),
        "actual_end": shown(row.actual_end),
        "countries": [_country(link) for link in row.countries.all()],
        "sectors": [_sector(link) for link in row.sectors.all()],
        "organisations": [
            {"slug": link.organisation.slug, "role": link.role} for link in row.organisations.all()
        ],
        "funding": [funding(money) for money in row.funding.all()],
        "flags": list(row.flags),
        "updated_at": instant(row.updated_at),
        "version": row.public_version,
    }


def languages(row, name: str) -> dict[str, str]:
    return {language: getattr(row, f"{name}_{language}") or "" for language in Language.values}


def shown(value) -> str | None:
    return None if value is None else str(value)


def _country(link) -> dict:
    """The share stands only where one is known: few records share themselves out by country."""
    share = {} if link.percent is None else {"percent": float(link.percent)}
    return {"iso2": link.country.iso2, "role": link.role} | share


def _sector(link) -> dict:
    percent = None if link.percent is None else float(link.percent)
    return {"slug": link.sector.slug, "percent": percent, "is_main": link.is_main}


def funding(money) -> dict:
    """A line of money; who receives it stands only where that is known."""
    receiver = {} if money.receiver is None else {"receiver": money.receiver.slug}
    return receiver | {
        "type": money.type,
        "amount": shown(money.amount),
        "amount_max": shown(money.amount_max),
        "amount_kind": money.amount_kind,
        "currency": money.currency or None,
        "date": shown(money.date),
        "provider": money.provider and money.provider.slug,
    }
