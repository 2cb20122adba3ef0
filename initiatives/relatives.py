"""The initiatives around one: what it is part of, its parts, what went before it and after."""

from dataclasses import dataclass

from django.db.models import Q

from initiatives.models import Initiative, StatusChange
from initiatives.time_machine import rewind


def around(code):
    """The initiative with this code and all public ones that its page names."""
    changes = StatusChange.objects.filter(continued_in__isnull=False)
    after = changes.filter(initiative__code=code).values("continued_in")
    before = changes.filter(continued_in__code=code).values("initiative")
    near = Q(code=code) | Q(parent__code=code) | Q(pk__in=after) | Q(pk__in=before)
    whole = Initiative.objects.filter(code=code, parent__isnull=False).values("parent")
    return Initiative.objects.published().filter(near | Q(pk__in=whole))


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
    """Those of an initiative fetched by `for_detail()`, at the instant `at` if that is given."""
    changes = initiative.status_changes.all()
    following = {change.continued_in_id for change in changes} - {None}
    public = Initiative.objects.published().defer("search_text", "internal_note")
    public = public if at is None else public.known_at(at)
    others = public.in_bulk(following | {initiative.parent_id} - {None})
    return Relatives(
        parent=others.get(initiative.parent_id),
        parts=_parts(initiative, at),
        prior=list(_prior(public, initiative, at)),
        others={key: others[key] for key in following if key in others},
    )


def _prior(public, initiative, at):
    changes = StatusChange.objects.filter(continued_in=initiative)
    changes = changes if at is None else changes.filter(recorded_at__lte=at)
    return public.filter(pk__in=changes.values("initiative")).order_by("code")


def _parts(initiative, at):
    if at is None:
        return initiative.public_children
    known = [part for part in initiative.public_children if was_public(part, at)]
    return [part for part in rewind(known, at=at) if part.parent_id == initiative.pk]


def was_public(initiative, at) -> bool:
    """Whether the public could see the initiative at the instant `at`; it can see it today."""
    first = initiative.published_at or initiative.created_at
    return max(first, initiative.embargo_until or first) <= at
