"""The initiatives around one: what it is part of, its parts, what went before it and after."""

from dataclasses import dataclass

from initiatives.editions.instances import held_at
from initiatives.models import Initiative, StatusChange


@dataclass(frozen=True)
class Relatives:
    """Published ones only. `others` are those that statuses name, by primary key."""

    parent: Initiative | None
    parts: list[Initiative]
    prior: list[Initiative]
    others: dict[int, Initiative]

    def __bool__(self) -> bool:
        return bool(self.parent or self.parts or self.prior or self.others)


def relatives_of(initiative, *, at=None) -> Relatives:
    """Those of an initiative fetched by `for_detail()`; of one that `as_of` gave, those that it had
    at the instant `at`, as they were then."""
    return _relatives_now(initiative) if at is None else _relatives_then(initiative.record, at)


def _relatives_now(initiative) -> Relatives:
    changes = initiative.status_changes.all()
    following = {change.continued_in_id for change in changes} - {None}
    public = Initiative.objects.published().defer("search_text", "internal_note")
    others = public.in_bulk(following | {initiative.parent_id} - {None})
    before = StatusChange.objects.filter(continued_in=initiative).values("initiative")
    return Relatives(
        parent=others.get(initiative.parent_id),
        parts=initiative.public_children,
        prior=list(public.filter(pk__in=before).order_by("code")),
        others={key: others[key] for key in following if key in others},
    )


def _relatives_then(record, at) -> Relatives:
    following = {change.continued_in for change in record.history} - {None}
    named = {*following, *record.children, *record.continues, record.parent} - {None}
    public = Initiative.objects.published().filter(code__in=named)
    found = held_at(public.values_list("code", flat=True), at)
    return Relatives(
        parent=found.get(record.parent),
        parts=[found[code] for code in record.children if code in found],
        prior=[found[code] for code in record.continues if code in found],
        others={found[code].pk: found[code] for code in following if code in found},
    )
