"""The facts that the rules look at, read from the rows of an initiative."""

from collections import defaultdict
from decimal import Decimal

from django.utils import timezone

from initiatives import rules
from initiatives.choices import FundingType, Language
from initiatives.lifecycle import Status

TRANSLATED = ("title", "summary")  # what has to be there in all languages


def facts_of(initiative, today):
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


def _day(instant):
    return None if instant is None else timezone.localdate(instant)


def _movements(initiative):
    yield from (change.recorded_at for change in initiative.status_changes.all())
    yield from (milestone.updated_at for milestone in initiative.milestones.all())
    yield from (row.updated_at for row in initiative.funding.all())


def _disbursed(money):
    totals = defaultdict(Decimal)
    for row in money:
        if row.type == FundingType.DISBURSEMENT and row.amount_kind in rules.AT_LEAST:
            totals[row.currency] += row.amount
    return dict(totals)


def _committed(money):
    """An undisclosed commitment without a currency may be of any, so none has an upper bound."""
    commitments = [row for row in money if row.type == FundingType.COMMITMENT]
    unbounded = {row.currency for row in commitments if row.amount_kind not in rules.AT_MOST}
    totals = defaultdict(Decimal)
    for row in commitments:
        if not unbounded & {row.currency, ""}:
            totals[row.currency] += row.amount if row.amount_max is None else row.amount_max
    return dict(totals)


def _is_sourced(initiative):
    claims = [initiative, *initiative.status_changes.all()]
    return any(citation.source.is_public for claim in claims for citation in claim.citations.all())


def _missing_languages(initiative):
    for code in Language.values:
        if not all(getattr(initiative, f"{name}_{code}") for name in TRANSLATED):
            yield code
