"""The facts that the rules look at, read from a public record."""

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from django.utils import timezone

from initiatives import rules
from initiatives.choices import FundingType, Language
from initiatives.editions.record import InitiativeRecord
from initiatives.lifecycle import Status
from initiatives.partial_dates import PartialDate

_REVIEWED_EVERY = rules.Facts.review_every_days
_LANGUAGES = tuple(Language.values)


def facts_of(record: InitiativeRecord, *, today: date, check=None) -> rules.Facts:
    """The `rules.Facts` of a public record on the day `today`.

    `check` is the `ReviewCheck` that holds; without one the interval of every record begins when
    it was entered.
    """
    created_on = local_day(record.created_at)
    checked_on = timezone.localdate(check.checked_at) if check and check.checked_at else None
    every = (check.due_on - (checked_on or created_on)).days if check else _REVIEWED_EVERY
    milestones = record.milestones
    return rules.Facts(
        today=today,
        status=Status(record.status),
        created_on=created_on,
        planned_start=span(record.planned_start),
        planned_end=span(record.planned_end),
        actual_start=span(record.actual_start),
        actual_end=span(record.actual_end),
        last_checked_on=checked_on,
        review_every_days=every,
        last_movement_on=local_day(latest_movement(record)),
        milestones_total=len(milestones),
        milestones_open=sum(map(is_open, milestones)),
        disbursed=_disbursed(record.funding),
        committed=_committed(record.funding),
        has_disbursement=any(line.type == FundingType.DISBURSEMENT for line in record.funding),
        sector_percents=tuple(share.percent and Decimal(share.percent) for share in record.sectors),
        sourced=any(claim.sources for claim in (record, *record.history)),
        missing_languages=tuple(_missing_languages(record)),
    )


def latest_movement(record: InitiativeRecord) -> str:
    """The latest record of a status, milestone or amount, or else when it was entered.

    Instants of the register are texts of one form, so the latest is the greatest.
    """
    return max(
        record.created_at,
        *(change.recorded_at for change in record.history),
        *(milestone.updated_at for milestone in record.milestones),
        *(line.updated_at for line in record.funding),
        "",
    )


def local_day(instant: str) -> date:
    """The day of the site on which an instant of the register lies."""
    return timezone.localdate(datetime.fromisoformat(instant))


@lru_cache(maxsize=10_000)
def span(text: str | None) -> PartialDate | None:
    """The partial date that a text of the register stands for; few of them differ."""
    return None if text is None else PartialDate.parse(text)


def is_open(milestone) -> bool:
    """Whether a milestone is neither reached nor dropped."""
    reason = milestone.dropped_reason
    return milestone.actual is None and not any(getattr(reason, code) for code in _LANGUAGES)


def _disbursed(funding) -> dict[str, Decimal]:
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for line in funding:
        if line.type == FundingType.DISBURSEMENT and line.amount_kind in rules.AT_LEAST:
            totals[line.currency] += Decimal(line.amount)
    return dict(totals)


def _committed(funding) -> dict[str, Decimal]:
    """An undisclosed commitment without a currency may be of any, so none has an upper bound."""
    commitments = [line for line in funding if line.type == FundingType.COMMITMENT]
    unbounded = {line.currency for line in commitments if line.amount_kind not in rules.AT_MOST}
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for line in commitments:
        if not unbounded & {line.currency, ""}:
            totals[line.currency] += Decimal(line.amount_max or line.amount)
    return dict(totals)


def _missing_languages(record):
    for code in _LANGUAGES:
        if not (getattr(record.title, code) and getattr(record.summary, code)):
            yield code
