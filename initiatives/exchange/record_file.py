"""One initiative with its history, milestones, events and sources, as JSON."""

from typing import Any

from initiatives.editions.record import INITIATIVE_TEXTS
from initiatives.exchange.cells import instant
from initiatives.exchange.instance_row import line_of, table_row
from initiatives.exchange.json_file import as_object, funding, languages, shown
from initiatives.fields.choice_set import split
from initiatives.models import (
    Budget,
    Citation,
    Classification,
    DateRevision,
    ExternalText,
    Funding,
    Initiative,
    InitiativeEvent,
    Milestone,
    Source,
    StatusChange,
)


def as_record(row: Initiative) -> dict:
    """The object of a list and all else that the page of the initiative says.

    `row` is one that `as_of` gave, with its address.
    """
    listed = as_object(table_row(row))
    texts = {name: languages(row, name) for name in INITIATIVE_TEXTS if name not in listed}
    return (
        listed
        | texts
        | {
            "first_planned_end": shown(row.first_planned_end),
            "last_checked_at": row.last_checked_at and instant(row.last_checked_at),
            "nothing_stated": split(row.nothing_stated),
            "parent": row.public_parent and row.public_parent.code,
            "children": [part.code for part in row.public_children],
            "funding": [_money(money) for money in row.money],
            "budgets": [_budget(budget) for budget in row.budgets.all()],
            "history": [_change(change) for change in row.status_changes.all()],
            "milestones": [_milestone(milestone) for milestone in row.milestones.all()],
            "moved_dates": [_moved(revision) for revision in row.date_revisions.all()],
            "events": [_event(link) for link in row.events.all()],
            "sources": cited(row),
            "external_ids": [
                {"scheme": x.scheme, "value": x.value} for x in row.external_ids.all()
            ],
            "classifications": [_classification(one) for one in row.classifications.all()],
            "external_texts": [_external_text(one) for one in row.external_texts.all()],
        }
    )


def _money(money: Funding) -> dict:
    return funding(line_of(money)) | {
        "number": money.number,
        "provider_country": money.provider_country and money.provider_country.iso2,
        "instrument": money.instrument,
        "reference": money.reference,
        "usd_rate": shown(money.usd_rate),
        "usd_rate_on": shown(money.usd_rate_on),
        "note": languages(money, "note"),
        "value_date": shown(money.value_date),
        "transaction_type": money.transaction_type or None,
        "finance_type": money.finance_type,
        "sources": cited(money),
    }


def _budget(budget: Budget) -> dict:
    return {
        "number": budget.number,
        "type": budget.type,
        "status": budget.status,
        "start": shown(budget.start),
        "end": shown(budget.end),
        "amount": shown(budget.amount),
        "currency": budget.currency,
        "value_date": shown(budget.value_date),
    }


def _classification(one: Classification) -> dict:
    names = ("element", "vocabulary", "vocabulary_uri", "code", "share", "name")
    return {name: getattr(one, name) for name in names}


def _external_text(one: ExternalText) -> dict:
    return {"field": one.field, "language": one.language, "text": one.text}


def _change(change: StatusChange) -> dict:
    return {
        "number": change.number,
        "from": change.from_status or None,
        "to": change.to_status,
        "effective": shown(change.effective),
        "reason": languages(change, "reason"),
        "decided_by": change.decided_by and change.decided_by.iso2,
        "corrects": change.corrects and change.corrects.number,
        "recorded_at": instant(change.recorded_at),
        "sources": cited(change),
    }


def _milestone(milestone: Milestone) -> dict:
    return {
        "number": milestone.number,
        "title": languages(milestone, "title"),
        "planned": shown(milestone.planned),
        "actual": shown(milestone.actual),
        "dropped_reason": languages(milestone, "dropped_reason"),
        "weight": milestone.weight,
        "responsible": milestone.responsible and milestone.responsible.iso2,
        "protocol_reference": milestone.protocol_reference,
        "sources": cited(milestone),
    }


def _moved(revision: DateRevision) -> dict:
    return {
        "field": revision.field,
        "milestone": revision.milestone and revision.milestone.number,
        "old": shown(revision.old),
        "new": shown(revision.new),
        "reason": languages(revision, "reason"),
        "recorded_at": instant(revision.recorded_at),
        "sources": cited(revision),
    }


def _event(link: InitiativeEvent) -> dict:
    return {
        "slug": link.event.slug,
        "relation": link.relation,
        "kind": link.event.kind,
        "state": link.event.state,
        "title": languages(link.event, "title"),
        "start": shown(link.event.start),
        "end": shown(link.event.end),
        "decision": languages(link, "decision"),
        "protocol_reference": link.protocol_reference,
    }


def cited(claim: Any) -> list[dict]:
    return [_citation(citation) for citation in claim.citations.all()]


def _citation(citation: Citation) -> dict:
    source = citation.source
    return {
        "slug": source.slug,
        "title": source.title,
        "publisher": source.publisher,
        "kind": source.kind,
        "url": source.url,
        "published": shown(source.published),
        "locator": citation.locator,
        "quote": citation.quote,
        "document": _document(source),
    }


def _document(source: Source) -> dict[str, Any] | None:
    """What the public may download of a source, under /documents/<sha256>/."""
    if not source.document:
        return None
    return {
        "sha256": source.document,
        "media_type": source.document_type,
        "size": source.document_size,
        "name": source.document_name,
    }
