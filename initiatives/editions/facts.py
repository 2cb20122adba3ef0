"""The facts that the rules look at, read from a public record."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, cast

from django.utils import timezone

from initiatives import rules
from initiatives.choices import FundingType, Language
from initiatives.editions.record import NO_TEXT, InitiativeRecord, Milestone, Money
from initiatives.lifecycle import Status
from initiatives.partial_dates import PartialDate

_LANGUAGES = tuple(Language.values)
_PROMISED = {Status.PLANNED.value, Status.AGREED.value}
_ANY_DAY = date(2000, 1, 1)
# Plain texts: an enumeration takes long to be compared, and here it is a million times.
_DISBURSED, _COMMITTED = FundingType.DISBURSEMENT.value, FundingType.COMMITMENT.value


def facts_of(
    record: InitiativeRecord,
    *,
    today: date,
    checked_at: datetime | None = None,
    review_every_days: int = rules.Facts.review_every_days,
) -> rules.Facts:
    """The `rules.Facts` of a public record on the day `today`, last checked at `checked_at`."""
    return rules.Facts(
        today=today,
        created_on=local_day(record.created_at),
        last_checked_on=None if checked_at is None else timezone.localdate(checked_at),
        review_every_days=review_every_days,
        last_movement_on=local_day(latest_movement(record)),
        **_of_every_day(record),
    )


def lasting_flags(record: InitiativeRecord) -> list[rules.Flag]:
    """The flags that a public record has on every day. Many records are asked for them at once."""
    facts = rules.Facts(today=_ANY_DAY, created_on=_ANY_DAY, **_of_every_day(record))
    return rules.lasting_flags(facts)


def _of_every_day(record: InitiativeRecord) -> dict[str, Any]:
    milestones = record.milestones
    return {
        "status": Status(record.status),
        "planned_start": span(record.planned_start),
        "planned_end": span(record.planned_end),
        "actual_start": span(record.actual_start),
        "actual_end": span(record.actual_end),
        "milestones_total": len(milestones),
        "milestones_open": sum(map(is_open, milestones)),
        "disbursed": _disbursed(record.funding),
        "committed": _committed(record.funding),
        "has_disbursement": any(line.type == _DISBURSED for line in record.funding),
        "sector_percents": tuple(
            share.percent and Decimal(share.percent) for share in record.sectors
        ),
        "sourced": bool(record.sources) or any(move.sources for move in record.history),
        "missing_languages": tuple(_missing_languages(record)),
    }


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


def promised_in(record: InitiativeRecord) -> int | None:
    """The year of the earliest dated status “planned” or “agreed” that stands; None if none does.

    A status that a later row corrects does not stand.
    """
    corrected = {change.corrects for change in record.history}
    years = [
        int(change.effective[:4])
        for change in record.history
        if change.effective and change.to_status in _PROMISED and change.number not in corrected
    ]
    return min(years, default=None)


def local_day(instant: str) -> date:
    """The day of the site on which an instant of the register lies."""
    return datetime.fromisoformat(instant).astimezone(timezone.get_default_timezone()).date()


@lru_cache(maxsize=10_000)
def span(text: str | None) -> PartialDate | None:
    """The partial date that a text of the register stands for; few of them differ."""
    return None if text is None else PartialDate.parse(text)


def is_open(milestone: Milestone) -> bool:
    """Whether a milestone is neither reached nor dropped."""
    reason = milestone.dropped_reason
    if reason is NO_TEXT:
        return milestone.actual is None
    return milestone.actual is None and not any(getattr(reason, code) for code in _LANGUAGES)


def _disbursed(funding: Iterable[Money]) -> dict[str, Decimal]:
    # A kind that is at least or at most something has an amount: the database sees to it.
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for line in funding:
        if line.type == _DISBURSED and line.amount_kind in rules.AT_LEAST:
            totals[line.currency] += Decimal(cast(str, line.amount))
    return dict(totals)


def _committed(funding: Iterable[Money]) -> dict[str, Decimal]:
    """An undisclosed commitment without a currency may be of any, so none has an upper bound."""
    commitments = [line for line in funding if line.type == _COMMITTED]
    unbounded = {line.currency for line in commitments if line.amount_kind not in rules.AT_MOST}
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for line in commitments:
        if not unbounded & {line.currency, ""}:
            totals[line.currency] += Decimal(cast(str, line.amount_max or line.amount))
    return dict(totals)


def _missing_languages(record: InitiativeRecord) -> Iterator[str]:
    title, summary = record.title, record.summary
    for code in _LANGUAGES:
        if not (getattr(title, code) and getattr(summary, code)):
            yield code
