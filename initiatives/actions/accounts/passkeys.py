"""The passkeys of officers: added, used, renamed and removed, each with its record."""

import json
import re

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from initiatives.actions.accounts import audit, webauthn
from initiatives.actions.accounts.officers import HIDDEN
from initiatives.actions.accounts.second_factors import (
    CODES,
    PASSKEYS,
    app_of,
    forget_useless_codes,
    has_step,
    locked,
    new_codes,
)
from initiatives.actions.accounts.webauthn import PasskeyRefused, Site, Why
from initiatives.actions.recording import write_change
from initiatives.choices import AccountAct, ChangeAction
from initiatives.models import Passkey
from initiatives.models.passkeys import LONGEST_ID
from initiatives.publication import publishing

MOST = 20  # passkeys of one officer
_ID = re.compile(rf"[\w-]{{1,{LONGEST_ID}}}", re.ASCII)


def passkeys_of(user: User) -> list[Passkey]:
    """Those of `user`, the oldest first, for whatever name of the site."""
    return list(Passkey.objects.filter(user=user).order_by("created_at", "pk"))


def at(site: Site | None, passkeys: list[Passkey]) -> list[Passkey]:
    """Those of `passkeys` that were made for the name of `site`, and so work there."""
    return [one for one in passkeys if site is not None and one.host == site.host]


@publishing()
def add(user: User, told: str, *, name: str, site: Site, challenge: bytes) -> list[str]:
    """Keep the passkey that `told` of, and give new recovery codes if it is the first second step.

    Raises PasskeyRefused.
    """
    locked(user)
    if Passkey.objects.filter(user=user).count() >= MOST:
        raise PasskeyRefused(Why.TOO_MANY)
    passkey = webauthn.made(told, site, challenge)
    passkey.user, passkey.name, passkey.host = user, name, site.host
    is_first = not has_step(user)
    try:
        with transaction.atomic():
            passkey.save()
    except IntegrityError:
        raise PasskeyRefused(Why.KNOWN) from None
    fields: dict[str, list[str | None]] = {PASSKEYS: [None, passkey.name]}
    if is_first:
        fields[CODES] = [HIDDEN, HIDDEN]
    write_change(user, action=ChangeAction.CHANGED, fields=fields, by=user)
    return new_codes(user) if is_first else []


@publishing()
def rename(passkey: Passkey, name: str) -> bool:
    """Call `passkey` by another name, which its owner chose; False where it has that one."""
    user = passkey.user
    locked(user)
    if not Passkey.objects.filter(pk=passkey.pk).exclude(name=name).update(name=name):
        return False
    before, passkey.name = passkey.name, name
    write_change(user, action=ChangeAction.CHANGED, fields={PASSKEYS: [before, name]}, by=user)
    return True


@publishing()
def remove(passkey: Passkey, *, by: User | None) -> bool:
    """Forget `passkey`, and the recovery codes with the last one; see `second_factors.remove_app`.

    Gives whether a second step is left.
    """
    user = passkey.user
    locked(user)
    if Passkey.objects.filter(pk=passkey.pk).delete()[0]:
        fields = {PASSKEYS: [passkey.name, None]}
        write_change(user, action=ChangeAction.CHANGED, fields=fields, by=by)
    return not forget_useless_codes(user)


def is_last_step(passkey: Passkey) -> bool:
    """Whether its owner has no other second step."""
    others = Passkey.objects.filter(user=passkey.user).exclude(pk=passkey.pk)
    return app_of(passkey.user) is None and not others.exists()


def named_in(told: str) -> Passkey | None:
    """The passkey that claims to have answered; nothing is checked yet."""
    try:
        key = json.loads(told[: webauthn.LONGEST_ANSWER])["id"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not isinstance(key, str) or not _ID.fullmatch(key):
        return None
    return Passkey.objects.filter(credential_id=key).select_related("user").first()


def accept(
    told: str, *, site: Site, challenge: bytes, user: User | None = None, as_only_step: bool = False
) -> Passkey:
    """The passkey that answered the `challenge`, one of `user` where there is one.

    Raises PasskeyRefused. A counter that went back is noted in the audit.
    """
    passkey = named_in(told)
    if passkey is None or not _may_sign_in(passkey.user, user):
        raise PasskeyRefused(Why.UNKNOWN)
    answer = webauthn.checked(told, passkey, site, challenge)
    if as_only_step and not answer.is_user_verified():
        raise PasskeyRefused(Why.UNVERIFIED)
    if not _counts_on(passkey, answer.counter):
        audit.note(AccountAct.PASSKEY_COPIED, passkey.user)
        raise PasskeyRefused(Why.COPIED)
    return passkey


def _may_sign_in(owner: User, user: User | None) -> bool:
    return owner.is_active and owner.is_staff and user in (None, owner)


def _counts_on(passkey: Passkey, counter: int) -> bool:
    """Keep what the device counted, unless that is not more than before. Of two answers with one
    number at once the second one finds it changed."""
    if counter <= passkey.sign_count and (counter or passkey.sign_count):
        return False
    same = Passkey.objects.filter(pk=passkey.pk, sign_count=passkey.sign_count)
    return bool(same.update(sign_count=counter, last_used_at=timezone.now()))
