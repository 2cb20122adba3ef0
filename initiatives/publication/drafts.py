"""The editions that are between what the register says and what it should say."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

import msgspec
from django.db.models import Exists, OuterRef, Q, QuerySet

from initiatives.choices import EditionCause, EditionKind, EditionState
from initiatives.editions import record as public
from initiatives.editions.comparison import says_the_same
from initiatives.kept_queries import KeptQuery, values_of
from initiatives.models import Edition
from initiatives.publication.wanted import Step, Wanted


class Registered(NamedTuple):
    """An edition that holds now or will: none with a higher number begins before it does."""

    key: str
    number: int
    since: datetime
    state: str
    body: str

    def says(self, record: public.Part) -> bool:
        """A body that was emptied or cannot be read says nothing; `verify` tells of the latter."""
        is_public = self.state == EditionState.PUBLISHED
        if is_public == isinstance(record, public.Withdrawal):
            return False
        try:
            return says_the_same(public.decoded(self.body, type(record)), record)
        except msgspec.MsgspecError:
            return False


def registered(
    kind: EditionKind, keys: Sequence[str], now: datetime
) -> dict[str, list[Registered]]:
    """Of each key the editions from now on, in their order; one query."""
    found: dict[str, list[Registered]] = defaultdict(list)
    for values in sorted(_REGISTERED[kind](keys, now)):
        found[values[0]].append(Registered(*values))
    return found


def _registered_of(kind: EditionKind) -> KeptQuery:
    def rows(keys: list[str], now: datetime) -> QuerySet[Edition, Any]:
        later = Edition.objects.filter(kind=kind, key=OuterRef("key")).order_by()
        later = later.filter(
            Q(since__lte=OuterRef("since")) | Q(since__lte=now), number__gt=OuterRef("number")
        )
        found = Edition.objects.of(kind, *keys).filter(~Exists(later)).order_by()
        return values_of(found, *Registered._fields)

    return KeptQuery(rows, keys=str)


_REGISTERED = {kind: _registered_of(kind) for kind in EditionKind}


def following(
    kind: str, key: str, editions: list[Registered], wanted: Wanted, now: datetime, cause: str
) -> list[Edition]:
    """The new editions of a key: what is wanted from the first instant on at which the register
    says something else; none if it never does. The first edition of what was withdrawn before
    there was a register is the withdrawal.

    `editions` are those from now on. A new edition takes the place of all that begin after it.
    """
    if cause == EditionCause.FIRST and not editions and wanted.withdrawn_at:
        step = wanted.steps[0]._replace(since=min(now, wanted.withdrawn_at))
        return [_edition(kind, key, 1, step, cause)]
    held = [one._replace(since=max(one.since, now)) for one in editions]
    first, *later = wanted.steps
    steps = [first._replace(since=now), *later]
    for at in sorted({one.since for one in held} | {one.since for one in steps}):
        step = _at(steps, at) or steps[0]  # which is of now, the first of all instants
        if not _agree(_at(held, at), step):
            break
    else:
        return []
    since = first.since if at == now else at
    new = [step._replace(since=since), *(one for one in steps if one.since > at)]
    number = editions[-1].number if editions else 0
    return [_edition(kind, key, number + n, one, cause) for n, one in enumerate(new, 1)]


Begun = TypeVar("Begun", Registered, Step)


def _at(line: Sequence[Begun], at: datetime) -> Begun | None:
    """The last of the line that has begun by then, if any has."""
    return next((one for one in reversed(line) if one.since <= at), None)


def _agree(edition: Registered | None, step: Step) -> bool:
    """What is not public and never was is in no register."""
    return not step.is_public if edition is None else edition.says(step.record)


def _edition(kind: str, key: str, number: int, step: Step, cause: str) -> Edition:
    return Edition(
        kind=kind,
        key=key,
        number=number,
        since=step.since,
        state=EditionState.PUBLISHED if step.is_public else EditionState.WITHDRAWN,
        body=public.encoded(step.record),
        cause=cause,
    )
