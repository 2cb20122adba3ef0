"""The second step of an officer's sign-in: an app that shows codes (TOTP), and recovery codes.

The other second step, passkeys, is in `passkeys`; what holds for both is here.

django-otp keeps the secret of the app, refuses a code that was used, and makes whoever sent wrong
ones wait longer each time, wherever they came from.
"""

from datetime import timedelta
from math import ceil

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_otp.plugins.otp_totp.models import TOTPDevice

from initiatives.actions.accounts.officers import HIDDEN, sign_out
from initiatives.actions.recording import write_change
from initiatives.choices import ChangeAction
from initiatives.models import Passkey, RecoveryCode
from initiatives.publication import publishing

# Names that histories tell, beside the fields of an account.
FACTOR, CODES, PASSKEYS = "second_factor", "recovery_codes", "passkeys"
APP = "TOTP"
# Without those that look like others. The first one of a code says its number.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
NUMBER_OF_CODES = 10
_SECRET = 14  # characters after the first: 69 bits, so that few rounds are as good as many
_HASHER, _ROUNDS = PBKDF2PasswordHasher(), 20_000
_GROUP = 5
_DIGITS = 6
SETTING_UP = timedelta(minutes=30)  # for which a secret that nobody confirmed can be


def app_of(user: User) -> TOTPDevice | None:
    """The app with which `user` takes the second step; None where there is none."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def has_step(user: User) -> bool:
    """Whether `user` has a second step: an app or a passkey."""
    return app_of(user) is not None or Passkey.objects.filter(user=user).exists()


def begun(user: User, key: int | None) -> TOTPDevice | None:
    """The app with `key` that `user` is setting up."""
    since = timezone.now() - SETTING_UP
    rows = TOTPDevice.objects.filter(user=user, confirmed=False, created_at__gte=since)
    return rows.filter(pk=key).first() if key is not None else None


@transaction.atomic
def begin(user: User) -> TOTPDevice:
    """Make the secret of a new app; the present one stays until this one is confirmed."""
    locked(user)
    TOTPDevice.objects.filter(user=user, confirmed=False).delete()
    return TOTPDevice.objects.create(user=user, name=APP, confirmed=False)


@publishing()
def confirm(user: User, app: TOTPDevice, code: str) -> list[str] | None:
    """Take `app` in the place of any other if it showed `code`, and give new recovery codes.

    None where the code is not that of the app, or comes too soon after a wrong one; and where
    another tab has confirmed it, or begun anew, in this moment.
    """
    locked(user)
    waiting = TOTPDevice.objects.select_for_update().filter(pk=app.pk, confirmed=False).first()
    code = _plain(code)
    if waiting is None or not _is_of_app(code) or not waiting.verify_token(code):
        return None
    app, former = waiting, app_of(user)
    TOTPDevice.objects.filter(user=user).exclude(pk=app.pk).delete()
    app.confirmed = True
    app.save()
    fields = {FACTOR: [APP if former else None, APP], CODES: [HIDDEN, HIDDEN]}
    write_change(user, action=ChangeAction.CHANGED, fields=fields, by=user)
    return new_codes(user)


@publishing()
def renew_codes(user: User) -> list[str]:
    """New recovery codes for `user`, by themselves; the former ones no longer work."""
    locked(user)
    fields = {CODES: [HIDDEN, HIDDEN]}
    write_change(user, action=ChangeAction.CHANGED, fields=fields, by=user)
    return new_codes(user)


@publishing()
def remove_app(user: User, *, by: User | None) -> bool:
    """Take the app of `user` away, with the recovery codes unless a passkey is left.

    Gives whether a second step is left.
    """
    locked(user)
    had_one = app_of(user) is not None
    TOTPDevice.objects.filter(user=user).delete()
    if had_one:
        write_change(user, action=ChangeAction.CHANGED, fields={FACTOR: [APP, None]}, by=by)
    return not forget_useless_codes(user)


@publishing()
def remove(user: User, *, by: User | None) -> bool:
    """Take every second step of `user` away, and the recovery codes. False where there was none."""
    locked(user)
    passkeys = Passkey.objects.filter(user=user)
    names = ", ".join(passkeys.values_list("name", flat=True))
    fields: dict[str, list[str | None]] = {FACTOR: [APP, None]} if app_of(user) else {}
    if names:
        fields[PASSKEYS] = [names, None]
    TOTPDevice.objects.filter(user=user).delete()
    passkeys.delete()
    forget_useless_codes(user)
    if fields:
        write_change(user, action=ChangeAction.CHANGED, fields=fields, by=by)
    return bool(fields)


@publishing()
def reset(user: User, *, by: User | None) -> bool:
    """Take each second step of somebody else away, and sign them out everywhere; see `remove`."""
    had_one = remove(user, by=by)
    sign_out(user)
    return had_one


@transaction.atomic
def accept(user: User, code: str) -> str:
    """FACTOR where the app of `user` shows `code`, CODES where it is a recovery code, else empty.

    It is used up with that.
    """
    code = _plain(code)
    if not _is_of_app(code):
        return CODES if _use(user, code) else ""
    app = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True).first()
    return FACTOR if app is not None and app.verify_token(code) else ""


def wait(user: User, code: str) -> int:
    """Seconds until `code` is looked at; 0 if it is now. Recovery codes do not wait."""
    app = app_of(user)
    if app is None or not _is_of_app(_plain(code)):
        return 0
    allowed, why = app.verify_is_allowed()
    return 0 if allowed else max(1, ceil((why["locked_until"] - timezone.now()).total_seconds()))


def codes_left(user: User) -> int:
    """How many recovery codes of `user` were not used yet."""
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


def forget_useless_codes(user: User) -> bool:
    """Delete the recovery codes of `user` if no second step is left; gives whether none is."""
    if has_step(user):
        return False
    RecoveryCode.objects.filter(user=user).delete()
    return True


def new_codes(user: User) -> list[str]:
    """Ten recovery codes in the place of the former ones. What asks for them writes the record."""
    RecoveryCode.objects.filter(user=user).delete()
    codes = [first + get_random_string(_SECRET, ALPHABET) for first in ALPHABET[:NUMBER_OF_CODES]]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, number=number, hashed=_hashed(code))
        for number, code in enumerate(codes)
    )
    return [
        "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP)) for code in codes
    ]


def _hashed(code: str) -> str:
    return _HASHER.encode(code, _HASHER.salt(), _ROUNDS)


def _use(user: User, code: str) -> bool:
    if len(code) != 1 + _SECRET or not set(code) <= set(ALPHABET):
        return False
    rows = RecoveryCode.objects.select_for_update()
    row = rows.filter(user=user, number=ALPHABET.index(code[0]), used_at=None).first()
    if row is None or not _HASHER.verify(code, row.hashed):
        return False
    row.used_at = timezone.now()
    row.save(update_fields=["used_at"])
    return True


def _plain(code: str) -> str:
    """`code` without what people write between its parts."""
    return "".join(one for one in code.lower() if one.isalnum())


def _is_of_app(code: str) -> bool:
    return len(code) == _DIGITS and code.isascii() and code.isdecimal()


def locked(user: User) -> None:
    """Wait for the row of the account, inside a transaction: two tabs that set something up at
    once do it one after the other."""
    get_user_model().objects.select_for_update(no_key=True).get(pk=user.pk)
