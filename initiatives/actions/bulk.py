"""One verb for many rows: each in a savepoint of its own, and all of them or those that can be."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from initiatives.actions.errors import Refused
from initiatives.models import Change, ChangeRequest, Initiative
from initiatives.models.changes import REQUESTS
from initiatives.publication import publishing

NOT_ALLOWED = _("Your role on this record does not allow it.")
JUST_SAVED = _("Somebody saved the same in this moment. Look at the stored record first.")


class Effect(StrEnum):
    """What became of one row."""

    DONE = "done"
    WAITING = "waiting"  # for a second person
    UNCHANGED = "unchanged"  # it was so already


@dataclass
class Outcome:
    """What became of all rows; `failed` holds each with the list of what stands against it.

    `undone` says that nothing was done because some failed; `would_do` are the others then.
    """

    done: list[Initiative] = field(default_factory=list)
    waiting: list[Initiative] = field(default_factory=list)
    unchanged: list[Initiative] = field(default_factory=list)
    failed: list[tuple[Initiative, list[str]]] = field(default_factory=list)
    would_do: list[Initiative] = field(default_factory=list)
    undone: bool = False

    def add(self, row: Initiative, effect: Effect) -> None:
        getattr(self, effect.value).append(row)

    def undo(self) -> None:
        self.would_do = [*self.done, *self.waiting]
        self.done, self.waiting, self.undone = [], [], True


class _Undo(Exception):
    """Leaves the transaction, so that what was done in it never happened."""


def for_each(
    rows: list[Initiative],
    act: Callable[..., Any],
    *,
    skip_failing: bool,
    seen: dict[int, int] | None = None,
) -> Outcome:
    """Call `act` with each of `rows`, read anew and locked.

    `act` gives an Effect or the request that it made; anything else means that it is done. What it
    refuses is told in the Outcome. If a row fails, nothing at all is done, unless `skip_failing`.
    `seen` maps keys to the versions that the officer had before them.
    """
    outcome = Outcome()
    try:
        with publishing():
            # Two that work on the same rows lock them in the same order, so neither blocks both.
            for row in sorted(rows, key=lambda row: row.pk):
                _try(row, act, seen or {}, outcome)
            if outcome.failed and not skip_failing:
                raise _Undo
    except _Undo:
        outcome.undo()
    return outcome


def _try(row: Initiative, act: Callable[..., Any], seen: dict[int, int], outcome: Outcome) -> None:
    try:
        with transaction.atomic():
            outcome.add(row, _effect_of(act(_locked(row, seen))))
    except ValidationError as refusal:
        outcome.failed.append((row, refusal.messages))
    except PermissionDenied as refusal:
        outcome.failed.append((row, [str(refusal) or str(NOT_ALLOWED)]))
    except IntegrityError:
        outcome.failed.append((row, [str(JUST_SAVED)]))


def _effect_of(result: object) -> Effect:
    if isinstance(result, Effect):
        return result
    return Effect.WAITING if isinstance(result, ChangeRequest) else Effect.DONE


def _locked(row: Initiative, seen: dict[int, int]) -> Initiative:
    locked = type(row)._base_manager.select_for_update().filter(pk=row.pk).first()
    if locked is None:
        raise Refused(_("It no longer exists."), code="gone")
    if seen.get(row.pk, locked.version) != locked.version:
        params = {"who": _last_writer(locked) or _("somebody")}
        raise Refused(_("Changed in the meantime by %(who)s."), code="conflict", params=params)
    return locked


def _last_writer(row: Initiative) -> User | None:
    """Who gave the row its version. Its own stamp does not tell of changes for the desk alone."""
    changes = Change.objects.filter(initiative=row.pk, version=row.version)
    last = changes.exclude(model__in=REQUESTS).order_by("pk").first()
    return last.recorded_by if last else row.updated_by
