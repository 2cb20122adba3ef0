"""The facts that the rules look at, read from the rows of an initiative."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import cast

from django.utils import timezone

from initiatives import rules
from initiatives.choices import FundingType, Language
from initiatives.lifecycle import Status
from initiatives.models.initiatives import Initiative
from initiatives.models.money import Funding
from initiatives.models.statuses import StatusChange

TRANSLATED = ("title", "summary")  # what has to be there in all languages


def facts_of(initiative: Initiative, today: date) -> rules.Facts:
    """The `rules.Facts` of an initiative on the day `today`.

    No query is asked if the initiative comes from `for_rules()`.
    """
    milestones, money = initiative.milestones.all(), initiative.funding.all()
    return rules.Facts(
        today=today,
        status=Status(initiative.status),
        created_on=timezone.localdate(initiative.created_at),
        planned_start=initiative.planned_start,
        planned_end=initiative.planned_end,
        actual_start=initiative.actual_start,
        actual_end=initiative.actual_end,
        last_checked_on=_day(initiative.last_checked_at),
        review_every_days=initiative.review_every_days,
        last_movement_on=_day(max(_movements(initiative), default=None)),
        milestones_total=len(milestones),
        milestones_open=sum(milestone.is_open for milestone in milestones),
        disbursed=_disbursed(money),
        committed=_committed(money),
        has_disbursement=any(row.type == FundingType.DISBURSEMENT for row in money),
        sector_percents=tuple(row.percent for row in initiative.sectors.all()),
        sourced=_is_sourced(initiative),
        missing_languages=tuple(_missing_languages(initiative)),
    )


def _day(instant: datetime | None) -> date | None:
    return None if instant is None else timezone.localdate(instant)


def _movements(initiative: Initiative) -> Iterator[datetime]:
    yield from (change.recorded_at for change in initiative.status_changes.all())
    yield from (milestone.updated_at for milestone in initiative.milestones.all())
    yield from (row.updated_at for row in initiative.funding.all())


def _disbursed(money: Iterable[Funding]) -> dict[str, Decimal]:
    # A kind that is at least or at most something has an amount: the database sees to it.
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for row in money:
        if row.type == FundingType.DISBURSEMENT and row.amount_kind in rules.AT_LEAST:
            totals[row.currency] += cast(Decimal, row.amount)
    return dict(totals)


def _committed(money: Iterable[Funding]) -> dict[str, Decimal]:
    """An undisclosed commitment without a currency may be of any, so none has an upper bound."""
    commitments = [row for row in money if row.type == FundingType.COMMITMENT]
    unbounded = {row.currency for row in commitments if row.amount_kind not in rules.AT_MOST}
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for row in commitments:
        if not unbounded & {row.currency, ""}:
            highest = row.amount if row.amount_max is None else row.amount_max
            totals[row.currency] += cast(Decimal, highest)
    return dict(totals)


def _is_sourced(initiative: Initiative) -> bool:
    claims: list[Initiative | StatusChange] = [initiative, *initiative.status_changes.all()]
    return any(citation.source.is_public for claim in claims for citation in claim.citations.all())


def _missing_languages(initiative: Initiative) -> Iterator[str]:
    for code in Language.values:
        if not all(getattr(initiative, f"{name}_{code}") for name in TRANSLATED):
            yield code
