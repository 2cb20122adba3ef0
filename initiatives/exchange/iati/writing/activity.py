"""One initiative as one activity, or the reasons why it is none."""

from dataclasses import dataclass, field
from datetime import UTC, date

from django.conf import settings
from django.utils.translation import gettext as _
from lxml import etree
from lxml.etree import _Element

from initiatives.exchange.iati.writing import (
    codes,
    dates,
    links,
    money,
    participants,
    sectors,
    shares,
)
from initiatives.exchange.iati.writing.narratives import (
    LANG,
    MAIN,
    part,
    texts,
    with_others,
)
from initiatives.lifecycle import Status, iati_status
from initiatives.models import Initiative
from initiatives.models.facts import facts_of

_GENERAL, _OTHER = "1", "4"
_IMPLEMENTED = ("3", "4")


@dataclass(frozen=True)
class Told:
    """`activity` is an element, or None where `left_out` says what it would need."""

    activity: etree._Element | None
    left_out: list[str] = field(default_factory=list)


def identifier_of(code: str) -> str:
    """The identifier of an initiative among all activities of the world."""
    return f"{settings.IATI_REPORTING_ORG_REF}-{code}"


def tell(row: Initiative, *, today: date, vocabulary: str) -> Told:
    """`row` is one of `exchange.rows`; `vocabulary` is the address that explains our sectors."""
    if lacking := _lacking(row, today):
        return Told(None, lacking)
    changed = row.updated_at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    activity = etree.Element("iati-activity", {"last-updated-datetime": changed, LANG: MAIN})
    kept = codes.by_element(row)
    _introduce(activity, row)
    participants.write_organisations(activity, row)
    links.write_other_identifiers(activity, row)
    codes.write_identifiers(activity, kept)
    part(activity, "activity-status", code=_status(row, today, kept))
    left_out = dates.write(activity, row, today)
    codes.write(activity, kept, "activity-scope")
    regions = kept.get("recipient-region", [])
    left_out += shares.write_recipients(activity, participants.recipients(row), regions)
    left_out += sectors.write(activity, row, kept.get("sector", []), vocabulary)
    codes.write(activity, kept, *codes.AFTER_SECTORS)
    left_out += money.write_budgets(activity, row)
    left_out += money.write(activity, row, today)
    left_out += links.write_documents(activity, row)
    links.write_related(activity, row, identifier_of)
    codes.write_related(activity, kept)
    return Told(activity, left_out)


def _lacking(row: Initiative, today: date) -> list[str]:
    """What the schema and the standard ruleset demand and the record does not have."""
    acting = participants.write_organisations(etree.Element("nobody"), row)
    there = (
        (_("It has no title."), texts(row, "title")),
        (_("It has no summary and no description."), _descriptions(row)),
        (_("It has no organisation, party, lead or financier."), acting),
        (_("It has no planned or actual start."), dates.starts(row, today)),
        (
            _("It has no party, lead, host or beneficiary that ISO 3166 knows."),
            participants.recipients(row),
        ),
        (_("It has no sector."), row.sectors.all()),
    )
    return [reason for reason, found in there if not found]


def _introduce(activity: _Element, row: Initiative) -> None:
    part(activity, "iati-identifier").text = identifier_of(row.code)
    part(
        activity,
        "reporting-org",
        {"": settings.IATI_REPORTING_ORG_NAME},
        ref=settings.IATI_REPORTING_ORG_REF,
        type=settings.IATI_REPORTING_ORG_TYPE,
        secondary_reporter="1",  # we tell of what others do
    )
    others = list(row.external_texts.all())
    part(activity, "title", with_others(texts(row, "title"), others, "title"))
    told = _descriptions(row)
    for kind in told:
        fields = [f"description-{kind}"]
        if kind == next(reversed(told)):  # what has no description of its type goes with the last
            fields = [one.field for one in others if one.field[12:] not in {*told} - {kind}]
        part(activity, "description", with_others(told[kind], others, *fields), type=kind)


def _descriptions(row: Initiative) -> dict[str, dict[str, str]]:
    """The summary as the general description, and the longer one beside it."""
    summary, description = texts(row, "summary"), texts(row, "description")
    told = {_GENERAL: summary, _OTHER: description} if summary else {_GENERAL: description}
    return {kind: words for kind, words in told.items() if words}


def _status(row: Initiative, today: date, kept: dict) -> int | str:
    """The one that the publisher gave, while ours is still that. Of what is implemented money is
    open if some was paid, and less than was committed."""
    given = next((one.code for one in kept.get("activity-status", ())), "")
    if row.status == Status.IMPLEMENTED and given in _IMPLEMENTED:
        return given
    if row.status != Status.IMPLEMENTED:
        return iati_status(row.status)
    facts = facts_of(row, today)
    paid = facts.disbursed
    is_open = any(paid.get(code, amount) < amount for code, amount in facts.committed.items())
    return iati_status(row.status, money_open=is_open)
