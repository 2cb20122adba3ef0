"""The audit of accounts: a row for the desk, which is only appended, and a line in the log.

Sign-ins are noted where they happen. What changes an account, a role or a desk is read off the
record that every change leaves, so that no door can forget it. Names, mail addresses and what was
typed are no part of it.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db import models

from initiatives.choices import AccountAct, ChangeAction, DeskRole
from initiatives.models import AccountEvent, Desk, DeskMember

_log = logging.getLogger("tracker.audit")
_LONGEST = 200  # characters of a detail
_OF_DESK = ("covers_all", "countries", "sectors", "name")


class Place(NamedTuple):
    """Where a request came from."""

    address: str = ""
    device: str = ""


_place: ContextVar[Callable[[], Place]] = ContextVar("place", default=Place)


@contextmanager
def asked_from(place: Callable[[], Place]) -> Iterator[None]:
    """What is noted inside was asked from there; the place is worked out where it is needed."""
    token = _place.set(place)
    try:
        yield
    finally:
        _place.reset(token)


def note(
    act: AccountAct, account: User | None, *, by: User | None = None, detail: str = ""
) -> AccountEvent:
    """Keep that `act` happened to `account`; `by` is told where it is somebody else."""
    by = None if by == account else by
    place = _place.get()()
    event = AccountEvent(
        act=act,
        account=account,
        by=by,
        address=place.address,
        device=place.device,
        detail=detail[:_LONGEST],
    )
    event.save()
    told = {
        "event": act.value,
        "account": account and str(account.pk),
        "by": by and str(by.pk),
        "detail": event.detail,
    }
    text = "%(event)s: account %(account)s, by %(by)s, %(detail)s"
    _log.info(text, told, extra=told)
    return event


def follow(
    record: models.Model, *, action: ChangeAction, fields: Mapping[str, Any], by: User | None
) -> None:
    """Note what a recorded change says of an account, a role or a desk; nothing for other rows."""
    if isinstance(record, User):
        for act, detail in _of_account(action, fields):
            note(act, record, by=by, detail=detail)
    elif isinstance(record, DeskMember):
        if action != ChangeAction.CHANGED or {"role", "desk"} & set(fields):
            note(AccountAct.ROLE, record.user, by=by, detail=_of_role(record, action, fields))
    elif isinstance(record, Desk):
        names = [name for name in _OF_DESK if name in fields]
        if names:
            note(AccountAct.DESK, None, by=by, detail=f"{record.name}: {', '.join(names)}")


def _of_account(
    action: ChangeAction, fields: Mapping[str, Any]
) -> Iterator[tuple[AccountAct, str]]:
    if action == ChangeAction.CREATED:
        yield AccountAct.CREATED, "administrator" if _became(fields, "is_superuser") else ""
        return
    if "second_factor" in fields:
        is_set_up = fields["second_factor"][1] is not None
        yield (AccountAct.STEP_SET_UP if is_set_up else AccountAct.STEP_REMOVED), ""
    if "passkeys" in fields:
        yield _of_passkeys(*fields["passkeys"]), ""
    if "recovery_codes" in fields and not {"second_factor", "passkeys"} & set(fields):
        yield AccountAct.CODES_MADE, ""
    if "password" in fields:
        yield AccountAct.PASSWORD_SET, ""
    if "is_active" in fields:
        is_active = _became(fields, "is_active")
        yield (AccountAct.ACTIVATED if is_active else AccountAct.DEACTIVATED), ""
    if "is_superuser" in fields:
        is_now = "administrator" if _became(fields, "is_superuser") else "no administrator"
        yield AccountAct.CHANGED, is_now
    others = [name for name in ("username", "first_name", "last_name", "email") if name in fields]
    if others:
        yield AccountAct.CHANGED, ", ".join(others)


def _of_passkeys(before: str | None, after: str | None) -> AccountAct:
    if before is None:
        return AccountAct.PASSKEY_ADDED
    return AccountAct.PASSKEY_REMOVED if after is None else AccountAct.CHANGED


def _became(fields: Mapping[str, Any], name: str) -> bool:
    return str((fields.get(name) or [None, None])[1]).lower() == "true"


def _of_role(member: DeskMember, action: ChangeAction, fields: Mapping[str, Any]) -> str:
    if action == ChangeAction.DELETED:
        return f"{member.desk}: –"
    old = (fields.get("role") or [None])[0]
    before = f"{_role(old)} → " if old is not None else ""
    return f"{member.desk}: {before}{_role(member.role)}"


def _role(number: Any) -> str:
    try:
        return DeskRole(int(number)).name.lower()
    except (TypeError, ValueError):
        return str(number)
